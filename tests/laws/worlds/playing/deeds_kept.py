"""Deeds about needs that are kept."""

from typing import TYPE_CHECKING

from entregent.recall import actions, kept
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def keep_need(played: "Played", act: Act) -> deeds.Made:
    return {"uid": actions.keep(deeds.actor_of(played, act), text=act.said["text"])}


@deeds.deed
def look_at_kept(played: "Played", act: Act) -> deeds.Made:
    actor, need = deeds.actor_of(played, act), deeds.uid_of(deeds.thing_of(played, act, "kept"))
    held = kept.one(actor, need)
    actions.look(actor, need=need, answers=kept.answers(actor, held.text))
    return None


@deeds.deed
def renew_kept(played: "Played", act: Act) -> deeds.Made:
    actions.renew(deeds.actor_of(played, act), need=deeds.uid_of(deeds.thing_of(played, act, "kept")))
    return None


@deeds.deed
def end_kept(played: "Played", act: Act) -> deeds.Made:
    actions.end(deeds.actor_of(played, act), need=deeds.uid_of(deeds.thing_of(played, act, "kept")))
    return None


@deeds.deed
def resume_kept(played: "Played", act: Act) -> deeds.Made:
    actions.resume(deeds.actor_of(played, act), need=deeds.uid_of(deeds.thing_of(played, act, "kept")))
    return None
