"""The cast of every test: Alice organises, Bob is her tie, Charlie is in the community, Dana is nobody to them.

Each is a `Viewer` whose account answers at `<name>@example.org`; `anonymous` is the visitor.
"""

import pytest

from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.people import actions as people


def member(name: str) -> Viewer:
    """Somebody with an account, who has said nothing yet."""
    account = people.open_account(email=f"{name}@example.org")
    return Viewer(person=people.person_of(account=account))


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
