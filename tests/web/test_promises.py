"""What one promised, on pages: noted on the page of a contact, listed, done with one tap, and taken back with one."""

from datetime import date, datetime, timedelta

import pytest

from entregent.common import clock
from entregent.encounters import actions, followups, promises
from entregent.market import actions as market
from tests.laws.filled import sent
from tests.web import browser

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
TODAY = SUNDAY.date()
LIST = "/carnet/a-faire/"


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def karine(bob):
    return actions.note_somebody(bob, name="Karine")


@pytest.fixture
def page(karine):
    return f"/carnet/{karine}/"


@pytest.fixture
def call(bob, karine):
    return promises.promise(bob, contact=karine, text="Appeler pour ce verre", due_on=TODAY)


def said(viewer):
    return [(one.text, one.due_on) for one in followups.open_ones(viewer)]


def words(answer):
    return answer.content.decode()


def test_a_promise_is_noted_for_in_a_week_unless_one_says_otherwise(bobs, bob, page):
    sent(bobs, page, f"{page}promesse/", text="Un livre")
    sent(bobs, page, f"{page}promesse/", text="Un plan", when="")
    sent(bobs, page, f"{page}promesse/", text="Un verre", due_on="2026-12-24")
    assert said(bob) == [("Un livre", TODAY + timedelta(days=7)), ("Un verre", date(2026, 12, 24)), ("Un plan", None)]
    assert all(text in words(bobs.get(page)) for text, _ in said(bob))


def test_a_form_that_is_sent_twice_promises_once(bob, community, page):
    bobs = browser.of(bob)
    typed = {"text": "Un livre", "when": "week", "csrfmiddlewaretoken": "as drawn"}
    for _ in range(2):
        bobs.post(f"{page}promesse/", typed)
    assert len(said(bob)) == 1


def test_nothing_said_or_a_day_that_has_been_is_told_where_it_is_repaired(bobs, bob, page):
    for typed in ({"text": ""}, {"text": "Un livre", "due_on": "2020-01-01"}, {"text": "Un livre", "due_on": "hier"}):
        answer = bobs.post(f"{page}promesse/", typed)
        assert (answer.status_code, 'aria-invalid="true"' in words(answer)) == (422, True)
    assert said(bob) == []


def test_it_is_undone_done_and_taken_back_with_a_tap(bobs, bob, page):
    noted = sent(bobs, page, f"{page}promesse/", text="Un livre")
    undo = followups.open_ones(bob)[0].uid
    assert f'action="/carnet/promesses/{undo}/rayer/"' in words(bobs.get(noted["Location"]))
    done = bobs.post(f"/carnet/promesses/{undo}/fait/", {"next": LIST})
    assert (done["Location"], said(bob)) == (LIST, [])
    assert f'action="/carnet/promesses/{undo}/reprendre/"' in words(bobs.get(LIST))
    assert bobs.post(f"/carnet/promesses/{undo}/reprendre/")["Location"] == page
    assert len(said(bob)) == 1


def test_what_is_due_stands_on_the_notebook_and_tonight_and_is_put_off_for_a_week(bobs, bob, karine, call, page):
    promises.promise(bob, contact=karine, text="Demain midi", due_on=TODAY + timedelta(days=1))
    market.say_situation(bob, answer="own")
    for address in ("/carnet/", "/ce-soir/"):
        shown = words(bobs.get(address))
        assert [text in shown for text in ("Appeler pour ce verre", "Demain midi")] == [True, False]
    assert bobs.post(f"/carnet/promesses/{call}/plus-tard/", {"when": "week"})["Location"] == page
    assert said(bob)[-1] == ("Appeler pour ce verre", TODAY + timedelta(days=7))
    assert "Appeler pour ce verre" not in words(bobs.get("/carnet/"))


def test_a_button_leads_back_to_a_page_of_this_site_alone(bobs, call, page):
    for back in ("https://example.net/", "//example.net", "/sortir/", ""):
        answer = bobs.post(f"/carnet/promesses/{call}/plus-tard/", {"when": "week", "next": back})
        assert answer["Location"] == page


def test_the_list_has_everything_and_says_so_where_there_is_nothing(bobs, bob, karine, call):
    promises.promise(bob, contact=karine, text="Un jour")
    shown = words(bobs.get(LIST))
    assert [text in shown for text in ("Appeler pour ce verre", "Un jour", "Karine")] == [True] * 3
    for one in followups.open_ones(bob):
        promises.keep_promise(bob, promise=one.uid)
    assert "Vous ne devez rien à personne" in words(bobs.get(LIST))


def test_nobody_elses_promise_is_found(alice, community, bob, call):
    alices = browser.of(alice)
    for act in ("fait", "plus-tard", "rayer", "reprendre"):
        assert alices.post(f"/carnet/promesses/{call}/{act}/", {"when": "week"}).status_code == 404
    assert "Appeler" not in words(alices.get(LIST))
