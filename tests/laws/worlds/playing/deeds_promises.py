"""Deeds about what people promised those in their books."""

from typing import TYPE_CHECKING

from entregent.encounters import promises
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def promise(played: "Played", act: Act) -> deeds.Made:
    contact = deeds.uid_of(deeds.thing_of(played, act, "contact"))
    said = deeds.said_of(act, "text", "due_on")
    return {"uid": promises.promise(deeds.actor_of(played, act), contact=contact, **said)}


@deeds.deed
def keep_promise(played: "Played", act: Act) -> deeds.Made:
    promises.keep_promise(deeds.actor_of(played, act), promise=deeds.uid_of(deeds.thing_of(played, act, "promise")))
    return None


@deeds.deed
def put_off_promise(played: "Played", act: Act) -> deeds.Made:
    held, due_on = deeds.uid_of(deeds.thing_of(played, act, "promise")), act.said.get("due_on")
    promises.put_off_promise(deeds.actor_of(played, act), promise=held, due_on=due_on)
    return None


@deeds.deed
def drop_promise(played: "Played", act: Act) -> deeds.Made:
    promises.drop_promise(deeds.actor_of(played, act), promise=deeds.uid_of(deeds.thing_of(played, act, "promise")))
    return None


@deeds.deed
def resume_promise(played: "Played", act: Act) -> deeds.Made:
    promises.resume_promise(deeds.actor_of(played, act), promise=deeds.uid_of(deeds.thing_of(played, act, "promise")))
    return None
