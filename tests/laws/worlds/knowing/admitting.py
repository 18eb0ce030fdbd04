"""What acts at the door leave behind: whoever has a seat is let in once, others walk in by a first name."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.coming import DOORS_CLOSE, answers_to, organised, organises, visible
from tests.laws.worlds.knowing.saying import put
from tests.laws.worlds.knowing.standing import Fact, Invalid, NotFound, Refused, World

#: How long before the start those at the door have their list.
LIST_OPENS = timedelta(hours=24)


def let_in(world: World, act: Act) -> None:
    """By a ticket, which its owner handed over; a seat lets in once."""
    answer = world.thing("answer", act.said["answer"])
    if answer is None:
        raise NotFound
    evening = _at_the_door(world, act)
    inside = {one.said["seat"] for one in entries(world, evening.key)}
    if answer.said["evening"] != evening.key or answer.said["answer"] != "going" or answer.owner in inside:
        raise Refused
    _write(world, act, evening.key, seat=answer.owner)


def let_walk_in(world: World, act: Act) -> None:
    """Without a seat."""
    if not act.said["name"]:
        raise Invalid
    _write(world, act, _at_the_door(world, act).key, name=act.said["name"])


def let_out(world: World, act: Act) -> None:
    """As if it had not been."""
    entry = world.thing("admission", act.said["admission"])
    if entry is None:
        raise NotFound
    organised(world, Act(act.key, act.at, act.who, act.do, {"evening": entry.said["evening"]}))
    _in_its_hours(world, world.of("evening")[entry.said["evening"]])
    del world.of("admission")[entry.key]


def keep_list(world: World, act: Act) -> None:
    """The door's list, on a telephone: noted the first time, for those who come."""
    evening = visible(world, act.who, act.said["evening"])
    if not organises(world, evening, act.who) or not has_a_list(world, evening):
        raise NotFound
    said = {"evening": evening.key, "at": act.at, "by": act.who, "list": True}
    kept = [one.said for one in world.of("export").values() if one.said.get("list")]
    if not any((one["evening"], one["by"]) == (evening.key, act.who) for one in kept):
        put(world, act, Fact("export", act.key, "", None, said=said), act.key)


def entries(world: World, evening: str) -> list[Fact]:
    """Those who were let in at an evening."""
    return [one for one in world.of("admission").values() if one.said["evening"] == evening]


def lines(world: World, evening: str, named: Mapping[str, Hashable]) -> Iterator[tuple[Hashable, ...]]:
    """D5 at the door: a line for each who comes, `named` or not, and for each who walked in; when they were let in."""
    let_in = {one.said["seat"]: one for one in entries(world, evening)}
    for answer in answers_to(world, evening):
        if answer.said["answer"] == "going":
            entry = let_in.get(answer.owner)
            yield named.get(answer.owner, ""), _when(entry)
    yield from ((one.said["name"], _when(one)) for one in entries(world, evening) if not one.said["seat"])


def has_a_list(world: World, evening: Fact) -> bool:
    """Whether the door of an evening has its list now."""
    said = evening.said
    hours = said["starts_at"] - LIST_OPENS <= world.now < said["ends_at"] + DOORS_CLOSE
    return bool(hours and not said["cancelled"])


def forget(world: World, person: str) -> None:
    """Whoever is erased was not let in."""
    kept = world.of("admission").items()
    world.facts["admission"] = {at: one for at, one in kept if one.said["seat"] != person}


def pass_on(world: World, evening: Fact, gone: str) -> None:
    """What somebody noted at the door goes to whoever has the evening now."""
    for one in entries(world, evening.key):
        if one.owner == gone:
            one.owner = evening.owner


def _when(entry: Fact | None) -> Hashable:
    return (entry.key, entry.said["at"]) if entry else None


def _at_the_door(world: World, act: Act) -> Fact:
    evening = organised(world, act)
    _in_its_hours(world, evening)
    return evening


def _in_its_hours(world: World, evening: Fact) -> None:
    if not has_a_list(world, evening):
        raise Refused


def _write(world: World, act: Act, evening: str, *, seat: str = "", name: str = "") -> None:
    said = {"evening": evening, "seat": seat, "name": name, "at": act.at}
    put(world, act, Fact("admission", act.key, act.who, ("organisers", evening), said=said), act.key)


WORDS: Mapping[str, Any] = {word.__name__: word for word in (let_in, let_walk_in, let_out, keep_list)}
