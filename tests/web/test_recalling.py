"""Pages by which people say that they were at a past evening: the link, and the side of whoever organised it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.common import clock
from entregent.exchange import attendees
from entregent.exchange.contacts.attendees import Attendee
from entregent.market import actions as market
from entregent.meetups import actions, presences, queries
from entregent.meetups.models import Presence
from entregent.meetups.shown import MyPresence
from entregent.profiles import actions as profiles
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser
from tests.web.test_evenings import unmasked

LATER = ENDS + timedelta(days=40)


@pytest.fixture
def code(alice, community):
    cache.clear()
    with clock.at(SUNDAY):
        return actions.announce(
            alice, community=community, title="Apéro Web 47", place="Chez Zélie", starts_at=STARTS, ends_at=ENDS
        )


@pytest.fixture(autouse=True)
def weeks_later(code):
    with clock.at(LATER):
        yield


@pytest.fixture
def link(alice, code):
    return f"/s/{code}/j-y-etais/{presences.ask_who_was_there(alice, code=code)}/"


def holds(response, words):
    return words in response.content.decode()


def test_the_link_is_made_shown_made_anew_and_closed(alice, bob, code):
    client = browser.of(alice)
    assert not holds(client.get(f"/s/{code}/liste/"), "j-y-etais/")
    links = []
    for said in ({}, {"anew": ""}, {}):
        assert client.post(f"/s/{code}/liste/lien/", said)["Location"] == f"/s/{code}/liste/#j-y-etais"
        links.append(f"/s/{code}/j-y-etais/{queries.evening(alice, code).recalled}/")
        page = client.get(f"/s/{code}/liste/", headers={"Accept-Language": "en"})
        assert [holds(page, words) for words in (links[-1], "will lead nowhere any more.")] == [True, True]
    assert [browser.of(bob).get(one).status_code for one in links] == [404, 200, 200]
    assert client.post(f"/s/{code}/liste/lien/fermer/")["Location"] == f"/s/{code}/liste/#j-y-etais"
    assert browser.of(bob).get(links[1]).status_code == 404
    assert not holds(client.get(f"/s/{code}/liste/"), "j-y-etais/")


def test_who_comes_is_asked_once_the_evening_is_over(alice, code):
    client = browser.of(alice)
    with clock.at(SUNDAY):
        pages = [client.get(f"/s/{code}/{page}/") for page in ("liste", "organiser")]
        assert [holds(page, "j-y-etais") for page in pages] == [False, False]
        assert client.post(f"/s/{code}/liste/lien/").status_code == 409
    pages = [client.get(f"/s/{code}/{page}/") for page in ("liste", "organiser")]
    assert [holds(page, "j-y-etais") for page in pages] == [True, True]


def test_for_those_who_do_not_organise_there_is_no_link_to_make_or_close(bob, code):
    client = browser.of(bob)
    answers = [client.post(f"/s/{code}/liste/{path}").status_code for path in ("lien/", "lien/fermer/")]
    assert answers == [409, 409]


def test_reading_the_page_changes_nothing_and_one_button_says_so(alice, bob, code, link):
    client = browser.of(bob)
    page = client.get(link)
    assert (page.status_code, page.context["employers"]) == (200, [])
    assert (holds(page, "Apéro Web 47"), holds(page, "Chez Zélie"), Presence.ledger.count()) == (True, True, 0)
    answer = client.post(link, {"seen": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/salle/")
    assert queries.my_presence(bob, code) == MyPresence(True, False, LATER)
    profiles.call_me(bob, text="Bob Grondin", audience=None)
    assert client.get(f"/s/{code}/salle/").status_code == 200


def test_nobody_is_there_who_did_not_say_whether_they_may_be_seen(bob, code, link):
    client = browser.of(bob)
    for said in ({}, {"seen": "maybe"}):
        answer = client.post(link, said)
        assert (answer.status_code, bool(answer.context["form"]["seen"].errors)) == (422, True)
    assert Presence.ledger.count() == 0
    client.post(link, {"seen": "no"})
    assert queries.my_presence(bob, code) == MyPresence(False, False, LATER)


def test_whoever_said_so_is_led_to_the_room_and_takes_it_back_there(bob, code, link):
    client = browser.of(bob)
    client.post(link, {"seen": "yes"})
    assert client.get(link)["Location"] == f"/s/{code}/salle/"
    room = client.get(f"/s/{code}/salle/")
    assert (room.context["live"], holds(room, f'action="/s/{code}/salle/visible/"')) == (False, True)
    client.post(f"/s/{code}/salle/visible/", {"seen": "no"})
    assert queries.my_presence(bob, code) == MyPresence(False, False, LATER)


def test_colleagues_are_asked_about_by_the_name_of_the_employer(bob, charlie, code, link):
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", audience=None)
        market.say_situation(viewer, answer="employed")
    client = browser.of(bob)
    page = client.get(link)
    assert page.context["employers"] == ["Filao"]
    assert [holds(page, f'value="{choice}"') for choice in ("yes", "all", "apart", "no")] == [False, True, True, True]
    assert (client.post(link, {"seen": "yes"}).status_code, Presence.ledger.count()) == (422, 0)
    client.post(link, {"seen": "apart"})
    browser.of(charlie).post(link, {"seen": "all"})
    assert queries.my_presence(bob, code) == MyPresence(True, True, LATER)
    assert [[one.person for one in queries.present(who, code)] for who in (bob, charlie)] == [
        [bob.me, charlie.me],
        [charlie.me],
    ]


def test_whoever_is_not_signed_in_is_led_to_it_and_back_whatever_the_link(code, link):
    for path in (link, f"/s/{code}/j-y-etais/WRONG/", "/s/NOWHERE2/j-y-etais/WRONG/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/entrer/?next={path}")
        assert Client().post(path, {"seen": "yes"}).status_code == 302
    assert Presence.ledger.count() == 0


def test_hidden_and_missing_are_one_page(alice, dana, code, link):
    with clock.at(SUNDAY):
        actions.edit(alice, code=code, audience="community")
    client = browser.of(dana)
    hidden, missing = (client.get(path) for path in (link, link.replace(code, "NOWHERE2")))
    assert [page.status_code for page in (hidden, missing)] == [404, 404]
    assert unmasked(hidden).replace(code, "") == unmasked(missing).replace("NOWHERE2", "")
    assert client.post(link, {"seen": "yes"}).status_code == 404


def test_a_list_says_for_nobody_that_they_were_there(alice, bob, code, link):
    pages = []
    for listed in ([], [Attendee(2, "Bob", "bob@example.org")]):
        attendees.bring(alice, code=code, people_of_it=listed)
        pages.append(unmasked(browser.of(bob).get(link)))
    assert (pages[0], Presence.ledger.count()) == (pages[1], 0)
