"""Deeds about cards: keeping them."""

from typing import TYPE_CHECKING, Any

from entregent.cards import actions as cards
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def keep_card(played: "Played", act: Act) -> deeds.Made:
    return {"uid": cards.keep(deeds.actor_of(played, act), **_printed(act))}


@deeds.deed
def edit_card(played: "Played", act: Act) -> deeds.Made:
    cards.edit(deeds.actor_of(played, act), card=_card(played, act), **_printed(act))
    return None


@deeds.deed
def drop_card(played: "Played", act: Act) -> deeds.Made:
    cards.drop(deeds.actor_of(played, act), card=_card(played, act))
    return None


def _card(played: "Played", act: Act) -> Any:
    return deeds.uid_of(deeds.thing_of(played, act, "card"))


def _printed(act: Act) -> dict[str, str]:
    return {**deeds.said_of(act, "title", "name", "does"), "mail": act.said["value"]}
