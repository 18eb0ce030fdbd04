"""What acts about cards leave behind: those that one keeps, and with whom they were crossed; their owner's alone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.saying import own, put
from tests.laws.worlds.knowing.standing import Fact, Invalid, NotFound, Refused, World

#: How long one may change one's mind, and how many cards one keeps.
PATIENCE, MOST = timedelta(hours=1), 12
#: What stands on a card.
PRINTED = ("name", "does", "value")


def keep_card(world: World, act: Act) -> None:
    """One more, for an occasion."""
    _keep_few(world, act)
    said = {"at": act.at, "used_at": act.at, "forgotten_at": None, **_said(act)}
    put(world, act, Fact("card", act.key, act.who, None, said=said), act.key)


def edit_card(world: World, act: Act) -> None:
    """Otherwise, from now on."""
    _held(world, act).said |= _said(act)


def drop_card(world: World, act: Act) -> None:
    """No longer."""
    _held(world, act).said["forgotten_at"] = act.at


def withdraw_card(world: World, act: Act) -> None:
    """Out of the circle, whoever they are; they keep the card."""
    held = world.of("crossing").get((act.who, act.said["person"]))
    if held is None:
        raise NotFound
    held.said["withdrawn"] = True


def cross(world: World, owner: str, person: str, name: str, key: str) -> None:
    """Somebody is let into the circle of those with whom a person crossed cards; `key` names it where it is new."""
    before = world.of("crossing").get((owner, person))
    said = {"person": person, "name": name, "at": world.now, "withdrawn": False}
    world.of("crossing")[owner, person] = Fact("crossing", before.key if before else key, owner, None, said=said)


def pass_time(world: World) -> None:
    """What was taken out an hour ago goes."""
    gone = world.now - PATIENCE
    cards = world.of("card").items()
    world.facts["card"] = {
        at: one for at, one in cards if not (one.said["forgotten_at"] and one.said["forgotten_at"] <= gone)
    }


def _said(act: Act) -> dict[str, Any]:
    if not (act.said["title"] and act.said["name"]):
        raise Invalid
    return {field: act.said[field] for field in ("title", *PRINTED)}


def _held(world: World, act: Act) -> Fact:
    held = own(world, act, "card")
    if held.said["forgotten_at"]:
        raise NotFound
    return held


def _keep_few(world: World, act: Act) -> None:
    if sum(one.owner == act.who and not one.said["forgotten_at"] for one in world.of("card").values()) >= MOST:
        raise Refused


WORDS: Mapping[str, Any] = {word.__name__: word for word in (keep_card, edit_card, drop_card, withdraw_card)}
