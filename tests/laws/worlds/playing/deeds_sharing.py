"""Deeds about evenings of several communities."""

from typing import TYPE_CHECKING

from entregent.meetups import queries, sharing
from entregent.meetups.models import Joint
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def stand_in(played: "Played", act: Act) -> deeds.Made:
    code, place = deeds.thing_of(played, act, "evening").code, deeds.thing_of(played, act, "community").slug
    actor = deeds.actor_of(played, act)
    held = dict(queries.evening(actor, code).also) if act.said["keeps"] else {}
    sharing.stand_in(actor, code=code, also={place, *held})
    uid = Joint.ledger.values_list("uid", flat=True).filter(meetup__code=code, community__slug=place).first()
    return {"uid": uid} if uid else None  # it stands in its own already


@deeds.deed
def stand_alone(played: "Played", act: Act) -> deeds.Made:
    sharing.stand_in(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code, also=[])
    return None


@deeds.deed
def take_off(played: "Played", act: Act) -> deeds.Made:
    code, place = deeds.thing_of(played, act, "evening").code, deeds.thing_of(played, act, "community").slug
    sharing.take_off(deeds.actor_of(played, act), code=code, community=place)
    return None
