"""Evidence for ties that people share: who was where beside whom, what it weighs, and what it takes to see it. Numbers.

A tie of two people is a fact of either, around which stands the evening or the organisation, a third fact: whoever may
see the three may use it. Loads are whole multiples of `STEP`: sums of them are exact, in whatever order and in whatever
parts they are made, so that no rounding tells of what was left out, or of the order in which rows were read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

import numpy as np

from entregent.ties import graph, strength
from entregent.ties.graph import Bools, Floats, Nodes

#: What loads are counted in. A float holds any sum of them below 8192: the load of some thousands of evenings, or of as
#: many positions as two people may state (`market.actions.MOST`), each beside each.
STEP = 2.0**-40

#: Two circles, of which a viewer stands in one, and the person who may not keep everything from them (0: nobody).
Opening = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """What it takes to see a tie, by its label: row i of `ties` names three rows of `facts`, each an `Opening`."""

    facts: Nodes  # (facts, 3)
    ties: Nodes  # (labels, 3)

    def to(self, circles: Nodes, blockers: Nodes) -> Nodes:
        """The labels of what is open to whoever stands in `circles`, and from whom `blockers` keep everything."""
        seen = np.isin(self.facts[:, :2], circles).any(axis=1) & ~np.isin(self.facts[:, 2], blockers)
        return np.flatnonzero(seen[self.ties].all(axis=1))

    def before(self, others: "Openings") -> "Openings":
        """These labels, and those of `others` numbered after them."""
        ties = np.concatenate((self.ties, others.ties + len(self.facts)))
        return Openings(np.concatenate((self.facts, others.facts)), ties)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Ties between people, by key, each once for each label: what their evidence weighs."""

    a: Nodes
    b: Nodes
    loads: Floats
    labels: Nodes
    openings: Openings

    def where(self, kept: Bools) -> "Pairs":
        """Some of them."""
        return Pairs(self.a[kept], self.b[kept], self.loads[kept], self.labels[kept], self.openings)


class Facts:
    """The openings of the facts that are read, each numbered once."""

    def __init__(self) -> None:
        self._numbers: defaultdict[Opening, int] = defaultdict(count().__next__)

    def number(self, opening: Opening) -> int:
        """The number of an opening."""
        return self._numbers[opening]

    def table(self) -> Nodes:
        """All openings, by number."""
        return table(self._numbers, 3)


def table(rows: Iterable[tuple[int, ...]], columns: int) -> Nodes:
    """Rows of numbers as an array, also where there are none.

    >>> table([], 3).shape
    (0, 3)
    """
    return np.array([*rows], dtype=np.int64).reshape(-1, columns)


@dataclass(frozen=True, slots=True, eq=False)
class There:
    """People at places, a row for each, sorted by place: who, by which fact, around which fact (numbers of `Facts`)."""

    places: Nodes
    people: Nodes
    facts: Nodes
    around: Nodes

    def pairs(self) -> tuple[Nodes, Nodes]:
        """The rows of two people at one place, each two once."""
        rows = np.arange(len(self.places))
        i, j = graph.spans(rows + 1, np.searchsorted(self.places, self.places, side="right"))
        two = self.people[i] != self.people[j]
        return i[two], j[two]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Pieces of evidence: the two people, the three facts that say it, what it weighs."""

    people: Nodes  # (pieces, 2)
    facts: Nodes  # (pieces, 3)
    loads: Floats


def evidence(there: There, i: Nodes, j: Nodes, loads: Floats) -> Evidence:
    """That the people of rows i and j were beside each other."""
    facts = np.stack((there.around[i], there.facts[i], there.facts[j]), axis=1)
    return Evidence(np.stack((there.people[i], there.people[j]), axis=1), facts, loads)


def summed(pieces: Iterable[Evidence], facts: Nodes) -> Pairs:
    """The ties that the pieces make, one for each two people and each way in which that can be seen."""
    pieces = list(pieces)
    ends = np.sort(np.concatenate([piece.people for piece in pieces]), axis=1)
    said = np.concatenate([piece.facts for piece in pieces])
    said[:, 1:].sort(axis=1)
    size = len(facts) + 1
    ties, labels = np.unique((said[:, 0] * size + said[:, 1]) * size + said[:, 2], return_inverse=True)
    rows = np.lexsort((labels, ends[:, 1], ends[:, 0]))
    a, b, labels = ends[rows, 0], ends[rows, 1], labels[rows]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (labels[1:] != labels[:-1])
    begin = np.flatnonzero(first)
    loads = (
        np.add.reduceat(np.concatenate([piece.loads for piece in pieces])[rows], begin) if len(rows) else np.empty(0)
    )
    openings = Openings(facts, np.stack((ties // size**2, ties // size % size, ties % size), axis=1))
    return Pairs(a[begin], b[begin], loads, labels[begin], openings)


def stepped(loads: Floats) -> Floats:
    """Loads in whole steps.

    >>> float(stepped(np.array([0.3]))[0]) / STEP == round(0.3 / STEP)
    True
    """
    return np.rint(loads / STEP) * STEP


def told(weights: Floats, days: Nodes, reference: date) -> Floats:
    """The loads, told for the day `reference`, of what weighs `weights` on `days` (as ordinals), in whole steps."""
    return stepped(weights * np.exp2((days - reference.toordinal()) / strength.HALF_LIFE))


def beside(places: Nodes, rows: Nodes) -> tuple[Nodes, Nodes]:
    """Each of `rows` with every row of the same place, itself included; `places` is sorted.

    >>> [rows.tolist() for rows in beside(np.array([3, 3, 7, 7]), np.array([2]))]
    [[2, 2], [2, 3]]
    """
    begin, end = (np.searchsorted(places, places[rows], side=side) for side in ("left", "right"))
    which, others = graph.spans(begin, end)
    return rows[which], others


def spans(rows: Iterable[tuple[date | None, date | None]]) -> Nodes:
    """From when to when, as ordinals, open ends as far as dates go: (n, 2)."""
    ends = (((start or date.min).toordinal(), (end or date.max).toordinal()) for start, end in rows)
    return table(ends, 2)


def overlapped_on(one: Nodes, other: Nodes, today: date) -> Nodes:
    """The day to which spans that overlap are dated, 0 for those that do not.

    Their last day together. While they last, the first one, or the first of this year: a day that changes once a year.

    >>> both = spans([(date(2019, 5, 1), date(2024, 3, 31)), (date(2023, 5, 1), None), (date(2027, 1, 1), None)])
    >>> days = overlapped_on(both, spans([(None, None)] * 3), date(2026, 11, 22)).tolist()
    >>> [str(date.fromordinal(day)) if day else None for day in days]
    ['2024-03-31', '2026-01-01', None]
    """
    start, end = np.maximum(one[:, 0], other[:, 0]), np.minimum(one[:, 1], other[:, 1])
    first = date(today.year, 1, 1).toordinal()
    on = np.where(end > today.toordinal(), np.maximum(start, first), end)
    return np.where(start <= np.minimum(end, today.toordinal()), on, 0)
