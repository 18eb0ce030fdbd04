"""The product with something kept that should have been asked again: each of these the histories must notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from entregent.cards import actions as cards
from entregent.circles import actions as circles
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.market import queries as positions
from entregent.meetups import albums, declassified, feeds, organising, questions
from entregent.profiles import queries as profiles
from entregent.recall import kept as recall
from entregent.search import actions as search
from entregent.writing import queries as words
from tests.laws.revoked import drawn, drawn_cards, drawn_hosting, drawn_own, drawn_words
from tests.laws.revoked.drawn import Act

Broken = Callable[[pytest.MonkeyPatch], None]


def a_place_that_is_never_taken_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(circles, "dismiss", _nothing)


def circles_as_they_were_when_the_browser_was_opened(patch: pytest.MonkeyPatch) -> None:
    for name in ("admit", "dismiss", "keep"):
        patch.setattr(circles, name, _nothing)


def staff_that_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(market, "keep_staff", _nothing)


def nobody_stands_with_a_house_that_they_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(positions, "STANDING", timedelta(0))


def an_answer_taken_back_that_goes_on_counting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(market, "_keep_declared", _nothing)


def a_community_left_that_stays_around(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(circles, "surround", _nothing)


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


def words_that_are_kept_without_their_viewer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(words, "got", _common(words.got))


def a_card_withdrawn_that_goes_on_counting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cards, "keep_connections", _nothing)


def news_that_is_worked_out_for_everybody_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recall, "answers", _common(recall.answers))


def somebody_who_helped_and_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(organising, "dismiss", _nothing)


def a_picture_that_is_kept_without_its_viewer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(albums, "picture", _common(albums.picture))


def a_door_with_the_list_of_an_hour_ago(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(declassified, "door", _kept(declassified.door))


def an_address_that_calendars_go_on_reading(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(feeds, "close_feed", _nothing)


def a_choice_that_outlives_its_answer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(questions, "withdraw", _nothing)


#: What is broken, and the acts by which it would show: histories have more of these. The first are noticed soon.
BROKEN: dict[Broken, tuple[Act, ...]] = {
    a_place_that_is_never_taken_back: (drawn.takes_out, drawn.goes_out),
    circles_as_they_were_when_the_browser_was_opened: (),
    staff_that_is_not_kept: (drawn.works, drawn.changes_employer),
    evenings_that_stay_with_whoever_left: (drawn.goes_out,),
    lines_that_are_written_once: (),
    lines_of_facts_that_are_gone: (drawn.needs_no_longer, drawn.never_worked_there),
    names_that_are_kept_for_a_viewer: (drawn.is_called,),
    work_that_is_kept_for_a_viewer: (drawn.works, drawn.shows_work),
    an_answer_taken_back_that_goes_on_counting: (drawn.never_worked_there,),
    nobody_stands_with_a_house_that_they_left: (drawn.works_there_no_longer, drawn.changes_employer),
    a_community_left_that_stays_around: (drawn.goes_out, drawn.is_called),
    a_block_that_ends_later: (drawn.blocks, drawn.unblocks),
    a_shield_that_is_set_up_later: (drawn.shields,),
    words_that_are_kept_without_their_viewer: (drawn_words.writes, drawn_words.words_go),
    a_card_withdrawn_that_goes_on_counting: (drawn_cards.exchanges, drawn_cards.takes_a_card_back),
    news_that_is_worked_out_for_everybody_at_once: (drawn_own.keeps_a_need, drawn_own.looks_who_answers),
    somebody_who_helped_and_stays: (drawn_hosting.helps_out, drawn_hosting.stands_down, drawn_hosting.is_thanked),
    a_picture_that_is_kept_without_its_viewer: (drawn_hosting.adds_a_picture, drawn_hosting.wants_off_a_picture),
    a_door_with_the_list_of_an_hour_ago: (drawn_hosting.lets_somebody_in,),
    an_address_that_calendars_go_on_reading: (drawn_own.lets_no_calendar_read,),
    a_choice_that_outlives_its_answer: (drawn.comes_no_longer, drawn_hosting.chooses),
}


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


def _common(read: Callable[..., Any]) -> Callable[..., Any]:
    """A read that is made once for everybody."""
    known: dict[object, Any] = {}

    def common(viewer: Viewer, *args: Any) -> Any:
        if args not in known:
            known[args] = read(viewer, *args)
        return known[args]

    return common
