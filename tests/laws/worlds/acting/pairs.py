"""Pairs of histories that one viewer cannot tell apart: what differs between them never enters that viewer's record.

The oracle says what is hidden from whom. Pairs are steered towards kinds of facts that were rarely hidden from a role.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from entregent.common import chance
from tests.laws.worlds.acting import about, changes
from tests.laws.worlds.acting.about import FACTS, KINDS_OF_FACTS
from tests.laws.worlds.acting.acts import OPERATOR, TIME, Act
from tests.laws.worlds.acting.changes import Acts
from tests.laws.worlds.acting.history import History, history
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.knowing.oracle import Oracle

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

#: How many pairs are made of one history, and how many histories a seed has room for.
EACH, ROOM = 10, 100_000
#: How often somebody comes in of whom nobody knows; how many words are tried at a moment.
NEWCOMERS, TRIES = 0.9, 6
#: What other kinds of facts can only be about once a word is said.
FIRST = {
    "announce": ("pick",),
    "arrive": ("takedown",),
    "add_picture": ("takedown",),
    "note_somebody": ("promise", "encounter"),
}
#: Of how many kinds, the rarest, it is told how far behind a role is.
RAREST = 2
#: How often what was kept from a role more than most is hidden all the same.
OFTEN = 0.13
#: What is said at the door of an evening.
DOORS = {"arrive", "arrive_as_guest", "show_presence", "let_in", "let_walk_in", "let_out", "keep_list"}
#: How often what differs is what the viewer could know of once, and no longer.
PAST = 0.2
#: How many people hide something in a pair: the fewer things it touches, the fewer pages there are to ask for.
HIDERS = 2
HOWS = ("remove", "remove", "add", "add", "add", "alter", "move", "swap")
#: Values that are told on purpose: what changes nothing else can still be hidden by swapping.
DECLASSIFIED = {"D1", "D2", "D5"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two histories in which `viewer` ("" is anonymous) knows the same at `at`; where `always`, at every moment so far.

    `hidden` are the kinds of fact that differ, `touched` the things (kind, key of an act) and people ("person", handle)
    that the acts which differ name or make; `seen` where one of them can be seen by the viewer.
    """

    seed: int
    role: str
    viewer: str
    one: Acts
    other: Acts
    at: datetime
    always: bool
    how: str
    hidden: frozenset[str]
    touched: frozenset[tuple[str, str]]
    seen: bool


@dataclass
class Tally:
    """How many pairs were made, discarded, touch what their viewer sees; how often a role was kept from each kind."""

    made: int = 0
    discarded: int = 0
    touching: int = 0
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)


def pairs(seed: int, tally: Tally) -> Iterator[Pair]:
    """Pairs without end. Those of one history come together, the one that differs last comes first."""
    for number in count():
        told = history(seed * ROOM + number)
        found = list(_of(told, tally))
        for pair in sorted(found, key=_parts_at, reverse=True):
            tally.touching += pair.seen
            tally.cells.update((kind, pair.role) for kind in pair.hidden)
            yield pair


def _parts_at(pair: Pair) -> datetime:
    """When the two histories part."""
    differ = (min(one.at, other.at) for one, other in zip(pair.one, pair.other, strict=False) if one != other)
    shorter = min(len(pair.one), len(pair.other))
    return next(differ, (*pair.one, *pair.other)[shorter].at)


def _of(told: History, tally: Tally) -> Iterator[Pair]:
    """The pairs of one history: each for the role that was kept from least, of what was kept from it least."""
    cells = Counter(tally.cells)
    with chance.seeded(("pairs", told.seed)) as draw:
        for _ in range(EACH):
            role = min(told.roles, key=lambda role: (_rarest(cells, role) * draw.uniform(0.9, 1.1), role))
            maker = Maker(draw, told, role, cells)
            tally.made += 1
            pair = maker.pair()
            if pair is None:
                tally.discarded += 1
            else:
                cells.update((kind, role) for kind in pair.hidden)
                yield pair


def _rarest(cells: Counter[tuple[str, str]], role: str) -> int:
    """How often the kinds were kept from a role that were so least often; once more each, so that none is nothing."""
    return sum(1 + number for number in sorted(cells[kind, role] for kind in KINDS_OF_FACTS)[:RAREST])


def _total(cells: Counter[tuple[str, str]], role: str) -> int:
    return sum(number for (_, other), number in cells.items() if other == role)


