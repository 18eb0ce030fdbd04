"""Deeds about cards: keeping and showing them, exchanging, leaving one; out of the circle of crossed ones."""

from typing import TYPE_CHECKING, Any

from entregent.cards import actions as cards
from entregent.cards.models import Crossing, Showing
from entregent.common import ids
from entregent.discretion.viewer import ANYBODY as NO_ACCOUNT
from entregent.people.keys import digest
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds
from tests.laws.worlds.playing.things import ANYBODY

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


@deeds.deed
def show_card(played: "Played", act: Act) -> deeds.Made:
    actor, at = deeds.actor_of(played, act), act.said["evening"]
    code = deeds.known(played.things, at).code if at else ""
    secret = cards.show(actor, card=_card(played, act), meetup=code)
    uid = Showing.ledger.values_list("uid", flat=True).get(digest=digest(secret))
    return {"uid": uid, "secret": secret, "owner": act.who, "shown": act.said["person"] or ANYBODY}


@deeds.deed
def hide_showing(played: "Played", act: Act) -> deeds.Made:
    cards.hide(deeds.actor_of(played, act), secret=_secret(played, act))
    return None


@deeds.deed
def exchange_cards(played: "Played", act: Act) -> deeds.Made:
    actor, secret = deeds.actor_of(played, act), _secret(played, act)
    cards.exchange(actor, secret=secret, card=_card(played, act))
    other = Showing.ledger.values_list("owner", flat=True).get(digest=digest(secret))
    return {"uid": Crossing.ledger.values_list("uid", flat=True).get(owner=actor.me, person=other)}


@deeds.deed
def take_card(played: "Played", act: Act) -> deeds.Made:
    cards.take(deeds.actor_of(played, act), secret=_secret(played, act))
    return None


@deeds.deed
def leave_card(played: "Played", act: Act) -> deeds.Made:
    uid, name = ids.new(), act.said["name"]
    cards.leave(NO_ACCOUNT, secret=_secret(played, act), name=name, mail=act.said["value"], once=uid)
    return {"uid": uid}


def _secret(played: "Played", act: Act) -> str:
    return deeds.thing_of(played, act, "showing").secret


def _card(played: "Played", act: Act) -> Any:
    return deeds.uid_of(deeds.thing_of(played, act, "card"))


def _printed(act: Act) -> dict[str, Any]:
    return {**deeds.said_of(act, "title", "name", "does"), "mail": act.said["value"]}
