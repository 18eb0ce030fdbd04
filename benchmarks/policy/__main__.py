"""How long the policy takes, in its forms, on tables of the size of a region: the table of `docs/adr/0001`.

    .venv/bin/python -m benchmarks.policy [--database sqlite|postgres] [--people N] [--facts N] [--plans]

Prints a Markdown table: median and 95th percentile, in milliseconds, of a whole Django query (built, compiled, run,
fetched), the forms taken in turn. All forms have to give the same answers, or the program stops.
"""

import click

from benchmarks import command


@click.command()
@command.sized(repeats=5)
def main(name: str, people: int, facts: int, repeats: int, *, plans: bool) -> None:
    """Measure the forms of the policy on a town drawn from a seed."""
    with command.database(name):
        from benchmarks.policy import measure  # noqa: PLC0415 Django reads the environment when it is imported

        measure.run(people=people, facts=facts, repeats=repeats, plans=plans)


if __name__ == "__main__":
    main()
