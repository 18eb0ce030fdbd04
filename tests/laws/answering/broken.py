"""The product with one rule of seats taken out: each of these the histories must miss."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from entregent.circles import actions as circles
from entregent.meetups import due, seats, times, waitlist
from entregent.meetups.models import Rsvp
from entregent.notices import actions as notices

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


#: All but the last are missed within a few histories.
BROKEN: tuple[Broken, ...] = (
    a_seat_that_nobody_is_offered,
    an_offer_that_never_ends,
    an_offer_that_is_made_again,
    an_offer_that_takes_no_seat,
    last_come_first_served,
    half_an_hour_at_leisure,
    a_seat_that_is_kept_until_the_start,
    everybody_who_answers_has_a_seat,
    whoever_leaves_is_still_among_those_who_come,
    whoever_comes_back_stands_where_they_stood,
    an_offer_that_time_does_not_pass_on,
    twelve_hours_on_the_day_itself,
    whoever_leaves_is_still_told,
)


@contextmanager
def broken(how: Broken) -> Iterator[None]:
    """The product with one of these, within the block."""
    with pytest.MonkeyPatch.context() as patch:
        how(patch)
        yield


def _nothing(*_: Any, **__: Any) -> None:
    """Do not."""


def _uncounted(offer: Callable[..., None]) -> Callable[..., None]:
    def offered(meetup: Any, people: Any, until: Any) -> None:
        offer(meetup, people, until)
        if people:
            seats._count(meetup, -len(people))

    return offered


def _timeless(write: Callable[..., None]) -> Callable[..., None]:
    def written(meetup: Any, person: int, said: dict[str, Any]) -> None:
        write(meetup, person, {name: value for name, value in said.items() if name != "answered_at"})

    return written
