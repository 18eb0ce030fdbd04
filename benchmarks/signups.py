"""Sign-ups a second, over HTTP with session and CSRF, and where the time of each goes (J4).

    .venv/bin/python -m benchmarks.signups [--database sqlite|postgres] [--people N] [--seats N] [--lines N]

So many people without account open the page of one evening and answer with a first name, at most `--lines` at once.
Prints sign-ups and requests a second, medians, what was oversold or stayed empty, and a table of milliseconds by layer
for one sign-up: of the clock, and of the processor. Where one process of Python draws eight answers at once, each waits
for the others in every layer: what a layer costs by itself is what the processor says.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import click
import django

from benchmarks import command
from tests import installation
from tests.installation import Installation
from tests.storms.visitor import Visitor

ROOT = Path(__file__).parents[1]
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "entregent.config.settings",
    "ENTREGENT_MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "PYTHONPATH": str(ROOT),
}
#: The layers of an answer, from the outside in, as they are told.
LAYERS = {
    "around": "session, sign-in, headers",
    "view": "CSRF, the view, actions",
    "statements": "statements",
    "lock": "waiting for the lock",
    "disk": "writing to the disk",
}


@click.command()
@click.option("--database", "name", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--people", type=click.IntRange(2), default=640, show_default=True)
@click.option("--seats", type=click.IntRange(1), default=500, show_default=True)
@click.option("--lines", type=click.IntRange(1), default=64, show_default=True)
def main(name: str, people: int, seats: int, lines: int) -> None:
    """Measure, print."""
    with (
        command.database(name),
        tempfile.TemporaryDirectory() as home,
        installation.database(os.environ.get("ENTREGENT_DATABASE_URL")) as address,
    ):
        here = Installation(Path(home) / "home", address, installation.free_port())
        layers = Path(home) / "layers.json"
        code = opened(here, seats)
        with here.running([sys.executable, "-m", "benchmarks.served.timed", str(layers)], **SETTINGS) as url:
            signed, seconds = storm(url, code, people, lines)
        print(*told(name, signed, seconds), left(here, code, people), sep="\n")
        print(*table(json.loads(layers.read_text())), sep="\n")


def opened(here: Installation, seats: int) -> str:
    """The code of an evening with seats, in a database that was brought up to date."""
    for words in (("django", "migrate"), ("tests.storms.evening", str(seats))):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *words], env=here.environment(**SETTINGS), capture_output=True, text=True, check=True
        )
    return done.stdout.strip()


#: Seconds to see the page, seconds to have the answer taken, its status.
Signed = tuple[float, float, int]


def storm(url: str, code: str, people: int, lines: int) -> tuple[list[Signed], float]:
    """Everybody signs up, so many at once; and seconds from the first to the last."""
    with ThreadPoolExecutor(lines) as crowd:
        began = perf_counter()
        signed = list(crowd.map(lambda number: _sign_up(Visitor(url, f"Guest {number}"), code), range(people)))
        return signed, perf_counter() - began


def _sign_up(visitor: Visitor, code: str) -> Signed:
    began = perf_counter()
    page = visitor.evening(code)
    seen = perf_counter()
    status = visitor.send(page, "reponse")
    visitor.line.close()
    return seen - began, perf_counter() - seen, status


def told(name: str, signed: list[Signed], seconds: float) -> Iterator[str]:
    """The figures of a run."""
    seen, taken, statuses = zip(*signed, strict=True)
    of_each = ", ".join(f"{number} x {status}" for status, number in Counter(statuses).items())
    yield f"{name}: {len(signed)} people, {len(signed) / seconds:.0f} sign-ups a second, {of_each}"
    for what, took in (("the page", seen), ("the answer", taken)):
        median, *_, last = statistics.quantiles(took, n=100)[49:99]
        yield f"{what}: p50 {median * 1e3:.0f} ms, p99 {last * 1e3:.0f} ms"


def left(here: Installation, code: str, people: int) -> str:
    """What was sold twice, or stayed empty, by the tables."""
    django.setup()
    from tests.storms import judged  # noqa: PLC0415 it wants Django to be set up, which wants the environment

    [evening] = judged.evenings(here, [code])
    unsold = max(min(evening.seats, people) - evening.going, 0)
    return f"oversold {max(evening.going - evening.seats, 0)}, unsold {unsold}, {evening.waiting} wait"


def table(totals: dict[str, list[float]]) -> Iterator[str]:
    """Milliseconds by layer for one sign-up, in Markdown."""
    answers = totals["around"][2]
    yield "| layer | ms of the clock | ms of the processor | times |"
    yield "| --- | ---: | ---: | ---: |"
    for layer, words in LAYERS.items():
        clock, processor, times = totals.get(layer, [0, 0, 0])
        yield f"| {words} | {clock / answers * 1e3:.1f} | {processor / answers * 1e3:.1f} | {times / answers:.1f} |"


if __name__ == "__main__":
    main()
