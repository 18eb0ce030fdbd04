"""A program: opens a community and an evening with seats in the installation of its environment; prints the code."""

import sys
from datetime import timedelta

import django


def opened(seats: int) -> str:
    """The code of an evening with that many seats, for everyone."""
    from entregent.common import clock
    from entregent.communities import actions as communities
    from entregent.discretion.viewer import Viewer
    from entregent.meetups import actions as meetups
    from entregent.people import actions as people

    alice = Viewer(person=people.person_of(account=people.open_account(email="alice@example.org")))
    starts_at = clock.now() + timedelta(days=4)
    return meetups.announce(
        alice,
        community=communities.found(alice, name="Les gens du web"),
        title="Apéro Web 47",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        place="Chez Zélie",
        capacity=seats,
    )


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(opened(int(sys.argv[1])))
