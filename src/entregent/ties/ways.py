"""The strongest ways through a graph of ties, and whom one could meet through somebody.

A way is as strong as the product of its ties. The search adds costs instead, -log2(strength) in whole steps of
2 ** -40: sums of whole numbers are equal or they are not, in whatever order they are made, so that no rounding tells of
ties that were left out. A strength is exact to about 2e-12 of itself.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entregent.ties import strength
from entregent.ties.graph import Bools, Floats, Nodes, Seen, Ties, spans

#: What puts equals in order: for an array of nodes of any shape, as many distinct numbers; the lower comes first.
Order = Callable[[Nodes], NDArray[Any]]

_STEPS = 2.0**40
_ENDLESS = int(np.iinfo(np.int64).max) // 4
_SURE = 1 - 2.0**-52


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one node to another: both ends included, no node twice; its strength is the product of its ties'."""

    nodes: tuple[int, ...]
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Nodes two ties away, ascending; how surely somebody between works; who does so best."""

    nodes: Nodes
    scores: Floats
    connectors: Nodes


def by_number(nodes: Nodes) -> Nodes:
    """The order in which nodes are numbered."""
    return nodes


def strongest(seen: Seen, target: int, *, longest: int = 4, count: int = 5, order: Order = by_number) -> list[Way]:
    """The `count` strongest ways of at most `longest` ties (1 to 4) from the viewer to `target`, strongest first.

    Exact. Equally strong ways: the shorter first, then as `order` puts the nodes between, one after the other. Raises
    ValueError for another number of ties, or when no way is asked for.

    Halves of ways go out from both ends and are joined in the node where they meet (Pohl 1971, "Bi-directional
    search"). Of the halves that end in one node the best `count` do. The half on the other side rules out one of them
    at most, that which goes through the same node, and then the way through this node alone is a better one.
    """
    if not (1 <= longest <= 4 and count >= 1):
        raise ValueError("a way has 1 to 4 ties, and one way is the least to ask for")
    if target == seen.viewer or not seen.open[target]:
        return []
    best = _Best(seen.graph.nodes, count, order)
    start, end = _halves(seen.neighbours(seen.viewer)), _halves(seen.neighbours(target))
    direct = start.where(start.ends == target)
    best.offer(direct.inside, direct.costs)
    sides = [start.where(start.ends != target), end.where(end.ends != seen.viewer)]
    between = seen.without([seen.viewer, target])
    if longest > 1:
        best.offer(*best.joined(*sides))
    fewer = int(len(sides[1].ends) < len(sides[0].ends))
    for side in (fewer, 1 - fewer)[: max(longest - 2, 0)]:
        sides[side] = _further(between, sides[side], best.limit - sides[1 - side].least)
        best.offer(*best.joined(*sides))
    return [Way((seen.viewer, *nodes, target), math.exp2(-cost / _STEPS)) for cost, _, _, nodes in best.found]


def second_degree(seen: Seen, *, order: Order = by_number) -> Reach:
    """Whom the viewer could meet through somebody: all open nodes two ties away, and not one.

    The score is the chance that some way through a connector works, each failing by itself: 1 minus the product over
    connectors of (1 - strength of the way). The connector named has the strongest way; equals are put in `order`.
    """
    first = _halves(seen.neighbours(seen.viewer))
    second = _further(seen.without(np.append(first.ends, seen.viewer)), first, _ENDLESS)
    failing = -np.log1p(-np.minimum(np.exp2(-second.costs / _STEPS), _SURE))
    total = np.zeros(seen.graph.nodes, dtype=np.int64)
    np.add.at(total, second.ends, np.rint(failing * _STEPS).astype(np.int64))
    best = second.where(second.costs == second.lowest(seen.graph.nodes)[second.ends]).foremost(1, order)
    return Reach(best.ends, -np.expm1(-total[best.ends] / _STEPS), best.inside[:, 0])


@dataclass(frozen=True, slots=True, eq=False)
class _Halves:
    """Halves of ways, out from one end: where each ends, what it costs, and the node on it if it is of two ties."""

    ends: Nodes  # (n,)
    costs: Nodes  # (n,)
    inside: Nodes  # (n, 0) or (n, 1)

    @property
    def least(self) -> int:
        """What the cheapest costs."""
        return int(self.costs.min(initial=_ENDLESS))

    def lowest(self, nodes: int) -> Nodes:
        """What the cheapest that ends there costs, for every node."""
        lowest = np.full(nodes, _ENDLESS)
        np.minimum.at(lowest, self.ends, self.costs)
        return lowest

    def where(self, chosen: Bools | Nodes) -> "_Halves":
        return _Halves(self.ends[chosen], self.costs[chosen], self.inside[chosen])

    def foremost(self, count: int, order: Order) -> "_Halves":
        """The best `count` of those that end in one node, sorted by that node."""
        ranked = self.where(np.lexsort((*order(self.inside).T, self.costs, self.ends)))
        place = np.arange(len(ranked.ends)) - np.searchsorted(ranked.ends, ranked.ends)
        return ranked.where(place < count)


class _Best:
    """The best ways found so far; the shorter have to be offered first."""

    def __init__(self, nodes: int, count: int, order: Order):
        self.nodes, self.count, self.order = nodes, count, order
        self.found: list[tuple[int, int, list[Any], list[int]]] = []

    @property
    def limit(self) -> int:
        """What longer ways have to cost less than."""
        return self.found[-1][0] if len(self.found) == self.count else _ENDLESS

    def offer(self, between: Nodes, costs: Nodes) -> None:
        """Take the best of these ways of one length: the nodes between their ends (n, ties - 1), their costs (n,)."""
        keys = self.order(between)
        first = np.lexsort((*keys.T[::-1], costs))[: self.count]
        ties = [between.shape[1] + 1] * len(first)
        rows = zip(costs[first].tolist(), ties, keys[first].tolist(), between[first].tolist(), strict=True)
        self.found = sorted([*self.found, *rows])[: self.count]

    def joined(self, here: _Halves, there: _Halves) -> tuple[Nodes, Nodes]:
        """The ways that halves make where they meet, to be offered: all that can be among the best."""
        here = here.where(here.costs + there.lowest(self.nodes)[here.ends] < self.limit)
        there = there.where(there.costs + here.lowest(self.nodes)[there.ends] < self.limit)
        here, there = here.foremost(self.count, self.order), there.foremost(self.count, self.order)
        i, j = spans(np.searchsorted(there.ends, here.ends), np.searchsorted(there.ends, here.ends, side="right"))
        # Halves of one tie have nothing inside, and no pair with one of them has anything in common.
        simple = (here.inside[i] != there.inside[j]).all(axis=1)
        i, j = i[simple], j[simple]
        between = np.hstack((here.inside[i], here.ends[i, np.newaxis], there.inside[j]))
        return between, here.costs[i] + there.costs[j]


def _halves(ties: Ties) -> _Halves:
    return _Halves(ties.nodes, _costs(ties.loads), np.empty((len(ties.nodes), 0), dtype=np.int64))


def _further(seen: Seen, halves: _Halves, limit: int) -> _Halves:
    """Halves of one tie, taken one tie further wherever they then cost less than `limit`."""
    halves = halves.where(halves.costs < limit)
    origin, ends, loads = seen.ties(halves.ends)
    costs = halves.costs[origin] + _costs(loads)
    return _Halves(ends, costs, halves.ends[origin, np.newaxis]).where(costs < limit)


def _costs(loads: Floats) -> Nodes:
    strengths = np.maximum(strength.strengths(loads), np.finfo(np.float64).tiny)
    return np.rint(-np.log2(strengths) * _STEPS).astype(np.int64)
