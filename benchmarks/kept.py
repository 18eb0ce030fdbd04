"""What needs that are kept cost others: how long another mail waits for them, how long one is kept, the page of ten.

    .venv/bin/python -m benchmarks.kept [--people N] [--each N]

A community of N people in a home of its own, on SQLite, each with a line of what they do, each keeping needs that
several answer. Prints how long the transaction takes in which one more need is kept, how long the page of somebody's
needs takes and in how many statements, and at eight in the morning how long the confirmation of an answer waits that is
asked for after everybody's needs are due. In milliseconds, on one thread.
"""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter
from typing import Any

HOME = tempfile.TemporaryDirectory(prefix="entregent-kept-")
os.environ.pop("ENTREGENT_DATABASE_URL", None)
os.environ |= {"DJANGO_SETTINGS_MODULE": "entregent.config.settings", "ENTREGENT_HOME": HOME.name}

import django  # noqa: E402

django.setup()

import click  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from entregent.common import clock  # noqa: E402
from entregent.communities import actions as communities  # noqa: E402
from entregent.communities import queries as community_of  # noqa: E402
from entregent.discretion.viewer import Viewer  # noqa: E402
from entregent.mail import sending  # noqa: E402
from entregent.meetups import actions as meetups  # noqa: E402
from entregent.people import actions as people  # noqa: E402
from entregent.people import queries as known  # noqa: E402
from entregent.profiles import actions as profiles  # noqa: E402
from entregent.recall import actions, due  # noqa: E402
from entregent.recall.models import Kept  # noqa: E402

TODAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
MORNING = TODAY + timedelta(hours=20)
TRADES = "Photographe Graphiste Développeuse Rédactrice Comptable Juriste Traducteur Illustratrice Formateur Menuisier"
TOWNS = ("Saint-Denis", "Saint-Pierre", "Saint-Paul", "Le Port", "Le Tampon", "Saint-Leu", "Cilaos")


def town(many: int) -> tuple[str, list[Viewer]]:
    """The slug of a community, and its people."""
    everybody, slug, members = list[Viewer](), "", 0
    for number in range(many):
        viewer = Viewer(person=people.person_of(account=people.open_account(email=f"p{number}@example.org")))
        if not everybody:
            slug = communities.found(viewer, name="Les gens du web", town="Saint-Denis", entry="open")
            members = community_of.community(viewer, slug).members_circle
        communities.join(viewer, slug=slug)
        profiles.call_me(viewer, text=f"Personne {number}", audience=members)
        profiles.say_headline(viewer, text=does(number), audience=members)
        everybody.append(viewer)
    return slug, everybody


def does(number: int) -> str:
    """A trade, in a town."""
    trades = TRADES.split()
    return f"{trades[number % len(trades)]} à {TOWNS[number % len(TOWNS)]}"


def keep(everybody: list[Viewer], each: int) -> None:
    """Everybody keeps so many needs: to all of them somebody is new."""
    numbers = count()
    until, on = TODAY + timedelta(days=90), TODAY.date()
    said = [(viewer.me, f"{does(next(numbers))} {at}") for viewer in everybody for at in range(each)]
    Kept.ledger.bulk_create(Kept(owner_id=who, text=text, until=until, asked_on=on) for who, text in said)


def timed(ask: Callable[[], object]) -> float:
    """How long that took."""
    begun = perf_counter()
    ask()
    return 1000 * (perf_counter() - begun)


def keeping(viewer: Viewer) -> tuple[float, float]:
    """How long keeping one more need took, and for how much of that others could not write."""
    begun = list[float]()

    def noted(execute: Any, sql: str, *others: Any) -> Any:
        if sql.startswith("BEGIN"):
            begun.append(perf_counter())
        return execute(sql, *others)

    with connection.execute_wrapper(noted):
        whole = timed(lambda: actions.keep(viewer, text="Un relieur à Saint-Pierre, photographe"))
    return whole, 1000 * (perf_counter() - begun[0])


def page(viewer: Viewer) -> tuple[float, int]:
    """How long somebody's page of needs takes the second time, and in how many statements."""
    client, statements = Client(), list[str]()
    client.force_login(get_user_model().objects.get(pk=str(known.account_of(person=viewer.me))))

    def noted(execute: Any, sql: str, *others: Any) -> Any:
        statements.append(sql)
        return execute(sql, *others)

    client.get("/besoin/gardes/", headers={"host": "localhost"})
    with connection.execute_wrapper(noted):
        took = timed(lambda: client.get("/besoin/gardes/", headers={"host": "localhost"}))
    return took, len(statements)


@click.command()
@click.option("--people", "many", type=click.IntRange(3), default=100, show_default=True)
@click.option("--each", type=click.IntRange(1, 9), default=9, show_default=True)
def main(many: int, each: int) -> None:
    """Open, keep, measure, print."""
    settings.EMAIL_BACKEND, settings.ALLOWED_HOSTS = "django.core.mail.backends.locmem.EmailBackend", ["localhost"]
    mail.outbox = []
    call_command("migrate", verbosity=0)
    with clock.at(TODAY):
        slug, everybody = town(many)
        keep(everybody[1:], each)
        whole, held = keeping(everybody[1])
        print(f"kept one more need in {whole:.0f} ms, others could not write for {held:.0f} ms of it")
        print("the page of {1} needs took {0[0]:.0f} ms in {0[1]} statements".format(page(everybody[1]), each + 1))
    with clock.at(MORNING):
        print(f"taken up were {due.ask_again(MORNING)} people, of {Kept.ledger.count()} needs")
        starts = MORNING + timedelta(days=4)
        said: Any = {"title": "Apéro", "place": "Ici", "starts_at": starts, "ends_at": starts + timedelta(hours=3)}
        code = meetups.announce(everybody[0], community=slug, **said)
        meetups.answer(everybody[2], code=code, audience="community", discreet=False)
        took = timed(lambda: sending.send_due(clock.now()))
    print(f"a confirmation waited {took:.0f} ms; {len(mail.outbox)} mails left")


if __name__ == "__main__":
    main()
