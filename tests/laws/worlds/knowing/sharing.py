"""What acts about the communities of an evening leave behind: in which it stands, and for whom it is then."""

from collections.abc import Mapping
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.coming import joints, organised, part_with_strangers, show, visible, word
from tests.laws.worlds.knowing.saying import put
from tests.laws.worlds.knowing.standing import Fact, NotFound, Refused, World


def stand_in(world: World, act: Act) -> None:
    """In one of one's own, and in no other beside its own unless `keeps` says so; for whoever announced it."""
    community = world.communities.get(act.said["community"])
    if community is None:
        raise NotFound
    evening = _announced(world, act)
    held = [one.said["community"] for one in joints(world, evening)]
    if act.who not in community.members and community.key not in held:
        raise Refused
    for key in set[str]() if act.said["keeps"] else {*held} - {community.key}:
        del world.of("joint")[evening.key, key]
    if community.key != evening.said["community"]:
        said = {"evening": evening.key, "community": community.key}
        put(world, act, Fact("joint", act.key, act.who, None, said=said), (evening.key, community.key))
    _show(world, evening)


def stand_alone(world: World, act: Act) -> None:
    """In its own."""
    end(world, _announced(world, act))


def take_off(world: World, act: Act) -> None:
    """For those who look after the community."""
    community = world.communities.get(act.said["community"])
    evening = visible(world, act.who, act.said["evening"])
    if community is None:
        raise NotFound
    if community.members.get(act.who) != "steward":
        raise Refused
    if (evening.key, community.key) not in world.of("joint"):
        raise NotFound
    del world.of("joint")[evening.key, community.key]
    _show(world, evening)


def _announced(world: World, act: Act) -> Fact:
    evening = organised(world, act)
    if act.who != evening.owner:
        raise Refused
    return evening


def end(world: World, evening: Fact) -> None:
    """It passed on, and stands in its own alone."""
    for one in joints(world, evening):
        del world.of("joint")[evening.key, one.said["community"]]
    _show(world, evening)


def _show(world: World, evening: Fact) -> None:
    """For whom it is now; who is in none of its communities helps no more."""
    show(world, evening, word(evening))
    part_with_strangers(world, evening)


WORDS: Mapping[str, Any] = {word.__name__: word for word in (stand_in, stand_alone, take_off)}
