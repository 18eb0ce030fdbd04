"""Building the graph again: when, and that readers have the old one until the new one is there."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from entregent.changes.models import Gone
from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.profiles import actions as profiles
from entregent.ties import declassified, due, graph, queries
from entregent.ties.models import Stored
from tests.ties.asking import BETWEEN, Scene, Together, between
from tests.ties.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")

LATER = SUNDAY + timedelta(hours=1)


def folders(root: Path) -> set[str]:
    return {folder.name for folder in root.iterdir()}


def built() -> list[datetime]:
    return list(Stored.objects.order_by("pk").values_list("built_at", flat=True))


@pytest.mark.usefixtures("evenings")
def test_a_graph_is_built_and_stored_where_there_is_none(graph_root: Path):
    due.refresh(SUNDAY)
    assert built() == [SUNDAY]
    assert folders(graph_root) == {Stored.objects.get().folder}


def test_how_many_ties_were_stored_is_told(bob: Viewer, charlie: Viewer, dana: Viewer, together: Together):
    assert due.rebuild(SUNDAY) == 0
    together(bob, charlie, dana)
    assert due.rebuild(SUNDAY) == 3


@pytest.mark.usefixtures("db")
def test_marks_of_what_went_are_forgotten_once_no_graph_is_older():
    marks = [Gone.objects.create(owner=1, at=SUNDAY + timedelta(minutes=minutes)).pk for minutes in (-1, 1, 61)]
    due.rebuild(SUNDAY)
    assert list(Gone.objects.order_by("at").values_list("pk", flat=True)) == marks[1:]
    due.rebuild(LATER)
    assert list(Gone.objects.order_by("at").values_list("pk", flat=True)) == marks[1:]
    due.rebuild(LATER + timedelta(hours=1))
    assert list(Gone.objects.order_by("at").values_list("pk", flat=True)) == marks[2:]


@pytest.mark.usefixtures("evenings")
def test_the_graph_before_stays_for_those_who_are_reading_it_and_older_ones_go(graph_root: Path):
    for hour in range(4):
        due.rebuild(SUNDAY + timedelta(hours=hour))
    assert built() == [SUNDAY + timedelta(hours=2), SUNDAY + timedelta(hours=3)]
    assert folders(graph_root) == set(Stored.objects.values_list("folder", flat=True))


def test_while_nothing_changes_nothing_is_built(evenings: tuple[str, str]):
    due.rebuild(LATER)
    due.refresh(LATER + timedelta(days=9))
    assert built() == [LATER]


def test_what_changed_is_built_in_when_the_graph_is_old(bob: Viewer, members: int):
    due.rebuild(LATER)
    with clock.at(LATER + timedelta(minutes=1)):
        profiles.call_me(bob, text="Robert Payet", audience=members)
    due.refresh(LATER + due.STALE)
    assert built() == [LATER]
    due.refresh(LATER + due.STALE + timedelta(seconds=1))
    assert len(built()) == 2


def test_when_many_change_the_graph_is_built_at_once(
    bob: Viewer, charlie: Viewer, members: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(due, "MANY", 2)
    due.rebuild(LATER)
    with clock.at(LATER + timedelta(minutes=1)):
        profiles.call_me(bob, text="Robert Payet", audience=members)
        due.refresh(clock.now())
        assert built() == [LATER]
        profiles.call_me(charlie, text="Charles Grondin", audience=members)
        due.refresh(clock.now())
    assert len(built()) == 2


def test_a_graph_of_last_year_is_not_used(scene: Scene):
    with clock.at(SUNDAY.replace(year=2027, month=1, day=2)):
        told = queries.ways(scene.bob, to=scene.dana.me)
        due.rebuild(SUNDAY.replace(month=12, day=30))
        assert (queries.ways(scene.bob, to=scene.dana.me), len(told)) == (told, 1)
        due.refresh(clock.now())
        assert len(built()) == 2


@pytest.mark.parametrize("built_at", [LATER, SUNDAY.replace(year=2027)])
def test_a_graph_of_the_future_is_not_used(built_at: datetime, scene: Scene):
    due.rebuild(built_at)
    assert between(scene.bob, scene.dana) == BETWEEN
    profiles.call_me(scene.charlie, text="Charlie Grondin", audience=None)
    assert between(scene.bob, scene.dana) == []
    due.refresh(SUNDAY)
    assert built() == [built_at, SUNDAY]


@pytest.mark.parametrize("loss", [shutil.rmtree, lambda folder: next(folder.glob("*/indptr.npy")).write_bytes(b"")])
def test_a_graph_that_was_lost_or_damaged_is_done_without_and_built_again(
    loss: Callable[[Path], object], scene: Scene, graph_root: Path
):
    due.rebuild(SUNDAY)
    loss(graph_root / Stored.objects.get().folder)
    assert between(scene.bob, scene.dana) == BETWEEN
    due.refresh(SUNDAY + timedelta(minutes=1))
    assert len(built()) == 2


class Crash(Exception):
    """The machine stops here."""


def crash(*_args: object, **_named: object) -> None:
    raise Crash


#: Where a machine may stop: before anything is stored, while it is, and once it is.
CRASHES = [(declassified, "build"), (graph, "_point"), (Stored.objects, "create")]


@pytest.mark.parametrize(("where", "what"), CRASHES, ids=["reading", "storing", "naming"])
def test_a_crash_leaves_the_old_graph(
    where: Any, what: str, scene: Scene, graph_root: Path, monkeypatch: pytest.MonkeyPatch
):
    due.rebuild(SUNDAY)
    before = folders(graph_root)
    with monkeypatch.context() as patched:
        patched.setattr(where, what, crash)
        with pytest.raises(Crash):
            due.rebuild(LATER)
    assert built() == [SUNDAY]
    assert before <= folders(graph_root)
    assert between(scene.bob, scene.dana) == BETWEEN
    due.rebuild(LATER)
    assert folders(graph_root) == set(Stored.objects.values_list("folder", flat=True))
