"""Whatever is written to a fact says when, and whatever goes leaves a mark that says whose it was and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from entregent.changes import actions
from entregent.changes.models import Gone
from entregent.common import clock
from entregent.needs.models import Need

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
LATER = THEN + timedelta(days=3)


@pytest.fixture
def fact(alice) -> Need:
    with clock.at(THEN):
        return Need.ledger.create(owner_id=alice.me, text="a room")


def dated(fact: Need) -> datetime:
    return Need.ledger.values_list("changed_at", flat=True).get(pk=fact.pk)


def test_a_fact_is_dated_when_it_is_stated_and_when_it_is_written_again(fact):
    assert dated(fact) == THEN
    with clock.at(LATER):
        fact.save()
    assert dated(fact) == LATER


def test_many_facts_that_are_changed_at_once_are_dated_unless_told_otherwise(fact):
    with clock.at(LATER):
        Need.ledger.update(text="a large room")
    assert dated(fact) == LATER
    Need.ledger.update(changed_at=THEN)
    assert dated(fact) == THEN


def test_facts_that_go_leave_a_mark_for_each_owner(fact, alice, bob):
    with clock.at(LATER):
        Need.ledger.create(owner_id=bob.me, text="a table")
        Need.ledger.create(owner_id=bob.me, text="a chair")
        Need.ledger.all().delete()
    assert list(Gone.objects.order_by("owner").values_list("owner", "at")) == [(alice.me, LATER), (bob.me, LATER)]


def test_taking_facts_away_costs_the_same_where_there_are_none(fact):
    with CaptureQueriesContext(connection) as some:
        Need.ledger.all().delete()
    with CaptureQueriesContext(connection) as none:
        Need.ledger.all().delete()
    assert len(some) == len(none)
    assert Gone.objects.count() == 1


def test_one_fact_that_goes_leaves_a_mark(fact, alice):
    with clock.at(LATER):
        fact.delete()
    assert not Need.ledger.exists()
    assert list(Gone.objects.values_list("owner", "at")) == [(alice.me, LATER)]


def test_marks_of_what_went_are_forgotten_once_nothing_older_is_kept():
    kept = [Gone.objects.create(owner=1, at=THEN + timedelta(hours=hours)).pk for hours in (-1, 0, 1)]
    actions.forget_marks(before=THEN)
    assert list(Gone.objects.order_by("at").values_list("pk", flat=True)) == kept[1:]


def test_for_migrations_the_date_of_a_write_is_a_date_like_others():
    [name, path, args, options] = Need._meta.get_field("changed_at").deconstruct()
    assert (name, path, args) == ("changed_at", "django.db.models.DateTimeField", [])
    assert options == {"default": clock.now, "db_index": True}
    assert issubclass(type(Need._meta.get_field("changed_at")), models.DateTimeField)
