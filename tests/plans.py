"""Has PostgreSQL plan each statement once a connection, whatever is rolled back in between.

Its driver forgets all plans at each rollback, in case that something was dropped and made anew: each test ends in one,
and each world of the law in thousands. What is planned is the same; where tables are dropped or altered it forgets as
before.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg._preparing import PrepareManager
from psycopg.pq.abc import PGresult

#: How many statements PostgreSQL has a plan of.
PLANS = 3000
_CHANGES_TABLES = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b").match


def keep() -> None:
    """From now on, in this process."""
    PrepareManager._should_discard = _should_discard  # type: ignore[method-assign,assignment]
    connection_created.connect(_connected)


def _should_discard(self: PrepareManager, _prepared: Any, results: Sequence[PGresult]) -> bool:
    return any(_CHANGES_TABLES(one.command_status or b"") for one in results) and self.clear()


def _connected(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = PLANS
