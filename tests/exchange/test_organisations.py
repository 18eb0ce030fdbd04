"""Organisations from a source: written once, changed by a newer file, kept when they vanish, gone once taken out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from entregent.common import clock, errors
from entregent.directory import queries as directory
from entregent.directory.models import Listing, Tag
from entregent.exchange import doctor, features, organisations
from entregent.exchange.features import Said
from entregent.exchange.organisations import Counts
from entregent.market import actions as market

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
MAPS = Said(
    "maps",
    "Atelier des cartes",
    "Entreprise",
    ("cartographie", "SIG"),
    "Des cartes.",
    "",
    "97400",
    "Saint-Denis",
    "",
    None,
)
WEB = replace(MAPS, key="web", name="Vacoa", tags=("web",), description="Des sites.", town="Saint-Pierre")


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def bring(*said, source="Annuaire", licence=""):
    return organisations.bring_in(said, source=source, licence=licence)


def listing(key):
    return Listing.objects.get(key=key)


def test_twice_changes_nothing(dump):
    assert bring(MAPS, WEB, licence="ODbL") == Counts(new=2)
    before = dump()
    with clock.at(NOW + timedelta(days=9)):
        assert bring(MAPS, WEB) == Counts(same=2)
    assert dump() == before


def test_a_rehearsal_counts_the_same_and_writes_nothing(dump):
    before = dump()
    assert organisations.compare([MAPS, WEB], source="Annuaire") == Counts(new=2)
    assert dump() == before
    bring(MAPS, WEB)
    before = dump()
    newer = replace(MAPS, description="Des plans.")
    assert organisations.compare([newer], source="Annuaire") == Counts(changed=1, gone=1)
    assert dump() == before


def test_a_newer_file_changes_what_differs_and_keeps_the_address(alice):
    bring(MAPS, WEB)
    uid = listing("maps").uid
    with clock.at(NOW + timedelta(days=9)):
        newer = replace(MAPS, tags=("drones",), description="Des relevés.", town="Le Port")
        assert bring(newer, WEB) == Counts(changed=1, same=1)
    sheet = directory.sheet(alice, uid)
    assert (sheet.tags, sheet.description, sheet.town) == (("drones",), "Des relevés.", "Le Port")
    assert (sheet.read_on, listing("web").read_on) == ((NOW + timedelta(days=9)).date(), NOW.date())
    assert [one.name for one in directory.find(alice, tag="SIG").lines] == []
    assert [one.name for one in directory.find(alice, words="relevés").lines] == ["Atelier des cartes"]
    assert [one.name for one in directory.find(alice, words="Saint-Denis").lines] == []


def test_what_vanished_is_kept_and_dated_until_it_is_back(alice):
    bring(MAPS, WEB)
    with clock.at(NOW + timedelta(days=9)):
        assert bring(WEB) == Counts(same=1, gone=1)
        assert bring(WEB) == Counts(same=1)
    assert (listing("maps").gone_on, listing("maps").name) == ((NOW + timedelta(days=9)).date(), MAPS.name)
    assert directory.find(alice, words="cartographie").total == 1
    assert directory.answering(alice, "cartographie") == []
    assert bring(MAPS, WEB) == Counts(changed=1, same=1)
    assert listing("maps").gone_on is None


def test_what_was_taken_out_leaves_no_word_and_does_not_come_back(alice):
    bring(MAPS, WEB)
    uid = listing("maps").uid
    assert organisations.take_out(uid) == MAPS.name
    assert bring(MAPS, WEB) == Counts(same=1, away=1)
    kept = Listing.objects.filter(uid=uid).values_list("name", "description", "town", "heads", "body", "tags").get()
    assert (kept, Tag.objects.filter(listing__uid=uid).exists()) == (("", "", "", "", "", []), False)
    assert [one.name for one in directory.find(alice).lines] == ["Vacoa"]
    for gone in (lambda: directory.sheet(alice, uid), lambda: organisations.take_out(uid)):
        with pytest.raises(errors.NotFound):
            gone()


def test_nothing_of_a_key_stays_of_what_was_taken_out_and_another_source_is_free_to_use_it(alice, dump):
    named = replace(MAPS, key="karine-hoarau")
    bring(named)
    organisations.take_out(directory.find(alice).lines[0].uid)
    assert "karine" not in str(dump()).casefold()
    assert [bring(named), bring(named, WEB), bring()] == [Counts(away=1), Counts(new=1, away=1), Counts(gone=1)]
    assert bring(named, source="Registre") == Counts(new=1)


def test_two_sources_know_nothing_of_each_other(alice):
    bring(MAPS, source="Annuaire")
    assert bring(WEB, replace(MAPS, name="Autre"), source="Registre", licence="CC0") == Counts(new=2)
    assert [(one.name, one.licence, one.listed, one.gone) for one in organisations.sources()] == [
        ("Annuaire", "", 1, 0),
        ("Registre", "CC0", 2, 0),
    ]


def test_a_file_that_breaks_off_writes_nothing(dump):
    before = dump()

    def broken():
        yield MAPS
        raise errors.Invalid("file", "cut")

    with pytest.raises(errors.Invalid):
        organisations.bring_in(broken(), source="Annuaire")
    assert dump() == before


@pytest.mark.parametrize(("source", "licence"), [("", ""), (" \u200b", ""), ("s" * 81, ""), ("Annuaire", "l" * 201)])
def test_a_source_without_a_fit_name_or_licence_is_refused(db, source, licence):
    with pytest.raises(errors.Invalid):
        bring(MAPS, source=source, licence=licence)


def test_nothing_that_members_said_is_touched_and_the_doctor_is_content(dump, alice):
    market.state_position(alice, organisation="ATELIER DES CARTES", title="Géomètre", audience=None)
    before = dump()
    bring(MAPS, WEB)
    after = dump()
    changed = {kind for kind in after if after[kind] != before.get(kind)}
    assert changed == {"Source", "Listing", "Tag"}
    assert doctor.examine(lambda _done, _of: None).found == []


def test_the_real_list_comes_in_whole_and_answers(shared_data, alice):
    file = shared_data / "techonmap_idf" / "data.json"
    read = list(features.read(file, lambda _read: None))
    assert [each.number for each in read if each.said is None] == []
    said = [each.said for each in read if each.said]
    assert organisations.bring_in(said, source="TechOnMap", licence="ODbL") == Counts(new=2120)
    assert organisations.bring_in(said, source="TechOnMap") == Counts(same=2120)
    assert directory.size(alice) == 2120
    answers = directory.answering(alice, "qui fait de la cartographie à Saint-Denis")
    said_there = [directory.sheet(alice, one.uid) for one in answers]
    assert ["cartogra" in f"{one.name} {one.tags} {one.description}".lower() for one in said_there] == [
        True,
        True,
        True,
    ]
    first = directory.answering(alice, "je cherche un fablab à Montreuil")[0]
    assert (first.name, first.town) == ("ICI Montreuil", "Montreuil")
