"""The one place that reads the time, so that tests, the demonstration and imports can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC; the instant given to `at` inside its block."""
    set_to = _set.get()
    return datetime.now(UTC) if set_to is None else set_to


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment` (aware) within the block.

    >>> with at(datetime(2010, 1, 28, 18, 30, tzinfo=UTC)):
    ...     now().year
    2010
    """
    if moment.tzinfo is None:
        raise ValueError("the clock wants an aware time")
    with unknown(moment.astimezone(UTC)):
        yield


@contextmanager
def unknown(place: Any) -> Iterator[None]:
    """Let `place` stand for the present within the block, where something is written that is asked later."""
    token = _set.set(place)
    try:
        yield
    finally:
        _set.reset(token)
