"""Pages of the evening itself: "I am here" from the table's square, and the room."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, ids
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book
from entregent.market import actions as market
from entregent.meetups import actions, queries
from entregent.meetups.models import Presence
from entregent.profiles import actions as profiles
from tests.web import browser

#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)


@pytest.fixture
def code(alice, community):
    cache.clear()
    said: Any = {"title": "Apéro Web 47", "place": "Chez Zélie", "starts_at": STARTS, "ends_at": ENDS}
    with clock.at(STARTS - timedelta(days=4)):
        return actions.announce(alice, community=community, **said)


@pytest.fixture
def square(alice, code):
    """The address behind the square on the table."""
    return f"/ici/{queries.evening(alice, code).here}/"


@pytest.fixture(autouse=True)
def evening(square):
    """The clock stands half an hour after the start."""
    with clock.at(STARTS + timedelta(minutes=30)):
        yield


@pytest.fixture
def at_filao(bob, charlie):
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", audience=None)
        market.say_situation(viewer, answer="employed")


def text(response):
    """The words of a page, on one line."""
    plain = re.sub(r"<script.*?</script>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(plain.replace("&#x27;", "'").split())


def says(response, words):
    return words in text(response)


def names(response):
    """Whom the room shows."""
    return [line["name"] for line in response.context["here"]]


def line_of(response, name):
    [found] = [line for line in response.context["here"] if line["name"] == name]
    return found


def test_reading_the_square_s_page_says_nothing_and_one_button_does(bob, square, code):
    client = browser.of(bob)
    assert says(client.get(square), "Vous y êtes ?")
    assert Presence.ledger.count() == 0
    answer = client.post(square, {"seen": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/salle/")
    assert [row.seen for row in filter(None, [queries.my_presence(bob, code)])] == [True]
    assert client.get(square)["Location"] == f"/s/{code}/salle/"


def test_being_seen_is_asked_without_a_preset(bob, square):
    client = browser.of(bob)
    assert re.search(r'type="radio"[^>]*\bchecked', client.get(square).content.decode()) is None
    assert client.post(square, {}).status_code == 422
    assert Presence.ledger.count() == 0


@pytest.mark.parametrize("now", [STARTS - timedelta(hours=4), ENDS + timedelta(hours=7)])
def test_before_and_after_the_evening_there_is_no_button(bob, square, now):
    client = browser.of(bob)
    with clock.at(now):
        assert b'<button class="reponse"' not in client.get(square).content
        client.post(square, {"seen": "yes"})
    assert Presence.ledger.count() == 0


def test_a_square_that_never_was_is_not_there(bob):
    assert browser.of(bob).get("/ici/ZZZZZZZZ/").status_code == 404


def test_somebody_unknown_gives_a_first_name_and_is_seen_by_those_present(bob, square, code):
    browser.of(bob).post(square, {"seen": "no"})
    phone = Client()
    assert phone.post(square, {"seen": "yes"}).status_code == 422
    room = phone.post(square, {"seen": "yes", "name": "Camille"}, follow=True)
    assert (room.status_code, names(room)) == (200, [])
    assert names(browser.of(bob).get(f"/s/{code}/salle/")) == ["Camille"]


def test_the_room_shows_those_who_are_there_and_agreed_to_those_who_are_there(bob, charlie, alice, square, code):
    for viewer, seen in ((bob, "yes"), (charlie, "no"), (alice, "yes")):
        browser.of(viewer).post(square, {"seen": seen})
    assert sorted(names(browser.of(charlie).get(f"/s/{code}/salle/"))) == ["Alice Hoareau", "Bob Payet"]
    assert names(browser.of(bob).get(f"/s/{code}/salle/")) == ["Alice Hoareau"]


def test_whoever_is_not_there_is_led_to_the_evening(bob, dana, square, code):
    browser.of(bob).post(square, {"seen": "yes"})
    for client in (browser.of(dana), Client()):
        answer = client.get(f"/s/{code}/salle/")
        assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/")


def test_colleagues_are_asked_about_once_and_kept_away(at_filao, alice, bob, charlie, square, code):
    """Alice and Charlie are there too; Charlie works at Filao, like Bob."""
    market.say_situation(alice, answer="own")
    browser.of(alice).post(square, {"seen": "yes"})
    browser.of(charlie).post(square, {"seen": "all"})
    client = browser.of(bob)
    assert client.get(square).context["employers"] == ["Filao"]
    room = client.post(square, {"seen": "apart"}, follow=True)
    assert (room.context["apart_from"], says(room, "Sauf Filao")) == (["Filao"], True)
    assert sorted(names(browser.of(alice).get(f"/s/{code}/salle/"))) == ["Bob Payet", "Charlie Grondin"]
    assert names(browser.of(charlie).get(f"/s/{code}/salle/")) == ["Alice Hoareau"]


def test_one_tap_vanishes_and_one_tap_shows_again(bob, charlie, square, code):
    browser.of(charlie).post(square, {"seen": "no"})
    client = browser.of(bob)
    client.post(square, {"seen": "yes"})
    seen = [names(browser.of(charlie).get(f"/s/{code}/salle/"))]
    for answer in ("no", "yes"):
        assert client.post(f"/s/{code}/salle/visible/", {"seen": answer}).status_code == 302
        seen.append(names(browser.of(charlie).get(f"/s/{code}/salle/")))
    assert seen == [["Bob Payet"], [], ["Bob Payet"]]


def test_being_shown_later_asks_about_colleagues_first(at_filao, bob, square, code):
    client = browser.of(bob)
    room = client.post(square, {"seen": "no"}, follow=True)
    assert room.context["employers"] == ["Filao"]
    room = client.post(f"/s/{code}/salle/visible/", {"seen": "apart"}, follow=True)
    assert (room.context["seen"], room.context["apart_from"]) == (True, ["Filao"])


def test_one_tap_and_five_words_are_a_line_in_the_notebook_and_one_encounter(alice, bob, square, code):
    browser.of(alice).post(square, {"seen": "yes"})
    client = browser.of(bob)
    room = client.post(square, {"seen": "yes"}, follow=True)
    line = line_of(room, "Alice Hoareau")
    assert (line["noted"], line["words"]) == (False, "")
    room = client.post(f"/s/{code}/salle/noter/", {"person": line["person"]}, follow=True)
    assert says(room, "Alice Hoareau est dans votre carnet.")
    assert line_of(room, "Alice Hoareau")["noted"] is True
    [contact] = [entry.uid for entry in book.book(bob)]
    assert f'action="/carnet/{contact}/oublier/"' in room.content.decode()
    room = client.post(f"/s/{code}/salle/noter/", {"person": line["person"], "words": "audit, janvier"}, follow=True)
    assert line_of(room, "Alice Hoareau")["words"] == "audit, janvier"
    [entry] = book.book(bob)
    assert (entry.name, entry.note, [met.title for met in entry.met]) == (
        "Alice Hoareau",
        "audit, janvier",
        ["Apéro Web 47"],
    )


def test_a_first_name_is_noted_once_and_its_words_added(bob, square, code):
    phone = Client()
    phone.post(square, {"seen": "yes", "name": "Camille"})
    client = browser.of(bob)
    line = line_of(client.post(square, {"seen": "no"}, follow=True), "Camille")
    for words in ("", "photographe, Le Port"):
        room = client.post(f"/s/{code}/salle/noter/", {"person": line["person"], "words": words}, follow=True)
    assert (line_of(room, "Camille")["noted"], line_of(room, "Camille")["words"]) == (True, "photographe, Le Port")
    assert [(entry.name, entry.note) for entry in book.book(bob)] == [("Camille", "photographe, Le Port")]


def test_of_a_notebook_no_more_is_read_than_whom_one_noted_here(bob, square, code):
    Client().post(square, {"seen": "yes", "name": "Camille"})
    client, room = browser.of(bob), f"/s/{code}/salle/"
    client.post(square, {"seen": "yes"})
    [line] = client.get(room).context["here"]
    client.post(f"{room}noter/", {"person": line["person"], "words": "Vélo"})
    rows = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert line_of(client.get(room), "Camille")["words"] == "Vélo"
        rows.append(browser.rows(asked, "encounters_"))
        for name in ("Camille", "Karine", "Thierry"):
            encounters.note_somebody(bob, name=name, text="Ailleurs", place="Le Port")
    assert rows[0] == rows[1] > 0


def test_nobody_is_noted_whom_the_viewer_does_not_see(bob, charlie, square, code):
    browser.of(charlie).post(square, {"seen": "no"})
    hidden = Presence.ledger.get(owner=charlie.me)
    client = browser.of(bob)
    client.post(square, {"seen": "yes"})
    for person in (hidden.uid, "nonsense", ""):
        assert client.post(f"/s/{code}/salle/noter/", {"person": person}).status_code == 404
    assert book.book(bob) == []


def test_somebody_present_who_hides_their_name_is_nobody_to_a_guest_and_costs_no_statement(bob, square, code):
    client = Client()
    client.post(square, {"name": "Camille", "seen": "yes"})
    room = f"/s/{code}/salle/"
    client.get(room)
    with CaptureQueriesContext(connection) as alone:
        client.get(room)
    browser.of(bob).post(square, {"seen": "yes"})
    profiles.call_me(bob, text="Bob Payet", audience=None)
    with CaptureQueriesContext(connection) as beside:
        assert names(client.get(room)) == []
    assert len(alone) == len(beside)
    there = Presence.ledger.get(owner=bob.me).uid
    answers = [client.post(f"{room}noter/", {"person": str(uid), "words": ""}) for uid in (there, ids.new())]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_name_is_looked_for_without_its_accents(alice, bob, square, code):
    phone = Client()
    phone.post(square, {"seen": "yes", "name": "Éléonore"})
    browser.of(alice).post(square, {"seen": "yes"})
    client = browser.of(bob)
    client.post(square, {"seen": "no"})
    assert names(client.get(f"/s/{code}/salle/?q=eleo")) == ["Éléonore"]
    assert says(client.get(f"/s/{code}/salle/?q=zorro"), "Personne de ce nom n’apparaît ici.")


def test_nobody_is_told_that_they_were_noted(alice, bob, square, code):
    browser.of(alice).post(square, {"seen": "yes"})
    client, hers = browser.of(bob), browser.of(alice)
    client.post(square, {"seen": "yes"})
    before = text(hers.get(f"/s/{code}/salle/"))
    client.post(f"/s/{code}/salle/noter/", {"person": Presence.ledger.get(owner=alice.me).uid, "words": "audit"})
    assert len(book.book(bob)) == 1
    assert text(hers.get(f"/s/{code}/salle/")) == before


def test_after_the_evening_those_who_were_there_are_still_to_be_noted(alice, bob, square, code):
    for viewer in (alice, bob):
        browser.of(viewer).post(square, {"seen": "yes"})
    with clock.at(ENDS + timedelta(hours=20)):
        room = browser.of(bob).get(f"/s/{code}/salle/")
    assert (names(room), room.context["live"]) == (["Alice Hoareau"], False)
