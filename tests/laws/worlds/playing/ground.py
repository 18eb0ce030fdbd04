"""An empty database of its own for a process that is no test: SQLite in a file, or the PostgreSQL of the tests.

A file, as each act is a savepoint: in memory SQLite goes through all that has been put by as often as one ends.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from tests import conftest


@contextmanager
def prepared() -> Iterator[str]:
    """The name of the database: `ENTREGENT_TEST_DB` says which. The tables are there until the block ends."""
    from django.db import connection

    logging.disable(logging.CRITICAL)
    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(conftest.HOME / "laws.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield conftest.DATABASE
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
