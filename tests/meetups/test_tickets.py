"""A ticket: one for each seat, the same until it is given back, nobody else's."""

from datetime import timedelta

import pytest

from entregent.common import clock, errors
from entregent.meetups import actions, queries
from entregent.meetups.times import DOORS_CLOSE
from tests.meetups.conftest import ENDS, SUNDAY


def codes(viewers, code):
    return [queries.ticket(viewer, code).code for viewer in viewers]


def test_whoever_has_a_seat_has_a_ticket_of_their_own(bob, charlie, guest, code):
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    holders = (bob, charlie, guest(code))
    first = codes(holders, code)
    assert (len(set(first)), codes(holders, code)) == (3, first)
    assert queries.ticket(bob, code).until == ENDS + DOORS_CLOSE


def test_whoever_has_no_seat_has_no_ticket(bob, charlie, dana, anonymous, announce):
    code = announce(capacity=1)
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    for viewer in (charlie, dana, anonymous):
        with pytest.raises(errors.NotFound):
            queries.ticket(viewer, code)


def test_a_ticket_ends_with_the_answer_and_is_another_one_afterwards(bob, code):
    actions.answer(bob, code=code)
    before = queries.ticket(bob, code).code
    actions.answer(bob, code=code, answer="not_going")
    with pytest.raises(errors.NotFound):
        queries.ticket(bob, code)
    with clock.at(SUNDAY + timedelta(hours=1)):
        actions.answer(bob, code=code)
        assert queries.ticket(bob, code).code != before


def test_saying_again_who_sees_an_answer_keeps_the_ticket(bob, code):
    actions.answer(bob, code=code)
    before = queries.ticket(bob, code).code
    with clock.at(SUNDAY + timedelta(hours=1)):
        actions.answer(bob, code=code, audience="organisers")
        assert queries.ticket(bob, code).code == before


def test_a_ticket_is_there_until_the_doors_close_and_not_where_the_evening_is_called_off(alice, bob, code):
    actions.answer(bob, code=code)
    for moment, there in ((ENDS + DOORS_CLOSE - timedelta(seconds=1), True), (ENDS + DOORS_CLOSE, False)):
        with clock.at(moment):
            assert bool(_ticket(bob, code)) == there
    actions.cancel(alice, code=code)
    assert _ticket(bob, code) is None


def _ticket(viewer, code):
    try:
        return queries.ticket(viewer, code)
    except errors.NotFound:
        return None


def test_a_guest_who_turns_out_to_be_a_member_keeps_the_ticket(bob, guest, code):
    camille = guest(code)
    before = queries.ticket(camille, code)
    actions.adopt(guest=camille.me, person=bob.me)
    assert queries.ticket(bob, code) == before
