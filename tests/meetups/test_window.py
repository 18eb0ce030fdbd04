"""From when and until when one answers an evening; whoever answered before is not disturbed by it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY
from entregent.mail import letters
from entregent.meetups import actions, due, queries, times
from entregent.meetups.models import Meetup
from entregent.notices.models import Notice
from tests.meetups.conftest import ENDS, STARTS, SUNDAY

#: Monday and Tuesday evening of the week before the evening.
OPENS, CLOSES = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=2)


def state(code, viewer=ANYBODY):
    return queries.evening(viewer, code).state


def standing(viewer, code):
    return queries.evening(viewer, code).my_answer


def test_an_evening_says_from_when_and_until_when_one_answers(announce, dana):
    code = announce(opens_at=OPENS, closes_at=CLOSES, capacity=1)
    one = queries.evening(ANYBODY, code)
    assert (one.state, one.opens_at, one.closes_at) == ("early", OPENS, CLOSES)
    with clock.at(OPENS):
        assert (state(code), actions.answer(dana, code=code), state(code)) == ("open", "going", "waiting")
    with clock.at(CLOSES):
        assert state(code) == "closed"
    with clock.at(ENDS):
        assert state(code) == "past"


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=1), CLOSES])
def test_nobody_newly_answers_outside_of_it_with_an_account_or_without(announce, dana, at):
    code = announce(opens_at=OPENS, closes_at=CLOSES)
    with clock.at(at):
        with pytest.raises(errors.Refused):
            actions.answer(dana, code=code)
        with pytest.raises(errors.Refused):
            actions.answer_as_guest(ANYBODY, code=code, name="Camille")
    assert (standing(dana, code), queries.coming(dana, code)) == ("", [])


@pytest.fixture
def full(announce, bob, charlie, dana):
    """The code of an evening with one seat, which Bob has; Charlie waits, then Dana. Answers close on Tuesday."""
    code = announce(capacity=1, closes_at=CLOSES)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    return code


def test_a_seat_is_given_back_offered_and_taken_after_answers_are_closed(full, bob, charlie, dana):
    with clock.at(CLOSES):
        assert actions.answer(bob, code=full, answer="not_going") == "not_going"
        assert [standing(viewer, full) for viewer in (charlie, dana)] == ["offered", "waiting"]
        assert queries.evening(charlie, full).takes
        with pytest.raises(errors.Refused):
            actions.answer(bob, code=full)
        assert actions.answer(charlie, code=full) == "going"
    with clock.at(CLOSES + times.AT_LEISURE):
        assert actions.answer(charlie, code=full, audience="me") == "going"


def test_an_offer_that_is_over_is_no_seat_to_take_once_answers_are_closed(announce, alice, bob, charlie):
    code = announce(capacity=1, closes_at=CLOSES)
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    actions.answer(bob, code=code, answer="not_going")
    actions.edit(alice, code=code, capacity=3)
    with clock.at(CLOSES):
        with pytest.raises(errors.Refused):
            actions.answer(charlie, code=code)
        due.end_offers(clock.now())
        assert (standing(charlie, code), Meetup.ledger.get(code=code).taken) == ("lapsed", 0)


def test_shortly_before_the_start_whoever_waits_still_taps_for_a_free_seat(full, alice, bob, charlie, dana):
    with clock.at(STARTS - timedelta(hours=1)):
        actions.answer(bob, code=full, answer="not_going")
        assert [queries.evening(viewer, full).takes for viewer in (alice, bob, dana)] == [False, False, True]
        with pytest.raises(errors.Refused):
            actions.answer(alice, code=full)
        assert actions.answer(dana, code=full) == "going"
        assert (queries.evening(charlie, full).takes, state(full)) == (False, "closed")


def test_whoever_answered_is_left_alone_when_the_hours_change(announce, alice, bob):
    code = announce()
    actions.answer(bob, code=code)
    before = set(Notice.objects.values_list("recipient", "kind"))
    actions.edit(alice, code=code, opens_at=OPENS, closes_at=CLOSES)
    assert (standing(bob, code), state(code)) == ("going", "early")
    assert set(Notice.objects.values_list("recipient", "kind")) == before
    actions.edit(alice, code=code, opens_at=None)
    assert (state(code), queries.evening(alice, code).closes_at) == ("open", CLOSES)


def test_whoever_comes_is_reminded_although_answers_are_closed(announce, bob):
    code = announce(closes_at=CLOSES)
    actions.answer(bob, code=code)
    with clock.at(CLOSES):
        letter = letters.letter(bob.me, "reminder", queries.evening(bob, code).uid)
    assert letter is not None


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("opens_at", {"opens_at": ENDS}),
        ("closes_at", {"closes_at": ENDS + timedelta(minutes=1)}),
        ("closes_at", {"opens_at": CLOSES, "closes_at": OPENS}),
        ("closes_at", {"opens_at": OPENS, "closes_at": OPENS}),
    ],
)
def test_answers_open_before_they_close_and_close_with_the_evening(announce, alice, code, field, said):
    with pytest.raises(errors.Invalid) as raised:
        announce(**said)
    assert raised.value.field == field
    with pytest.raises(errors.Invalid):
        actions.edit(alice, code=code, **said)


def test_an_evening_that_is_moved_before_its_answers_close_says_so(announce, alice):
    code = announce(closes_at=STARTS)
    with pytest.raises(errors.Invalid) as raised:
        actions.edit(alice, code=code, starts_at=OPENS, ends_at=OPENS + timedelta(hours=3))
    assert raised.value.field == "closes_at"


def test_no_evening_is_kept_whose_answers_close_before_they_open(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meetup.ledger.filter(code=code).update(opens_at=CLOSES, closes_at=OPENS)
