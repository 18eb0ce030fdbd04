"""Deeds about cards: keeping them, taking somebody out of the circle of crossed ones."""

from typing import TYPE_CHECKING, Any

from entregent.cards import actions as cards
from entregent.cards.models import Crossing
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


@deeds.deed
def withdraw_card(played: "Played", act: Act) -> deeds.Made:
    actor, person = deeds.actor_of(played, act), deeds.known(played.cast, act.said["person"]).me
    held = Crossing.ledger.filter(owner=actor.me, person=person).values_list("uid", flat=True).first()
    if held is None:
        raise deeds.Unknown(act.said["person"])
    cards.withdraw(actor, crossing=held)
    return None


def _card(played: "Played", act: Act) -> Any:
    return deeds.uid_of(deeds.thing_of(played, act, "card"))


def _printed(act: Act) -> dict[str, Any]:
    return {**deeds.said_of(act, "title", "name", "does"), "mail": act.said["value"]}
