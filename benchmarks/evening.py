"""How fast the page of an evening is served, beside a page of Django with nothing on it (J5).

    .venv/bin/python -m benchmarks.evening [--database sqlite|postgres] [--people N] [--pages N]

A town of so many people; somebody who comes to an evening with sixty others, signed in, reads it in French: one browser
alone, then eight at once. Prints pages a second, medians and tails in milliseconds, and kilobytes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

import click

from benchmarks import command
from benchmarks.signups import ROOT, SETTINGS
from tests import installation
from tests.installation import Installation

#: A port, a path, and what a browser says of itself.
Served = tuple[int, str, dict[str, str]]
#: Browsers at once.
AT_ONCE = (1, 8)


@click.command()
@click.option("--database", "name", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--people", type=click.IntRange(100), default=10_000, show_default=True)
@click.option("--pages", type=click.IntRange(8), default=800, show_default=True)
def main(name: str, people: int, pages: int) -> None:
    """Measure, print."""
    print("| page | browsers | pages a second | p50 ms | p95 ms | p99 ms | kB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for page, served in ((f"an evening, {name}", _evening(name, people)), ("bare Django", _bare())):
        with served as (port, path, headers):
            for browsers in AT_ONCE:
                print(f"| {page} | {browsers} | {_figures(*_asked(port, path, headers, (browsers, pages)))} |")


@contextmanager
def _evening(name: str, people: int) -> Iterator[Served]:
    """The product, with a town in it."""
    with (
        command.database(name),
        tempfile.TemporaryDirectory() as home,
        installation.database(os.environ.get("ENTREGENT_DATABASE_URL")) as address,
    ):
        here = Installation(Path(home) / "home", address, installation.free_port())
        for words in (("django", "migrate"), ("benchmarks.served.peopled", str(people))):
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", *words], env=here.environment(**SETTINGS), capture_output=True, check=True
            )
        town = json.loads(done.stdout)
        with here.serve(**SETTINGS):
            headers = {"Cookie": f"sessionid={town['session']}", "Accept-Language": "fr"}
            yield here.port, f"/s/{town['code']}/", headers


@contextmanager
def _bare() -> Iterator[Served]:
    """A page with nothing on it."""
    with tempfile.TemporaryDirectory() as home:
        here = Installation(Path(home) / "home", None, installation.free_port())
        with here.running([sys.executable, "-m", "benchmarks.served.bare", str(here.port)], PYTHONPATH=str(ROOT)):
            yield here.port, "/", {}


def _asked(port: int, path: str, headers: dict[str, str], often: tuple[int, int]) -> tuple[list[float], float, int]:
    """Seconds of each answer, seconds of all, and the bytes of one: by so many browsers, so many pages in all."""
    browsers, pages = often
    _read(port, path, headers, 20)
    with ThreadPoolExecutor(browsers) as crowd:
        began = perf_counter()
        answers = [*crowd.map(lambda _one: _read(port, path, headers, pages // browsers), range(browsers))]
        seconds = perf_counter() - began
    return [took for each, _size in answers for took in each], seconds, answers[0][1]


def _read(port: int, path: str, headers: dict[str, str], pages: int) -> tuple[list[float], int]:
    line, took, size = HTTPConnection("127.0.0.1", port, timeout=60), [], 0
    for _ in range(pages):
        began = perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        size = len(answer.read())
        took.append(perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
    line.close()
    return took, size


def _figures(took: list[float], seconds: float, size: int) -> str:
    cuts = statistics.quantiles(took, n=100)
    p50, p95, p99 = (cuts[place - 1] * 1e3 for place in (50, 95, 99))
    speed = len(took) / seconds
    return f"{speed:.0f} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {size / 1e3:.1f}"


if __name__ == "__main__":
    main()