class Maker:
    """Makes one pair: draws how, when the viewer asks, and what differs."""

    def __init__(self, draw: "Random", told: History, role: str, cells: Counter[tuple[str, str]]) -> None:
        self.draw, self.told, self.role, self.cells = draw, told, role, cells
        self.viewer = told.roles[role]
        self.at = END if draw.random() < 0.75 else told.acts[-draw.randint(1, 12)].at + timedelta(seconds=1)
        self.acts = tuple(act for act in told.acts if act.at <= self.at)
        self.how = draw.choice(HOWS)
        self.hiders = self._hiders()

    def _hiders(self) -> list[str]:
        """Those who hide something, one of them where the viewer is not, if there is such a place."""
        here = changes.here(self.acts, self.at)
        homes = [one.members for one in Oracle(self.acts).world.communities.values() if self.viewer not in one.members]
        elsewhere = [who for who in here if any(who in members for members in homes)]
        away = self.draw.sample(elsewhere, min(len(elsewhere), 1))
        others = [who for who in here if who not in {self.viewer, *away}]
        return [*away, *self.draw.sample(others, min(len(others), HIDERS - len(away)))] or ["nobody"]

    def pair(self) -> Pair | None:
        """The pair, or None where the two could be told apart or nothing differs: of what may differ as much as can."""
        worlds, keys = self._drawn()
        held, found = frozenset[str](), None
        for piece in pieces(keys):
            if not held.isdisjoint(piece) or (found and len(piece) == 1):
                continue
            one, other = worlds(held.union(piece))
            if one != other and (known := compared(one, other, self.viewer, self.at)) is not None:
                held, found = held.union(piece), self._pair(one, other, known)
        return found

    def _drawn(self) -> tuple[Callable[[Collection[str]], tuple[Acts, Acts]], list[str]]:
        """How two histories are made in which some of these acts differ, and the acts by their keys."""
        past = self.how in {"remove", "alter", "move"} and self.draw.random() < PAST
        if self.how in {"remove", "add"} and not past and self.draw.random() < 0.85:
            return self._with(added := self._added()), [act.key for act in added]
        base = self.acts
        if self.draw.random() < 0.75:
            base = changes.in_order([*base, *self._added()])
        chosen = list(islice(self._gone(base), 5)) if past else []
        chosen = chosen or self._chosen(base)
        return self._changed(base, chosen), [act.key for act in chosen]

    def _with(self, added: list[Act]) -> Callable[[Collection[str]], tuple[Acts, Acts]]:
        both = changes.in_order([*self.acts, *added])

        def worlds(keys: Collection[str]) -> tuple[Acts, Acts]:
            more = changes.without(both, [act for act in added if act.key not in keys])
            return (more, self.acts) if self.how == "remove" else (self.acts, more)

        return worlds

    def _changed(self, base: Acts, chosen: list[Act]) -> Callable[[Collection[str]], tuple[Acts, Acts]]:
        def worlds(keys: Collection[str]) -> tuple[Acts, Acts]:
            other = CHANGES[self.how](self, base, [act for act in chosen if act.key in keys])
            return (other, base) if self.how == "add" else (base, other)

        return worlds

    def _added(self) -> list[Act]:
        """Acts that hide something from the viewer, each of a kind that the others are not."""
        additions = changes.Additions(self.draw, self.acts, self.viewer, self.hiders)
        words, said = self._wanted(), set[str]()
        if self.draw.random() < NEWCOMERS:
            additions.put(["enter"], changes.between(self.draw, self.acts, self.acts[0].at, self.acts[-1].at), 1)
        for at, near in changes.moments(self.draw, self.acts, self.at):
            left = [word for word in words if not said.issuperset(FACTS[word])]
            left = [word for word in left if near == (word in DOORS)]
            if additions.put(left, at, TRIES):
                said.update(about.kinds_of(additions.added[-1], additions.said[-1]))
        return additions.added

    def _wanted(self) -> list[str]:
        """Words, those first whose kinds of facts were kept from this role least; few of those kept more than most."""
        led = {word: (*kinds, *FIRST.get(word, ())) for word, kinds in FACTS.items()}
        rare = {word: min(self.cells[kind, self.role] for kind in kinds) for word, kinds in led.items()}
        usual = _total(self.cells, self.role) / len(KINDS_OF_FACTS)
        words = [word for word in rare if rare[word] <= usual or self.draw.random() < OFTEN]
        words = [word for word in words if word not in {"erase", "enter"}]
        return sorted(words, key=lambda word: (rare[word] + 1) * self.draw.uniform(0.85, 1.15))

    def _chosen(self, base: Acts) -> list[Act]:
        """Acts that differ, each with what depends on it, of the kinds that were kept from this role least."""
        hidden = self._hidden(base)
        hidden = [act for act in hidden if act.who in {*self.hiders, OPERATOR}] or hidden
        rank = {word: place for place, word in enumerate(self._wanted())}
        ordered = sorted(hidden, key=lambda act: rank.get(act.do, len(rank)))
        return ordered[: self.draw.randint(10, 24)]

    def _gone(self, base: Acts) -> Iterator[Act]:
        """Acts that the viewer may have known of, and that leave no trace at the moment of asking."""
        record = Oracle(base).record(self.viewer, self.at)
        hidden = {act.key for act in self._hidden(base)}
        others = [act for act in base if act.who not in {self.viewer, TIME} and act.do in FACTS and act.do != "enter"]
        shown = [act for act in others if act.key not in hidden]
        for act in self.draw.sample(shown, min(len(shown), 25)):
            other = CHANGES[self.how](self, base, [act])
            missing = {one.who for one in changes.unlike(base, other)}
            if other != base and self.viewer not in missing and Oracle(other).record(self.viewer, self.at) == record:
                yield act

    def _hidden(self, base: Acts) -> list[Act]:
        """Acts of others that left the viewer's record as it was."""
        told_on_purpose = DECLASSIFIED if self.how == "swap" else set()
        oracle, found = Oracle(), []
        for act in base:
            before = oracle.record(self.viewer, act.at)
            done = oracle.do(act) == "done"
            if act.who in {self.viewer, TIME} or not done or act.do not in FACTS:
                continue
            if {item[0] for item in before ^ oracle.record(self.viewer, act.at)} <= told_on_purpose:
                found.append(act)
        return [act for act in found if all(one.who != self.viewer for one in changes.dependents(base, act))]

    def _pair(self, one: Acts, other: Acts, known: "Known") -> Pair:
        differing = [*changes.unlike(one, other), *changes.unlike(other, one)]
        touched = frozenset(thing for act in differing for thing in about.touched_by(act))
        return Pair(
            seed=self.told.seed,
            role=self.role,
            viewer=self.viewer,
            one=one,
            other=other,
            at=self.at,
            always=known.always,
            how=self.how,
            hidden=frozenset(kind for act in differing for kind in about.facts_of(act, known.outcomes, known.requests)),
            touched=touched,
            seen=not touched.isdisjoint(known.seen),
        )


