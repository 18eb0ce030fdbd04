"""People whom somebody brings: a party is seated whole or waits whole, and each who is brought takes a seat."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY
from entregent.exchange import copies
from entregent.meetups import actions, declassified, due, queries, times
from entregent.meetups.models import Meetup, Rsvp
from entregent.notices.models import Notice
from entregent.people import queries as people
from tests.meetups.conftest import STARTS, SUNDAY
from tests.meetups.test_answer import told


def come(viewer, code, guests=None, **terms):
    return actions.answer(viewer, code=code, guests=guests, **terms)


def standing(viewer, code):
    """Where somebody stands, with how many, whether one tap takes a seat, and how many are free for them."""
    one = queries.evening(viewer, code)
    return one.my_answer, one.my_guests, one.takes, one.within_reach


def room(code):
    """D1: whether it is full, and how many may newly come together."""
    one = queries.evening(ANYBODY, code)
    return one.state, one.room


def taken(code):
    return Meetup.ledger.values_list("taken", flat=True).get(code=code)


def test_nobody_is_brought_where_the_evening_does_not_let_one(code, bob):
    assert queries.evening(bob, code).guests == 0
    with pytest.raises(errors.Invalid) as raised:
        come(bob, code, 1)
    assert (raised.value.field, Rsvp.ledger.count()) == ("guests", 0)


@pytest.mark.parametrize("guests", [-1, 6])
def test_an_evening_lets_bring_five_people_at_most(announce, guests):
    with pytest.raises(errors.Invalid) as raised:
        announce(guests=guests)
    assert raised.value.field == "guests"


def test_each_who_is_brought_takes_a_seat(announce, bob, charlie):
    code = announce(capacity=4, guests=2)
    assert room(code) == ("open", 3)
    assert come(bob, code, 2) == "going"
    assert (taken(code), room(code), standing(bob, code)) == (3, ("open", 1), ("going", 2, False, 0))
    assert come(charlie, code) == "going"
    assert (taken(code), room(code)) == (4, ("waiting", 0))
    assert list(copies.seats(print)) == []


def test_without_a_limit_of_seats_there_is_always_room(announce, bob):
    code = announce(guests=2)
    assert (room(code), come(bob, code, 2), room(code), taken(code)) == (("open", None), "going", ("open", None), 3)


def test_somebody_without_account_brings_people_too(announce, alice):
    code = announce(capacity=3, guests=2)
    assert actions.answer_as_guest(ANYBODY, code=code, name="Camille", guests=2).outcome == "going"
    assert actions.answer_as_guest(ANYBODY, code=code, name="Rose", guests=1).outcome == "waiting"
    seats = declassified.seats(alice, code)
    assert (seats.coming, seats.waiting) == (3, 2)
    assert sorted((seat.name, seat.brought) for seat in seats.lines) == [
        ("Camille", False),
        ("Camille", True),
        ("Camille", True),
    ]


def test_a_party_that_does_not_fit_waits_whole_and_is_not_overtaken(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    assert [come(bob, code), come(charlie, code, 1), come(dana, code)] == ["going", "waiting", "waiting"]
    assert (taken(code), room(code)) == (1, ("waiting", 0))
    assert [standing(viewer, code) for viewer in (charlie, dana)] == [
        ("waiting", 1, False, 1),
        ("waiting", 0, False, 0),
    ]


def test_seats_are_offered_to_a_party_once_all_of_them_are_free(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 0), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    actions.answer(bob, code=code, answer="not_going")
    assert [standing(viewer, code)[:3] for viewer in (charlie, dana)] == [("offered", 1, True), ("waiting", 0, False)]
    assert (taken(code), come(charlie, code), taken(code)) == (2, "going", 2)


def test_whoever_waits_first_comes_with_fewer_and_is_offered_what_is_free(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 0), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    assert come(charlie, code, 0) == "offered"
    assert (standing(charlie, code), told(charlie)) == (("offered", 0, True, 0), {"offered"})
    assert (taken(code), standing(dana, code)[0]) == (2, "waiting")


def test_what_was_kept_for_a_party_is_offered_on_once_it_waits_no_more(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 0), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    actions.answer(charlie, code=code, answer="not_going")
    assert (standing(dana, code)[0], told(dana), taken(code)) == ("offered", {"offered"}, 2)


def test_what_was_kept_for_a_party_is_offered_on_once_its_person_is_erased(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 0), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    actions.erase(charlie.me)
    assert (standing(dana, code)[0], taken(code)) == ("offered", 2)


def test_giving_one_of_two_seats_back_offers_it_on(announce, bob, charlie):
    code = announce(capacity=2, guests=1)
    come(bob, code, 1)
    come(charlie, code)
    assert come(bob, code, 0) == "going"
    assert [standing(viewer, code)[:2] for viewer in (bob, charlie)] == [("going", 0), ("offered", 0)]
    assert (taken(code), told(charlie)) == (2, {"offered"})


def test_whoever_comes_brings_more_while_there_is_room_and_keeps_the_seat_where_there_is_not(announce, bob, charlie):
    code = announce(capacity=3, guests=2)
    come(bob, code)
    assert (come(bob, code, 1), taken(code)) == ("going", 2)
    come(charlie, code)
    with pytest.raises(errors.Refused):
        come(bob, code, 2)
    assert (standing(bob, code)[:2], taken(code)) == (("going", 1), 3)


def test_whoever_comes_does_not_bring_somebody_into_a_seat_that_is_kept_for_a_party(announce, bob, charlie):
    code = announce(capacity=2, guests=1)
    come(bob, code)
    come(charlie, code, 1)
    with pytest.raises(errors.Refused):
        come(bob, code, 1)
    assert taken(code) == 1


def test_whoever_is_offered_seats_takes_fewer_and_the_rest_goes_on(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 1), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    actions.answer(bob, code=code, answer="not_going")
    assert (standing(charlie, code)[0], come(charlie, code, 0)) == ("offered", "going")
    assert (standing(dana, code)[0], taken(code)) == ("offered", 2)


def test_seats_that_a_party_did_not_take_are_offered_on_and_it_asks_anew(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 1), (charlie, 1), (dana, 1)):
        come(viewer, code, guests)
    actions.answer(bob, code=code, answer="not_going")
    over = SUNDAY + times.AT_LEISURE
    with clock.at(over):
        due.end_offers(over)
        assert [standing(viewer, code)[:2] for viewer in (charlie, dana)] == [("lapsed", 0), ("offered", 1)]
        assert (come(charlie, code), standing(charlie, code)[:2], taken(code)) == ("waiting", ("waiting", 0), 2)


def test_an_offer_that_is_over_is_passed_on_before_its_owner_asks_again(announce, bob, charlie, dana):
    code = announce(capacity=3, guests=1)
    for viewer, guests in ((bob, 1), (charlie, 1)):
        come(viewer, code, guests)
    actions.answer(bob, code=code, answer="not_going")
    with clock.at(SUNDAY + times.AT_LEISURE):
        assert (come(charlie, code, 0), taken(code)) == ("going", 1)


def test_an_offer_that_is_over_is_over_for_those_whom_one_brings_before_it_is_passed_on(announce, bob, charlie):
    code = announce(capacity=3, guests=1)
    for viewer in (bob, charlie):
        come(viewer, code, 1)
    actions.answer(bob, code=code, answer="not_going")
    with clock.at(SUNDAY + times.AT_LEISURE):
        assert standing(charlie, code) == ("lapsed", 0, False, 0)
        assert (come(charlie, code), standing(charlie, code)[1], taken(code)) == ("going", 0, 1)


def test_a_party_larger_than_the_room_is_taken_by_no_list_and_passed_by_on_one(announce, alice, bob, charlie, dana):
    code = announce(capacity=3, guests=3)
    with pytest.raises(errors.Invalid) as raised:
        come(bob, code, 3)
    assert raised.value.field == "guests"
    come(bob, code)
    come(charlie, code, 2)
    come(dana, code)
    actions.edit(alice, code=code, capacity=2)
    assert [standing(viewer, code)[0] for viewer in (charlie, dana)] == ["waiting", "offered"]


def test_shortly_before_the_start_the_first_party_that_fits_has_the_seats(announce, bob, charlie, dana):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 0), (charlie, 1), (dana, 0)):
        come(viewer, code, guests)
    with clock.at(STARTS - timedelta(hours=1)):
        assert room(code) == ("open", 1)
        assert [standing(viewer, code) for viewer in (charlie, dana)] == [
            ("waiting", 1, False, 1),
            ("waiting", 0, True, 1),
        ]
        assert (come(charlie, code), come(dana, code), taken(code)) == ("waiting", "going", 2)
        actions.answer(bob, code=code, answer="not_going")
        assert [told(viewer) & {"free"} for viewer in (charlie, dana)] == [set(), set()]
        actions.answer(dana, code=code, answer="not_going")
        assert (told(charlie), come(charlie, code), taken(code)) == ({"free"}, "going", 2)


def test_shortly_before_the_start_nobody_is_told_again_of_a_seat_that_others_do_not_fit_in(
    announce, bob, charlie, dana
):
    code = announce(capacity=2, guests=1)
    for viewer, guests in ((bob, 1), (dana, 0)):
        come(viewer, code, guests)
    with clock.at(STARTS - timedelta(hours=1)):
        come(bob, code, 0)
        assert told(dana) == {"free"}
        Notice.objects.update(sent_at=clock.now())
        assert [come(charlie, code, 1), told(dana)] == ["waiting", {"free"}]
        assert list(Notice.objects.filter(recipient=dana.me, sent_at=None)) == []


def test_where_seats_have_no_limit_any_more_whole_parties_come(announce, alice, bob, charlie):
    code = announce(capacity=1, guests=2)
    come(bob, code)
    actions.edit(alice, code=code, capacity=4)
    come(charlie, code, 2)
    actions.edit(alice, code=code, guests=0, capacity=None)
    assert (standing(charlie, code)[:2], taken(code)) == (("going", 2), 4)


def test_whoever_brought_people_keeps_their_seats_when_the_evening_lets_bring_fewer(announce, alice, bob):
    code = announce(guests=2)
    come(bob, code, 2)
    actions.edit(alice, code=code, guests=1)
    assert (come(bob, code, audience="me"), standing(bob, code)[:2], taken(code)) == ("going", ("going", 2), 3)
    come(bob, code, 1)
    with pytest.raises(errors.Invalid):
        come(bob, code, 2)


def test_seats_of_whom_one_brought_go_back_with_ones_own(announce, bob):
    code = announce(guests=2)
    come(bob, code, 2)
    actions.answer(bob, code=code, answer="not_going")
    assert (taken(code), standing(bob, code)[:2]) == (0, ("not_going", 0))
    assert (come(bob, code), taken(code)) == ("going", 1)


def test_whoever_turns_out_to_be_a_member_keeps_those_whom_they_bring(announce, bob):
    code = announce(guests=2)
    guest = actions.answer_as_guest(ANYBODY, code=code, name="Camille", guests=2)
    held = people.holder_of(secret=guest.secret)
    assert held is not None
    actions.adopt(guest=held, person=bob.me)
    assert (standing(bob, code)[:2], taken(code)) == (("going", 2), 3)


def test_the_band_counts_everybody_who_comes_and_the_organiser_each_seat(announce, alice, bob, charlie, dana):
    code = announce(guests=5)
    come(bob, code, 5, audience="organisers", discreet=False)
    come(charlie, code, 3, audience="me")
    tomorrow = SUNDAY + timedelta(days=1)
    with clock.at(tomorrow):
        due.refresh_bands(tomorrow)
        assert queries.evening(dana, code).band == (10, 19)
    seats = declassified.seats(alice, code)
    assert (seats.coming, len(seats.lines), len({seat.alias for seat in seats.lines})) == (10, 10, 10)
    assert sorted((seat.person or 0, seat.brought) for seat in seats.lines) == [
        *[(0, False)] * 4,
        (bob.me, False),
        *[(bob.me, True)] * 5,
    ]


def test_the_constraint_refuses_a_party_that_no_count_saw(announce, bob):
    code = announce(capacity=2, guests=1)
    come(bob, code, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meetup.ledger.filter(code=code).update(taken=3)
