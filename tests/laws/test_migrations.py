"""A database of before the first release goes on where all migrations of a part were made, and is refused elsewhere."""

from collections.abc import Iterable
from itertools import chain

import pytest
from django.db import connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from entregent.common import chance

#: A digest of the names of all sixty-three, which databases know.
NAMES = "12d3091a6b171de2c3130382862b40b20024acba01834c8d1a2ab3913d72f568"


def those_that_replace() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What each of the migrations that replace others replaces."""
    return {key: list(one.replaces) for key, one in MigrationLoader(None).replacements.items()}


def loaded(monkeypatch: pytest.MonkeyPatch, applied: Iterable[tuple[str, str]]) -> MigrationLoader:
    """The migrations as Django takes them beside a database in which some were made."""
    made = dict.fromkeys(applied)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: dict(made))
    return MigrationLoader(connection)


def test_none_of_the_names_that_databases_know_is_lost():
    names = sorted(f"{part}.{name}" for replaced in those_that_replace().values() for part, name in replaced)
    assert (len(names), chance.digest(*names)) == (63, NAMES)


def test_a_database_that_had_them_all_has_those_that_replace_them(monkeypatch):
    replaced = those_that_replace()
    found = loaded(monkeypatch, chain.from_iterable(replaced.values()))
    assert replaced.keys() <= found.applied_migrations.keys()


def test_a_database_that_stopped_halfway_is_refused(monkeypatch):
    # Django itself leaves out a part of which only some were made, and says nothing.
    replaced = those_that_replace()
    for part in [part for part, names in replaced.items() if len(names) > 1]:
        left = replaced[part][-1]
        made = [name for names in replaced.values() for name in names if name != left]
        with pytest.raises(NodeNotFoundError, match=left[1]):
            loaded(monkeypatch, made)
