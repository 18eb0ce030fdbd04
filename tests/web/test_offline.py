"""What a phone may keep without network: one's own ticket and the door's list, until the doors close."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.common import clock
from entregent.meetups import actions, queries
from entregent.meetups.tickets import hidden
from entregent.meetups.times import DOORS_CLOSE
from entregent.profiles import actions as profiles
from entregent.web.offline import KEEP_UNTIL
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser

NOW = STARTS + timedelta(minutes=42)
CLOSED = ENDS + DOORS_CLOSE


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community, members, bob, charlie):
    """An evening to which Bob comes under his name, and Charlie without it."""
    said: dict[str, Any] = {"title": "Apéro Web 47", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie"}
    code = actions.announce(alice, community=community, **said)
    for viewer, name, audience in ((bob, "Zoé Técher", "going"), (charlie, "Kim Lebon", "me")):
        profiles.call_me(viewer, text=name, audience=members)
        actions.answer(viewer, code=code, audience=audience)
    return code


def test_the_worker_answers_for_the_whole_site_and_is_asked_for_each_time(db):
    answer = Client().get("/sw.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert (answer["Cache-Control"], b"kept.js" in answer.content) == ("private, no-store", True)


def test_one_s_own_ticket_and_the_door_say_until_when_they_are_kept_and_no_other_page_does(alice, bob, code):
    evening = f"/s/{code}/"
    with clock.at(NOW):
        alices, bobs = browser.of(alice), browser.of(bob)
        found = [bobs.get(f"{evening}billet/"), alices.get(f"{evening}porte/"), alices.get(f"{evening}porte/?q=zoe")]
        others = [bobs.get(page) for page in (evening, "/ce-soir/", "/moi/")] + [alices.get(f"{evening}organiser/")]
    assert [answer[KEEP_UNTIL] for answer in found] == [CLOSED.isoformat()] * 3
    assert [KEEP_UNTIL in answer for answer in others] == [False] * 4


def test_the_door_s_list_holds_names_as_the_page_does_and_tickets_that_nobody_can_read(alice, bob, charlie, code):
    with clock.at(NOW):
        door = browser.of(alice)
        lists = [door.get(f"/s/{code}/porte/liste.json") for _ in range(2)]
        tickets = [queries.ticket(viewer, code).code for viewer in (bob, charlie)]
    told = [answer.json() for answer in lists]
    keys = [[line["key"] for line in one["lines"]] for one in told]
    assert keys == [[hidden(one["salt"], ticket) for ticket in tickets] for one in told]
    assert not set(keys[0]) & set(keys[1])
    names = [line["name"] for line in told[0]["lines"]]
    assert (names[0], "Lebon" in names[1], told[0]["until"]) == ("Zoé Técher", False, CLOSED.timestamp() * 1000)
    assert [ticket in lists[0].content.decode() for ticket in tickets] == [False, False]


def test_the_list_says_who_is_inside_and_who_let_them_in(alice, bob, charlie, code):
    with clock.at(NOW):
        left, right = browser.of(alice), browser.of(alice)
        left.post(f"/s/{code}/porte/entrer/", {"billet": queries.ticket(charlie, code).code})
        left.post(f"/s/{code}/porte/entrer/", {"name": "Lou"})
        told = [door.get(f"/s/{code}/porte/liste.json").json() for door in (left, right)]
    found = [[(line["hour"], line["here"]) for line in (*one["lines"], *one["walkers"])] for one in told]
    at = "19\u00a0h\u00a012"
    assert found == [[("", True), (at, True), (at, True)], [("", True), (at, False), (at, False)]]
    assert [(one["inside"], one["coming"]) for one in told] == [(2, 2), (2, 2)]


@pytest.mark.parametrize(("at", "status"), [(SUNDAY, 404), (NOW, 200), (CLOSED, 404)])
def test_there_is_a_list_from_the_day_before_until_the_doors_close(alice, code, at, status):
    with clock.at(at):
        assert browser.of(alice).get(f"/s/{code}/porte/liste.json").status_code == status


def test_nobody_but_who_organises_has_the_list(bob, dana, code):
    with clock.at(NOW):
        clients = (browser.of(bob), browser.of(dana), Client())
        assert [one.get(f"/s/{code}/porte/liste.json").status_code for one in clients] == [404, 404, 302]


def test_what_a_phone_noted_is_sent_once_the_doors_have_closed_and_shows_no_list(alice, code):
    with clock.at(CLOSED + timedelta(hours=1)):
        page = browser.of(alice).get(f"/s/{code}/porte/")
    text = page.content.decode()
    assert ("data-over" in text, "door.js" in text, "Técher" in text, KEEP_UNTIL in page) == (True, True, False, False)


def test_leaving_has_the_browser_forget_what_it_kept(alice, bob):
    out, gone = browser.of(alice).post("/sortir/"), browser.of(bob).post("/moi/effacer/", {"sure": "on"})
    assert [answer["Clear-Site-Data"] for answer in (out, gone)] == ['"storage"'] * 2
