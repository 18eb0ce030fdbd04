"""Erasing forgets: whatever points at a person is named by the `erase` of some part."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

import entregent
from entregent.exchange import erasing
from entregent.meetups.models import Meetup
from entregent.people import actions as people
from entregent.people.models import Account, Person
from tests.laws import rows

pytestmark = pytest.mark.django_db

Reference = models.ForeignKey[models.Model, models.Model]

#: Floors that hold nothing of their own about a person: doors, the settings, what moves everything in and out, the
#: marks of what went, which are there for those who are erased, too, what public sources say of organisations, files.
NO_PARTS = {"api", "changes", "cli", "common", "config", "dav", "exchange", "mail", "statements", "web"}
NO_PARTS |= {"directory", "evaluation"}


def references(to: type[models.Model]) -> list[Reference]:
    """Every foreign key to a table, of any table there is."""
    fields = (field for model in apps.get_models(include_auto_created=True) for field in model._meta.local_fields)
    return [field for field in fields if isinstance(field, models.ForeignKey) and field.related_model is to]


def names(fields: list[Reference]) -> list[str]:
    return [f"{field.model._meta.label}.{field.name}" for field in fields]


def pointing(field: Reference, target: object) -> int:
    """How many rows point at something by a foreign key."""
    manager = getattr(field.model, "ledger", field.model._default_manager)
    return int(manager.filter(**{field.name: target}).count())


def left(person: int) -> list[str]:
    """The foreign keys by which anything still points at a person."""
    return names([field for field in references(Person) if pointing(field, person)])


def parts() -> Iterator[str]:
    """The names of all parts."""
    for module in pkgutil.iter_modules(entregent.__path__):
        if module.ispkg and module.name not in NO_PARTS:
            yield module.name


def erase_by_all_but(person: int, *spared: str) -> None:
    for part in erasing.PARTS:
        if part.__name__.split(".")[1] not in spared:
            part.erase(person)


@pytest.fixture
def somebody() -> int:
    """A person who has one of everything, at whom everything that can points."""
    account = people.open_account(email="somebody@example.org")
    person = Person.objects.get(pk=people.person_of(account=account))
    for field in references(Person):
        rows.grow(field.model, **{field.name: person})
    # An evening passes on at its own hours: what was made up for its zone is none.
    Meetup.ledger.update(zone="Indian/Reunion")
    return person.pk


def test_every_part_offers_to_erase_and_is_asked_to():
    asked = {part.__name__ for part in erasing.PARTS}
    assert asked == {f"entregent.{part}.actions" for part in parts()}
    assert all(callable(importlib.import_module(name).erase) for name in asked)


def test_the_one_who_has_everything_is_pointed_at_from_everywhere(somebody):
    assert left(somebody) == names(references(Person))


def test_before_the_person_goes_every_part_has_let_go_of_them(somebody):
    erase_by_all_but(somebody, "people")
    assert [name for name in left(somebody) if not name.startswith("people.")] == []


def test_erasing_leaves_nothing_that_points_at_a_person_or_their_account(somebody):
    account = Account.objects.get(pk__in=Person.objects.filter(pk=somebody).values("account"))
    key = account.pk
    for field in references(Account):
        if field.model is not Person:
            rows.grow(field.model, **{field.name: account})
    erasing.erase(somebody)
    assert left(somebody) == []
    assert names([field for field in references(Account) if pointing(field, key)]) == []
    assert not Person.objects.filter(pk=somebody).exists()
    assert not Account.objects.filter(pk=key).exists()


def test_erasing_one_leaves_what_others_have(somebody):
    other = people.person_of(account=people.open_account(email="other@example.org"))
    for field in references(Person):
        rows.grow(field.model, **{field.name: Person.objects.get(pk=other)})
    erasing.erase(somebody)
    assert left(other) == names(references(Person))


@pytest.mark.parametrize("part", sorted({field.model._meta.app_label for field in references(Person)}))
def test_a_part_that_forgets_to_forget_is_found(somebody, part):
    erase_by_all_but(somebody, part, "people")
    assert {name.split(".")[0] for name in left(somebody)} == {part, "people"}
