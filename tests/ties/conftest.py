"""A Sunday in a community whose evenings are over: who was together, who lets others ask, where the graph is stored."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions as meetups
from entregent.people import actions as people
from entregent.profiles import actions as profiles
from entregent.ties import actions
from tests.ties.asking import Scene, Together

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")


@pytest.fixture
def sunday() -> Iterator[None]:
    """The clock stands on a Sunday."""
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def graph_root(settings: Any, tmp_path: Path) -> Path:
    """Where graphs are stored: nowhere else, and nothing yet."""
    settings.GRAPH_ROOT = tmp_path / "graph"
    return tmp_path / "graph"


@pytest.fixture
def willing(bob: Viewer, charlie: Viewer, dana: Viewer, community: str, members: int) -> None:
    """Dana belongs too, by name; she, Bob and Charlie let the community ask through them."""
    communities.join(dana, slug=community)
    profiles.call_me(dana, text="Dana Técher", audience=members)
    for viewer in (bob, charlie, dana):
        actions.let_ask(viewer, yes=True, audience=members)


@pytest.fixture
def together(alice: Viewer, community: str) -> Together:
    """Lets people have been at one evening, `ago` days before; its code. Alice announces it, unless said otherwise."""

    def held(*came: Viewer, ago: int = 30, by: Viewer | None = None, shown: str = "community", **said: object) -> str:
        starts = clock.now() - timedelta(days=ago)
        usual = {"title": "Apéro Web", "starts_at": starts, "ends_at": starts + timedelta(hours=4), "place": "Ici"}
        with clock.at(starts - timedelta(days=2)):
            code = meetups.announce(by or alice, community=community, **{**usual, **said})  # type: ignore[arg-type]
            for viewer in came:
                meetups.answer(viewer, code=code, audience=shown, discreet=False)
        return code

    return held


@pytest.fixture
def imported(community: str, members: int) -> Callable[[str], Viewer]:
    """Somebody whom the operator brought in with a history: a name, and no account."""

    def brought(name: str) -> Viewer:
        viewer = Viewer(person=people.welcome()[0])
        communities.join(viewer, slug=community)
        profiles.call_me(viewer, text=name, audience=members)
        return viewer

    return brought


@pytest.fixture
def evenings(bob: Viewer, charlie: Viewer, dana: Viewer, together: Together) -> tuple[str, str]:
    """The codes of an evening of Bob and Charlie, and of one of Charlie and Dana."""
    return together(bob, charlie), together(charlie, dana, ago=60)


@pytest.fixture
def scene(request: pytest.FixtureRequest, evenings: tuple[str, str]) -> Scene:
    """Everybody and everything at once."""
    named = ("alice", "bob", "charlie", "dana", "community", "members")
    return Scene(**{name: request.getfixturevalue(name) for name in named}, code=evenings[1])
