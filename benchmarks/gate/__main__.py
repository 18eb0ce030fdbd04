"""What the policy adds to each list page of the product: the same queries with it, and with it taken out, in turn.

    .venv/bin/python -m benchmarks.gate [--database sqlite|postgres] [--people N] [--facts N] [--repeats N] [--plans]

Prints a Markdown table: medians in milliseconds for a usual viewer and for the busiest, the difference, how many rows
were found each way, and, with `--plans`, how the database goes about every statement. Without the policy everybody's
rows are found: where a list has no limit, the policy spares some of what it costs.
"""

import click

from benchmarks import command


@click.command()
@command.sized(repeats=15)
def main(name: str, people: int, facts: int, repeats: int, *, plans: bool) -> None:
    """Measure the gate on a town drawn from a seed."""
    with command.database(name):
        from benchmarks.gate import measure  # noqa: PLC0415 Django reads the environment when it is imported

        measure.run(people=people, facts=facts, repeats=repeats, plans=plans)


if __name__ == "__main__":
    main()
