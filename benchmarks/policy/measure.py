"""Asks the same questions of every form of the policy, in turn, and prints how long each took."""

import math
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 models want Django to be set up
from django.db import connection, connections, transaction  # noqa: E402
from rich.progress import track  # noqa: E402

from benchmarks.policy import town  # noqa: E402
from benchmarks.policy.forms import FORMS  # noqa: E402
from entregent.common import clock  # noqa: E402
from entregent.discretion import policy  # noqa: E402
from entregent.discretion.viewer import Viewer  # noqa: E402
from entregent.meetups.models import Meetup, Rsvp  # noqa: E402
from entregent.needs.models import Need  # noqa: E402
from entregent.people.models import Person  # noqa: E402

Times = dict[tuple[str, str, str], list[float]]


def run(*, people: int, facts: int, repeats: int, plans: bool) -> None:
    """Draw the town, measure, print."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        town.build(people, facts)
    with clock.at(town.NOW):
        print(f"{connection.vendor}, {people} people, {facts} facts; milliseconds, median / 95th percentile")
        for line in [*table(repeats), *(explained() if plans else ())]:
            print(line)
    connections.close_all()


def viewers() -> dict[str, list[Viewer]]:
    """Ten usual people; ten times the one who stands in thousands of circles, and one who stands nowhere."""
    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    usual = [key for place, key in enumerate(keys) if place % 10 and place != town.BUSY]
    stranger = Person.objects.create().pk
    chosen = {"usual": random.Random(3).sample(usual, 10), "busy": [keys[town.BUSY]] * 10, "stranger": [stranger] * 10}
    return {name: [Viewer(person=key) for key in found] for name, found in chosen.items()}


def newest(viewer: Viewer) -> Any:
    """A page of the fifty newest."""
    return Need.objects.visible_to(viewer).order_by("-changed_at", "-pk").values_list("uid")[:50]


def questions() -> dict[str, Callable[[Viewer, random.Random], list[Any]]]:
    """What is asked: each takes a viewer and a generator, and returns what was found."""
    uids = list(Need.ledger.order_by("pk").values_list("uid", flat=True)[:5000])
    meetups = list(Meetup.ledger.order_by("pk").values_list("pk", flat=True))

    def evening(viewer: Viewer, draw: random.Random) -> list[Any]:
        answers = Rsvp.objects.visible_to(viewer).filter(meetup=draw.choice(meetups))
        return list(answers.order_by("changed_at", "pk").values_list("uid"))

    def single(viewer: Viewer, draw: random.Random) -> list[Any]:
        return list(Need.objects.visible_to(viewer).filter(uid=draw.choice(uids)).values_list("uid"))

    def count(viewer: Viewer, _: random.Random) -> list[Any]:
        return [Need.objects.visible_to(viewer).count()]

    return {"50 newest": lambda viewer, _: list(newest(viewer)), "an evening": evening, "one": single, "count": count}


def measured(repeats: int) -> Times:
    """Milliseconds by viewer, question and form; the forms take turns, in an order drawn anew."""
    times: Times = {}
    asked = [*product(range(repeats), viewers().items(), questions().items())]
    for repeat, (who, found), (question, ask) in track(asked, "measuring", transient=True):
        for place, viewer in enumerate(found[:3] if question == "count" else found):
            answers = []
            for form in random.Random(str((repeat, who, question, place))).sample(list(FORMS), len(FORMS)):
                policy.Condition.terms = FORMS[form]
                took, answer = timed(partial(ask, viewer, random.Random(str((repeat, place)))))
                times.setdefault((who, question, form), []).append(took)
                answers.append(answer)
            if any(answer != answers[0] for answer in answers):
                raise SystemExit(f"the forms disagree for {viewer} on {question}")
    return times


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """How many milliseconds `work` took, and what it returned."""
    begun = time.perf_counter()
    answer = work()
    return (time.perf_counter() - begun) * 1e3, answer


def built(viewer: Viewer) -> dict[str, list[float]]:
    """Milliseconds to build and compile the page of the newest, by form."""
    times: dict[str, list[float]] = {form: [] for form in FORMS}
    for _, (form, terms) in product(range(100), FORMS.items()):
        policy.Condition.terms = terms
        times[form].append(timed(lambda: str(newest(viewer).query))[0])
    return times


def table(repeats: int) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    times = measured(repeats)
    yield row("viewer", "question", *FORMS)
    yield row(*["---"] * (len(FORMS) + 2))
    for who, question in dict.fromkeys((who, question) for who, question, _ in times):
        yield row(who, question, *(cell(times[who, question, form]) for form in FORMS))
    yield row("", "build, compile", *(cell(found) for found in built(viewers()["usual"][0]).values()))


def row(*cells: str) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def cell(times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(times):.1f} / {sorted(times)[math.ceil(0.95 * len(times)) - 1]:.1f}"


def explained() -> Iterator[str]:
    """How the database goes about the page of the newest, by viewer and form."""
    analyse = {"analyze": True} if connection.vendor == "postgresql" else {}
    for (who, [viewer, *_]), (form, terms) in product(viewers().items(), FORMS.items()):
        policy.Condition.terms = terms
        yield f"\n{who}, {form}:\n{newest(viewer).explain(**analyse)}"
