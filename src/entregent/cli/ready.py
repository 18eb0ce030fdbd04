"""Gets the product ready for a command: settings, language, database. `--help` needs none of it, and does not wait."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from entregent.cli import language
from entregent.cli.failures import Failure
from entregent.cli.language import _

#: How long a database server may take to answer, in seconds.
PATIENCE = 10


@contextmanager
def room(name: str) -> Iterator[Any]:
    """The module `entregent.cli.<name>`, which speaks to the product, over a database that answers."""
    _set_up()
    from django.db import Error  # noqa: PLC0415 Django takes half a second, and wants its settings first

    try:
        with _one_connection():
            yield importlib.import_module(f"entregent.cli.{name}")
    except Error as error:
        raise Failure(_database(error)) from error


def play() -> None:
    """Make this process, and what it serves, a demonstration: mails go to the terminal."""
    os.environ["ENTREGENT_DEMONSTRATION"] = "yes"
    os.environ.setdefault("ENTREGENT_MAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
    import django  # noqa: PLC0415 as above
    from django.utils import translation  # noqa: PLC0415 as above

    try:
        django.setup()
    except ValueError as error:
        raise Failure(str(error)) from error
    translation.activate(language.spoken())


@contextmanager
def _one_connection() -> Iterator[None]:
    """Speak over one connection: a pool would wait half a minute for a server that is not there."""
    from django.db import connections  # noqa: PLC0415 as above

    options = connections.databases["default"]["OPTIONS"]
    pool = options.pop("pool", None)
    if pool is not None:
        options["connect_timeout"] = PATIENCE
    try:
        yield
    finally:
        if pool is not None:
            connections.close_all()
            options["pool"] = pool


def _database(error: Exception) -> str:
    lines = str(error).splitlines() or [type(error).__name__]
    if lines[0].startswith(("no such table", "relation ")):
        return _("There is nothing here yet: `entregent demo` or `entregent serve` prepares the database.")
    return _("The database does not take this: {reason}").format(reason=lines[0])
