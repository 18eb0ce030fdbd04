"""Pages of those who organise: together, calling an evening off, another like it."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.circles.fixed import EVERYONE
from entregent.common import chance, clock, ids
from entregent.meetups import actions, hosts, queries
from entregent.profiles import actions as profiles
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
    return actions.announce(alice, **{"community": community, "words": "Une table.", **said, **times})


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
    assert "En annoncer une pareille" in text(client.get(f"/s/{code}/organiser/"))


def test_an_evening_that_one_does_not_organise_is_not_copied(bob, code, community):
    path = f"/c/{community}/soirees/nouvelle/?comme="
    answers = [browser.of(bob).get(f"{path}{said}") for said in (code, "NOWHERE")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_link_is_asked_for_shared_followed_and_closed(alice, bob, code):
    alices, bobs = browser.of(alice), browser.of(bob)
    assert "Demander de l’aide" in text(alices.get(f"/s/{code}/organiser/"))
    alices.post(f"/s/{code}/organiser/lien/")
    link = f"/s/{code}/organiser-avec/{queries.evening(alice, code).together}/"
    alices.post(f"/s/{code}/organiser/lien/")  # by a page on which there was none yet
    page = text(alices.get(f"/s/{code}/organiser/"))
    assert (link in page, "L’actuel ne mènera plus nulle part." in page) == (True, True)
    assert "Je l’organise aussi" in text(bobs.get(link))
    answer = bobs.post(link)
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/organiser/")
    assert bobs.get(link)["Location"] == f"/s/{code}/organiser/"
    profiles.call_me(bob, text="Bob Grondin", audience=EVERYONE)
    assert "Bob Grondin" in text(Client().get(f"/s/{code}/"))
    alices.post(f"/s/{code}/organiser/lien/", {"anew": ""})
    assert browser.of(alice).get(link).status_code == 404
    link = f"/s/{code}/organiser-avec/{queries.evening(alice, code).together}/"
    alices.post(f"/s/{code}/organiser/lien/fermer/")
    assert browser.of(alice).get(link).status_code == 404


def test_who_helps_is_shown_to_those_who_organise_and_thanked_by_whoever_announced_it(alice, bob, community, code):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    profiles.call_me(bob, text="Bob Grondin", audience=EVERYONE)
    [helper] = queries.hosts(alice, code)
    assert "Sans Bob Grondin désormais" in text(browser.of(alice).get(f"/s/{code}/organiser/"))
    assert "Je n’organise plus" in text(browser.of(bob).get(f"/s/{code}/organiser/"))
    browser.of(alice).post(f"/s/{code}/organiser/merci/{helper.uid}/")
    assert [browser.of(bob).get(f"/s/{code}/organiser/").status_code, queries.hosts(alice, code)] == [404, []]


def test_whoever_helps_without_a_name_is_neither_shown_nor_thanked_and_goes_when_one_organises_alone(alice, bob, code):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    profiles.call_me(bob, text="Bob Grondin", audience=None)
    [helper] = queries.hosts(alice, code)
    client = browser.of(alice)
    assert client.get(f"/s/{code}/organiser/").context["helpers"] == []
    answers = [client.post(f"/s/{code}/organiser/merci/{uid}/").status_code for uid in (helper.uid, ids.new())]
    assert (answers, len(queries.hosts(alice, code))) == ([404, 404], 1)
    assert "Désormais, j’organise sans aide" in text(client.get(f"/s/{code}/organiser/"))
    assert "Désormais, j’organise sans aide" not in text(browser.of(bob).get(f"/s/{code}/organiser/"))
    assert client.post(f"/s/{code}/organiser/seul/")["Location"] == f"/s/{code}/organiser/"
    assert [browser.of(bob).get(f"/s/{code}/organiser/").status_code, queries.hosts(alice, code)] == [404, []]


def test_whoever_helps_stops_with_one_tap(alice, bob, code):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    answer = browser.of(bob).post(f"/s/{code}/organiser/arreter/")
    assert (answer["Location"], queries.evening(bob, code).organises) == (f"/s/{code}/", False)


def test_whoever_is_not_of_the_community_is_told_to_come_in_first(alice, dana, code):
    link = f"/s/{code}/organiser-avec/{hosts.ask_for_help(alice, code=code)}/"
    client = browser.of(dana)
    assert "Entrez d’abord" in text(client.get(link))
    assert (client.post(link).status_code, queries.hosts(alice, code)) == (409, [])
    assert Client().get(link)["Location"].startswith("/entrer/")


def test_borrowed_names_do_not_tell_whose_answer_is_seen_without_a_name(alice, bob, charlie, code):
    """Bob shows Alice his answer and no name, or neither: her page is the same, with the same draws."""
    profiles.call_me(bob, text="Bob", audience=None)
    actions.answer(charlie, code=code, audience="organisers", discreet=False)
    pages = []
    for audience in ("organisers", "me"):
        actions.answer(bob, code=code, audience=audience, discreet=False)
        with chance.seeded("the same draws"):
            pages.append([line["name"] for line in browser.of(alice).get(f"/s/{code}/organiser/").context["seats"]])
    assert len(queries.coming(alice, code)) == 1
    assert pages[0] == pages[1]
    assert "Charlie Grondin" in pages[0]


@pytest.mark.parametrize("what", ["lien/", "lien/fermer/", "arreter/"])
def test_what_organisers_do_is_refused_to_others_and_changes_nothing(alice, bob, code, what):
    together = hosts.ask_for_help(alice, code=code)
    assert browser.of(bob).post(f"/s/{code}/organiser/{what}").status_code == 409
    assert (queries.evening(alice, code).together, queries.hosts(alice, code)) == (together, [])
