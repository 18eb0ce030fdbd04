"""What is told on purpose is told, and no more: other people, other numbers in the same band, one answer to each role.

That D1, D2 and D5 are the functions that they are said to be is tested in `tests/meetups/test_told.py`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from math import exp
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.test import Client

from entregent.common import chance, clock
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import declassified, due, presences
from entregent.meetups import queries as evenings
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.ties import queries as ties
from tests import cast
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser

pytestmark = pytest.mark.django_db

CROWD = [f"Guest{number:02}" for number in range(16)]
#: Pages that say something about an evening, or might.
PAGES = (
    *("/", "/ce-soir/", "/carnet/", "/moi/", "/c/{slug}/", "/s/{code}/", "/s/{code}/salle/", "/s/{code}/apercu.png"),
    *("/s/{code}/organiser/", "/s/{code}/affiche/", "/s/{code}/modifier/", "/p/{one}/", "/p/{one}/chemins/"),
)
#: Drawn for each request, and nobody's doing.
TOKENS = re.compile(rb'(?:name="csrfmiddlewaretoken" value|nonce)="[^"]+"')

T = TypeVar("T")
Answer = dict[tuple[str, str], tuple[int, bytes]]


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def crowd(community, members):
    """Members of the community, each by a name that everybody in it sees."""
    found = []
    for name in CROWD:
        viewer = cast.member(name.lower())
        communities.join(viewer, slug=community)
        profiles.call_me(viewer, text=name, audience=members)
        found.append(viewer)
    return found


@pytest.fixture
def code(alice, community, crowd):
    """An evening of fourteen seats, to which nobody has answered."""
    return meetups.announce(
        alice, community=community, title="Apéro 48", place="Chez Zélie", starts_at=STARTS, ends_at=ENDS, capacity=14
    )


@pytest.fixture
def roles(alice, bob, charlie, dana, code):
    """A visitor, a stranger, a member, somebody in the room, a colleague of those who hide, and who organises."""
    for viewer in (bob, alice):
        market.say_situation(viewer, answer="own")
    market.state_position(charlie, organisation="Filao", audience=None)
    with clock.at(STARTS - timedelta(hours=2)):
        presences.arrive(bob, here=evenings.evening(alice, code).here or "", seen=False, discreet=False)
    said = {"visitor": Client(), "stranger": browser.of(dana), "colleague": browser.of(charlie)}
    return {**said, "present": browser.of(bob), "organiser": browser.of(alice)}


@contextmanager
def world() -> Iterator[None]:
    """Whatever happens in the block has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(client: Client, code: str, crowd: list[Viewer], slug: str) -> Answer:
    """What a browser obtains; aliases are drawn alike."""
    names = {"code": code, "slug": slug, "one": people.uid_of(person=crowd[0].me)}
    asked = [(page, "fr") for page in PAGES] + [("/s/{code}/", "en"), ("/s/{code}/organiser/", "en")]
    found: Answer = {}
    for page, language in asked:
        with chance.seeded("aliases"):
            got = client.get(page.format(**names), headers={"accept-language": language})
        found[language, page] = got.status_code, TOKENS.sub(b"", got.content)
    got = client.post("/besoin/", {"q": "apéro 48"})
    return {**found, ("fr", "/besoin/"): (got.status_code, TOKENS.sub(b"", got.content))}


def hide(who: Viewer, code: str, draw: Any) -> None:
    """Come without being seen by anybody who asks: in one of the ways that there are."""
    if draw.random() < 0.5:
        meetups.answer(who, code=code, audience="me", discreet=False)
    else:
        meetups.answer(who, code=code, audience="organisers", discreet=True)


def come(crowd: list[Viewer], code: str, number: int, draw: Any) -> None:
    """So many of a crowd come, hidden, in some order; some others had said so and give it back."""
    waverers = draw.sample(crowd, draw.randrange(3))
    for who in waverers:
        hide(who, code, draw)
    for who in waverers:
        meetups.answer(who, code=code, answer="not_going")
    for who in draw.sample(crowd, number):
        hide(who, code, draw)


def played(seed: object, happen: Callable[[Any], None], look: Callable[[], T]) -> T:
    """What is seen after something happened, which then did not."""
    with world(), chance.seeded(seed) as draw:
        happen(draw)
        return look()


def day(code: str, crowd: list[Viewer], numbers: tuple[int, int], draw: Any) -> None:
    """Some come before the day's count, and some after it."""
    counted, later = numbers
    half = len(crowd) // 2
    come(crowd[:half] if later else crowd, code, counted, draw)
    due.refresh_bands(SUNDAY + timedelta(hours=13))
    come(crowd[half:], code, later, draw)


def test_whoever_sees_an_evening_learns_a_band_of_the_morning_and_nothing_of_the_day(roles, code, crowd, community):
    """Before the count three come or eight; after it nobody, or five more."""
    assert_one_answer(roles, code, crowd, community)


def assert_one_answer(roles: dict[str, Client], code: str, crowd: list[Viewer], slug: str) -> None:
    others = {role: client for role, client in roles.items() if role != "organiser"}
    one, *more = (
        played(
            numbers,
            partial(day, code, crowd, numbers),
            lambda: {role: answers(client, code, crowd, slug) for role, client in others.items()},
        )
        for numbers in ((3, 0), (8, 0), (5, 5))
    )
    assert more == [one, one]


