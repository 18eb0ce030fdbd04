"""The graph of ties: how it is built, stored, revised, and what one viewer sees of it.

Numbers only: people are nodes 0, 1, 2, ..., and what ties two of them is a load (see `strength`) for an audience. Which
node is whom, which audiences a viewer is in and who is hidden from that viewer is known to those who call.
"""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Nodes = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_FORMAT = 1
_STORED = ("indptr", "neighbours", "loads", "audience", "audiences")


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Undirected ties in compressed sparse rows, each tie once from either end.

    The row of node i is `indptr[i]:indptr[i + 1]`, sorted by neighbour, then load. Two nodes may have several ties,
    for several audiences: a viewer has the sum of those that this viewer may use, as evidence adds up.
    """

    indptr: Nodes  # (nodes + 1,)
    neighbours: NDArray[np.int32]  # (2 x ties,)
    loads: Floats  # (2 x ties,) at the reference time
    audience: NDArray[np.int32]  # (2 x ties,) positions in `audiences`
    audiences: Nodes  # (labels,) sorted
    fresh: "Graph | None" = None  # the ties of the nodes that changed
    changed: Bools | None = None  # (nodes,)

    @property
    def nodes(self) -> int:
        """How many nodes there are, tied or not."""
        return len(self.indptr) - 1 if self.changed is None else len(self.changed)


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The ties of one node: who is at the other ends, and on what loads."""

    nodes: Nodes
    loads: Floats


def build(nodes: int, a: Ints, b: Ints, *, loads: Floats, audience: Ints) -> Graph:
    """The graph of the ties `a[i]` - `b[i]`, each given once and in either direction, with loads and audience labels.

    Evidence for one pair and one audience is summed before. A load may be infinite (strength 1); no load, no tie.
    Raises ValueError for arrays of unequal length, nodes that do not exist, a tie to oneself, a load that is no load.

    >>> triangle = build(3, np.array([0, 1, 2]), np.array([1, 2, 0]), loads=np.ones(3), audience=np.zeros(3, int))
    >>> triangle.indptr.tolist(), triangle.neighbours.tolist()
    ([0, 2, 4, 6], [1, 2, 0, 2, 0, 1])
    """
    _check(nodes, a, b, loads=loads, audience=audience)
    tied = loads > 0
    a, b, loads, audience = a[tied], b[tied], loads[tied], audience[tied]
    audiences, positions = np.unique(audience.astype(np.int64), return_inverse=True)
    near, far, twice = np.concatenate((a, b)), np.concatenate((b, a)), np.concatenate((loads, loads))
    # By load and not by audience: what a viewer may use is summed in an order in which other ties have no part.
    rows = np.lexsort((twice, far, near))
    return Graph(
        indptr=np.concatenate(([0], np.cumsum(np.bincount(near, minlength=nodes)))),
        neighbours=far[rows].astype(np.int32),
        loads=twice[rows].astype(np.float64),
        audience=np.concatenate((positions, positions))[rows].astype(np.int32),
        audiences=audiences,
    )


def _check(nodes: int, a: Ints, b: Ints, *, loads: Floats, audience: Ints) -> None:
    if not len(a) == len(b) == len(loads) == len(audience):
        raise ValueError("the arrays of ties are not of one length")
    if any(len(ends) and not (ends.min() >= 0 and ends.max() < nodes) for ends in (a, b)):
        raise ValueError(f"a tie ends at a node that is not one of {nodes}")
    if (a == b).any():
        raise ValueError("a node is tied to itself")
    if not (loads >= 0).all():
        raise ValueError("a load is negative or not a number")


def revised(graph: Graph, changed: Ints, a: Ints, b: Ints, *, loads: Floats, audience: Ints) -> Graph:
    """`graph` with all ties of the `changed` nodes replaced by those given, for the same reference time.

    For what happened since it was built, without building it again; changed nodes may be new. Revising what was
    revised starts over. Raises ValueError as `build` does, and for a tie between two nodes that did not change.
    """
    nodes = max([len(graph.indptr) - 1, *(int(ends.max()) + 1 for ends in (changed, a, b) if len(ends))])
    replaced = np.zeros(nodes, dtype=np.bool_)
    replaced[len(graph.indptr) - 1 :] = True
    replaced[changed] = True
    fresh = build(nodes, a, b, loads=loads, audience=audience)
    if not (replaced[a] | replaced[b]).all():
        raise ValueError("a tie is given between two nodes that did not change")
    return replace(graph, fresh=fresh, changed=replaced)


def save(graph: Graph, directory: Path, *, beside: Mapping[str, NDArray[Any]]) -> None:
    """Store a new version: the graph as built, and the arrays `beside` it (which node is whom, as of when).

    Readers get this version or the one before, each with what was stored beside it; the one before stays until the
    next is stored, for those who are opening it. One writer at a time. Raises ValueError for an array of objects.
    """
    directory.mkdir(parents=True, exist_ok=True)
    version = Path(tempfile.mkdtemp(prefix="graph-", dir=directory))
    try:
        for name in _STORED:
            np.save(version / f"{name}.npy", getattr(graph, name), allow_pickle=False)
        for name, array in beside.items():
            np.save(version / f"beside-{name}.npy", array, allow_pickle=False)
        outdated = _point(directory, version)
    except BaseException:
        shutil.rmtree(version)
        raise
    if outdated:
        shutil.rmtree(directory / outdated, ignore_errors=True)


