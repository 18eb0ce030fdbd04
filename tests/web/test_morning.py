"""Le lendemain: whom one met, each with three blanks; what is filled in stands on their pages, and is kept once."""

from datetime import date, datetime, timedelta

import pytest

from entregent.common import clock
from entregent.encounters import actions, followups, queries
from entregent.market import actions as market
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.people import queries as people
from tests import canary, cast
from tests.laws.filled import sent
from tests.web import browser

#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
MORNING = STARTS + timedelta(hours=15)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def code(alice, bob, community):
    with clock.at(STARTS - timedelta(days=4)):
        code = cast.announce(alice, community, title="Apéro Web 47")
    with clock.at(STARTS):
        presences.arrive(bob, here=evenings.evening(alice, code).here or "", seen=True)
    return code


@pytest.fixture
def page(code):
    return f"/s/{code}/lendemain/"


@pytest.fixture
def karine(bob, code):
    with clock.at(STARTS):
        return actions.note_somebody(bob, name="Karine", meetup=code)


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def filled(bobs, page, contact, **said):
    return bobs.post(page, {"contact": contact, "when": "week", "due_on": "", **said})


def words(answer):
    return answer.content.decode()


def test_what_is_filled_in_is_a_line_of_that_evening_and_two_things_to_do(bobs, bob, page, karine):
    filled(bobs, page, karine, said="Cherche un relieur.", promised="Lui présenter Ève", next="Déjeuner")
    [note] = queries.contact(bob, karine).notes
    assert (note.text, note.title, note.on) == ("Cherche un relieur.", "Apéro Web 47", date(2026, 11, 26))
    due = FRIDAY + timedelta(days=7)
    told = {(one.text, one.due_on) for one in followups.open_ones(bob)}
    assert told == {("Lui présenter Ève", due), ("Déjeuner", due)}
    shown = words(bobs.get(page))
    assert [text in shown for text in ("Cherche un relieur.", "Lui présenter Ève", "Déjeuner")] == [True] * 3


def test_one_blank_is_enough_and_is_taken_back_with_one_tap(bobs, bob, page, karine):
    filled(bobs, page, karine, next="Déjeuner", when="month_end")
    [promise] = followups.open_ones(bob)
    assert (promise.due_on, queries.contact(bob, karine).notes) == (date(2026, 12, 31), ())
    assert f'action="/carnet/promesses/{promise.uid}/rayer/"' in words(bobs.get(page))
    filled(bobs, page, karine, said="Cherche un relieur.")
    [note] = queries.contact(bob, karine).notes
    assert f'action="/carnet/lignes/{note.uid}/rayer/"' in words(bobs.get(page))


def test_nothing_filled_in_or_a_day_that_has_been_is_told_and_nothing_is_kept(bobs, bob, page, karine):
    for said in ({}, {"said": "Un mot", "promised": "Déjeuner", "due_on": "2020-01-01"}):
        answer = filled(bobs, page, karine, **said)
        assert (answer.status_code, 'aria-invalid="true"' in words(answer)) == (422, True)
    assert (followups.open_ones(bob), queries.contact(bob, karine).notes) == ([], ())


def test_a_form_that_is_sent_twice_is_kept_once(bobs, bob, page, karine):
    for _ in range(2):
        filled(bobs, page, karine, said="Un mot", promised="Déjeuner", next="Déjeuner", csrfmiddlewaretoken="drawn")
    assert (len(followups.open_ones(bob)), len(queries.contact(bob, karine).notes)) == (2, 1)


def test_one_goes_on_at_the_next_person(bobs, bob, code, page, karine):
    with clock.at(STARTS):
        zoe = actions.note_somebody(bob, name="Zoé", meetup=code)
    assert filled(bobs, page, karine, said="Un mot")["Location"] == f"{page}#c-{zoe}"
    assert filled(bobs, page, zoe, said="Un mot")["Location"] == page


def test_those_who_let_one_see_them_and_were_not_noted_are_proposed(bobs, bob, alice, charlie, code, page):
    here = evenings.evening(alice, code).here or ""
    with clock.at(STARTS):
        presences.arrive(charlie, here=here, seen=True)
        presences.arrive(alice, here=here, seen=False)
    shown = words(bobs.get(page))
    assert ("Charlie Grondin" in shown, "Alice Hoareau" in shown) == (True, False)
    met = sent(bobs, page, f"/s/{code}/salle/noter/")
    assert met["Location"] == page
    [entry] = followups.met_at(bob, evenings.evening(bob, code))
    assert (entry.name, entry.person) == ("Charlie Grondin", charlie.me)
    assert "Vous avez aussi croisé" not in words(bobs.get(page))


def test_it_is_for_whoever_was_there_or_noted_somebody_once_it_has_begun(bobs, alice, charlie, code, page, karine):
    evening = f"/s/{code}/"
    assert browser.of(charlie).get(page)["Location"] == evening
    with clock.at(STARTS):
        actions.note_somebody(charlie, name="Ève", meetup=code)
    assert browser.of(charlie).get(page).status_code == 200
    with clock.at(STARTS - timedelta(days=1)):
        assert bobs.get(page)["Location"] == evening
    assert bobs.get("/s/NOWHERE2/lendemain/").status_code == 404


def test_nobody_fills_in_the_blanks_of_somebody_elses_book(charlie, code, page, karine):
    with clock.at(STARTS):
        actions.note_somebody(charlie, name="Ève", meetup=code)
    assert filled(browser.of(charlie), page, karine, said="Un mot").status_code == 404


def test_whom_others_noted_is_not_told(bobs, alice, bob, code, page):
    hidden = canary.word()
    with clock.at(STARTS):
        actions.note_somebody(alice, person=people.uid_of(person=bob.me), text=hidden, meetup=code)
    assert hidden not in words(bobs.get(page))


def test_tonight_and_the_evening_lead_there_for_three_days(bobs, bob, code, page, karine):
    market.say_situation(bob, answer="own")
    for address in ("/ce-soir/", f"/s/{code}/"):
        assert f'href="{page}"' in words(bobs.get(address))
    with clock.at(MORNING + timedelta(days=3)):
        later = bobs.get("/ce-soir/")
        assert (later.status_code, f'href="{page}"' in words(later)) == (200, False)


def test_those_of_whom_nothing_was_said_of_that_evening_are_unfolded(bobs, bob, code, page, karine):
    actions.add_note(bob, contact=karine, text="De longue date", on=date(2020, 1, 1))
    before = words(bobs.get(page)).count("<details open>")
    filled(bobs, page, karine, said="Cherche un relieur.")
    assert (before, words(bobs.get(page)).count("<details open>")) == (1, 0)
