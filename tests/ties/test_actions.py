"""Saying whether one may be asked for an introduction."""

import pytest

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.ties import actions, queries
from entregent.ties.models import Willing


def said(viewer: Viewer) -> bool | None:
    asked = queries.let_ask(viewer)
    return asked.yes if asked else None


def test_nobody_has_said_before_they_say(bob: Viewer):
    assert queries.let_ask(bob) is None


def test_one_says_it_once_and_may_say_otherwise(bob: Viewer, charlie: Viewer, members: int):
    actions.let_ask(bob, yes=True, audience=members)
    assert (said(bob), said(charlie)) == (True, None)
    actions.let_ask(bob, yes=False, audience=None)
    assert said(bob) is False
    row = Willing.ledger.get()
    assert (row.owner_id, row.yes, row.audience_id) == (bob.me, False, None)


@pytest.mark.django_db
def test_the_visitor_says_nothing(anonymous: Viewer):
    with pytest.raises(errors.NotSignedIn):
        actions.let_ask(anonymous, yes=True, audience=None)


def test_who_is_erased_said_nothing(bob: Viewer, charlie: Viewer, members: int):
    for viewer in (bob, charlie):
        actions.let_ask(viewer, yes=True, audience=members)
    actions.erase(bob.me)
    assert list(Willing.ledger.values_list("owner", flat=True)) == [charlie.me]
