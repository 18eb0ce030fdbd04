"""The product with one rule of seats taken out: each of these the histories must miss."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from entregent.circles import actions as circles
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, actions, admissions, declassified, due, seats, series, tickets, times, waitlist
from entregent.meetups.models import Meetup, Rsvp
from entregent.meetups.shown import Entry
from entregent.notices import actions as notices
from tests.laws.answering import stage

Broken = Callable[[pytest.MonkeyPatch], None]


def a_seat_that_nobody_is_offered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "fill", _nothing)


def an_offer_that_never_ends(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "_end_offers", _nothing)


def an_offer_that_time_does_not_pass_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(due, "end_offers", lambda _now: 0)


def an_offer_that_is_made_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "LAPSED", Rsvp.Answer.WAITING)


def last_come_first_served(patch: pytest.MonkeyPatch) -> None:
    def last(queue: Any, taken: int, seats: int | None) -> list[Any]:
        return [person for person, _party in queue[::-1][: waitlist.free(taken, seats)]]

    patch.setattr(waitlist, "first", last)


def an_offer_that_takes_no_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "_offer", _uncounted(seats._offer))


def half_an_hour_at_leisure(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(times, "AT_LEISURE", times.IN_HASTE)


def twelve_hours_on_the_day_itself(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(times, "IN_HASTE", times.AT_LEISURE)


def a_seat_that_is_kept_until_the_start(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(times, "FIRST_TAP", timedelta(0))


def everybody_who_answers_has_a_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "_fits", lambda _meetup, _seats: True)


def whoever_comes_back_stands_where_they_stood(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "_write", _timeless(seats._write))


def whoever_leaves_is_still_among_those_who_come(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(circles, "dismiss", _nothing)


def whoever_leaves_is_still_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "untell", _nothing)


def news_that_a_guest_does_not_take_along(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "hand_over", _nothing)


def a_visitor_who_keeps_the_seat_that_was_given_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "release", lambda _meetup, _people: [])


def a_seat_of_a_visitor_that_is_offered_to_nobody(patch: pytest.MonkeyPatch) -> None:
    catch_up = seats._catch_up
    patch.setattr(seats, "_catch_up", lambda meetup, **_: catch_up(meetup))


def a_party_that_is_overtaken(patch: pytest.MonkeyPatch) -> None:
    def fits(queue: Any, taken: int, seats: int | None) -> list[Any]:
        return [person for person, party in queue if seats is None or party <= seats - taken][:1]

    patch.setattr(waitlist, "first", fits)


def a_party_that_keeps_the_seats_it_no_longer_waits_for(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "leave", _unless_waiting(seats.leave))


def answers_at_any_hour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "_in_time", _nothing)


def answers_that_are_closed_for_whoever_has_a_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seats, "hopes", lambda _meetup, _person: False)


def a_change_to_what_was_said_otherwise(patch: pytest.MonkeyPatch) -> None:
    alike = series.alike
    patch.setattr(series, "alike", lambda meetup, other, new, _everywhere: alike(meetup, other, new, True))


def a_series_whose_end_ends_what_goes_on(patch: pytest.MonkeyPatch) -> None:
    def all_of_it(_actor: Any, uid: Any) -> list[Meetup]:
        return list(Meetup.ledger.filter(series__uid=uid, cancelled_at=None))

    patch.setattr(series, "to_come", all_of_it)


def a_ticket_that_outlives_its_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(declassified, "standing", _as_if_going(declassified.standing))


def a_ticket_that_is_the_same_when_one_answers_again(patch: pytest.MonkeyPatch) -> None:
    code, once = tickets.code, stage.NOW
    patch.setattr(tickets, "code", lambda secret, seat, _since: code(secret, seat, once))


def a_ticket_of_another_evening(patch: pytest.MonkeyPatch) -> None:
    def anywhere(_meetup: Meetup, ticket: str) -> Rsvp | None:
        secret, rows = settings.SECRET_KEY, Rsvp.ledger.all()
        return next((row for row in rows if tickets.code(secret, row.uid, row.answered_at) == ticket), None)

    patch.setattr(declassified, "holder", anywhere)


def a_door_that_counts_twice_what_is_sent_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(admissions, "_noted", _nothing)


def a_door_at_any_hour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(times, "list_is_open", lambda *_: True)


def a_door_that_takes_the_other_one_for_itself(patch: pytest.MonkeyPatch) -> None:
    entry = declassified.entry
    patch.setattr(declassified, "entry", lambda row, _door, outcome="in": entry(row, row.door, outcome))


def an_entry_that_is_not_taken_back(patch: pytest.MonkeyPatch) -> None:
    def kept(actor: Viewer, *, code: str, **_: Any) -> None:
        access.at_the_door(actor, code, None)

    patch.setattr(admissions, "let_out", kept)


#: Each with the number of the first history of seed 0 that misses it, from which on histories are tried.
BROKEN: dict[Broken, int] = {
    a_seat_that_nobody_is_offered: 4,
    an_offer_that_never_ends: 6,
    an_offer_that_is_made_again: 6,
    an_offer_that_takes_no_seat: 6,
    last_come_first_served: 24,
    half_an_hour_at_leisure: 8,
    a_seat_that_is_kept_until_the_start: 4,
    everybody_who_answers_has_a_seat: 1,
    whoever_leaves_is_still_among_those_who_come: 0,
    whoever_comes_back_stands_where_they_stood: 2,
    an_offer_that_time_does_not_pass_on: 6,
    twelve_hours_on_the_day_itself: 6,
    whoever_leaves_is_still_told: 0,
    news_that_a_guest_does_not_take_along: 27,
    a_visitor_who_keeps_the_seat_that_was_given_back: 28,
    a_seat_of_a_visitor_that_is_offered_to_nobody: 290,
    a_party_that_is_overtaken: 8,
    a_party_that_keeps_the_seats_it_no_longer_waits_for: 35,
    answers_at_any_hour: 5,
    answers_that_are_closed_for_whoever_has_a_seat: 0,
    a_change_to_what_was_said_otherwise: 14,
    a_series_whose_end_ends_what_goes_on: 30,
    a_ticket_that_outlives_its_seat: 20,
    a_ticket_that_is_the_same_when_one_answers_again: 4,
    a_ticket_of_another_evening: 0,
    a_door_that_counts_twice_what_is_sent_again: 12,
    a_door_that_takes_the_other_one_for_itself: 0,
    an_entry_that_is_not_taken_back: 4,
    a_door_at_any_hour: 12,
}


@contextmanager
def broken(how: Broken) -> Iterator[None]:
    """The product with one of these, within the block."""
    with pytest.MonkeyPatch.context() as patch:
        how(patch)
        yield


def _nothing(*_: Any, **__: Any) -> None:
    """Do not."""


def _unless_waiting(leave: Callable[..., None]) -> Callable[..., None]:
    def left(meetup: Meetup, person: int) -> None:
        waiting = Rsvp.ledger.filter(meetup=meetup, owner=person, answer=Rsvp.Answer.WAITING)
        waiting.update(answer=Rsvp.Answer.NOT_GOING)
        leave(meetup, person)

    return left


def _as_if_going(standing: Callable[..., Entry]) -> Callable[..., Entry]:
    def stood(seat: Rsvp | None, door: str = "") -> Entry:
        found = standing(seat, door)
        return Entry("in") if found.outcome == "given_back" else found

    return stood


def _uncounted(offer: Callable[..., None]) -> Callable[..., None]:
    def offered(meetup: Any, people: Any, until: Any) -> None:
        offer(meetup, people, until)
        rows = Rsvp.ledger.filter(meetup=meetup, owner__in=people)
        seats._count(meetup, -sum(1 + guests for guests in rows.values_list("guests", flat=True)))

    return offered


def _timeless(write: Callable[..., None]) -> Callable[..., None]:
    def written(meetup: Any, person: int, said: dict[str, Any]) -> None:
        write(meetup, person, {name: value for name, value in said.items() if name != "answered_at"})

    return written
