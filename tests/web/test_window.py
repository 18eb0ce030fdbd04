"""From when and until when one answers an evening, as pages say it and forms ask for it."""

from datetime import timedelta

import pytest
from django.test import Client

from entregent.common import clock
from entregent.meetups import actions, gatherings, queries
from tests.web import browser
from tests.web.test_evenings import ENDS, STARTS, SUNDAY, TYPED, field, text

HOURS = {
    "opens_on": "lundi 30 novembre",
    "opens_hour": "9 h",
    "closes_on": "mercredi 27 janvier",
    "closes_hour": "20 h",
}
OPENS, CLOSES = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=2)


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
        opens_at=OPENS,
        closes_at=CLOSES,
    )


def test_the_hours_are_typed_as_people_write_them_in_the_zone_of_the_evening(alice, community):
    browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **HOURS})
    [line] = gatherings.upcoming(alice)
    one = queries.evening(alice, line.code)
    assert (str(one.opens_at), str(one.closes_at)) == ("2026-11-30 05:00:00+00:00", "2027-01-27 16:00:00+00:00")
    form = browser.of(alice).get(f"/s/{line.code}/modifier/")
    assert [field(form, name)[0].replace("\u00a0", " ") for name in HOURS] == [
        *("30 novembre 2026", "9 h"),
        *("27 janvier 2027", "20 h"),
    ]
    assert "<details open>" in form.content.decode()


def test_what_the_form_shows_is_kept_when_it_is_sent_back_even_once_the_day_has_passed(alice, code):
    with clock.at(CLOSES + timedelta(days=1)):
        form = browser.of(alice).get(f"/s/{code}/modifier/").context["form"]
        held = {name: form[name].value() for name in form.fields if form[name].value() not in {None, False}}
        assert browser.of(alice).post(f"/s/{code}/modifier/", held).status_code == 302
    one = queries.evening(alice, code)
    assert (one.opens_at, one.closes_at) == (OPENS, CLOSES)


@pytest.mark.parametrize(
    ("typed", "wrong", "said"),
    [
        ({"opens_on": "", "opens_hour": "9 h"}, "opens_on", "Quel jour"),
        ({"closes_hour": ""}, "closes_hour", "quelle heure"),
        ({"closes_on": "bientôt"}, "closes_on", "Un jour s’écrit"),
        ({"opens_on": "mardi 30 novembre"}, "opens_on", "est un lundi"),
        ({"closes_on": "vendredi 29 janvier"}, "closes_on", "au plus tard"),
        ({"opens_on": "28/1", "opens_hour": "8 h"}, "closes_on", "après leur ouverture"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_which_stands_open(alice, community, typed, wrong, said):
    answer = browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **HOURS, **typed})
    assert (answer.status_code, gatherings.upcoming(alice)) == (422, [])
    [error] = field(answer, wrong)[1]
    assert said in error
    assert "<details open>" in answer.content.decode()


def test_an_evening_without_hours_keeps_the_settings_folded(alice, community):
    form = browser.of(alice).get(f"/c/{community}/soirees/nouvelle/")
    assert ("Autres réglages" in text(form), "<details open>" in form.content.decode()) == (True, False)


def test_the_page_says_when_answers_open_when_they_close_and_that_they_are_closed(alice, dana, code):
    visitor, address = Client(), f"/s/{code}/"
    early = visitor.get(address)
    assert "Les inscriptions ouvrent le lundi 23 novembre, 12 h" in text(early)
    assert "Je viens" not in text(early)
    share = text(browser.of(alice).get(f"/s/{code}/organiser/"))
    assert "Les inscriptions ouvrent le lundi 23 novembre, 12 h." in share
    with clock.at(OPENS):
        page = text(visitor.get(address))
        assert "Je viens" in page
        assert "Les inscriptions ferment le mardi 24 novembre, 12 h." in page
        assert browser.of(dana).post(f"/s/{code}/reponse/").status_code == 302
    with clock.at(CLOSES):
        assert "Les inscriptions sont closes" in text(visitor.get(address))
        refused = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})
        assert (refused.status_code, "Les inscriptions sont closes" in text(refused)) == (409, True)
        mine = text(browser.of(dana).get(address))
        assert ("Vous venez" in mine, "Je rends ma place" in mine) == (True, True)


def test_a_guest_gives_the_seat_back_by_the_link_and_is_told_that_answers_are_closed(code):
    visitor = Client()
    with clock.at(OPENS):
        link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})["Location"]
    with clock.at(CLOSES):
        visitor.post(f"{link}rendre/")
        page = text(visitor.get(link))
    assert ("Place rendue" in page, "Les inscriptions sont closes" in page) == (True, True)
