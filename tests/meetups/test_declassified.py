"""How many, never who: the band, one's own place, the organiser's list."""

from datetime import timedelta

import pytest

from entregent.common import chance, clock, errors
from entregent.meetups import actions, declassified, due, presences, queries
from tests.meetups.conftest import ENDS, STARTS, SUNDAY


def names(seats):
    return {seat.name for seat in seats.lines}


def test_the_band_is_counted_once_a_day_at_the_evening_s_own_midnight(bob, code, guest):
    for number in range(11):
        guest(code, f"Guest {number}")
    assert queries.evening(bob, code).band == (0, 9)
    assert due.refresh_bands(SUNDAY + timedelta(hours=11)) == 0
    assert queries.evening(bob, code).band == (0, 9)
    midnight_there = SUNDAY.replace(hour=20)
    assert (due.refresh_bands(midnight_there), due.refresh_bands(midnight_there)) == (1, 0)
    assert queries.evening(bob, code).band == (10, 19)


def test_an_organiser_turns_the_band_off(alice, bob, code):
    actions.edit(alice, code=code, shows_band=False)
    assert queries.evening(bob, code).band is None


def test_the_list_of_seats_is_for_organisers(bob, dana, anonymous, code, guest):
    guest(code)
    for viewer in (bob, dana, anonymous):
        with pytest.raises(errors.NotFound):
            declassified.seats(viewer, code)


def test_an_organiser_may_type_the_code_in_small_letters(alice, code):
    assert declassified.seats(alice, code.lower()) == declassified.Seats(0, 0, 0, 0, lines=())


def test_a_line_for_each_seat_has_a_name_where_the_organiser_sees_one(at_filao, alice, bob, charlie, code, guest):
    """Alice has not said where she works, so what is discreet does not reach her."""
    camille = guest(code)
    actions.answer(bob, code=code, discreet=True)
    actions.answer(charlie, code=code, discreet=False)
    seats = declassified.seats(alice, code)
    assert (seats.coming, seats.waiting, seats.came, seats.stayed_away) == (3, 0, 0, 0)
    assert {(seat.person, seat.name) for seat in seats.lines} == {(camille.me, "Camille"), (charlie.me, ""), (None, "")}


def test_aliases_are_drawn_anew_each_time_and_are_no_one_s_twice(alice, announce, guest):
    code = announce()
    for number in range(40):
        guest(code, f"Guest {number}")
    with chance.seeded("one"):
        first = declassified.seats(alice, code)
    with chance.seeded("two"):
        second = declassified.seats(alice, code)
    aliases = [[seat.alias for seat in seats.lines] for seats in (first, second)]
    assert len(set(aliases[0])) == len(set(aliases[1])) == 40
    assert aliases[0] != aliases[1]


def test_who_came_and_who_stayed_away_is_counted_once_it_is_over(alice, bob, charlie, dana, announce, guest):
    code = announce(capacity=2)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    with clock.at(STARTS):
        presences.arrive(bob, here=queries.evening(alice, code).here or "", seen=False)
        seats = declassified.seats(alice, code)
        assert (seats.coming, seats.waiting, seats.came, seats.stayed_away) == (2, 1, 1, 0)
    with clock.at(ENDS):
        assert declassified.seats(alice, code).stayed_away == 1


def test_circles_kept_again_hold_the_same_people(alice, bob, charlie, code):
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    actions.answer(charlie, code=code, answer="not_going")
    before = queries.coming(alice, code)
    actions.keep_circles(meetup=queries.evening(alice, code).key)
    assert queries.coming(alice, code) == before == [bob.me]
