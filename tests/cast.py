"""The cast of every test: Alice organises, Bob is her tie, Charlie is in the community, Dana is nobody to them.

Each is a `Viewer` whose account answers at `<name>@example.org`; `anonymous` is the visitor. On their own they have
said nothing yet: `community` brings the first three together, each by name.
"""

from datetime import timedelta

import pytest

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups import actions as meetups
from entregent.people import actions as people
from entregent.profiles import actions as profiles


def member(name: str) -> Viewer:
    """Somebody with an account, who has said nothing yet."""
    account = people.open_account(email=f"{name}@example.org")
    return Viewer(person=people.person_of(account=account))


def announce(
    viewer: Viewer, community: str, *, days: int = 4, title: str = "Apéro 47", audience: str = "everyone"
) -> str:
    """The code of an evening of three hours that begins so many days from now, at Zélie's."""
    starts_at = clock.now() + timedelta(days=days)
    return meetups.announce(
        viewer,
        community=community,
        title=title,
        place="Chez Zélie",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        audience=audience,
    )


@pytest.fixture
def alice(db: None) -> Viewer:
    """She organises."""
    return member("alice")


@pytest.fixture
def bob(db: None) -> Viewer:
    """He is Alice's tie."""
    return member("bob")


@pytest.fixture
def charlie(db: None) -> Viewer:
    """In the community, and nothing more."""
    return member("charlie")


@pytest.fixture
def dana(db: None) -> Viewer:
    """Nobody to the others."""
    return member("dana")


@pytest.fixture
def anonymous() -> Viewer:
    """The visitor who has not signed in."""
    return ANYBODY


@pytest.fixture
def community(alice: Viewer, bob: Viewer, charlie: Viewer) -> str:
    """The slug of the open community that Alice looks after, with Bob and Charlie in it; all three have a name."""
    slug = communities.found(alice, name="Les gens du web", town="Saint-Denis", entry="open")
    members = community_of.community(alice, slug).members_circle
    for name, viewer in (("Alice Hoareau", alice), ("Bob Payet", bob), ("Charlie Grondin", charlie)):
        communities.join(viewer, slug=slug)
        profiles.call_me(viewer, text=name, audience=members)
    return slug


@pytest.fixture
def members(alice: Viewer, community: str) -> int:
    """The key of the circle of the community's members: what "the community" means as an audience."""
    return community_of.community(alice, community).members_circle