def _point(directory: Path, version: Path) -> str | None:
    """Make `version` the current one, and name the one that nobody opens any more."""
    pointer, old = directory / "current.json", dict[str, Any]()
    with contextlib.suppress(FileNotFoundError, ValueError):
        old = json.loads(pointer.read_text())
    new = version / "current.json"
    new.write_text(json.dumps({"format": _FORMAT, "current": version.name, "before": old.get("current")}))
    new.replace(pointer)
    return old.get("before")


def load(directory: Path) -> tuple[Graph, dict[str, NDArray[Any]]]:
    """The current version, mapped and not read, and the arrays stored beside it.

    Raises FileNotFoundError where nothing is stored, ValueError for what is damaged or of another format: build again.
    """
    pointer = json.loads((directory / "current.json").read_text())
    if pointer["format"] != _FORMAT:
        raise ValueError(f"the graph is stored in format {pointer['format']}, not {_FORMAT}")
    version = directory / pointer["current"]
    beside = {file.stem.removeprefix("beside-"): _mapped(file) for file in version.glob("beside-*.npy")}
    stored: dict[str, Any] = {name: _mapped(version / f"{name}.npy") for name in _STORED}
    return Graph(**stored), beside


def _mapped(file: Path) -> NDArray[Any]:
    # As a plain array: every operation on a memmap object costs microseconds more.
    return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A graph as one viewer sees it, made by `seen`: what every answer is drawn from."""

    graph: Graph
    viewer: int
    usable: tuple[Bools, ...]  # of each layer, by position of the audience
    open: Bools  # (nodes,) not hidden
    own: Ties | None
    aging: float

    def without(self, nodes: Ints | list[int]) -> "Seen":
        """The same, with these nodes hidden too."""
        remaining = self.open.copy()
        remaining[nodes] = False
        return replace(self, open=remaining)

    def neighbours(self, node: int) -> Ties:
        """The ties of `node` to open nodes, ascending, with loads of today; those of the viewer with `own` added."""
        _, ends, loads = self.ties(np.array([node], dtype=np.int64))
        if node == self.viewer and self.own is not None:
            ends = np.concatenate((ends, self.own.nodes))
            loads = np.concatenate((loads, self.own.loads))
        kept = self.open[ends] & (ends != node) & (loads > 0)
        nodes, places = np.unique(ends[kept], return_inverse=True)
        return Ties(nodes, np.bincount(places, loads[kept], minlength=len(nodes)).astype(np.float64))

    def ties(self, rows: Nodes) -> tuple[Nodes, Nodes, Floats]:
        """The stored ties of `rows` to open nodes, each pair once: the row's place, the other end, the load today."""
        layers = zip(_layers(self.graph), self.usable, strict=True)
        parts = [self._layer(rows, layer, usable) for layer, usable in layers]
        origin, ends, loads = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        pair = np.ones(len(ends), dtype=np.bool_)
        pair[1:] = (ends[1:] != ends[:-1]) | (origin[1:] != origin[:-1])
        if not pair.all():
            begin = np.flatnonzero(pair)
            origin, ends, loads = origin[begin], ends[begin], np.add.reduceat(loads, begin)
        return origin, ends, loads * self.aging

    def _layer(self, rows: Nodes, layer: Graph, usable: Bools) -> tuple[Nodes, Nodes, Floats]:
        valid, places = self.open, np.arange(len(rows))
        if layer.changed is not None:
            valid, places = self.open & ~layer.changed, np.flatnonzero(~layer.changed[rows])
        which, index = spans(layer.indptr[rows[places]], layer.indptr[rows[places] + 1])
        ends = layer.neighbours[index]
        kept = usable[layer.audience[index]] & valid[ends]
        return places[which[kept]], ends[kept].astype(np.int64), layer.loads[index[kept]]


def seen(
    graph: Graph, viewer: int, *, audiences: Ints, hidden: Ints, own: Ties | None = None, aging: float = 1.0
) -> Seen:
    """What the `viewer` (a node) may use of `graph`: ties with a label in `audiences`, to nodes that are not `hidden`.

    `own` is the viewer's private evidence, in loads of today: it adds to the stored loads of the viewer's ties, makes
    new ones, and changes none of anybody else. `aging` is what is left of the stored loads since the reference time
    (`strength.aging`).
    """
    usable = tuple(np.isin(layer.audiences, audiences) for layer in _layers(graph))
    everybody = np.ones(graph.nodes, dtype=np.bool_)
    return Seen(graph, viewer, usable, everybody, own, aging).without(hidden)


def _layers(graph: Graph) -> tuple[Graph, ...]:
    return (graph,) if graph.fresh is None or not len(graph.fresh.neighbours) else (graph, graph.fresh)


def spans(begin: Nodes, end: Nodes) -> tuple[Nodes, Nodes]:
    """All numbers from `begin[i]` to before `end[i]`, one i after the other: each one's i, and the numbers.

    >>> [array.tolist() for array in spans(np.array([7, 0, 2]), np.array([9, 0, 3]))]
    [[0, 0, 2], [7, 8, 2]]
    """
    sizes = end - begin
    which = np.repeat(np.arange(len(sizes)), sizes)
    return which, np.arange(len(which)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
