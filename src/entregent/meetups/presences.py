"""Writes about who is at an evening: "I am here", seen by those present or by nobody."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from entregent.circles import actions as circles
from entregent.common import clock, errors
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, checks, seats, terms, visitors
from entregent.meetups.models import Meetup, Presence
from entregent.meetups.shown import GuestSeat


@transaction.atomic
def arrive(actor: Viewer, *, here: str, seen: bool | None = None, discreet: bool | None = None) -> str:
    """Say that one is there, by the code on the table; the code of the evening.

    `seen` says whether those present may see it, None leaves it as it was, at first unseen. Raises `Refused` outside
    of the hours around the evening, `Invalid("discreet")` as `answer` does.
    """
    person, meetup = actor.me, access.going_on(actor, here)
    if seen is None and Presence.ledger.filter(meetup=meetup, owner=person).exists():
        return meetup.code
    _be_there(meetup, person, terms.of_presence(actor, meetup, bool(seen), discreet))
    return meetup.code


@transaction.atomic
def arrive_as_guest(
    actor: Viewer, *, here: str, name: str, seen: bool = False, language: str = "fr", secret: str = ""
) -> GuestSeat:
    """Say that one is there, with a first name and no account. `secret` as in `answer_as_guest`."""
    name, meetup = checks.first_name(name), access.going_on(actor, here)
    person, secret = visitors.known(actor, language=language, secret=secret)
    audience = seats.circle(meetup, "attended") if seen else None
    _be_there(meetup, person, {**discretion.stated(audience=audience, discreet=False), "name": name})
    return GuestSeat(secret, meetup.code)


@transaction.atomic
def show_presence(actor: Viewer, *, code: str, seen: bool, discreet: bool | None = None) -> None:
    """Let those present see that the actor is there, or no longer. Raises `NotFound` for whoever is not there."""
    meetup = access.visible(actor, code=code.upper())
    row = Presence.ledger.filter(meetup=meetup, owner=actor.me).first()
    if row is None:
        raise errors.NotFound
    _be_there(meetup, actor.me, terms.of_presence(actor, meetup, seen, discreet))


def _be_there(meetup: Meetup, person: int, stated: dict[str, Any]) -> None:
    if stated["audience_id"] is not None:
        # Shown to more people, it is of this moment: an earlier one would tell that it was kept from them.
        kept = Q(audience=None) if stated["discreet"] else Q(audience=None) | Q(discreet=True)
        Presence.ledger.filter(kept, meetup=meetup, owner=person).update(arrived_at=clock.now())
    Presence.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=stated)
    circles.admit(circles=[seats.circle(meetup, "attended")], person=person)
