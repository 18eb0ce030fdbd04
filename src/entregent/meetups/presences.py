"""Writes about who is, or was, at an evening: "I am here", "I was there", seen by those present or by nobody."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from entregent.circles import actions as circles
from entregent.common import chance, clock, errors
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, announcements, checks, seats, terms, visitors
from entregent.meetups.models import Meetup, Presence
from entregent.meetups.shown import GuestSeat
from entregent.people import actions as people


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


@transaction.atomic
def ask_who_was_there(actor: Viewer, *, code: str, anew: bool = True) -> str:
    """Draw the code by which people say that they were there; an earlier one is void, or kept where not `anew`.

    For its organisers. Raises `NotFound`, and `Refused` for an evening that is not over, or was called off.
    """
    meetup = access.organised(actor, code)
    access.check_over(meetup)
    recalled = chance.code() if anew or not meetup.recalled else meetup.recalled
    announcements.lead(meetup, recalled=recalled)
    return recalled


@transaction.atomic
def ask_no_more(actor: Viewer, *, code: str) -> None:
    """Let nobody say any more that they were there. For its organisers. Raises `NotFound`, `Refused`."""
    announcements.lead(access.organised(actor, code), recalled="")


@transaction.atomic
def confirm(actor: Viewer, *, code: str, recalled: str, seen: bool = False, discreet: bool | None = None) -> None:
    """Say that one was there, by the code `recalled` of whoever organised it; twice changes who may see it alone.

    Raises `NotFound` where the code is another, `Refused` and `Invalid("discreet")` as `arrive` does.
    """
    people.wait_turn(person=actor.me)
    meetup = access.visible(actor, code=code.upper())
    # There is one once it is over, and what is over is neither moved nor called off.
    if not recalled or meetup.recalled != recalled.upper():
        raise errors.NotFound
    _be_there(meetup, actor.me, terms.of_presence(actor, meetup, seen, discreet))


def _be_there(meetup: Meetup, person: int, stated: dict[str, Any]) -> None:
    if stated["audience_id"] is not None:
        # Shown to more people, it is of this moment: an earlier one would tell that it was kept from them.
        kept = Q(audience=None) if stated["discreet"] else Q(audience=None) | Q(discreet=True)
        Presence.ledger.filter(kept, meetup=meetup, owner=person).update(arrived_at=clock.now())
    Presence.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=stated)
    circles.admit(circles=[seats.circle(meetup, "attended")], person=person)
