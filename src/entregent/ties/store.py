"""What is shared and stored: the graph, who is which node, what it takes to see a tie. It can be thrown away. Pure."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entregent.common import days, ids
from entregent.ties import graph
from entregent.ties.evidence import Openings, Pairs
from entregent.ties.graph import Graph, Nodes

_BESIDE = ("keys", "names", "lets", "marks", "facts", "ties")


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Who the nodes are: node i is the person `keys[i]`.

    `names[i]` is the circle to which their name is open and `lets[i]` the one that may ask through them, 0 where there
    is none; `marks[i]` a number drawn from their public id, for putting equals in an order.
    """

    keys: Nodes
    names: Nodes
    lets: Nodes
    marks: NDArray[np.uint64]

    def nodes(self, people: Iterable[int] | Nodes) -> Nodes:
        """The nodes of people who are among them."""
        wanted = people if isinstance(people, np.ndarray) else np.array([*people], dtype=np.int64)
        rows = np.argsort(self.keys, kind="stable")
        return rows[np.searchsorted(self.keys, wanted, sorter=rows)]

    def strangers(self, people: Nodes) -> Nodes:
        """Those of `people` who are no nodes."""
        return people[~np.isin(people, self.keys)]

    def revised(self, touched: Nodes, read: "People") -> "People":
        """The same, `touched` people being as they were `read` now: nothing of those who were not found."""
        new = self.strangers(touched)
        none = np.zeros(len(new), dtype=np.int64)
        keys, marks = np.concatenate((self.keys, new)), np.concatenate((self.marks, none.astype(np.uint64)))
        everybody = People(keys, np.concatenate((self.names, none)), np.concatenate((self.lets, none)), marks)
        at, found = everybody.nodes(touched), everybody.nodes(read.keys)
        for mine, theirs in ((everybody.names, read.names), (everybody.lets, read.lets)):
            mine[at] = 0
            mine[found] = theirs
        marks[found] = read.marks
        return everybody


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The shared ties of everybody at an instant."""

    graph: Graph
    openings: Openings
    people: People
    built_at: datetime


def shared(pairs: Pairs, people: People, built_at: datetime) -> Shared:
    """The shared ties of `people`."""
    pairs = pairs.where(np.isin(pairs.a, people.keys) & np.isin(pairs.b, people.keys))
    a, b = people.nodes(pairs.a), people.nodes(pairs.b)
    tied = graph.build(len(people.keys), a, b, loads=pairs.loads, audience=pairs.labels)
    return Shared(tied, pairs.openings, people, built_at)


def revised(known: Shared, people: People, changed: Nodes, fresh: Pairs) -> Shared:
    """What is `known`, with the ties of `changed` people being the `fresh` ones, and `people` as they are now."""
    fresh = fresh.where(np.isin(fresh.a, people.keys) & np.isin(fresh.b, people.keys))
    tied = graph.revised(
        known.graph,
        people.nodes(np.concatenate((changed, people.keys[known.graph.nodes :]))),
        people.nodes(fresh.a),
        people.nodes(fresh.b),
        loads=fresh.loads,
        audience=fresh.labels + len(known.openings.ties),
    )
    return Shared(tied, known.openings.before(fresh.openings), people, known.built_at)


def save(root: Path, shared: Shared) -> str:
    """Store under `root`; the name of the folder."""
    name, people, openings = ids.new().hex, shared.people, shared.openings
    arrays = (people.keys, people.names, people.lets, people.marks, openings.facts, openings.ties)
    beside: Mapping[str, NDArray[Any]] = dict(zip(_BESIDE, arrays, strict=True))
    graph.save(shared.graph, root / name, beside=beside)
    return name


@lru_cache(maxsize=2)
def load(root: Path, name: str, built_at: datetime) -> Shared:
    """A stored graph, mapped and not read. Raises OSError, EOFError or ValueError: build it again."""
    stored, beside = graph.load(root / name)
    if beside.keys() != {*_BESIDE}:
        raise ValueError("the graph was stored with other arrays beside it")
    *people, facts, ties = (beside[name] for name in _BESIDE)
    return Shared(stored, Openings(facts, ties), People(*people), built_at)


def usable(root: Path, row: tuple[str, datetime] | None, now: datetime, zone: str) -> Shared | None:
    """The graph stored as `row` says: None where there is none, or one of another year, of the future, or damaged.

    Years begin as they do in `zone`.
    """
    if row is None or row[1] > now or days.of(row[1], zone).year != days.of(now, zone).year:
        return None
    try:
        return load(root, *row)
    except (OSError, EOFError, ValueError):
        return None


def sweep(root: Path, keep: set[str]) -> None:
    """Remove the folders of graphs that are no longer used."""
    for old in root.iterdir() if root.is_dir() else ():
        if old.name not in keep:
            shutil.rmtree(old, ignore_errors=True)
