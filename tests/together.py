"""Others who act while a transaction of the test's is open, each on a connection of their own, or between two reads.

No time is guessed: the test goes on once each of them waits for somebody, as the database says, or has ended. On
SQLite, where whoever writes is alone, they stand in line.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from itertools import count
from time import sleep
from typing import Any

import pytest
from django.db import connection

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.circles.models import Circle
from entregent.common import ids

#: How long somebody may stand still who neither waits nor ends, in seconds: something is broken then.
PATIENCE = 120

Act = Callable[[], Any]


@pytest.fixture
def shared(transactional_db: None) -> None:
    """A database that every connection reads, where the two circles of fixed key stand after it was emptied."""
    for key, kind in ((EVERYONE, "everyone"), (DECLARED, "declared")):
        Circle.objects.get_or_create(pk=key, defaults={"uid": ids.new(), "kind": kind, "about": ids.new()})


class Other(threading.Thread):
    """Somebody who acts at the same time as the test."""

    def __init__(self, act: Act) -> None:
        super().__init__(daemon=True)
        self._context, self._act = copy_context(), act
        self._key: int | None = None
        self._outcome: Any = None

    def run(self) -> None:
        """Act, and keep what came of it."""
        try:
            connection.ensure_connection()
            self._key = connection.connection.info.backend_pid if connection.vendor == "postgresql" else None
            self._outcome = self._context.run(self._act)
        except Exception as error:  # noqa: BLE001 whatever it is, it is what came of it
            self._outcome = error
        finally:
            connection.close()

    @property
    def waits(self) -> bool:
        """Whether they wait for somebody else's transaction."""
        if connection.vendor != "postgresql":
            return bool(connection._line._waiting)  # type: ignore[attr-defined]
        with connection.cursor() as asked:
            asked.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)", [self._key])
            return bool(asked.fetchone()[0])

    @property
    def outcome(self) -> Any:
        """What the act returned, or the error that it raised, once it has ended."""
        self.join(PATIENCE)
        assert not self.is_alive()
        return self._outcome


@contextmanager
def before(words: str, act: Act, *, turn: int = 1) -> Iterator[None]:
    """Somebody acts just before a statement of the test's: of those that hold these words, the one whose turn it is."""
    held = count(1)

    def told(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if words in sql and next(held) == turn:
            act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(told):
        yield
    assert next(held) > turn  # there was such a statement


def begun(*acts: Act) -> list[Other]:
    """Those who do this, one begun after the other: each waits by now, or has ended."""
    others = [Other(act) for act in acts]
    for other in others:
        other.start()
        for _ in range(PATIENCE * 100):
            if not other.is_alive() or other.waits:
                break
            sleep(0.01)
        else:
            raise AssertionError("neither waits nor ends")
    return others
