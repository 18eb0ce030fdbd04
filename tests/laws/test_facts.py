"""Whatever a person states is of a known kind: guarded, never public when discreet, with its default written down."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from entregent.circles.fixed import EVERYONE
from entregent.discretion.guard import Guarded
from entregent.discretion.models import Fact
from tests.laws import rows

DISCRETION = Path(__file__).parents[2] / "docs" / "discretion.md"
#: Copies of other facts, each with the audience of what it was copied from: they have no default of their own.
COPIES = {"search.Line"}


def kinds() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def labels(found: list[Any]) -> list[str]:
    return [model._meta.label for model in found]


def test_there_are_kinds_of_facts():
    assert len(kinds()) > 10


def test_every_kind_is_read_through_the_guard_whoever_asks():
    managers = {kind._meta.label: (kind.objects, kind._default_manager, kind._base_manager) for kind in kinds()}
    bare = [label for label, found in managers.items() if not all(isinstance(one, Guarded) for one in found)]
    assert bare == []


def test_no_other_table_points_at_a_fact_from_which_it_could_be_read():
    others = [model for model in apps.get_models(include_auto_created=True) if not issubclass(model, Fact)]
    fields = [field for model in others for field in model._meta.local_fields]
    found = [f for f in fields if isinstance(f, models.ForeignKey) and issubclass(f.related_model, Fact)]
    assert [f"{field.model._meta.label}.{field.name}" for field in found] == []


def test_no_fact_and_no_person_leads_back_to_what_points_at_it():
    fields = [field for kind in kinds() for field in kind._meta.local_fields if isinstance(field, models.ForeignKey)]
    assert {field.remote_field.related_name for field in fields} == {"+"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind._meta.label)
def test_what_is_discreet_is_never_for_everyone(kind):
    rows.grow(kind, audience_id=None, discreet=True)
    with pytest.raises(IntegrityError, match=r"never_public|only_me"), transaction.atomic():
        rows.grow(kind, audience_id=EVERYONE, discreet=True)


def test_every_kind_has_a_row_in_the_table_of_defaults():
    table = re.findall(r"^\| .*\| `(\w+\.\w+)` \|$", DISCRETION.read_text(), re.MULTILINE)
    assert sorted(table) == sorted(set(labels(kinds())) - COPIES)