def test_a_band_of_this_minute_would_be_noticed(monkeypatch, roles, code, crowd, community):
    monkeypatch.setattr(declassified, "band", lambda meetup: (meetup.taken // 10 * 10, 9))
    with pytest.raises(AssertionError):
        assert_one_answer({"visitor": roles["visitor"]}, code, crowd, community)


def test_another_band_shows_to_whoever_sees_the_evening_and_is_not_shown_where_it_is_turned_off(
    alice, roles, code, crowd, community
):
    for shown in (True, False):
        meetups.edit(alice, code=code, shows_band=shown)
        for role in ("visitor", "stranger"):
            few, many = (
                played(
                    n,
                    partial(day, code, crowd, (n, 0)),
                    partial(roles[role].get, f"/s/{code}/"),
                )
                for n in (3, 12)
            )
            assert (TOKENS.sub(b"", few.content) != TOKENS.sub(b"", many.content)) == shown


def full(code: str, crowd: list[Viewer], waiting: int, draw: Any, *, me: Viewer | None = None, before: int = 0) -> None:
    """Every seat is taken; some wait, of whom some before one of them."""
    order = draw.sample(crowd, len(crowd))
    for who in order[: 14 - 4]:
        hide(who, code, draw)
    with_seat = [cast.member(f"seat{number}") for number in range(4)]
    for who in with_seat:
        meetups.answer(who, code=code, audience="me", discreet=False)
    for number, who in enumerate(order[10 : 10 + waiting + before]):
        if number == before and me is not None:
            meetups.answer(me, code=code, audience="me", discreet=False)
        hide(who, code, draw)


def test_whoever_waits_learns_their_own_place_and_not_who_nor_how_many_wait_behind_them(
    charlie, roles, code, crowd, community
):
    def seen(before: int, behind: int, more: str) -> Answer:
        return played(
            (before, behind, more),
            partial(full, code, crowd, behind, me=charlie, before=before),
            lambda: answers(roles["colleague"], code, crowd, community),
        )

    one = seen(2, 1, "a")
    assert seen(2, 4, "b") == one
    assert seen(1, 1, "a") != one


def test_a_full_evening_has_a_list_for_everybody_whoever_and_however_many_wait(roles, code, crowd, community):
    others = {role: client for role, client in roles.items() if role != "organiser"}
    one, many = (
        played(
            number,
            partial(full, code, crowd, number),
            lambda: {role: answers(client, code, crowd, community) for role, client in others.items()},
        )
        for number in (0, 6)
    )
    assert one == many


def evening(code: str, crowd: list[Viewer], come_and_stay: tuple[int, int], here: str, draw: Any) -> None:
    """So many come, discreetly, and so many of them are there."""
    number, there = come_and_stay
    order = draw.sample(crowd, number)
    for who in order:
        meetups.answer(who, code=code, audience="organisers", discreet=True)
    with clock.at(STARTS + timedelta(minutes=draw.randrange(60))):
        for who in draw.sample(order, there):
            presences.arrive(who, here=here, seen=draw.random() < 0.5, discreet=True)


@pytest.mark.parametrize("now", [STARTS - timedelta(days=1), ENDS + timedelta(hours=1)])
def test_who_organises_learns_four_numbers_and_a_line_for_each_seat(now, alice, roles, code, crowd, community):
    here = evenings.evening(alice, code).here or ""

    def look() -> Answer:
        with clock.at(now):
            return answers(roles["organiser"], code, crowd, community)

    def seen(number: int, there: int, more: str) -> Answer:
        return played((number, there, more), partial(evening, code, crowd, (number, there), here), look)

    one = seen(6, 4, "a")
    assert seen(6, 4, "b") == one
    assert seen(7, 4, "a") != one


def together(bob: Viewer, charlie: Viewer, code: str, here: str) -> None:
    """Two say openly that they come, and are there."""
    for who in (bob, charlie):
        meetups.answer(who, code=code, audience="community", discreet=False)
    with clock.at(STARTS):
        for who in (bob, charlie):
            presences.arrive(who, here=here, seen=True, discreet=False)


def test_a_tie_weighs_the_band_of_an_evening_and_not_how_many_came(alice, bob, charlie, code, crowd):
    here = evenings.evening(alice, code).here or ""

    def strength(counted: int, later: int, *, shown: bool = True) -> float:
        def happen(draw) -> None:
            meetups.edit(alice, code=code, shows_band=shown)
            together(bob, charlie, code, here)
            day(code, crowd, (counted, later), draw)

        def look() -> float:
            with clock.at(ENDS + timedelta(days=1)):
                return ties.strengths(bob, [charlie.me])[charlie.me]

        return played((counted, later, shown), happen, look)

    days = 2 ** (-1 / 730.5)
    assert strength(1, 0) == strength(6, 0) == strength(4, 3) == pytest.approx(1 - exp(-0.30 * days), rel=1e-3)
    assert strength(9, 0) == strength(12, 0) == pytest.approx(1 - exp(-0.18 * days), rel=1e-3)
    hidden = [strength(1, 0, shown=False), strength(12, 0, shown=False)]
    assert hidden == [pytest.approx(1 - exp(-0.07 * days), rel=1e-3)] * 2


def test_pages_answer_those_who_ask(roles, code, crowd, community):
    """An answer to compare is a page, not a refusal everywhere."""
    found = answers(roles["organiser"], code, crowd, community)
    assert {status for (_, page), (status, _) in found.items() if "{code}" in page} == {200, 302}
    assert answers(roles["visitor"], code, crowd, community)["fr", "/s/{code}/"][0] == 200
