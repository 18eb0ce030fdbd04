"""A program: a community with evenings, and members, in the installation of its environment, for a storm.

Prints, as JSON, the codes of the evenings and the key of a session of each member. Another time it adds evenings and
sessions: the members stay the same.
"""

import json
import sys
from datetime import timedelta

import django

#: Seats of the evenings, in turn, and in how many hours they begin: in the last two the first tap has a seat.
SEATS, AHEAD = (1, 2, 3, 5), (96, 96, 30, 96, 1.5)


def gathered(evenings: int, members: int) -> dict[str, list[str]]:
    """The codes of so many new evenings, and sessions of so many members."""
    from django.db import transaction

    from entregent.communities import actions as communities
    from entregent.discretion.viewer import Viewer
    from tests.cast import member

    with transaction.atomic():
        alice = member("alice")
        slug = communities.found(alice, name="Les gens du web", entry="open")
        codes = [announced(alice, slug, number) for number in range(evenings)]
        guests: list[Viewer] = [member(f"member{number}") for number in range(members)]
        return {"evenings": codes, "sessions": [session(one.me) for one in guests]}


def announced(alice: object, slug: str, number: int) -> str:
    """The code of an evening."""
    from entregent.common import clock
    from entregent.meetups import actions as meetups

    starts_at = clock.now() + timedelta(hours=AHEAD[number % len(AHEAD)])
    return meetups.announce(
        alice,  # type: ignore[arg-type]
        community=slug,
        title=f"Apéro {number}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        place="Chez Zélie",
        capacity=SEATS[number % len(SEATS)],
    )


def session(person: int) -> str:
    """The key of a session in which somebody is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from entregent.people import queries as people

    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(people.account_of(person=person))))
    return str(browser.cookies["sessionid"].value)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(gathered(*map(int, sys.argv[1:]))))