def pieces(keys: list[str]) -> Iterator[list[str]]:
    """All, then halves, quarters and eighths, then each alone; of nothing, none."""
    sizes = sorted({max(1, -(-len(keys) // parts)) for parts in (1, 2, 4, 8, len(keys) or 1)}, reverse=True)
    yield from (keys[at : at + size] for size in sizes for at in range(0, len(keys), size))


def _removed(maker: Maker, base: Acts, chosen: list[Act]) -> Acts:
    return changes.without(base, chosen)


def _altered(maker: Maker, base: Acts, chosen: list[Act]) -> Acts:
    fresh = (changes.altered(maker.draw, base, act, maker.viewer) for act in chosen)
    return changes.put(base, filter(None, fresh))


def _moved(maker: Maker, base: Acts, chosen: list[Act]) -> Acts:
    for act in chosen:
        base = base if act.do == "erase" else changes.put(base, [changes.moved(maker.draw, base, act)])
    return base


def _swapped(maker: Maker, base: Acts, chosen: list[Act]) -> Acts:
    for act in chosen:
        fresh = changes.swapped(maker.draw, base, act, maker.viewer)
        base = base if fresh is None else changes.put(base, [fresh])
    return base


CHANGES: dict[str, Callable[[Maker, Acts, list[Act]], Acts]] = {
    "remove": _removed,
    "add": _removed,
    "alter": _altered,
    "move": _moved,
    "swap": _swapped,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the oracle says of two histories that are one to a viewer: since when, what came of acts, what is seen."""

    always: bool
    outcomes: dict[str, str]
    requests: frozenset[str]
    seen: frozenset[tuple[str, str]]


def compared(one: Acts, other: Acts, viewer: str, at: datetime) -> Known | None:
    """What is known where somebody's records of two histories are equal at a moment; None where they are not."""
    first, second, always = Oracle(), Oracle(), True
    places = [0, 0]
    for moment in sorted({act.at for act in (*one, *other) if act.at <= at}):
        for number, (oracle, acts) in enumerate(((first, one), (second, other))):
            while places[number] < len(acts) and acts[places[number]].at <= moment:
                oracle.do(acts[places[number]])
                places[number] += 1
        always = always and first.record(viewer, moment) == second.record(viewer, moment)
    record = first.record(viewer, at)
    if record != second.record(viewer, at):
        return None
    requests = frozenset(fact.key for oracle in (first, second) for fact in oracle.world.of("request").values())
    return Known(always, {**second.outcomes, **first.outcomes}, requests, frozenset(_seen(record, viewer)))


def _seen(record: Collection[Any], viewer: str) -> Iterator[tuple[str, str]]:
    """The things and people that stand in a record."""
    if viewer:
        yield "person", viewer
    for item in record:
        if item[0] in {"community", "evening", "position", "need"}:
            yield item[0], item[1]
        elif item[0] == "name":
            yield "person", item[1]
        elif item[0] == "own":
            yield item[1], item[2]
