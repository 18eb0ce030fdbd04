"""The directory: the same for every member, by tag, by town, by words, page by page; nothing for anybody else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.directory import queries as directory
from entregent.exchange import organisations
from tests.exchange.test_organisations import MAPS, WEB

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SPREAD = replace(MAPS, key="far", name="Relevés du sud", town="SAINT-PIERRE", tags=("Cartographie", "drones"))


@pytest.fixture(autouse=True)
def listed(db):
    with clock.at(NOW):
        organisations.bring_in([MAPS, WEB, SPREAD], source="Annuaire", licence="ODbL")


def names(found):
    return [one.name for one in found.lines]


def uid(viewer, name) -> UUID:
    return next(one.uid for one in directory.find(viewer).lines if one.name == name)


def test_a_sheet_says_everything_and_where_it_comes_from(alice):
    sheet = directory.sheet(alice, uid(alice, MAPS.name))
    assert (sheet.name, sheet.tags, sheet.town, sheet.postcode) == (MAPS.name, MAPS.tags, "Saint-Denis", "97400")
    assert (sheet.source, sheet.licence, sheet.read_on, sheet.said_on) == ("Annuaire", "ODbL", date(2026, 11, 22), None)


def test_spellings_of_a_tag_and_of_a_town_are_one(alice):
    assert names(directory.find(alice, tag="CARTOGRAPHIE")) == ["Atelier des cartes", "Relevés du sud"]
    assert names(directory.find(alice, town="saint pierre")) == ["Relevés du sud", "Vacoa"]
    assert names(directory.find(alice, tag="cartographie", town="Saint-Pierre")) == ["Relevés du sud"]
    assert [(shelf.words, shelf.count) for shelf in directory.tags(alice, limit=1)] == [("Cartographie", 2)]
    assert [(shelf.words, shelf.count) for shelf in directory.towns(alice)] == [("SAINT-PIERRE", 2), ("Saint-Denis", 1)]


def test_pages_follow_each_other_and_know_how_many_there_are(alice):
    pages = [directory.find(alice, first=first, many=2) for first in (0, 2, 4)]
    assert [(names(page), page.total) for page in pages] == [
        (["Atelier des cartes", "Relevés du sud"], 3),
        (["Vacoa"], 3),
        ([], 3),
    ]
    found = directory.find(alice, words="carte", first=1, many=1)
    assert (len(found.lines), found.total) == (1, 2)


def test_words_find_by_what_is_done_and_the_town_decides_between_two(alice):
    assert [one.name for one in directory.answering(alice, "qui fait de la cartographie à Saint-Pierre")] == [
        "Relevés du sud",
        "Atelier des cartes",
    ]
    assert [one.name for one in directory.answering(alice, "cartographe à St Denis")][:1] == ["Atelier des cartes"]
    assert directory.answering(alice, "un souffleur de verre") == directory.answering(alice, "qui ?") == []


def test_of_very_many_that_hold_a_word_those_that_are_about_it_are_read_first(alice):
    plain = replace(WEB, description="Une carte de visite.", tags=("papier",), category="Boutique")
    many = [replace(plain, key=f"m{number}", name=f"Magasin {number}") for number in range(directory.READ)]
    organisations.bring_in([*many, SPREAD], source="Un autre annuaire")
    found = directory.find(alice, words="carte", many=3)
    assert found.total <= directory.READ < directory.size(alice)
    assert sorted(names(found)) == ["Atelier des cartes", "Relevés du sud", "Relevés du sud"]


def test_shelves_are_counted_where_they_stand(alice):
    spelt = replace(SPREAD, key="other", tags=("drones", "cartographie"), town="Saint-Pierre")
    organisations.bring_in([spelt, replace(spelt, key="third")], source="Un autre annuaire")
    with CaptureQueriesContext(connection) as context:
        tags, towns = directory.tags(alice, limit=2), directory.towns(alice, limit=1)
    assert all("GROUP BY" in statement["sql"] for statement in context)
    assert [(shelf.words, shelf.count) for shelf in [*tags, *towns]] == [
        ("cartographie", 4),
        ("drones", 3),
        ("Saint-Pierre", 4),
    ]


def test_every_member_finds_the_same_and_a_visitor_nothing(alice, dana, anonymous):
    assert directory.find(alice, words="cartographie") == directory.find(dana, words="cartographie")
    assert directory.answering(alice, "web") == directory.answering(dana, "web") != []
    assert (directory.size(anonymous), names(directory.find(anonymous)), directory.tags(anonymous)) == (0, [], [])
    assert (directory.answering(anonymous, "web"), directory.towns(anonymous)) == ([], [])
    for viewer, wanted in ((anonymous, uid(alice, MAPS.name)), (alice, ids.new())):
        with pytest.raises(errors.NotFound):
            directory.sheet(viewer, wanted)
