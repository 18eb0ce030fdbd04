"""Two acts of one person on where they work, in the same moment: what was hidden stays so, and limits hold."""

from datetime import date
from functools import partial

import pytest
from django.db import transaction

from entregent.common import errors
from entregent.market import actions, queries
from entregent.search import queries as search
from entregent.search.models import Line
from entregent.search.stems import query
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]

ENDS = date(2026, 1, 1)


@pytest.fixture
def position(alice, members):
    return actions.state_position(alice, organisation="Filao", title="Cartographe", audience=members)


def found(viewer):
    """What somebody finds by a word that stands in the position."""
    return [hit.text for hit in search.lines(viewer, query("cartographe"))]


def test_a_position_that_is_hidden_while_it_ends_is_found_by_nobody(alice, bob, position):
    assert found(bob) == ["Cartographe, Filao"]
    with transaction.atomic():
        actions.show_position(alice, position=position, audience=None)
        [other] = begun(partial(actions.end_position, alice, position=position, ends_on=ENDS))
    assert other.outcome is None
    assert (found(alice), found(bob)) == (["Cartographe, Filao"], [])
    assert [(own.held.ends_on, own.audience) for own in queries.mine(alice)] == [(ENDS, None)]


@pytest.mark.parametrize(
    "act",
    [
        lambda viewer, held: actions.end_position(viewer, position=held, ends_on=ENDS),
        lambda viewer, held: actions.show_position(viewer, position=held, audience=None),
        lambda viewer, held: actions.withdraw_position(viewer, position=held),
    ],
    ids=["ended", "shown", "withdrawn"],
)
def test_a_position_that_is_taken_back_meanwhile_is_not_found(alice, position, act):
    with transaction.atomic():
        actions.withdraw_position(alice, position=position)
        [other] = begun(partial(act, alice, position))
    assert isinstance(other.outcome, errors.NotFound)
    assert not Line.ledger.filter(about=position).exists()


def test_a_position_that_is_taken_back_while_it_ends_leaves_no_line(alice, position):
    with transaction.atomic():
        actions.end_position(alice, position=position, ends_on=ENDS)
        [other] = begun(partial(actions.withdraw_position, alice, position=position))
    assert other.outcome is None
    assert (queries.mine(alice), Line.ledger.filter(about=position).exists()) == ([], False)


def test_of_two_positions_stated_at_once_no_more_stand_than_there_may(alice, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    with transaction.atomic():
        actions.state_position(alice, organisation="Filao", audience=None)
        [other] = begun(partial(actions.state_position, alice, organisation="Lagon", audience=None))
    assert isinstance(other.outcome, errors.Refused)
    assert queries.employer_names(alice) == ["Filao"]
