"""The operator's places: regions answer their towns, towns are known by how else they are called."""

import json
from pathlib import Path

import pytest

from entregent.search import places
from entregent.search.stems import query
from entregent.search.texts import Texts

TABLE = {
    "regions": {"le sud": ["Saint-Pierre", "Le Tampon"], "l’est": ["Saint-André"]},
    "called": {"gilles les bains": "Saint-Gilles"},
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The file, as it is written."""
    places.write(tmp_path / "places.json", TABLE)
    return tmp_path / "places.json"


def towns(text: str, where: places.Places) -> list[set[str]]:
    return [set(term.meanings) for term in query(text, where.near)]


def test_a_region_means_its_towns_and_a_town_less_surely_its_region(kept: Path):
    where = places.stored(kept)
    assert towns("un graphiste dans le sud", where) == [set(), {"saintpier", "tampon"}]
    assert towns("vers l'est", where) == towns("Côte Est", where) == [{"saintandr"}]
    [tampon] = query("au Tampon", where.near)
    assert tampon.meanings == {"sud": places.AROUND}
    assert places.AROUND < places.HELD < 1


def test_who_is_in_the_town_is_found_by_its_region(kept: Path):
    texts = Texts([("a", "Graphiste à Saint-Denis"), ("b", "Graphiste, Saint-Pierre")], places.stored(kept).near)
    assert texts.best("graphiste dans le sud", 2) == ["b", "a"]
    assert Texts([("b", "Photographe, Saint-Pierre")]).best("au sud", 2) == []


def test_a_town_is_known_by_how_else_it_is_called_and_a_first_name_stays_one(kept: Path):
    where = places.stored(kept)
    assert where.spelled("hôtel, GILLES-les bains !") == "hôtel, Saint-Gilles !"
    for untouched in ("Gilles", "à Saint-Gilles-les-Bains", "gilles les bainsoux"):
        assert where.spelled(untouched) == untouched


def test_no_file_is_no_place(tmp_path: Path):
    assert places.stored(tmp_path / "places.json") == places.Places()


@pytest.mark.parametrize("torn", ["{", "[]", '{"regions": {"sud": 3}}', '{"regions": {"": ["x"]}}', '{"called": 1}'])
def test_a_file_that_is_torn_is_none_and_the_log_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture, torn: str):
    (tmp_path / "places.json").write_text(torn, encoding="utf-8")
    assert places.stored(tmp_path / "places.json") == places.Places()
    assert [record.message.split()[0] for record in caplog.records] == [str(tmp_path / "places.json")]


def test_what_was_written_is_what_is_read_by_hand(kept: Path):
    assert json.loads(kept.read_text(encoding="utf-8")) == TABLE
