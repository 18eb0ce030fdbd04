"""What no other test here comes past: `make covered` wants every branch of the part run by the tests of the part."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import models

from entregent.common import clock
from entregent.discretion import actions, queries
from entregent.discretion.models import Gone
from entregent.needs.models import Need

THEN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def test_for_migrations_the_date_of_a_write_is_a_date_like_others():
    [name, path, args, options] = Need._meta.get_field("changed_at").deconstruct()
    assert (name, path, args) == ("changed_at", "django.db.models.DateTimeField", [])
    assert options == {"default": clock.now, "db_index": True}
    assert issubclass(type(Need._meta.get_field("changed_at")), models.DateTimeField)


@pytest.mark.django_db
def test_marks_of_what_went_are_forgotten_once_nothing_older_is_kept():
    kept = [Gone.objects.create(owner=1, at=THEN + timedelta(hours=hours)).pk for hours in (-1, 0, 1)]
    actions.forget_marks(before=THEN)
    assert list(Gone.objects.order_by("at").values_list("pk", flat=True)) == kept[1:]


@pytest.mark.django_db
def test_one_knows_whom_one_blocks_and_of_what_kind_one_s_circles_are(alice, bob, charlie):
    actions.block(alice, person=charlie.me)
    actions.shield(alice, person=bob.me)
    assert (queries.blocked(alice), queries.blocked(charlie)) == ([charlie.me], [])
    circle = actions.name_people(alice, people=[bob.me])
    assert queries.kinds(alice, [circle, 0]) == {circle: "chosen"}
