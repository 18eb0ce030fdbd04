"""The stored graph: who is which node, and its files. It can be thrown away and built again. Pure."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entregent.common import ids
from entregent.ties import graph
from entregent.ties.graph import Graph, Nodes


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The shared ties of everybody at an instant. Node i is the person `people[i]`.

    `names[i]` is the circle to which that person's name is open, 0 where to none; `marks[i]` a number drawn from their
    public id, for putting equals in an order.
    """

    graph: Graph
    people: Nodes
    names: Nodes
    marks: NDArray[np.uint64]
    built_at: datetime

    def nodes(self, people: Sequence[int] | Nodes) -> Nodes:
        """The nodes of people who are among them."""
        sorted_by = np.argsort(self.people, kind="stable")
        return sorted_by[np.searchsorted(self.people, np.asarray(people, dtype=np.int64), sorter=sorted_by)]


def save(root: Path, shared: Shared) -> str:
    """Store under `root`; the name of the folder."""
    name = ids.new().hex
    beside: dict[str, NDArray[Any]] = {"people": shared.people, "names": shared.names, "marks": shared.marks}
    graph.save(shared.graph, root / name, beside=beside)
    return name


@lru_cache(maxsize=2)
def load(root: Path, name: str, built_at: datetime) -> Shared:
    """A stored graph, mapped and not read. Raises FileNotFoundError or ValueError: build it again."""
    stored, beside = graph.load(root / name)
    return Shared(stored, beside["people"], beside["names"], beside["marks"], built_at)


def sweep(root: Path, keep: set[str]) -> None:
    """Remove the folders of graphs that are no longer used."""
    for old in root.iterdir() if root.is_dir() else ():
        if old.name not in keep:
            shutil.rmtree(old, ignore_errors=True)
