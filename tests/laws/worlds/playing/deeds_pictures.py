"""Deeds about pictures of evenings."""

from typing import TYPE_CHECKING

from entregent.meetups import pictures
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds
from tests.pictures import drawn

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def add_picture(played: "Played", act: Act) -> deeds.Made:
    actor, evening = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening")
    file = drawn(color=f"#{act.said['picture']:06x}")
    return {"uid": pictures.add_picture(actor, code=evening.code, file=file)}


@deeds.deed
def delete_picture(played: "Played", act: Act) -> deeds.Made:
    pictures.delete_picture(deeds.actor_of(played, act), picture=deeds.uid_of(deeds.thing_of(played, act, "picture")))
    return None


@deeds.deed
def take_picture_down(played: "Played", act: Act) -> deeds.Made:
    picture = deeds.uid_of(deeds.thing_of(played, act, "picture"))
    return {"uid": pictures.take_picture_down(deeds.actor_of(played, act), picture=picture)}


@deeds.deed
def put_picture_back(played: "Played", act: Act) -> deeds.Made:
    asked = deeds.uid_of(deeds.thing_of(played, act, "takedown"))
    pictures.put_picture_back(deeds.actor_of(played, act), takedown=asked)
    return None
