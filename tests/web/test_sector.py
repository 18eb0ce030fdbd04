"""The sector: organisations as sources list them, by words, tag, town and page; who works there, as one sees it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from django.test import Client

from entregent.common import clock
from entregent.directory import queries as directory
from entregent.exchange import organisations
from entregent.market import actions as market
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests.exchange.test_organisations import MAPS, WEB
from tests.web import browser

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
MANY = [replace(WEB, key=f"w{number:02}", name=f"Zébulon {number:02}") for number in range(41)]


@pytest.fixture(autouse=True)
def listed(db):
    with clock.at(NOW):
        organisations.bring_in([replace(MAPS, url="https://cartes.example"), *MANY], source="Annuaire", licence="ODbL")
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def maps(bob):
    return next(one.uid for one in directory.find(bob, words="Atelier").lines)


def names(answer):
    return [line.name for line in answer.context["lines"]]


def html(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_turns_its_pages_and_keeps_what_was_asked(bobs):
    first = bobs.get("/secteur/")
    assert (len(names(first)), first.context["total"], first.context["previous_page"]) == (40, 42, "")
    second = bobs.get(first.context["next_page"])
    assert (names(second), second.context["next_page"]) == (["Zébulon 39", "Zébulon 40"], "")
    town = bobs.get("/secteur/", {"town": "saint pierre", "tag": "WEB"})
    assert (town.context["total"], names(town)[0]) == (41, "Zébulon 00")
    assert names(bobs.get(town.context["next_page"])) == ["Zébulon 40"]


def test_words_a_tag_and_a_town_narrow_it(bobs):
    found = bobs.get("/secteur/", {"q": "cartographie"})
    assert (names(found), "<h2>Une organisation</h2>" in html(found)) == (["Atelier des cartes"], True)
    assert names(bobs.get("/secteur/", {"tag": "sig", "town": "Saint-Denis"})) == ["Atelier des cartes"]
    nothing = bobs.get("/secteur/", {"q": "plombier"})
    assert (names(nothing), "Aucune organisation ne répond à cela." in html(nothing)) == ([], True)


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999999999999999", "page=²", "q=%00", "tag=%00", "town=%FF"]
)
def test_whatever_is_typed_into_the_address_the_page_stands(bobs, query):
    assert bobs.get(f"/secteur/?{query}").status_code == 200


def test_a_card_says_what_it_is_and_where_it_comes_from(bobs, maps):
    page = html(bobs.get(f"/secteur/{maps}/"))
    assert "Annuaire, relevé le 22 novembre 2026. Licence : ODbL." in page
    assert 'href="https://cartes.example" rel="noreferrer nofollow ugc"' in page
    assert bobs.get("/secteur/11111111-1111-4111-8111-111111111111/").status_code == 404


def test_taking_it_out_is_a_mail_to_whoever_runs_the_server(bobs, maps, settings):
    settings.OPERATOR_MAIL = "exploitant@example.org"
    found = re.search(r'href="(mailto:[^"]+)"', html(bobs.get(f"/secteur/{maps}/")))
    assert found is not None
    begun = unquote(found[1])
    assert begun.startswith("mailto:exploitant@example.org?subject=La fiche")
    assert f"/secteur/{maps}/" in begun
    settings.OPERATOR_MAIL = ""
    page = html(bobs.get(f"/secteur/{maps}/"))
    assert ("mailto:" in page, "C’est vous" in page) == (False, True)


def test_a_card_shows_those_who_say_to_the_viewer_that_they_work_there_and_nobody_else(
    alice, bobs, bob, charlie, members, maps
):
    market.state_position(alice, organisation="ATELIER DES CARTES", title="Géomètre", audience=members)
    market.state_position(charlie, organisation="Atelier des cartes", title="Pilote", audience=None)
    market.state_position(bob, organisation="Atelier des cartes", title="Dessinateur", audience=members)
    shown = [(line["name"], line["fact"]) for line in bobs.get(f"/secteur/{maps}/").context["people"]]
    assert shown == [("Alice Hoareau", "Géomètre")]
    profiles.block(bob, person=people.uid_of(person=alice.me))
    assert bobs.get(f"/secteur/{maps}/").context["people"] == []


def test_what_members_hide_changes_no_byte_of_a_card_and_no_statement(
    alice, bobs, community, maps, django_assert_num_queries
):
    def asked():
        return [
            re.sub(r'value="[^"]{64}"', "", html(bobs.get(address))) for address in ("/secteur/", f"/secteur/{maps}/")
        ]

    with django_assert_num_queries(23) as before:
        told = asked()
    market.state_position(alice, organisation="Atelier des cartes", title="Géomètre", audience=None)
    market.shield(alice, organisation="Vacoa")
    market.tie(alice, one="Atelier des cartes", other="Vacoa")
    with django_assert_num_queries(len(before)):
        assert asked() == told


def test_a_need_is_answered_by_organisations_too_and_the_sector_is_one_link_away(bobs):
    answer = bobs.post("/besoin/", {"q": "qui fait de la cartographie à Saint-Denis"})
    assert [line.name for line in answer.context["organisations"]] == ["Atelier des cartes"]
    assert "cartographie" not in str(re.findall(r'href="([^"]*)"', html(answer)))
    assert 'href="/secteur/"' in html(bobs.get("/besoin/"))


def test_the_community_leads_there_for_members_alone(bobs, dana, community):
    assert 'href="/secteur/"' in html(bobs.get(f"/c/{community}/"))
    assert 'href="/secteur/"' not in html(browser.of(dana).get(f"/c/{community}/"))


def test_a_visitor_is_asked_to_sign_in(maps):
    for address in ("/secteur/", f"/secteur/{maps}/"):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"].startswith("/entrer/")) == (302, True)


def test_what_left_its_source_says_since_when(bobs, maps):
    with clock.at(NOW.replace(day=25)):
        organisations.bring_in(MANY, source="Annuaire")
    assert "N’est plus dans sa source depuis le 25 novembre 2026." in html(bobs.get(f"/secteur/{maps}/"))
    assert [line.gone_on for line in bobs.get("/secteur/", {"q": "cartographie"}).context["lines"]] == [
        date(2026, 11, 25)
    ]
