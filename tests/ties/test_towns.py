"""In towns where things happen at random: what is stored, and what is hidden, changes no answer by a byte."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from entregent.common import chance, clock
from entregent.discretion.viewer import Viewer
from entregent.ties import due, queries
from entregent.ties.models import Stored
from tests.ties import plain, worlds
from tests.ties import town as towns
from tests.ties.conftest import SUNDAY
from tests.ties.town import Town

pytestmark = pytest.mark.usefixtures("graph_root", "db")


@pytest.fixture(params=range(3))
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """A town where things have happened for some days, and everybody came to an evening in their midst."""
    with chance.seeded(request.param) as draw:
        made = Town(draw, SUNDAY)
        made.live(20)
        made.gather()
        made.live(20)
        yield made


@contextmanager
def nothing_stored() -> Iterator[None]:
    with transaction.atomic():
        Stored.objects.all().delete()
        yield
        transaction.set_rollback(True)


def all_answers(town: Town) -> dict[Viewer, list[object]]:
    with clock.at(town.now):
        return {viewer: towns.answers(viewer, town.people) for viewer in town.people}


def test_what_was_stored_at_any_time_says_what_the_tables_say(town: Town):
    answered = 0
    for _ in range(3):
        town.gather()
        with clock.at(town.now):
            due.rebuild(town.now)
        town.live(8)
        with nothing_stored():
            unstored = all_answers(town)
        assert all_answers(town) == unstored
        answered += sum(len(said) for said in unstored.values())
    assert answered > 6 * len(town.people)  # some two answers for each, each time


def test_ways_are_the_best_of_all_that_the_policy_leaves_to_the_viewer(town: Town):
    people, compared = [viewer.me for viewer in town.people], 0
    with clock.at(town.now):
        for viewer in town.people:
            left = plain.world(viewer, people, town.now.astimezone(plain.HOME).date())
            for to, found in queries.ways_to(viewer, people, limit=5).items():
                best = sorted((worth for _way, worth in worlds.all_ways(left, people.index(to), 4)), reverse=True)
                assert [way.strength for way in found] == pytest.approx(best[:5], rel=1e-5)
                compared += sum(len(way.people) > 2 for way in found)
    assert compared > 10


def test_what_does_not_enter_somebodys_record_changes_no_answer_of_theirs_and_no_count_of_statements(town: Town):
    with clock.at(town.now):
        due.rebuild(town.now)
    town.now += timedelta(minutes=1)
    unchanged, changed = Counter[str](), Counter[str]()
    for act in (*town.draw.choices(towns.ACTS, k=12), towns.hide, towns.hide):
        before = everything(town)
        town.happen(act)
        for viewer, (record, answers, statements) in everything(town).items():
            if before[viewer][0] == record:
                assert (answers, statements) == before[viewer][1:]
                unchanged[act.__name__] += 1
            else:
                changed[act.__name__] += answers != before[viewer][1]
    assert unchanged.total() > 20
    assert changed.total() > 0


def everything(town: Town) -> dict[Viewer, tuple[object, list[object], int]]:
    """What each may know, what they are answered, and in how many statements."""
    found: dict[Viewer, tuple[object, list[object], int]] = {}
    with clock.at(town.now):
        for viewer in town.people:
            record = towns.record(viewer)
            with counted() as statements:
                answers = towns.answers(viewer, town.people)
            found[viewer] = record, answers, statements.total()
    return found


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each statement is made."""
    made = Counter[str]()

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        made[sql] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield made
