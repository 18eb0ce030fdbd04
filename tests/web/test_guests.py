"""Bringing somebody, on the pages of an evening: with an account and without, and what its organiser sees of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from entregent.common import clock
from entregent.config import worker
from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, gatherings, queries
from tests.cast import announce
from tests.web import browser
from tests.web.test_evenings import ENDS, STARTS, SUNDAY, TYPED, field, text


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return actions.announce(
        alice,
        community=community,
        title="Apéro Web 47",
        starts_at=STARTS,
        ends_at=ENDS,
        place="Chez Zélie",
        capacity=4,
        guests=2,
    )


def brings(viewer, code):
    one = queries.evening(viewer, code)
    return one.my_answer, one.my_guests


def test_an_organiser_says_how_many_one_may_bring(alice, community):
    client = browser.of(alice)
    client.post(f"/c/{community}/soirees/nouvelle/", {**TYPED, "guests": "2"})
    [line] = gatherings.upcoming(alice)
    form = client.get(f"/s/{line.code}/modifier/")
    assert (queries.evening(alice, line.code).guests, field(form, "guests")[0]) == (2, 2)
    client.post(f"/s/{line.code}/modifier/", {**TYPED, "guests": ""})
    assert queries.evening(alice, line.code).guests == 0
    answer = client.post(f"/s/{line.code}/modifier/", {**TYPED, "guests": "6"})
    assert (answer.status_code, len(field(answer, "guests")[1])) == (422, 1)


def test_nobody_is_asked_where_nobody_may_be_brought(alice, dana, code):
    assert "Vous amenez quelqu’un" in text(Client().get(f"/s/{code}/"))
    actions.edit(alice, code=code, guests=0)
    assert "Vous amenez quelqu’un" not in text(Client().get(f"/s/{code}/"))


def test_nobody_is_asked_for_more_people_than_the_room_holds(alice, code):
    actions.edit(alice, code=code, capacity=2)
    assert list(Client().get(f"/s/{code}/").context["company"]["choices"]) == [0, 1]


def test_a_member_brings_two_changes_their_mind_and_gives_all_seats_back(dana, code):
    client, address = browser.of(dana), f"/s/{code}/"
    client.post(f"{address}reponse/", {"guests": "2"})
    assert brings(dana, code) == ("going", 2)
    page = text(client.get(address))
    assert ("Vous amenez 2 personnes." in page, "Je rends nos places" in page) == (True, True)
    client.post(f"{address}reponse/", {"guests": "1"})
    assert brings(dana, code) == ("going", 1)
    client.post(f"{address}reponse/", {"audience": "me"})
    assert brings(dana, code) == ("going", 1)
    client.post(f"{address}rendre/")
    assert brings(dana, code) == ("not_going", 0)


def test_somebody_without_account_brings_somebody_and_changes_it_by_the_link(code, alice):
    visitor = Client()
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille", "guests": "2"})["Location"]
    assert "Vous amenez 2 personnes." in text(visitor.get(link))
    visitor.post(f"{link}prendre/", {"guests": "0"})
    assert "Vous amenez" not in text(visitor.get(link)).replace("Vous amenez quelqu’un", "")
    assert queries.evening(alice, code).room == 3


def test_a_page_says_how_many_seats_are_left_for_a_party(bob, dana, code):
    actions.answer(bob, code=code, guests=1)
    assert "Il reste 2 places." in text(browser.of(dana).get(f"/s/{code}/"))
    browser.of(dana).post(f"/s/{code}/reponse/", {"guests": "2"})
    page = text(browser.of(dana).get(f"/s/{code}/"))
    assert brings(dana, code) == ("waiting", 2)
    assert "2 places sont libres : amenez moins de monde, et elles vous sont proposées." in page
    browser.of(dana).post(f"/s/{code}/reponse/", {"guests": "1"})
    assert "Je prends les places" in text(browser.of(dana).get(f"/s/{code}/"))


@pytest.mark.parametrize(("guests", "status"), [("5", 422), ("beaucoup", 302), ("-1", 302), ("", 302)])
def test_what_no_tile_says_is_refused_at_its_place_or_not_heard(dana, code, guests, status):
    answer = browser.of(dana).post(f"/s/{code}/reponse/", {"guests": guests})
    assert answer.status_code == status
    assert brings(dana, code)[1] == 0


def test_whoever_comes_is_told_that_more_seats_are_not_free_and_keeps_theirs(bob, dana, code):
    actions.answer(bob, code=code, guests=2)
    browser.of(dana).post(f"/s/{code}/reponse/", {"guests": "0"})
    refused = browser.of(dana).post(f"/s/{code}/reponse/", {"guests": "1"})
    assert (refused.status_code, "la vôtre vous reste" in text(refused)) == (409, True)
    assert brings(dana, code) == ("going", 0)


def test_the_organiser_reads_a_line_for_each_seat_named_where_the_host_is(alice, dana, code):
    actions.answer(dana, code=code, audience="me", guests=1)
    actions.answer_as_guest(ANYBODY, code=code, name="Camille", guests=1)
    lines = browser.of(alice).get(f"/s/{code}/organiser/").context["seats"]
    named = [(line["name"], line["guest"]) for line in lines if not line["alias"]]
    assert (named, len(lines)) == ([("Camille", True), ("une personne avec Camille", False)], 4)


def test_whoever_comes_back_without_account_is_written_to_where_they_say_then(alice, community, code):
    """What they had left for the first evening was forgotten meanwhile; what somebody else left is theirs."""
    visitor, long_after = Client(), ENDS + timedelta(days=16)
    said = {"name": "Camille", "email": "camille@example.com"}
    visitor.post(f"/s/{code}/reponse/", said)
    worker.tick(SUNDAY + timedelta(minutes=1))
    with clock.at(long_after):
        worker.tick(long_after)
        codes = [announce(alice, community, title=title) for title in ("Apéro Web 48", "Apéro Web 49")]
        mail.outbox.clear()
        visitor.post(f"/s/{codes[0]}/reponse/", said)
        other = Client()
        for number, typed in enumerate(["", "camille@example.com"]):
            other.post(f"/s/{codes[number]}/reponse/", {"name": "Noor", "email": typed})
        worker.tick(long_after)
    assert [(letter.to, "Apéro Web 48" in letter.body) for letter in mail.outbox] == [(["camille@example.com"], True)]


def test_a_mail_says_for_how_many_the_seats_are(code):
    Client().post(f"/s/{code}/reponse/", {"name": "Camille", "email": "camille@example.com", "guests": "2"})
    worker.tick(SUNDAY + timedelta(minutes=1))
    [letter] = mail.outbox
    assert "C’est valable pour vous et pour les 2 personnes que vous amenez." in letter.body
