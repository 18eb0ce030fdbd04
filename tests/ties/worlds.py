"""Small random graphs with a viewer, and the plain answers to compare with: dictionaries and brute force."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, permutations

import numpy as np
from hypothesis import strategies as st

from entregent.ties import graph

#: Loads whose sums and halves are exact, so that equally strong is equal in every way of computing it.
EXACT = st.sampled_from([0.0, 0.125, 0.25, 0.5, 1.5, 3.0, math.inf])
ANY = st.floats(min_value=1e-3, max_value=30)

#: Audience labels. No viewer of these worlds is in the last.
CLUB, TOWN, ELSEWHERE = 0, 3, 2**40

Tie = tuple[int, int, int, float]  # ends, audience label, load


@dataclass(frozen=True)
class World:
    """Ties, and what one viewer may use of them."""

    nodes: int
    ties: tuple[Tie, ...]
    viewer: int
    audiences: frozenset[int]
    hidden: frozenset[int]
    own: tuple[tuple[int, float], ...]
    aging: float

    def usable(self) -> "World":
        """The same world without whatever the viewer may not use: there is nothing left to hide."""
        ties = tuple(tie for tie in self.ties if tie[2] in self.audiences and not self.hidden & {*tie[:2]})
        own = tuple((node, load) for node, load in self.own if node not in self.hidden)
        return replace(self, ties=ties, own=own, hidden=frozenset())

    def loads(self) -> dict[tuple[int, int], float]:
        """What the viewer may use, in both directions: the loads of the viewer's own ties and of everybody else's."""
        usable, sums = self.usable(), dict[tuple[int, int], float]()
        for a, b, _, load in usable.ties:
            for pair in ((a, b), (b, a)):
                sums[pair] = sums.get(pair, 0.0) + load * self.aging
        for node, load in usable.own:
            sums[self.viewer, node] = sums.get((self.viewer, node), 0.0) + load
        return {(a, b): load for (a, b), load in sums.items() if load > 0 and a != b}


def numbers(values: Iterable[float]) -> graph.Nodes:
    return np.array([*values], dtype=np.int64)


def built(nodes: int, ties: tuple[Tie, ...]) -> graph.Graph:
    a, b, labels = (numbers(tie[part] for tie in ties) for part in range(3))
    return graph.build(nodes, a, b, loads=np.array([tie[3] for tie in ties], dtype=np.float64), audience=labels)


def revised(stale: graph.Graph, changed: frozenset[int], ties: tuple[Tie, ...]) -> graph.Graph:
    a, b, labels = (numbers(tie[part] for tie in ties) for part in range(3))
    loads = np.array([tie[3] for tie in ties], dtype=np.float64)
    return graph.revised(stale, numbers(changed), a, b, loads=loads, audience=labels)


def seen(world: World, tied: graph.Graph | None = None) -> graph.Seen:
    """What the viewer sees of the graph of this world, or of another graph."""
    own = graph.Ties(
        numbers(node for node, _ in world.own), np.array([load for _, load in world.own], dtype=np.float64)
    )
    return graph.seen(
        tied or built(world.nodes, world.ties),
        world.viewer,
        audiences=numbers(world.audiences),
        hidden=numbers(world.hidden),
        own=own,
        aging=world.aging,
    )


def all_ways(world: World, target: int, longest: int) -> list[tuple[tuple[int, ...], float]]:
    """Every way there is, with its strength, by trying all of them."""
    loads, others = world.loads(), [node for node in range(world.nodes) if node not in {world.viewer, target}]
    betweens = (between for length in range(longest) for between in permutations(others, length))
    tried = [(world.viewer, *between, target) for between in betweens if world.viewer != target]
    # Private evidence is the viewer's, who is the first of every way: a tie is read in the way's direction.
    real = (way for way in tried if all(step in loads for step in pairwise(way)))
    return [(way, math.prod(sorted(-math.expm1(-loads[step]) for step in pairwise(way)))) for way in real]


@st.composite
def worlds(draw: st.DrawFn, loads: st.SearchStrategy[float] = EXACT) -> World:
    nodes = draw(st.integers(min_value=2, max_value=7))
    node = st.integers(min_value=0, max_value=nodes - 1)
    viewer = draw(node)
    return World(
        nodes=nodes,
        ties=draw(ties(nodes, loads)) + draw(ties(nodes, loads)),
        viewer=viewer,
        audiences=draw(st.sampled_from([{CLUB, TOWN}, {CLUB}, {TOWN, 5}, set()]).map(frozenset)),
        hidden=draw(st.frozensets(node, max_size=2)) - {viewer},
        own=tuple(draw(st.dictionaries(node, loads, max_size=2)).items()),
        aging=draw(st.sampled_from([1.0, 0.5])),
    )


@st.composite
def ties(draw: st.DrawFn, nodes: int, loads: st.SearchStrategy[float]) -> tuple[Tie, ...]:
    """At most one tie for each pair: many to many of them, so that there is something to choose from."""
    pairs = [*combinations(range(nodes), 2)]
    one = st.none() | st.tuples(st.sampled_from([CLUB, TOWN, ELSEWHERE]), loads)
    drawn = draw(st.lists(one, min_size=len(pairs), max_size=len(pairs)))
    return tuple((a, b, *tie) for (a, b), tie in zip(pairs, drawn, strict=True) if tie)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[World, graph.Graph]:
    """A world, and its graph as it comes from one that was built before some people changed and some came."""
    world, former = draw(worlds(loads=ANY)), draw(worlds(loads=ANY)).ties
    before = draw(st.integers(min_value=0, max_value=world.nodes))
    some = draw(st.frozensets(st.integers(min_value=0, max_value=world.nodes - 1)))
    changed = some | {*range(before, world.nodes)}
    lasting = tuple(tie for tie in world.ties if not changed & {*tie[:2]})
    outdated = tuple(tie for tie in former if changed & {*tie[:2]} and max(tie[:2]) < before)
    current = tuple(tie for tie in world.ties if changed & {*tie[:2]})
    return world, revised(built(before, lasting + outdated), changed, current)
