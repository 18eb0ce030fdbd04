"""Deeds at the door of an evening."""

from typing import TYPE_CHECKING

from django.conf import settings

from entregent.common import errors
from entregent.meetups import admissions, tickets
from entregent.meetups.models import Admission, Meetup, Rsvp
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def let_in(played: "Played", act: Act) -> deeds.Made:
    """With the ticket that its owner showed."""
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    seat = Rsvp.ledger.filter(uid=deeds.uid_of(deeds.thing_of(played, act, "answer"))).first()
    if seat is None:
        raise errors.NotFound
    ticket = tickets.code(settings.SECRET_KEY, seat.uid, seat.answered_at)
    entry = admissions.let_in(actor, code=code, ticket=ticket)
    if entry.outcome != "in":
        raise errors.Refused
    return {"uid": entry.uid}


@deeds.deed
def keep_list(played: "Played", act: Act) -> deeds.Made:
    admissions.keep_list(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def let_walk_in(played: "Played", act: Act) -> deeds.Made:
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    return {"uid": admissions.let_walk_in(actor, code=code, name=act.said["name"]).uid}


@deeds.deed
def let_out(played: "Played", act: Act) -> deeds.Made:
    entry = Admission.ledger.filter(uid=deeds.uid_of(deeds.thing_of(played, act, "admission"))).first()
    if entry is None:
        raise errors.NotFound
    code = Meetup.ledger.values_list("code", flat=True).get(pk=entry.meetup_id)
    admissions.let_out(deeds.actor_of(played, act), code=code, entry=entry.uid)
    return None
