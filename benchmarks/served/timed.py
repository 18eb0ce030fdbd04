"""A program: the server of an installation, with a watch at each layer of every answer to an evening.

Its layers, each without those below it: what stands around the view (sessions, sign-in, headers), the view with what it
calls, statements, waiting for the evening's lock, writing to the disk. Totals go to the file that it is given, as JSON
once it ends: seconds of the clock and of the processor, and how often.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.base import BaseHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402

#: What takes the lock that holds the evening's seats: the whole database on SQLite, the row on PostgreSQL.
LOCKS = ("BEGIN IMMEDIATE", "FOR UPDATE")
#: What is timed: answers to an evening.
ANSWERS = "/reponse/"

totals: dict[str, list[float]] = {}
_guard, _open = threading.Lock(), threading.local()


@contextmanager
def layer(name: str) -> Iterator[None]:
    """Count what goes on in the block, apart from the layers within it."""
    outer, inner = getattr(_open, "spent", None), [0.0, 0.0]
    if outer is None:
        yield
        return
    _open.spent, began = inner, (time.perf_counter(), time.thread_time())
    try:
        yield
    finally:
        took = [time.perf_counter() - began[0], time.thread_time() - began[1]]
        _open.spent = [so_far + more for so_far, more in zip(outer, took, strict=True)]
        with _guard:
            kept = totals.setdefault(name, [0.0, 0.0, 0])
            for place, one in enumerate((took[0] - inner[0], took[1] - inner[1], 1)):
                kept[place] += one


def _within(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        with layer(name):
            return call(*args, **named)

    return timed


def _execute(execute: Callable[..., Any], text: str, *rest: Any) -> Any:
    with layer("lock" if text.endswith(LOCKS) or LOCKS[1] in text else "statements"):
        return execute(text, *rest)


def _application(around: dict[str, Any], start: Callable[..., Any]) -> Any:
    if around["REQUEST_METHOD"] != "POST" or not around["PATH_INFO"].endswith(ANSWERS):
        return _untimed(around, start)
    _open.spent = [0.0, 0.0]
    try:
        with layer("around"), connection.execute_wrapper(_execute):
            return _untimed(around, start)
    finally:
        _open.spent = None


# The application takes its handler along when it is made, which is when `serve` is imported.
BaseHandler._get_response = _within("view", BaseHandler._get_response)
BaseDatabaseWrapper._commit = _within("disk", BaseDatabaseWrapper._commit)

from entregent.config import serve  # noqa: E402
from entregent.config.queued.turns import Line  # noqa: E402

Line.enter = _within("lock", Line.enter)  # type: ignore[method-assign]

_untimed = serve.application


def main(file: str) -> None:
    """Serve until told to end; then write what was counted."""
    serve.application = _application
    serve.serve(settings.PORT)
    Path(file).write_text(json.dumps(totals))


if __name__ == "__main__":
    main(sys.argv[1])
