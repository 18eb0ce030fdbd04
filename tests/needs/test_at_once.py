"""Two acts of one person on what they look for, in the same moment: no more hold than may, and what is gone is."""

from functools import partial

import pytest
from django.db import transaction

from entregent.common import errors
from entregent.needs import actions, queries
from entregent.search.models import Line
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]

#: How one that has ended, or a new one, comes to hold.
HOLDING = {
    "stated": lambda viewer, _ended: actions.state(viewer, text="Une salle"),
    "edited": lambda viewer, ended: actions.edit(viewer, need=ended, text="Une salle"),
    "renewed": lambda viewer, ended: actions.renew(viewer, need=ended, until=None),
}


@pytest.mark.parametrize("act", HOLDING)
def test_of_two_that_would_hold_at_once_the_last_place_is_taken_by_one(alice, monkeypatch, act):
    monkeypatch.setattr(actions, "MOST", 1)
    ended = actions.state(alice, text="Une salle")
    actions.close(alice, need=ended)
    with transaction.atomic():
        actions.state(alice, text="Un projecteur")
        [other] = begun(partial(HOLDING[act], alice, ended))
    assert isinstance(other.outcome, errors.Refused)
    assert [own.said.text for own in queries.mine(alice) if own.until is None] == ["Un projecteur"]


def test_a_need_that_is_kept_for_fewer_while_it_ends_is_found_by_nobody(alice, members):
    need = actions.state(alice, text="Une salle", audience=members)
    with transaction.atomic():
        actions.edit(alice, need=need, text="Une salle", audience=None)
        [other] = begun(partial(actions.close, alice, need=need))
    assert other.outcome is None
    assert [(line.audience_id, line.until is None) for line in Line.ledger.filter(about=need)] == [(None, False)]


def test_a_need_that_is_taken_back_while_it_is_changed_is_not_found(alice, members):
    need = actions.state(alice, text="Une salle", audience=members)
    with transaction.atomic():
        actions.withdraw(alice, need=need)
        [other] = begun(partial(actions.edit, alice, need=need, text="Deux salles"))
    assert isinstance(other.outcome, errors.NotFound)
    assert not Line.ledger.filter(about=need).exists()
