"""As many statements whoever waits, is offered a seat or comes, where one and the same comes of it for the actor."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.meetups import actions
from entregent.meetups.models import Meetup, Rsvp
from tests.cast import member
from tests.meetups.conftest import SUNDAY


def answers(code):
    """Where everybody stands, the first one first."""
    return list(Rsvp.ledger.filter(meetup__code=code).order_by("answered_at", "pk").values_list("answer", flat=True))


def come(code, *names, **said):
    for name in names:
        actions.answer(member(f"{code}-{name}"), code=code, audience="me", discreet=False, **said)


def statements(act, *given, **said):
    with CaptureQueriesContext(connection) as context:
        act(*given, **said)
    return len(context)


def test_answering_a_full_evening_costs_as_much_where_somebody_let_an_offer_pass(announce, bob, dana):
    passed, kept = announce(capacity=1), announce(capacity=1)
    for code in (passed, kept):
        actions.answer(bob, code=code, audience="me", discreet=False)
        come(code, "first")
    actions.answer(bob, code=passed, answer="not_going")
    come(passed, "second")
    actions.answer(dana, code=announce(), audience="me", discreet=False)  # terms are kept from the first time on
    with clock.at(SUNDAY + timedelta(hours=13)):
        costs = [statements(actions.answer, dana, code=code, audience="me", discreet=False) for code in (kept, passed)]
    assert answers(passed) == ["not_going", "lapsed", "offered", "waiting"]
    assert (answers(kept), costs[0]) == (["going", "waiting", "waiting"], costs[1])


@pytest.mark.parametrize("waiting", [(), ("first",), ("first", "second")])
def test_taking_the_limit_of_seats_away_costs_as_much_whoever_waits(announce, alice, waiting):
    code, empty = announce(capacity=1), announce(capacity=1)
    come(code, "there", *waiting)
    costs = [statements(actions.edit, alice, code=one, capacity=None) for one in (empty, code)]
    assert (set(answers(code)), costs[0]) == ({"going"}, costs[1])
    assert Meetup.ledger.get(code=code).taken == 1 + len(waiting)
