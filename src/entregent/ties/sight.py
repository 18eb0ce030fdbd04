"""The graph as one viewer sees it at an instant, and what is drawn from it: people by key, nodes inside. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entregent.common import chance
from entregent.ties import graph, strength
from entregent.ties import ways as through
from entregent.ties.graph import Bools, Floats, Nodes, Seen, Ties
from entregent.ties.store import People, Shared


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where a viewer stands: `me`, the circles that they are in, who keeps everything from them, whom they block."""

    me: int
    circles: Nodes
    blockers: Nodes
    blocked: Nodes


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The viewer's own ties: people by key, ascending, and loads of today; no load, though they know each other."""

    people: Nodes
    loads: Floats

    def strengths(self, people: Collection[int]) -> dict[int, float]:
        """How strong the tie to each of `people` is; nobody else, and nobody without a load, is in the answer."""
        wanted = np.isin(self.people, [*people]) & (self.loads > 0)
        values = strength.strengths(self.loads[wanted]).tolist()
        return dict(zip(self.people[wanted].tolist(), values, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What a viewer may use of the graph.

    `named` says whose name they may see; `seen` is open to those of them through whom others may ask.
    """

    people: People
    seen: Seen
    named: Bools
    own: Ties
    salt: np.uint64

    def shows(self, person: int) -> bool:
        """Whether the viewer may see the name of somebody who was asked for."""
        return bool(self.named[self.people.nodes([person])[0]])

    def ways(self, to: int, *, longest: int, count: int) -> list[tuple[list[int], float]]:
        """The strongest ways to somebody: the people from one end to the other, and the strength."""
        [node] = self.people.nodes([to]).tolist()
        if self.seen.open[node]:
            found = through.strongest(self.seen, node, longest=longest, count=count, order=self.order)
            return [(self.people.keys[list(way.nodes)].tolist(), way.strength) for way in found]
        mine = self.own.loads[self.own.nodes == node].tolist()
        return [([int(self.people.keys[self.seen.viewer]), to], strength.strength(load)) for load in mine if load]

    def reach(self) -> Floats:
        """How surely somebody between works, for every node: 0 for those who are not two ties away."""
        reached, scores = through.second_degree(self.seen, order=self.order), np.zeros(len(self.named))
        scores[reached.nodes] = reached.scores
        return scores

    def strangers(self, among: Iterable[int] | None = None) -> Bools:
        """Who of `among`, or of all, shows the viewer their name and is not known to them."""
        chosen = self.named.copy()
        if among is not None:
            chosen[:] = False
            nodes = self.people.nodes(among)
            chosen[nodes] = self.named[nodes]
        chosen[self.own.nodes] = False
        chosen[self.seen.viewer] = False
        return chosen

    def foremost(self, candidates: Bools, scores: Floats, count: int) -> list[int]:
        """The candidates with the best scores, best first."""
        least = np.sort(scores[candidates])[-count:].min(initial=np.inf)
        nodes = np.flatnonzero(candidates & (scores >= least))
        ranked = np.lexsort((self.order(nodes), -scores[nodes]))
        return [int(person) for person in self.people.keys[nodes[ranked[:count]]]]

    def order(self, nodes: Nodes) -> NDArray[np.uint64]:
        """Equals in an order that is this viewer's alone: an odd factor keeps distinct numbers distinct."""
        return self.people.marks[nodes] * self.salt


def sight(shared: Shared, standing: Standing, own: Own, *, named: Nodes, aging: float) -> Sight:
    """What the viewer may use of `shared`, whose names they may see by the circles, and those of `named` people too."""
    people, mine = shared.people, shared.people.nodes(own.people)
    shown = showing(people, standing)
    shown[people.nodes(named)] = True
    closed = ~(shown & np.isin(people.lets, standing.circles))
    [viewer] = people.nodes([standing.me])
    seen = graph.seen(
        shared.graph,
        int(viewer),
        audiences=shared.openings.to(standing.circles, standing.blockers),
        hidden=np.flatnonzero(closed),
        own=Ties(mine, own.loads),
        aging=aging,
    )
    salt = int(chance.digest(int(people.marks[viewer]))[:16], 16) | 1
    return Sight(people, seen, shown, Ties(mine, own.loads), np.uint64(salt))


def coarse(scores: Floats) -> Floats:
    """Scores to 20 binary digits: what differs by less is told apart by chance alone.

    >>> float(coarse(np.array([0.1]))[0]), float(coarse(np.array([0.75]))[0])
    (0.10000002384185791, 0.75)
    """
    digits, exponents = np.frexp(scores)
    rounded: Floats = np.ldexp(np.rint(digits * 2.0**20), exponents - 20)
    return rounded


def showing(people: People, standing: Standing) -> Bools:
    """Whose name is open to a circle of the viewer's, with no block between the two."""
    apart = np.concatenate((standing.blockers, standing.blocked))
    return np.isin(people.names, standing.circles) & ~np.isin(people.keys, apart)
