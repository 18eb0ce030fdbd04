"""The tables of an installation, brought to a migration, and what is in them."""

import sqlite3
import subprocess
import sys
from typing import Any

import psycopg

from tests.installation import Installation


def migrate(installed: Installation, *words: str) -> None:
    """Bring the tables to a migration, as `recall zero`, or to the last one."""
    installed.home.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", *words],
        env=installed.environment(DJANGO_SETTINGS_MODULE="entregent.config.settings"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def ask(installed: Installation, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds in the database."""
    if installed.address:
        with psycopg.connect(installed.address) as server:
            return server.execute(statement.encode()).fetchall()
    with sqlite3.connect(installed.home / "entregent.sqlite3") as file:
        return file.execute(statement).fetchall()
