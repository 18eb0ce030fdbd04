"""The page on which those who organise free seats of people without account, and what these read then."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, queries
from entregent.meetups.models import Rsvp
from entregent.web import choosing
from tests import cast
from tests.web import browser
from tests.web.test_evenings import text

GONE = "Those who organise no longer keep a place for you"


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
    """The names on the page, none of which is ticked."""
    return re.findall(r'name="who" value="[^"]*"><span><b>(\w+)', response.content.decode())


def test_those_who_are_ticked_lose_their_seat_and_the_others_keep_it(organiser, alice, code, page):
    come(code, "Zoé", "Yann", "Lou")
    assert page in organiser.get(f"/s/{code}/organiser/").content.decode()
    assert sorted(boxes(organiser.get(page))) == ["Lou", "Yann", "Zoé"]
    ticked = [str(one.uid) for one in queries.visitors(alice, code) if one.name != "Yann"]
    answer = organiser.post(page, {"who": ticked}, follow=True)
    assert answer.redirect_chain == [(f"/s/{code}/organiser/", 302)]
    assert "It is done." in text(answer)
    assert stands() == {"Zoé": "released", "Yann": "going", "Lou": "released"}


@pytest.mark.parametrize(
    ("asked", "found", "words"),
    [
        ({"q": "zo"}, ["Zora", "Zoé"], "Free the seats of all 2 found"),
        ({"lettre": "Y"}, ["Yann"], "Free the seat of the one found"),
        ({"q": "zo", "lettre": "Z"}, ["Zora", "Zoé"], "Free the seats of all 2 found"),
        ({}, ["Yann", "Zora", "Zoé"], "Free the seats of all 3 found"),
    ],
    ids=["words", "a letter", "both", "all"],
)
def test_all_whom_words_and_a_letter_find_lose_their_seat_in_one_tap(organiser, code, page, asked, found, words):
    come(code, "Zoé", "Zora", "Yann")
    answer = organiser.get(page, asked)
    assert (sorted(boxes(answer)), words in text(answer)) == (found, True)
    organiser.post(page, {**asked, "what": "shown"})
    assert sorted(name for name, stands_so in stands().items() if stands_so == "released") == found


def test_the_latest_is_first_and_beside_a_name_is_how_many_come_with_it_and_that_they_wait(
    organiser, alice, code, page
):
    actions.edit(alice, code=code, guests=2, capacity=4)
    for minute, (name, guests) in enumerate([("Zoé", 0), ("Yann", 1), ("Lou", 2)]):
        with clock.at(clock.now() + timedelta(minutes=minute)):
            actions.answer_as_guest(ANYBODY, code=code, name=name, guests=guests)
    rows = re.findall(r"<b>.*?</li>", organiser.get(page).content.decode())
    told = [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows]
    assert told == ["Lou with 2 people waits", "Yann with one person", "Zoé"]


def test_where_no_name_is_found_the_page_says_so(organiser, code, page):
    come(code, "Zoé")
    answer = organiser.get(page, {"q": "yann"})
    assert (boxes(answer), "Nobody of that name comes without an account." in text(answer)) == ([], True)
    assert organiser.post(page, {"q": "yann", "what": "shown"}).status_code == 422
    assert stands() == {"Zoé": "going"}


def test_where_nobody_is_ticked_or_whoever_is_has_gone_one_is_asked_again(organiser, alice, bob, code, page):
    [secret, _] = come(code, "Zoé", "Yann")
    actions.answer(bob, code=code, audience="organisers", discreet=False)
    zoe = next(str(one.uid) for one in queries.visitors(alice, code) if one.name == "Zoé")
    Client().post(f"/r/{secret}/rendre/")
    members = str(Rsvp.ledger.values_list("uid", flat=True).get(owner=bob.me))
    for who in ([], [zoe], [members], ["wrong"]):
        answer = organiser.post(page, {"who": who})
        assert (answer.status_code, "Choose at least one person." in text(answer)) == (422, True)
    assert (stands(), boxes(answer)) == ({"Zoé": "not_going", "Yann": "going"}, ["Yann"])
    assert queries.evening(bob, code).my_answer == "going"


def test_many_are_shown_page_by_page_and_one_stays_there(organiser, alice, code, page, monkeypatch):
    monkeypatch.setattr(choosing, "SHOWN", 2)
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
    said = {"who": [str(zoe.uid)]}
    codes = [[one.get(page).status_code, one.post(page, said).status_code] for one in (browser.of(bob), Client())]
    assert (codes, stands()) == ([[404, 404], [302, 302]], {"Zoé": "going"})
    actions.cancel(alice, code=code)
    assert nothing_is_read(organiser, page, code)
    assert organiser.post(page, {"who": [str(zoe.uid)]}).status_code == 409
    assert page not in organiser.get(f"/s/{code}/organiser/").content.decode()


def nothing_is_read(organiser, page, code):
    """Whether the page leads away, however it is asked, unless it is to free seats."""
    asked = [organiser.get(page), organiser.head(page), organiser.post(page), organiser.post(page, {"who": ["x"]})]
    return {answer.headers.get("Location") for answer in asked} == {f"/s/{code}/organiser/"}


def test_of_an_evening_that_is_over_nothing_is_read_there(organiser, alice, code, page):
    come(code, "Zoé")
    with clock.at(queries.evening(alice, code).ends_at + timedelta(minutes=1)):
        assert nothing_is_read(organiser, page, code)


def test_whoever_lost_their_seat_reads_who_freed_it_and_answers_again(organiser, alice, code, page):
    phone = Client(HTTP_ACCEPT_LANGUAGE="en")
    link = phone.post(f"/s/{code}/reponse/", {"name": "Zoé"})["Location"]
    [zoe] = queries.visitors(alice, code)
    organiser.post(page, {"who": [str(zoe.uid)]})
    answer = text(phone.get(link))
    assert (GONE in answer, "Seat given back" in answer, answer.count("Answer again.")) == (True, False, 1)
    assert f"{GONE}. Answer again if you still want to come." in text(phone.get(f"/s/{code}/"))
    phone.post(f"/s/{code}/reponse/", {"name": "Zoé"})
    assert stands() == {"Zoé": "going"}


def test_nobody_is_told_to_answer_an_evening_again_that_takes_no_answers(organiser, alice, community):
    off, over, closed = (cast.announce(alice, community) for _ in range(3))
    links = {code: f"/r/{come(code, 'Zoé')[0]}/" for code in (off, over, closed)}
    for code in links:
        [zoe] = queries.visitors(alice, code)
        organiser.post(f"/s/{code}/organiser/places/", {"who": [str(zoe.uid)]})
    actions.cancel(alice, code=off)
    with clock.at(queries.evening(alice, over).ends_at + timedelta(minutes=1)):
        pages = [text(Client(HTTP_ACCEPT_LANGUAGE="en").get(links[code])) for code in (off, over)]
    closes_at = clock.now() + timedelta(minutes=5)
    actions.edit(alice, code=closed, closes_at=closes_at)
    with clock.at(closes_at):
        pages.append(text(Client(HTTP_ACCEPT_LANGUAGE="en").get(links[closed])))
    assert [(GONE in page, "nswer again" in page) for page in pages] == [(True, False)] * 3
    assert "Answers are closed" in pages[-1]


def test_whoever_took_an_account_since_reads_it_among_what_they_said(alice, bob, organiser, code, page):
    come(code, "Bob")
    [guest] = queries.visitors(alice, code)
    organiser.post(page, {"who": [str(guest.uid)]})
    actions.adopt(guest=Rsvp.ledger.get(uid=guest.uid).owner_id, person=bob.me)
    assert "those who organise no longer keep a place for you" in text(in_english(bob).get("/moi/qui-voit-quoi/"))
