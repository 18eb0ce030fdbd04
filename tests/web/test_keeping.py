"""Keeping a need: a button below the answers, a page of what is kept with whoever is new, one tap to end it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.market import actions as market
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import actions
from entregent.recall import kept as needs
from tests.web import browser

TODAY = datetime(2026, 11, 22, 8, tzinfo=UTC)
NEED, SAYS, PAGE = "un photographe à Saint-Pierre", "Photographe à Saint-Pierre", "/besoin/gardes/"


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def kept(bob, community):
    return actions.keep(bob, text=NEED)


def new(client):
    """What stands on the page: each need with the people who are new."""
    return [
        (need["held"].text, [line["name"] for line in need["people"]]) for need in client.get(PAGE).context["needs"]
    ]


def told(answer):
    return [(str(message), message.extra_tags) for message in answer.context["messages"]]


def test_the_answers_offer_to_keep_the_need_and_say_so_once_it_is(bobs, bob):
    asked = bobs.post("/besoin/", {"q": NEED}).content.decode()
    answer = bobs.post("/besoin/garder/", {"q": NEED}, follow=True)
    [held] = needs.mine(bob)
    assert ('action="/besoin/garder/"' in asked, answer.redirect_chain) == (True, [(PAGE, 302)])
    assert [tags for _words, tags in told(answer)] == [f"{PAGE}{held.uid}/fini/"]
    again = bobs.post("/besoin/", {"q": NEED})
    assert (again.context["held"].uid, 'action="/besoin/garder/"' in again.content.decode()) == (held.uid, False)


def test_the_page_says_who_is_new_until_one_has_looked(bobs, kept, charlie, members):
    before = new(bobs)
    profiles.say_headline(charlie, text=SAYS, audience=members)
    shown = new(bobs), new(bobs)
    answer = bobs.post(f"{PAGE}{kept}/")
    assert before == [(NEED, [])]
    assert shown == ([(NEED, ["Charlie Grondin"])],) * 2
    assert (answer.context["text"], [line["name"] for line in answer.context["answers"]]) == (NEED, ["Charlie Grondin"])
    assert new(bobs) == [(NEED, [])]


def test_a_page_asks_the_needs_that_it_shows_and_no_others(bobs, bob, community):
    def asked(page):
        with CaptureQueriesContext(connection) as context:
            answer = bobs.get(PAGE + page)
        shown = [need["held"].text for need in answer.context["needs"]]
        return shown, answer.context["next_page"], sum("search_line" in query["sql"] for query in context)

    def keep(numbers):
        for number in numbers:
            with clock.at(TODAY + timedelta(minutes=number)):
                actions.keep(bob, text=f"un relieur {number}")

    keep(range(1))
    one = asked("")[2]
    keep(range(1, 3))
    three = asked("")
    keep(range(3, 10))
    pages = [asked(page) for page in ("", "?page=2", "?page=3", "?page=4")]
    assert [len(shown) for shown, _next, _asked in pages] == [3, 3, 3, 1]
    assert [text for shown, *_ in pages for text in shown] == [f"un relieur {number}" for number in range(9, -1, -1)]
    assert [following for _shown, following, _asked in pages] == ["?page=2", "?page=3", "?page=4", ""]
    assert (three[1], three[2], [times for *_, times in pages]) == ("", 3 * one, [3 * one] * 3 + [one])
    assert one > 0


def test_one_tap_ends_it_and_another_takes_that_back(bobs, kept):
    answer = bobs.post(f"{PAGE}{kept}/fini/", follow=True)
    gone = new(bobs)
    [(_words, undo)] = told(answer)
    bobs.post(undo)
    assert (gone, new(bobs)) == ([], [(NEED, [])])


def test_what_is_over_says_so_and_holds_for_longer(bobs, kept):
    with clock.at(TODAY + timedelta(days=100)):
        bobs.cookies.clear()
        over = browser.of(actor := needs_owner(kept))
        page = over.get(PAGE).content.decode()
        over.post(f"{PAGE}{kept}/encore/")
        assert (f'action="{PAGE}{kept}/encore/"' in page, needs.one(actor, kept).over) == (True, False)


def needs_owner(kept):
    from entregent.discretion.viewer import Viewer
    from entregent.recall.models import Kept

    return Viewer(person=Kept.ledger.get(uid=kept).owner_id)


def test_what_cannot_be_kept_says_why_above_the_same_answers(bobs, bob, charlie, members):
    profiles.say_headline(charlie, text="Un poste de photographe", audience=members)
    market.register(bob, name="Filao", domain="example.org")
    answer = bobs.post("/besoin/garder/", {"q": "un poste de photographe"})
    assert (answer.status_code, len(told(answer)), needs.mine(bob)) == (422, 1, [])
    assert [line["name"] for line in answer.context["answers"]] == ["Charlie Grondin"]
    assert bobs.post("/besoin/garder/", {"q": ""}).status_code == 422


def test_what_somebody_keeps_is_nobody_else_s(bobs, kept, charlie, community):
    other = browser.of(charlie)
    assert new(other) == []
    for act in ("", "fini/", "encore/", "reprendre/"):
        assert other.post(f"{PAGE}{kept}/{act}").status_code == 404
    assert new(bobs) == [(NEED, [])]


def test_a_page_is_read_and_a_button_is_pressed(bobs, kept):
    assert Client().get(PAGE)["Location"] == f"/entrer/?next={PAGE}"
    assert bobs.post(PAGE).status_code == 405
    assert {bobs.get(f"{PAGE}{kept}/{act}").status_code for act in ("", "fini/", "encore/", "reprendre/")} == {405}


def test_who_sees_what_says_that_one_keeps_needs(bobs, kept, bob):
    assert people.mailbox(person=bob.me) is not None
    page = bobs.get("/moi/qui-voit-quoi/").content.decode()
    assert f'href="{PAGE}"' in page
