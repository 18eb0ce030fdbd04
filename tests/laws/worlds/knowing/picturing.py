"""What pictures of evenings leave behind: seen by those who came, until one of them asks that it be taken down."""

from collections.abc import Mapping
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.coming import organised
from tests.laws.worlds.knowing.saying import own, put
from tests.laws.worlds.knowing.standing import Fact, NotFound, Refused, Sight, World


def add_picture(world: World, act: Act) -> None:
    """By whoever organises, once it has begun."""
    evening = organised(world, act)
    if evening.said["starts_at"] > world.now or evening.said["cancelled"]:
        raise Refused
    said = {"evening": evening.key, "picture": act.said["picture"], "added_at": act.at}
    put(world, act, Fact("picture", act.key, act.who, ("attended", evening.key), said=said), act.key)


def delete_picture(world: World, act: Act) -> None:
    """For good, with what was asked about it."""
    held = own(world, act, "picture")
    del world.of("picture")[held.key]
    tidy(world)


def take_picture_down(world: World, act: Act) -> None:
    """Nobody but whoever put it there sees it any more."""
    held = world.thing("picture", act.said["picture"])
    if held is None:
        raise NotFound
    asked = world.of("takedown").get((act.who, held.key))
    if asked is not None:
        world.made[act.key], world.ids[act.key] = (act.who, held.key), asked.key
        return
    evening = world.of("evening").get(held.said["evening"])
    sight = Sight(world, act.who)
    if evening is None or held.owner == act.who or not (sight.sees(evening) and sight.sees(held)):
        raise NotFound
    said = {"evening": held.said["evening"], "picture": held.key}
    put(world, act, Fact("takedown", act.key, act.who, None, said=said), (act.who, held.key))
    held.audience = None


def put_picture_back(world: World, act: Act) -> None:
    """It may be shown after all, where nobody else asked."""
    asked = own(world, act, "takedown")
    key = asked.said["picture"]
    del world.of("takedown")[act.who, key]
    if key not in world.stay_down and not any(one.said["picture"] == key for one in world.of("takedown").values()):
        world.of("picture")[key].audience = ("attended", asked.said["evening"])


def tidy(world: World) -> None:
    """What was asked about a picture goes with it."""
    there, asked = world.of("picture"), world.of("takedown")
    world.facts["takedown"] = {at: fact for at, fact in asked.items() if fact.said["picture"] in there}


WORDS: Mapping[str, Any] = {
    word.__name__: word for word in (add_picture, delete_picture, take_picture_down, put_picture_back)
}
