"""A program: a town in the database of its environment, and an evening with everything on it; prints where to look.

As JSON: the code of the evening, and the key of a session of somebody of the town who comes to it.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.gate import pages  # noqa: E402
from benchmarks.policy import town  # noqa: E402
from entregent.common import clock  # noqa: E402
from entregent.discretion.viewer import Viewer  # noqa: E402
from entregent.market import actions as market  # noqa: E402
from entregent.meetups import actions as meetups  # noqa: E402
from entregent.meetups.models import Meetup, Rsvp  # noqa: E402
from entregent.people import actions as people  # noqa: E402
from entregent.people.models import Person  # noqa: E402
from entregent.ties import due  # noqa: E402


def peopled(number: int) -> dict[str, str]:
    """So many people, as many needs, the evening, all said yesterday; and the ties that the worker keeps ready."""
    now = clock.now()
    with clock.at(now - timedelta(days=1)), transaction.atomic():
        town.build(number, number)
        pages.furnish()
        evening = Meetup.ledger.order_by("pk")[1]
        _say(evening)
        viewer = pages.viewers()["usual"][0]
        session = _session(viewer)
        market.say_situation(viewer, answer="own")
        meetups.answer(viewer, code=evening.code, audience="going", discreet=False)
    due.rebuild(now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"code": evening.code, "session": session}


def _say(evening: Meetup) -> None:
    starts_at = clock.now() + timedelta(days=4)
    said = {
        "words": "On parle de cartes.\n" * 10,
        "place": "Chez Zélie",
        "address": "3 rue du Four",
        "town": "Saint-Denis",
    }
    seats = Rsvp.ledger.filter(meetup=evening, answer="going").count()
    Meetup.ledger.filter(pk=evening.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), capacity=seats + 10, taken=seats, band=60, **said
    )


def _session(viewer: Viewer) -> str:
    account = people.open_account(email="somebody@example.org")
    Person.objects.filter(pk=viewer.person).update(account=account)
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=account))
    return browser.cookies["sessionid"].value


if __name__ == "__main__":
    sys.stdout.write(json.dumps(peopled(int(sys.argv[1]))))
