"""The page of the door: a ticket, a list that is ticked and searched, those who walk in, undo; for organisers alone."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, ids
from entregent.meetups import actions, declassified, queries
from entregent.meetups.models import Admission, Rsvp
from entregent.profiles import actions as profiles
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser

NOW = STARTS + timedelta(minutes=42)
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(**said):
        usual = {"title": "Apéro Web 47", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie"}
        return actions.announce(alice, **{"community": community, **usual, **said})

    return announced


@pytest.fixture
def code(announce, members, bob, charlie):
    """An evening to which Bob comes under his name, and Charlie without it."""
    code = announce()
    for viewer, name, audience in ((bob, "Zoé Técher", "going"), (charlie, "Kim Lebon", "me")):
        profiles.call_me(viewer, text=name, audience=members)
        actions.answer(viewer, code=code, audience=audience)
    return code


@pytest.fixture
def door(alice, code):
    """Alice's browser, at the door."""
    with clock.at(NOW):
        yield browser.of(alice)


def text(answer):
    plain = re.sub(r"<script.*?</script>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(plain.replace("&#x27;", "'").split())


def lines(answer):
    """The lines of the list and of those who walked in, as a reader sees them."""
    found = re.findall(r"<li><span class=\"nom\">.*?</li>", answer.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<span class=\"sr\">.*?</span>|<[^>]*>", " ", one).split()) for one in found]


def ticket(viewer, code):
    return queries.ticket(viewer, code).code


def test_a_line_is_ticked_by_one_tap_and_taken_back(door, bob, code):
    page = f"/s/{code}/porte/"
    before = door.get(page)
    assert lines(before)[0] == "Zoé Técher Est là"
    [line] = re.findall(r'name="line" value="([^"]+)"', before.content.decode())
    after = door.post(f"{page}entrer/", {"line": line}, follow=True)
    assert "Zoé Técher : laissez entrer." in text(after).replace("\u00a0", " ")
    assert lines(after)[0] == "Zoé Técher 19 h 12 Annuler"
    undo = re.findall(rf'action="({page}defaire/[^"]+)"', after.content.decode())[0]
    assert lines(door.post(undo, follow=True))[0] == "Zoé Técher Est là"


def test_three_letters_find_a_name_without_accents_and_no_borrowed_one(door, code):
    assert [lines(door.get(f"/s/{code}/porte/?q={words}")) for words in ("tec", "zzz")] == [["Zoé Técher Est là"], []]


def test_a_borrowed_name_is_no_name_and_has_no_button(door, charlie, code):
    page = door.get(f"/s/{code}/porte/")
    assert re.fullmatch(r"\S+ sur billet", lines(page)[1])
    assert "Lebon" not in text(page)
    after = door.post(f"/s/{code}/porte/entrer/", {"billet": ticket(charlie, code)}, follow=True)
    assert "Sous un nom d’emprunt" in text(after)
    assert re.fullmatch(r"\S+ 19 h 12 Annuler", lines(after)[1])


def test_any_camera_leads_an_organiser_to_the_ticket_and_reading_it_lets_nobody_in(door, bob, charlie, code):
    held = ticket(bob, code)
    address = f"/s/{code}/porte/?billet={held}"
    page = door.get(address)
    assert ("Billet valable" in text(page), lines(door.get(f"/s/{code}/porte/"))[0]) == (True, "Zoé Técher Est là")
    door.post(f"/s/{code}/porte/entrer/", {"billet": held})
    again = door.get(address)
    assert ("Billet valable" in text(again), "par cette porte" in text(again)) == (False, True)
    assert [browser.of(charlie).get(address).status_code, Client().get(address).status_code] == [404, 302]


def test_whoever_is_not_let_in_has_a_reason(door, alice, bob, charlie, code, announce):
    with clock.at(SUNDAY):
        other = announce(title="Apéro Web 48")
        actions.answer(bob, code=other)
        given_back = ticket(charlie, code)
        actions.answer(charlie, code=code, answer="not_going")
    elsewhere, held = f"http://localhost/s/{other}/porte/?billet={ticket(bob, other)}", ticket(bob, code)
    door.post(f"/s/{code}/porte/entrer/", {"billet": held})
    other_door = browser.of(alice)
    presented = [(door, held), (other_door, held), (door, given_back), (door, elsewhere), (door, "YXA2U8DGRQUJU9RF")]
    read = []
    for phone, typed in presented:
        told = phone.post(f"/s/{code}/porte/entrer/", {"billet": typed}, headers=JSON).json()
        read.append((told["outcome"], told["words"].replace("\u00a0", " ")))
    assert read == [
        ("already", "Zoé Técher : dans la salle depuis 19 h 12, par cette porte."),
        ("already", "Zoé Técher : dans la salle depuis 19 h 12, par l’autre porte."),
        ("given_back", "Cette place a été rendue : le billet n’est plus valable."),
        ("elsewhere", "C’est le billet d’une autre soirée."),
        ("unknown", "Ce n’est pas un billet de cette soirée : essayez de nouveau, ou laissez entrer sans billet."),
    ]


