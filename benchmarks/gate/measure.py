"""Asks each list page's queries with the policy and without, in turn, and prints what the policy adds."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 models want Django to be set up
from django.db import connection, connections, transaction  # noqa: E402
from rich.progress import track  # noqa: E402

from benchmarks.gate import pages  # noqa: E402
from benchmarks.gate.pages import Page  # noqa: E402
from benchmarks.policy import town  # noqa: E402
from entregent.common import clock  # noqa: E402
from entregent.discretion import policy  # noqa: E402
from entregent.discretion.viewer import Viewer  # noqa: E402
from entregent.statements.sql import Sql  # noqa: E402

#: What a list page may cost more, in milliseconds at the median, by viewer.
BOUNDS = {"usual": 5, "busiest": 15}


class Open(policy.Terms):
    """No policy: everybody may see everything, and the guard finds its condition where it looks for it."""

    def may_see(self) -> Sql:
        """Always."""
        return "1 = 1", ()


WAYS: dict[str, type[policy.Terms]] = {"with": policy.Terms, "without": Open}

Found = dict[tuple[str, str, str], list[tuple[float, int]]]


def run(*, people: int, facts: int, repeats: int, plans: bool) -> None:
    """Draw the town, furnish it, measure, print."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        town.build(people, facts)
        pages.furnish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with clock.at(town.NOW):
        asked = list(product(pages.viewers().items(), pages.listed().items()))
        print(f"{connection.vendor}, {people} people, {facts} facts; milliseconds at the median")
        for line in [*table(measured(asked, repeats)), *(explained(asked) if plans else ())]:
            print(line)
    connections.close_all()


Asked = list[tuple[tuple[str, list[Viewer]], tuple[str, Page]]]


def watch() -> float:
    """Seconds: of the processor where the database works in this process, else of the clock."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def measured(asked: Asked, repeats: int) -> Found:
    """Milliseconds and rows by viewer, page and way, after each was asked a few times."""
    found: Found = {}
    for repeat, ((who, viewers), (page, read)) in track([*product(range(-4, repeats), asked)], transient=True):
        for way in random.Random(str((repeat, who, page))).sample(list(WAYS), len(WAYS)):
            policy.Condition.terms = WAYS[way]
            draw = random.Random(str((repeat, page)))
            begun = watch()
            rows = len(read(viewers[repeat % len(viewers)], draw))
            if repeat >= 0:
                found.setdefault((who, page, way), []).append(((watch() - begun) * 1e3, rows))
    policy.Condition.terms = policy.Terms
    return found


def table(found: Found) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield "| viewer | page | with | without | adds | at most | rows with | rows without |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for who, page in dict.fromkeys((who, page) for who, page, _ in found):
        (took, rows), (bare, all_rows) = (_medians(found[who, page, way]) for way in WAYS)
        figures = f"{took:.1f} | {bare:.1f} | {took - bare:.1f} | {BOUNDS[who]} | {rows:.0f} | {all_rows:.0f}"
        yield f"| {who} | {page} | {figures} |"


def _medians(found: list[tuple[float, int]]) -> Iterator[float]:
    return (statistics.median(values) for values in zip(*found, strict=True))


def explained(asked: Asked) -> Iterator[str]:
    """How the database goes about each statement of each page, with the policy."""
    for (who, viewers), (page, read) in asked:
        for text, params in statements(lambda read=read, viewer=viewers[0]: read(viewer, random.Random(0))):
            yield f"\n{who}, {page}:\n{plan(text, params)}"


def statements(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """What `work` says to the database."""
    said: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], text: str, params: Any, *rest: object) -> object:
        said.append((text, params))
        return execute(text, params, *rest)

    with connection.execute_wrapper(note):
        work()
    return said


def plan(text: str, params: Any) -> str:
    """The database's plan of a statement, and on PostgreSQL what came of it."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {text}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
