"""Who is let in at the door: each seat once, whatever doors there are. The only place that writes it.

Everything that writes here wants the evening's row locked (`seats.locked`) in the transaction that it runs in.
"""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.conf import settings

from entregent.circles import actions as circles
from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.meetups import tickets
from entregent.meetups.models import Admission, Meetup, Rsvp
from entregent.meetups.shown import Entry

#: Why a seat does not let in, by its answer; whoever does not come gave theirs back.
STANDING = {Rsvp.Answer.WAITING: "waiting", Rsvp.Answer.OFFERED: "waiting"}
DOOR = 16


class Noted(TypedDict, total=False):
    """What a door says of an entry beside who: when, the public id that it drew, which of the doors it is."""

    at: datetime | None
    once: UUID | None
    door: str


def holder(meetup: Meetup, ticket: str) -> Rsvp | None:
    """The seat whose ticket this is, given back or not."""
    wanted = tickets.typed(ticket)
    for seat in Rsvp.ledger.filter(meetup=meetup):
        if tickets.code(settings.SECRET_KEY, seat.uid, seat.answered_at) == wanted:
            return seat
    return None


def standing(seat: Rsvp | None, door: str = "") -> Entry:
    """What the door would say to the holder of a seat: `in` where they can be let in."""
    if seat is None:
        return Entry("unknown")
    before = Admission.ledger.filter(seat=seat).first()
    if before is not None:
        return _told(before, door, "already")
    if seat.answer != Rsvp.Answer.GOING:
        return Entry(STANDING.get(Rsvp.Answer(seat.answer), "given_back"))
    return Entry("in")


def noted(meetup: Meetup, once: UUID | None, door: str) -> Entry | None:
    """What came of an entry that a door sends again."""
    before = Admission.ledger.filter(meetup=meetup, uid=once).first() if once else None
    return _told(before, door[:DOOR], "in") if before else None


def admit(meetup: Meetup, seat: Rsvp | None, person: int, noted: Noted) -> Entry:
    """Let the holder of a seat in, once; `person` stands at the door."""
    found = standing(seat, noted.get("door", "")[:DOOR])
    return _write(meetup, person, noted, seat=seat) if found.outcome == "in" else found


def walk_in(meetup: Meetup, name: str, person: int, noted: Noted) -> Entry:
    """Let in somebody without a seat, by a first name."""
    return _write(meetup, person, noted, name=name)


def _write(meetup: Meetup, person: int, noted: Noted, *, seat: Rsvp | None = None, name: str = "") -> Entry:
    once, door = noted.get("once"), noted.get("door", "")[:DOOR]
    at = min(noted.get("at") or clock.now(), clock.now())
    stated = discretion.stated(audience=circles.circle(kind="organisers", about=meetup.uid), discreet=False)
    row = Admission(meetup=meetup, seat=seat, owner_id=person, name=name, at=at, door=door, **stated)
    if once and not Admission.ledger.filter(uid=once).exists():
        row.uid = once
    row.save()
    return _told(row, door, "in")


def _told(row: Admission, door: str, outcome: str) -> Entry:
    return Entry(outcome, at=row.at, here=row.door == door, uid=row.uid)
