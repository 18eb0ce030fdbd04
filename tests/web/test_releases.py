"""The page on which those who organise give back seats of people without account, and what these read then."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, queries
from entregent.meetups.models import Rsvp
from entregent.web import choosing
from tests import cast
from tests.web import browser
from tests.web.test_evenings import text


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def code(alice, community):
    return cast.announce(alice, community)


@pytest.fixture
def page(code):
    return f"/s/{code}/organiser/places/"


@pytest.fixture
def organiser(alice):
    """Alice's browser, in English."""
    return in_english(alice)


def in_english(viewer):
    client = browser.of(viewer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def come(code, *names):
    return [actions.answer_as_guest(ANYBODY, code=code, name=name).secret for name in names]


def stands():
    return dict(Rsvp.ledger.exclude(name="").values_list("name", "answer"))


def boxes(response):
    """The names on the page, and which of them are ticked."""
    found = re.findall(r'name="who" value="[^"]*"( checked)?><span><b>(\w+)', response.content.decode())
    return [(name, bool(ticked)) for ticked, name in found]


def test_those_who_are_ticked_lose_their_seat_and_the_others_keep_it(organiser, alice, code, page):
    come(code, "Zoé", "Yann", "Lou")
    assert page in organiser.get(f"/s/{code}/organiser/").content.decode()
    assert {name for name, ticked in boxes(organiser.get(page)) if not ticked} == {"Zoé", "Yann", "Lou"}
    ticked = [str(one.uid) for one in queries.visitors(alice, code) if one.name != "Yann"]
    answer = organiser.post(page, {"who": ticked}, follow=True)
    assert answer.redirect_chain == [(f"/s/{code}/organiser/", 302)]
    assert "It is done." in text(answer)
    assert stands() == {"Zoé": "released", "Yann": "going", "Lou": "released"}


def test_a_link_ticks_all_of_them_without_a_script(organiser, code, page):
    come(code, "Zoé")
    assert "Tick all" not in text(organiser.get(page))
    come(code, "Yann")
    [link] = re.findall(r'href="(\?[^"]*tout[^"]*)"', organiser.get(page).content.decode())
    ticked = organiser.get(page + link.replace("&amp;", "&"))
    assert (sorted(boxes(ticked)), "Untick all" in text(ticked)) == ([("Yann", True), ("Zoé", True)], True)


def test_where_nobody_is_ticked_or_whoever_is_has_gone_one_is_asked_again(organiser, alice, bob, code, page):
    [secret, _] = come(code, "Zoé", "Yann")
    actions.answer(bob, code=code, audience="organisers", discreet=False)
    zoe = next(str(one.uid) for one in queries.visitors(alice, code) if one.name == "Zoé")
    Client().post(f"/r/{secret}/rendre/")
    members = str(Rsvp.ledger.values_list("uid", flat=True).get(owner=bob.me))
    for who in ([], [zoe], [members], ["wrong"]):
        answer = organiser.post(page, {"who": who})
        assert (answer.status_code, "Choose at least one person." in text(answer)) == (422, True)
    assert (stands(), boxes(answer)) == ({"Zoé": "not_going", "Yann": "going"}, [("Yann", False)])
    assert queries.evening(bob, code).my_answer == "going"


def test_many_are_shown_page_by_page_and_one_stays_there(organiser, alice, code, page, monkeypatch):
    monkeypatch.setattr("entregent.web.organising.SHOWN", 2)
    assert choosing.SHOWN == 100
    come(code, "Zoé", "Yann", "Lou")
    first, second = (boxes(organiser.get(f"{page}?page={number}")) for number in (1, 2))
    assert (len(first), len(second), len({*first, *second})) == (2, 1, 3)
    ticked = [str(one.uid) for one in queries.visitors(alice, code)[:2]]
    assert organiser.post(page, {"who": ticked})["Location"] == page
    assert len(boxes(organiser.get(page))) == 1


def test_where_nobody_answered_without_an_account_nothing_leads_there_and_the_page_says_so(organiser, code, page):
    assert page not in organiser.get(f"/s/{code}/organiser/").content.decode()
    assert "Nobody comes without an account." in text(organiser.get(page))


def test_the_page_is_there_for_those_who_organise_while_the_evening_is_to_come(organiser, alice, bob, code, page):
    come(code, "Zoé")
    [zoe] = queries.visitors(alice, code)
    for client in (browser.of(bob), Client()):
        assert client.get(page).status_code in {302, 404}
        client.post(page, {"who": [str(zoe.uid)]})
    assert stands() == {"Zoé": "going"}
    actions.cancel(alice, code=code)
    assert organiser.get(page)["Location"] == f"/s/{code}/organiser/"
    assert organiser.post(page, {"who": [str(zoe.uid)]}).status_code == 409
    assert page not in organiser.get(f"/s/{code}/organiser/").content.decode()


def test_whoever_lost_their_seat_reads_who_gave_it_back_and_answers_again(organiser, alice, code, page):
    phone = Client(HTTP_ACCEPT_LANGUAGE="en")
    link = phone.post(f"/s/{code}/reponse/", {"name": "Zoé"})["Location"]
    [zoe] = queries.visitors(alice, code)
    organiser.post(page, {"who": [str(zoe.uid)]})
    assert "Those who organise gave your seat back" in text(phone.get(link))
    assert "Those who organise gave your seat back. Answer again if you still want to come." in text(
        phone.get(f"/s/{code}/")
    )
    phone.post(f"/s/{code}/reponse/", {"name": "Zoé"})
    assert stands() == {"Zoé": "going"}


def test_whoever_took_an_account_since_reads_it_among_what_they_said(alice, bob, organiser, code, page):
    come(code, "Bob")
    [guest] = queries.visitors(alice, code)
    organiser.post(page, {"who": [str(guest.uid)]})
    actions.adopt(guest=Rsvp.ledger.get(uid=guest.uid).owner_id, person=bob.me)
    assert "your seat was given back by those who organise" in text(in_english(bob).get("/moi/qui-voit-quoi/"))
