"""Evenings found: to come, by month, of a community, near a town; each viewer what they may see, at one cost."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.meetups import actions
from entregent.search import places
from tests import cast
from tests.meetups.conftest import SUNDAY
from tests.web import browser
from tests.web.test_evenings import says


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(title, starts_at, town="Saint-Denis", **more):
        return actions.announce(
            alice,
            **{"community": community, **more},
            title=title,
            place="Chez Zélie",
            town=town,
            starts_at=datetime.fromisoformat(starts_at),
            ends_at=datetime.fromisoformat(starts_at) + timedelta(hours=3),
        )

    return announced


@pytest.fixture
def evenings(announce):
    announce("Apéro du sud", "2026-11-26T14:30Z", town="Saint-Pierre")
    announce("Apéro du Tampon", "2026-12-03T14:30Z", town="Le Tampon")
    announce("Apéro de Noël", "2026-12-17T14:30Z")
    announce("Entre nous", "2026-12-18T14:30Z", audience="community")
    return announce


def listed(viewer, **asked):
    page = browser.of(viewer).get("/soirees/", asked)
    assert page.status_code == 200
    return [row["meetup"]["name"] for row in page.context["rows"]]


def in_month(viewer, month, **asked):
    page = browser.of(viewer).get("/soirees/", {"month": month, **asked})
    days = page.context["month"]["days"]
    return {day["on"].isoformat(): [row["meetup"]["name"] for row in day["rows"]] for day in days if day["rows"]}


def test_what_is_to_come_is_listed_first_things_first_and_only_what_one_sees(bob, dana, evenings):
    every = ["Apéro du sud", "Apéro du Tampon", "Apéro de Noël", "Entre nous"]
    assert (listed(bob), listed(dana)) == (every, every[:3])
    with clock.at(SUNDAY + timedelta(days=5)):
        assert listed(bob) == every[1:]
    assert Client().get("/soirees/")["Location"].startswith("/entrer/")


def test_a_month_has_its_evenings_on_the_days_where_they_take_place(bob, dana, evenings):
    """Half past twenty by the clock of Greenwich, it is half past midnight on La Réunion."""
    evenings("Réveillon", "2026-12-31T19:30Z")
    evenings("Nouvel an", "2026-12-31T20:30Z")
    december = {"2026-12-03": ["Apéro du Tampon"], "2026-12-17": ["Apéro de Noël"], "2026-12-31": ["Réveillon"]}
    assert in_month(dana, "2026-12") == december
    assert in_month(bob, "2026-12") == {**december, "2026-12-18": ["Entre nous"]}
    assert in_month(bob, "2027-01") == {"2027-01-01": ["Nouvel an"]}
    page = browser.of(bob).get("/soirees/", {"month": "2026-12"})
    assert (page.context["month"]["offset"], len(page.context["month"]["days"])) == (2, 31)
    assert (page.context["previous_page"], page.context["next_page"]) == (
        "/soirees/?month=2026-11",
        "/soirees/?month=2027-01",
    )


@pytest.mark.parametrize("typed", ["2026-13", "2026-1", "hier", "1999-01"])
def test_what_is_no_month_is_the_list(bob, evenings, typed):
    page = browser.of(bob).get("/soirees/", {"month": typed})
    assert (page.context["month"], len(page.context["rows"])) == (None, 4)


def test_evenings_are_found_near_a_town_as_the_operator_says_places(bob, evenings, settings, tmp_path):
    settings.PLACES = tmp_path / "places.json"
    assert listed(bob, near="saint pierre") == ["Apéro du sud"]
    places.write(
        settings.PLACES,
        {"regions": {"le sud": ["Saint-Pierre", "Le Tampon"]}, "called": {"la capitale du sud": "Saint-Pierre"}},
    )
    for near in ("le sud", "Saint-Pierre", "tampon", "la capitale du sud"):
        assert listed(bob, near=near) == ["Apéro du sud", "Apéro du Tampon"]
    assert listed(bob, near="Saint-Denis") == ["Apéro de Noël", "Entre nous"]
    assert in_month(bob, "2026-12", near="le sud") == {"2026-12-03": ["Apéro du Tampon"]}


def test_evenings_are_found_by_community(alice, bob, evenings, community):
    other = communities.found(alice, name="Les gens du son", entry="open")
    evenings("Concert", "2026-12-01T14:30Z", community=other)
    assert listed(bob, community=other) == ["Concert"]
    assert listed(bob, community=community) == ["Apéro du sud", "Apéro du Tampon", "Apéro de Noël", "Entre nous"]
    assert listed(bob, community="nowhere") == []


def test_where_there_is_nothing_the_page_says_what_to_do(alice, bob, dana, community):
    assert says(browser.of(bob).get("/soirees/"), "Ouvrir une soirée")
    assert says(browser.of(dana).get("/soirees/"), "Ouvrir une communauté")
    assert says(browser.of(bob).get("/soirees/?near=Cilaos"), "Aucune soirée ne répond à cela.")
    assert says(browser.of(bob).get("/soirees/?month=2027-03"), "Rien en mars 2027.")


def test_somebody_s_hidden_evening_leaves_no_town_behind(bob, dana, announce):
    announce("Entre nous", "2026-12-18T14:30Z", town="Cilaos", audience="community")
    towns = {who: browser.of(viewer).get("/soirees/").context["towns"] for who, viewer in (("in", bob), ("out", dana))}
    assert towns == {"in": ["Cilaos"], "out": []}


def test_the_page_takes_as_many_statements_for_many_evenings_as_for_few(alice, bob, announce, community):
    def statements(query=""):
        client = browser.of(bob)
        client.get(f"/soirees/{query}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/soirees/{query}").status_code == 200
        return len(captured)

    announce("Apéro", "2026-12-01T14:30Z")
    few = [statements(), statements("?month=2026-12"), statements("?near=Saint-Denis")]
    for number in range(12):
        cast.announce(alice, community, days=number + 5, title=f"Soirée {number}")
        announce(f"Apéro {number}", "2026-12-02T14:30Z", town=f"Ville {number}")
    assert [statements(), statements("?month=2026-12"), statements("?near=Saint-Denis")] == few
    assert few == [13, 13, 13]
