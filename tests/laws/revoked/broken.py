"""The product with something kept that should have been asked again: each of these the histories must notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from entregent.circles import actions as circles
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.market import queries as positions
from entregent.meetups import organising
from entregent.profiles import queries as profiles
from entregent.search import actions as search

Broken = Callable[[pytest.MonkeyPatch], None]


def a_place_that_is_never_taken_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(circles, "dismiss", _nothing)


def circles_as_they_were_when_the_browser_was_opened(patch: pytest.MonkeyPatch) -> None:
    for name in ("admit", "dismiss", "keep"):
        patch.setattr(circles, name, _nothing)


def staff_that_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(market, "keep_staff", _nothing)


def nobody_stands_with_a_house_that_they_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(market, "STANDING", timedelta(0))


def an_answer_taken_back_that_goes_on_counting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(market, "_keep_declared", _nothing)


def a_community_left_that_stays_around(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(circles, "take_out", _nothing)


def a_block_that_ends_later(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(discretion, "unblock", _nothing)


def a_shield_that_is_set_up_later(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(discretion, "shield", _nothing)


def evenings_that_stay_with_whoever_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(organising, "hand_on", _nothing)


def lines_that_are_written_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(search, "write", _nothing)


def lines_of_facts_that_are_gone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(search, "drop", _nothing)


def names_that_are_kept_for_a_viewer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(profiles, "_cards", _kept(profiles._cards))


def work_that_is_kept_for_a_viewer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(positions, "positions", _kept(positions.positions))


#: The first are noticed within a few histories.
BROKEN: tuple[Broken, ...] = (
    a_place_that_is_never_taken_back,
    circles_as_they_were_when_the_browser_was_opened,
    staff_that_is_not_kept,
    evenings_that_stay_with_whoever_left,
    lines_that_are_written_once,
    lines_of_facts_that_are_gone,
    names_that_are_kept_for_a_viewer,
    work_that_is_kept_for_a_viewer,
    an_answer_taken_back_that_goes_on_counting,
    nobody_stands_with_a_house_that_they_left,
    a_community_left_that_stays_around,
    a_block_that_ends_later,
    a_shield_that_is_set_up_later,
)


@contextmanager
def broken(how: Broken) -> Iterator[None]:
    """The product with one of these, within the block."""
    with pytest.MonkeyPatch.context() as patch:
        how(patch)
        yield


def _nothing(*_: Any, **__: Any) -> None:
    """Do not."""


def _kept(read: Callable[..., Any]) -> Callable[..., Any]:
    """A read that is made once for a viewer and whatever else it is asked."""
    known: dict[object, Any] = {}

    def kept(viewer: Viewer, *args: Any, **kwargs: Any) -> Any:
        key = repr((viewer, args, sorted(kwargs.items())))
        if key not in known:
            known[key] = read(viewer, *args, **kwargs)
        return known[key]

    return kept
