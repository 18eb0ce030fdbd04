"""How long `ways`, `suggest` and `ask` take inside the process, on the database of `ENTREGENT_HOME`.

    ENTREGENT_HOME=... .venv/bin/python -m benchmarks.ways [--people N] [--seed N] [--need TEXT ...]

Prints a Markdown table: median and 95th percentile in milliseconds, of the clock and of the processor, and the median
number of statements, for people drawn at random among those with an answer to an evening, and for those with the most.
The graph of ties is built again first where the worker would do so, and ten others have asked: PostgreSQL keeps a plan
once it has made it some times. What is loaded is set apart from the garbage collector, as the server does it.
"""

import gc
import math
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")

import click
import django

django.setup()

from django.db import connection  # noqa: E402 models want Django to be set up
from django.db.models import Count  # noqa: E402

from entregent.common import clock, errors  # noqa: E402
from entregent.discretion.viewer import Viewer  # noqa: E402
from entregent.meetups.models import Rsvp  # noqa: E402
from entregent.recall import queries as recall  # noqa: E402
from entregent.ties import due  # noqa: E402
from entregent.ties import queries as ties  # noqa: E402

NEEDS = ("somebody who knows Python", "a designer for my startup", "someone to go hiking with", "data and statistics")


@dataclass(slots=True)
class Times:
    """What each call took, in milliseconds and in statements."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)

    def take(self, work: Callable[[], object]) -> None:
        """Do it, and note what it took."""
        made = 0

        def count(execute: Callable[..., object], *statement: object) -> object:
            nonlocal made
            made += 1
            return execute(*statement)

        with connection.execute_wrapper(count):
            begun, worked = time.perf_counter(), time.process_time()
            work()
            self.processor.append((time.process_time() - worked) * 1e3)
            self.clock.append((time.perf_counter() - begun) * 1e3)
        self.statements.append(made)

    def row(self) -> Iterator[str]:
        """The figures, as cells of a table."""
        for times in (self.clock, self.processor):
            yield f"{statistics.median(times):.1f} / {sorted(times)[math.ceil(0.95 * len(times)) - 1]:.1f}"
        yield f"{statistics.median(self.statements):.0f}"


def ways(viewer: Viewer, to: int) -> None:
    """The ways to somebody, who may be hidden."""
    try:
        ties.ways(viewer, to=to)
    except errors.NotFound:
        return


def measured(
    viewers: Sequence[int], everybody: Sequence[int], needs: Sequence[str], draw: random.Random
) -> dict[str, Times]:
    """The three questions, asked in turn as each of the viewers."""
    times = {"ways": Times(), "suggest": Times(), "ask": Times()}
    for place, person in enumerate(viewers):
        viewer, to, need = Viewer(person=person), draw.choice(everybody), needs[place % len(needs)]
        times["ways"].take(lambda viewer=viewer, to=to: ways(viewer, to))
        times["suggest"].take(lambda viewer=viewer: ties.suggest(viewer))
        times["ask"].take(lambda viewer=viewer, need=need: recall.ask(viewer, need))
    return times


@click.command()
@click.option("--people", type=click.IntRange(2), default=100, show_default=True, help="How many, of either sort.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--need", "needs", multiple=True, default=NEEDS, help="What is asked for.")
def main(people: int, seed: int, needs: tuple[str, ...]) -> None:
    """Measure on the database at hand."""
    draw, answers = random.Random(seed), Rsvp.ledger.values("owner").annotate(count=Count("pk"))
    everybody = list(answers.order_by("-count", "owner").values_list("owner", flat=True))
    if not everybody:
        raise click.ClickException("nobody has answered an evening here: import a history first")
    due.refresh(clock.now())
    sorts = {"at random": draw.sample(everybody, min(people, len(everybody))), "the busiest": everybody[:people]}
    measured(everybody[-10:], everybody, needs, draw)
    gc.collect()
    gc.freeze()
    print("| who | what | clock, ms | processor, ms | statements |\n| --- | --- | --- | --- | --- |")
    for sort, viewers in sorts.items():
        for what, times in measured(viewers, everybody, needs, draw).items():
            print(f"| {sort} | {what} | {' | '.join(times.row())} |")


if __name__ == "__main__":
    main()
