"""The marks of what went kept their rows when they became a part of their own."""

import sqlite3
import subprocess
import sys
from typing import Any

import psycopg

from tests.installation import Installation


def migrate(installed: Installation, *words: str) -> None:
    """Bring the tables of an installation to a migration, or to the last one."""
    installed.home.mkdir(exist_ok=True)
    environment = installed.environment(DJANGO_SETTINGS_MODULE="entregent.config.settings")
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def ask(installed: Installation, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds in an installation's database."""
    if installed.address:
        with psycopg.connect(installed.address) as server:
            return server.execute(statement.encode()).fetchall()
    with sqlite3.connect(installed.home / "entregent.sqlite3") as file:
        return file.execute(statement).fetchall()


def test_a_mark_stays_what_it_was_when_its_table_changes_its_name_and_when_it_changes_it_back(installed):
    migrate(installed, "discretion", "0003")
    noted = "INSERT INTO {} (owner, at) VALUES ({}, '2026-11-22 12:00:00') RETURNING id"
    assert ask(installed, noted.format("discretion_gone", 7)) == [(1,)]
    migrate(installed)
    assert ask(installed, noted.format("changes_gone", 8)) == [(2,)]
    assert ask(installed, "SELECT id, owner FROM changes_gone ORDER BY id") == [(1, 7), (2, 8)]
    migrate(installed, "discretion", "0003")
    assert ask(installed, "SELECT id, owner FROM discretion_gone ORDER BY id") == [(1, 7), (2, 8)]
