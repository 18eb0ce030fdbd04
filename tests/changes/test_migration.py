"""The marks of what went kept their rows when they became a part of their own."""

from tests.migrated import ask, migrate

NOTED = "INSERT INTO {} (owner, at) VALUES ({}, '2026-11-22 12:00:00') RETURNING id"


def test_a_mark_stays_what_it_was_when_its_table_changes_its_name_and_when_it_changes_it_back(bare):
    migrate(bare, "discretion", "0003")
    assert ask(bare, NOTED.format("discretion_gone", 7)) == [(1,)]
    migrate(bare)
    assert ask(bare, NOTED.format("changes_gone", 8)) == [(2,)]
    assert ask(bare, "SELECT id, owner FROM changes_gone ORDER BY id") == [(1, 7), (2, 8)]
    migrate(bare, "discretion", "0003")
    assert ask(bare, "SELECT id, owner FROM discretion_gone ORDER BY id") == [(1, 7), (2, 8)]
