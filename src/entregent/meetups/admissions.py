"""Writes about who is let in at the door of an evening: each seat once, whatever doors there are."""

from datetime import datetime
from typing import Unpack
from uuid import UUID

from django.conf import settings
from django.db import transaction

from entregent.common import chance, clock, errors
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, checks, declassified, seats, times
from entregent.meetups.models import Admission, Export, Meetup, Rsvp
from entregent.meetups.shown import Entry, Noted

GOING = Rsvp.Answer.GOING
#: What is taken out of an evening with the door's list, as its log holds it.
LIST = "door"
#: The longest name of a door.
DOOR = 16


@transaction.atomic
def let_in(actor: Viewer, *, code: str, ticket: str = "", line: UUID | None = None, **noted: Unpack[Noted]) -> Entry:
    """Let in the holder of a ticket, or of the seat whose answer has the public id `line`; what came of it.

    For organisers, who see the answer that they name, in the hours of the door. A seat lets in once; what a door sends
    again (`once`) is told again.
    """
    meetup = access.at_the_door(actor, code, noted.get("at"))
    before = _noted(meetup, noted.get("once"), noted.get("door", ""))
    if before is not None:
        return before
    named = Rsvp.objects.visible_to(actor).filter(meetup=meetup, answer=GOING)
    seat = declassified.holder(meetup, ticket) if ticket else named.filter(uid=line).first()
    return _admit(meetup, seat, actor.me, noted)


@transaction.atomic
def let_walk_in(actor: Viewer, *, code: str, name: str, **noted: Unpack[Noted]) -> Entry:
    """Let in somebody without a seat, by a first name. As `let_in`; raises `Invalid`."""
    name, meetup = checks.first_name(name), access.at_the_door(actor, code, noted.get("at"))
    before = _noted(meetup, noted.get("once"), noted.get("door", ""))
    return before or _walk_in(meetup, name, actor.me, noted)


@transaction.atomic
def let_out(actor: Viewer, *, code: str, entry: UUID, at: datetime | None = None) -> None:
    """Take back that somebody was let in; `at` as a door noted it. Doing it twice changes nothing."""
    meetup = access.at_the_door(actor, code, at)
    Admission.ledger.filter(meetup=meetup, uid=entry).delete()


@transaction.atomic
def keep_list(actor: Viewer, *, code: str) -> None:
    """Note that the actor's telephone keeps the door's list until the doors close; the first time of each evening.

    It has left the server then, as an export has: those who come can read of it. For organisers, in the hours of the
    door. Raises `NotFound`.
    """
    meetup = declassified.organised(actor, code)
    if meetup.cancelled_at is not None or not times.list_is_open(meetup.starts_at, meetup.ends_at, clock.now()):
        raise errors.NotFound
    kept = Export.objects.filter(about=meetup.uid, by=actor.me, fields=LIST)
    if not kept.exists():
        seats.locked(meetup.pk)  # a page and its script ask at once
        if not kept.exists():
            Export.objects.create(about=meetup.uid, by_id=actor.me, fields=LIST)


def _noted(meetup: Meetup, once: UUID | None, door: str) -> Entry | None:
    """What came of an entry that a door sends again."""
    before = Admission.ledger.filter(meetup=meetup, uid=_uid(meetup, once)).first() if once else None
    return declassified.entry(before, door[:DOOR]) if before else None


def _uid(meetup: Meetup, once: UUID) -> UUID:
    """The public id of what a door noted as `once`: of this evening, so that the doors of others are not met by it."""
    return UUID(hex=chance.digest(settings.SECRET_KEY, "admission", meetup.uid, once)[:32], version=4)


def _admit(meetup: Meetup, seat: Rsvp | None, person: int, noted: Noted) -> Entry:
    """Let the holder of a seat in, once; `person` stands at the door."""
    found = declassified.standing(seat, noted.get("door", "")[:DOOR])
    return _write(meetup, person, noted, seat=seat) if found.outcome == "in" else found


def _walk_in(meetup: Meetup, name: str, person: int, noted: Noted) -> Entry:
    """Let in somebody without a seat, by a first name."""
    return _write(meetup, person, noted, name=name)


def _write(meetup: Meetup, person: int, noted: Noted, *, seat: Rsvp | None = None, name: str = "") -> Entry:
    once, door = noted.get("once"), noted.get("door", "")[:DOOR]
    at = min(noted.get("at") or clock.now(), clock.now())
    stated = discretion.stated(audience=seats.circle(meetup, "organisers"), discreet=False)
    row = Admission(meetup=meetup, seat=seat, owner_id=person, name=name, at=at, door=door, **stated)
    row.uid = _uid(meetup, once) if once else row.uid
    row.save()
    return declassified.entry(row, door)
