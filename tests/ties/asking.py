"""What the tests of ties ask, in one line each: answers by name, times by days from now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.people import queries as people
from entregent.ties import queries

Together = Callable[..., str]

#: Bob met Charlie, Charlie met Dana.
BETWEEN = [["Bob Payet", "Charlie Grondin", "Dana Técher"]]


@dataclass(frozen=True)
class Scene:
    """The cast, and the evening of Charlie and Dana."""

    alice: Viewer
    bob: Viewer
    charlie: Viewer
    dana: Viewer
    community: str
    members: int
    code: str


def between(viewer: Viewer, to: Viewer, **asked: Any) -> list[list[str]]:
    return [[card.name for card in way.people] for way in queries.ways(viewer, to=to.me, **asked)]


def suggested(viewer: Viewer, **asked: Any) -> list[str]:
    return [each.card.name for each in queries.suggest(viewer, **asked)]


def key(viewer: Viewer) -> UUID:
    return people.uid_of(person=viewer.me)


def later(days: float = 1) -> Any:
    """The clock so many days from now."""
    return clock.at(clock.now() + timedelta(days=days))


def hours(count: float) -> float:
    return count / 24


def far_tie(viewer: Viewer, connector: Viewer, to: Viewer) -> float:
    """How strong the second tie of the way through somebody is."""
    [worth] = [way.strength for way in queries.ways(viewer, to=to.me) if len(way.people) == 3]
    return worth / queries.strengths(viewer, [connector.me])[connector.me]
