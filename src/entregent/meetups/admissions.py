"""Who is let in at the door: each seat once, whatever doors there are. The only place that writes it.

Everything that writes here wants the evening's row locked (`seats.locked`) in the transaction that it runs in.
"""

from uuid import UUID

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.meetups import declassified, seats
from entregent.meetups.models import Admission, Meetup, Rsvp
from entregent.meetups.shown import Entry, Noted

#: The longest name of a door.
DOOR = 16


def noted(meetup: Meetup, once: UUID | None, door: str) -> Entry | None:
    """What came of an entry that a door sends again."""
    before = Admission.ledger.filter(meetup=meetup, uid=once).first() if once else None
    return declassified.entry(before, door[:DOOR]) if before else None


def admit(meetup: Meetup, seat: Rsvp | None, person: int, noted: Noted) -> Entry:
    """Let the holder of a seat in, once; `person` stands at the door."""
    found = declassified.standing(seat, noted.get("door", "")[:DOOR])
    return _write(meetup, person, noted, seat=seat) if found.outcome == "in" else found


def walk_in(meetup: Meetup, name: str, person: int, noted: Noted) -> Entry:
    """Let in somebody without a seat, by a first name."""
    return _write(meetup, person, noted, name=name)


def _write(meetup: Meetup, person: int, noted: Noted, *, seat: Rsvp | None = None, name: str = "") -> Entry:
    once, door = noted.get("once"), noted.get("door", "")[:DOOR]
    at = min(noted.get("at") or clock.now(), clock.now())
    stated = discretion.stated(audience=seats.circle(meetup, "organisers"), discreet=False)
    row = Admission(meetup=meetup, seat=seat, owner_id=person, name=name, at=at, door=door, **stated)
    if once and not Admission.ledger.filter(uid=once).exists():
        row.uid = once
    row.save()
    return declassified.entry(row, door)