def test_somebody_walks_in_by_a_first_name_once_however_often_it_is_sent(door, code):
    sent = {"name": "Lou", "uid": str(ids.new())}
    told = [door.post(f"/s/{code}/porte/entrer/", sent, headers=JSON).json() for _ in range(2)]
    assert [(one["outcome"], one["entry"], one["words"]) for one in told] == [
        ("in", told[0]["entry"], "Lou\u00a0: laissez entrer.")
    ] * 2
    page = door.get(f"/s/{code}/porte/")
    assert (lines(page)[-1].split()[0], page.context["list"].inside) == ("Lou", 1)
    refused = door.post(f"/s/{code}/porte/entrer/", {"name": ""}, follow=True)
    assert "Un prénom suffit" in text(refused)


def test_a_script_is_told_in_words_that_a_name_shows_nothing(door, code):
    refused = door.post(f"/s/{code}/porte/entrer/", {"name": "\u200b", "uid": str(ids.new())}, headers=JSON)
    assert (refused.status_code, refused.json()["outcome"]) == (422, "refused")
    assert "Un prénom suffit" in refused.json()["words"]
    assert door.get(f"/s/{code}/porte/").context["list"].inside == 0


def test_the_head_of_a_page_is_no_list_on_a_telephone(door, alice, code):
    for path in ("", "liste.json"):
        assert door.head(f"/s/{code}/porte/{path}").status_code == 200
        assert declassified.exports(alice, code) == []
    door.get(f"/s/{code}/porte/")
    assert [one.fields for one in declassified.exports(alice, code)] == [("door",)]


def test_whoever_is_let_in_is_called_by_their_card_alone_however_many_come(door, code, bob, dana, members):
    costs = []
    for others in ((), (dana,)):
        for other in others:
            with clock.at(SUNDAY):
                profiles.call_me(other, text="Karine Payet", audience=members)
                actions.answer(other, code=code, audience="going")
        page = door.get(f"/s/{code}/porte/").content.decode()
        line = str(Rsvp.ledger.get(owner=bob.me).uid)
        assert line in page
        with CaptureQueriesContext(connection) as asked:
            door.post(f"/s/{code}/porte/entrer/", {"line": line}, headers=JSON)
        costs.append((len(asked), browser.rows(asked, "profiles_")))
        entry = Admission.ledger.get().uid
        door.post(f"/s/{code}/porte/defaire/{entry}/", {}, headers=JSON)
    assert costs[0] == costs[1]


def test_what_was_noted_without_network_keeps_its_hour(door, bob, code):
    noted = {"billet": ticket(bob, code), "at": (NOW - timedelta(minutes=30)).isoformat()}
    told = door.post(f"/s/{code}/porte/entrer/", noted, headers=JSON).json()
    assert told["hour"] == "18\u00a0h\u00a042"


@pytest.mark.parametrize(
    ("at", "words"),
    [(SUNDAY, "La porte ouvre la veille"), (NOW, "Trois lettres"), (ENDS + timedelta(hours=7), "La porte est fermée")],
)
def test_the_list_is_there_from_the_day_before_and_gone_after_the_evening(alice, code, at, words):
    with clock.at(at):
        page = browser.of(alice).get(f"/s/{code}/porte/")
    assert (words in text(page), "Técher" in text(page)) == (True, at == NOW)


def test_nobody_but_who_organises_opens_the_door(bob, dana, code):
    with clock.at(NOW):
        for client in (browser.of(bob), browser.of(dana)):
            posts = ("entrer/", f"defaire/{ids.new()}/")
            found = [client.get(f"/s/{code}/porte/"), *(client.post(f"/s/{code}/porte/{path}") for path in posts)]
            assert [one.status_code for one in found] == [404, 404, 404]


@pytest.mark.parametrize("hours", [-90, 0, 5, 6, 200])
def test_the_way_to_the_door_is_there_until_the_list_is_gone(alice, code, hours):
    with clock.at(ENDS + timedelta(hours=hours)):
        page = browser.of(alice).get(f"/s/{code}/organiser/").content.decode()
    assert (f"/s/{code}/porte/" in page) is (hours < 6)
