"""Evenings that recur, on pages: opened, changed one or all that follow, listed, ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from entregent.common import clock
from entregent.meetups import actions, gatherings, queries
from entregent.meetups.models import Meetup
from entregent.meetups.recurrence import LAST, NTH, WEEK, Recurs
from tests.web import browser
from tests.web.test_evenings import ENDS, STARTS, TYPED, announce, field, sunday, text

__all__ = ["announce", "sunday"]


@pytest.fixture
def weekly(announce):
    """The codes of four evenings, one a week."""
    announce(recurs=Recurs(WEEK, times=4))
    return list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))


def edited(client, code, **said):
    """An evening changed on its page, with what stands there otherwise."""
    page = client.get(f"/s/{code}/modifier/")
    names = ("name", "on", "at", "until", "place", "entry")
    return client.post(f"/s/{code}/modifier/", {**{name: field(page, name)[0] for name in names}, **said})


def test_a_series_is_opened_with_a_rhythm_and_an_end_as_people_type_them(alice, community):
    client, address = browser.of(alice), f"/c/{community}/soirees/nouvelle/"
    answer = client.post(address, {**TYPED, "repeats": "last", "last_on": "30 avril 2027"})
    [evening] = gatherings.upcoming(alice)
    assert (answer.status_code, answer["Location"], evening.more) == (302, f"/s/{evening.code}/organiser/", 3)
    assert "Les prochaines dates" in text(client.get(answer["Location"]))
    days = [f"{one.starts_at:%d/%m %H:%M}" for one in gatherings.dates(alice, evening.code)]
    assert days == ["28/01 14:30", "25/02 14:30", "25/03 14:30", "29/04 14:30"]


@pytest.mark.parametrize(
    ("wrong", "name", "said"),
    [
        ({"repeats": "week"}, "times", "Dites combien de fois, ou jusqu’à quel jour : l’un des deux."),
        ({"repeats": "week", "times": "beaucoup"}, "times", "Un nombre, comme 10."),
        ({"repeats": "week", "times": "61"}, "times", "Une série compte deux soirées au moins, et 60 au plus."),
        ({"repeats": "week", "last_on": "bientôt"}, "last_on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        (
            {"repeats": "last", "times": "3", "on": "jeudi 21 janvier"},
            "repeats",
            "Ce n’est pas le dernier jour de ce nom dans le mois : choisissez un autre jour, ou un autre rythme.",
        ),
    ],
)
def test_what_a_series_cannot_be_is_said_with_its_field(alice, community, wrong, name, said):
    page = browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **wrong})
    [error] = field(page, name)[1]
    assert (page.status_code, error.replace("\u202f", " ").replace("\xa0", " ")) == (422, said)
    assert "<details open>" in page.content.decode()
    assert gatherings.upcoming(alice) == []


def test_one_evening_or_those_that_follow_too_are_changed(alice, weekly):
    client = browser.of(alice)
    assert "scope" not in client.get(f"/s/{weekly[3]}/modifier/").context["form"].fields
    edited(client, weekly[1], place="Chez Marceline")
    edited(client, weekly[0], place="Chez Zoé", scope="following")
    places = ["Chez Zoé", "Chez Marceline", "Chez Zoé", "Chez Zoé"]
    assert [queries.evening(alice, code).place for code in weekly] == places
    edited(client, weekly[1], place="Au port", scope="following", everywhere="on")
    places = ["Chez Zoé", "Au port", "Au port", "Au port"]
    assert [queries.evening(alice, code).place for code in weekly] == places


def test_the_day_of_those_that_follow_stays_and_the_page_says_what_to_do(alice, weekly):
    page = edited(browser.of(alice), weekly[0], on="vendredi 27 novembre 2026", scope="following")
    assert page.status_code == 422
    assert "Le jour change pour une soirée à la fois" in text(page)
    assert queries.evening(alice, weekly[0]).starts_at == STARTS


def test_the_page_of_an_evening_shows_the_next_dates_and_its_rhythm(bob, alice, weekly, announce):
    page = browser.of(bob).get(f"/s/{weekly[0]}/")
    assert "Les prochaines dates" in text(page)
    assert "Chaque jeudi" in text(page)
    assert re.findall(r'<a class="nom" href="/s/(\w+)/"', page.content.decode()) == weekly[1:]
    actions.end_series(alice, code=weekly[0])
    assert "Aucune autre date n’est annoncée." in text(browser.of(bob).get(f"/s/{weekly[0]}/"))
    alone = announce(starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1))
    assert "Les prochaines dates" not in text(browser.of(bob).get(f"/s/{alone}/"))
    assert browser.of(bob).get(f"/s/{alone}/dates/").status_code == 404


@pytest.mark.parametrize(("every", "said"), [(NTH, "Le quatrième jeudi du mois"), (LAST, "Le dernier jeudi du mois")])
def test_the_community_shows_the_next_evening_of_a_series_and_how_many_follow(announce, community, every, said):
    code = announce(recurs=Recurs(every, times=6))
    page = Client().get(f"/c/{community}/")
    assert f"{said} · 5 autres dates" in text(page)
    assert page.content.decode().count(f'href="/s/{code}/"') == 1
    dates = Client().get(f"/s/{code}/dates/")
    assert (dates.status_code, dates.content.decode().count('class="nom"')) == (200, 6)


def test_whoever_organises_ends_the_series_and_nobody_else(alice, bob, weekly):
    assert "Terminer cette série" not in text(browser.of(bob).get(f"/s/{weekly[0]}/dates/"))
    assert browser.of(bob).post(f"/s/{weekly[0]}/dates/terminer/").status_code == 409
    client = browser.of(alice)
    assert "Terminer cette série" in text(client.get(f"/s/{weekly[0]}/dates/"))
    answer = client.post(f"/s/{weekly[0]}/dates/terminer/")
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{weekly[0]}/dates/")
    assert text(client.get(answer["Location"])).count("Annulée") == 4
    with clock.at(ENDS + timedelta(days=60)):
        assert "La série est finie." in text(client.get(f"/s/{weekly[0]}/dates/"))
