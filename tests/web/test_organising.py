"""Pages of those who organise: calling an evening off, another like it."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from entregent.common import clock
from entregent.meetups import actions, queries
from tests.web import browser
from tests.web.test_evenings import text

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    said = {"title": "Apéro Web 47", "place": "Chez Zélie", "town": "Saint-Denis", "capacity": 12}
    times = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=5)}
    return actions.announce(alice, community=community, words="Une table.", **said, **times)


def test_an_evening_is_called_off_with_a_word_that_its_page_keeps(alice, bob, code):
    client = browser.of(alice)
    assert client.get(f"/s/{code}/annuler/").status_code == 200
    answer = client.post(f"/s/{code}/annuler/", {"words": "<b>Cyclone</b> : on reste chez soi."})
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/")
    page = browser.of(bob).get(f"/s/{code}/").content.decode()
    assert "&lt;b&gt;Cyclone&lt;/b&gt; : on reste chez soi." in page
    assert client.get(f"/s/{code}/annuler/")["Location"] == f"/s/{code}/"


def test_a_word_that_is_too_long_is_said_at_its_field_and_calls_nothing_off(alice, code):
    answer = browser.of(alice).post(f"/s/{code}/annuler/", {"words": "a" * 301})
    assert answer.status_code == 422
    assert "300" in str(answer.context["form"]["words"].errors)
    assert queries.evening(alice, code).state == "open"


def test_for_those_who_do_not_organise_the_page_is_not_there(bob, code):
    client = browser.of(bob)
    assert [client.get(f"/s/{code}/annuler/").status_code, client.post(f"/s/{code}/annuler/").status_code] == [404] * 2
    assert queries.evening(bob, code).state == "open"


def test_another_evening_like_one_of_ones_own_lacks_its_day_alone(alice, code, community):
    client = browser.of(alice)
    form = client.get(f"/c/{community}/soirees/nouvelle/?comme={code}").context["form"]
    held = {name: form[name].value() for name in ("name", "on", "at", "until", "place", "town", "capacity", "pitch")}
    assert held == {
        "name": "Apéro Web 47",
        "on": None,
        "at": "18 h 30".replace(" ", "\N{NO-BREAK SPACE}"),
        "until": "23 h 30".replace(" ", "\N{NO-BREAK SPACE}"),
        "place": "Chez Zélie",
        "town": "Saint-Denis",
        "capacity": 12,
        "pitch": "Une table.",
    }
    assert "L’annoncer de nouveau" in text(client.get(f"/s/{code}/organiser/"))


def test_an_evening_that_one_does_not_organise_is_not_copied(bob, code, community):
    path = f"/c/{community}/soirees/nouvelle/?comme="
    answers = [browser.of(bob).get(f"{path}{said}") for said in (code, "NOWHERE")]
    assert [answer.status_code for answer in answers] == [404, 404]
