"""Organisations in a GeoJSON file: what each feature says, why one is left out, and what no such file is."""

import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.exchange import features
from entregent.exchange.delimited import Unreadable
from entregent.exchange.features import Feature, Said

MAPS: dict[str, Any] = {
    "id": "ubimix",
    "category": "Entreprise",
    "name": "Ubimix",
    "tags": ["cartographie", "opensource", "cartographie"],
    "address": "1 rue de la Carte",
    "postcode": 75011,
    "city": "Paris",
    "url": "www.ubimix.com",
    "description": "Des cartes\nweb.",
    "updated": 1429801727000,
}


def feature(**said: Any) -> dict[str, Any]:
    told = {name: value for name, value in {**MAPS, **said}.items() if value is not ...}
    return {"type": "Feature", "geometry": None, "properties": told}


def collection(*found: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


@pytest.fixture
def read(tmp_path: Path):
    def reading(content: bytes) -> list[Feature]:
        file = tmp_path / "data.json"
        file.write_bytes(content)
        return list(features.read(file, lambda _read: None))

    return reading


def reasons(found: list[Feature]) -> list[tuple[int, str]]:
    return [(each.number, each.reason) for each in found]


def test_a_feature_says_what_an_organisation_is_called_does_and_where(read):
    [found] = read(collection(feature()))
    assert found == Feature(
        1,
        Said(
            key="ubimix",
            name="Ubimix",
            category="Entreprise",
            tags=("cartographie", "opensource"),
            description="Des cartes\nweb.",
            address="1 rue de la Carte",
            postcode="75011",
            town="Paris",
            url="http://www.ubimix.com",
            said_on=date(2015, 4, 23),
        ),
    )


def test_the_name_is_all_that_is_needed_and_gives_the_key_where_there_is_none(read):
    bare = {"type": "Feature", "properties": {"name": "Ubimix"}}
    town = {"type": "Feature", "properties": {"name": "Ubimix", "city": "Massy"}}
    first, second, again = read(collection(bare, town, {"type": "Feature", "properties": {"name": "UBIMIX"}}))
    assert first.said is not None
    assert second.said is not None
    assert (first.said.tags, first.said.said_on, first.said.key == second.said.key) == ((), None, False)
    assert again.reason == f"the id {first.said.key} stands in the file before"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": ...}, "it has no name"),
        ({"name": " \u200b "}, "it has no name"),
        ({"name": ["Ubimix"]}, "its name is no text"),
        ({"name": "U" * 121}, "its name is longer than 120 characters"),
        ({"description": "d" * 100_000}, "its description is longer than 2000 characters"),
        ({"description": {"fr": "cartes"}}, "its description is no text"),
        ({"postcode": 75.5}, "its postcode is no text"),
        ({"city": True}, "its city is no text"),
        ({"tags": "cartographie"}, "its tags are no list of words"),
        ({"tags": [1, 2]}, "its tags are no list of words"),
        ({"tags": ["t"] * 41}, "it has more than 40 tags"),
        ({"tags": ["t" * 61]}, "it has a tag longer than 60 characters"),
        ({"id": ["x"]}, "its id is neither text nor a number"),
    ],
)
def test_a_feature_that_says_nothing_usable_is_left_out_with_its_number_and_reason(read, said, reason):
    found = read(collection(feature(id="before"), feature(**said), feature(id="after")))
    assert reasons(found) == [(1, ""), (2, reason), (3, "")]


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, {"type": "Feature"}, {"type": "Point", "properties": MAPS}])
def test_what_is_no_feature_is_left_out(read, odd):
    assert reasons(read(collection(odd, feature()))) == [(1, "it is no feature with properties"), (2, "")]


def test_half_a_character_is_no_text_where_a_reader_of_json_leaves_it_in():
    found = features._feature(1, feature(address="\ud800"), set())
    assert found == Feature(1, None, "it holds characters that are no text")


def test_a_mail_address_or_a_script_is_no_link(read):
    found = read(
        collection(*(feature(id=url, url=url) for url in ("a@b.fr", "javascript:alert(1)", "ftp://x.org", "http://[")))
    )
    assert [each.said.url for each in found if each.said] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no GeoJSON after feature 0"),
        (b"name;town\nUbimix;Paris\n", "no GeoJSON after feature 0"),
        (b"[1, 2]", "there is no feature in it"),
        (b'{"type": "FeatureCollection", "features": []}', "there is no feature in it"),
        (collection(feature(), feature())[:-40], "no GeoJSON after feature 1"),
        (collection(feature()).replace(b"Ubimix", b"Ubi\xff"), "no GeoJSON after feature 0"),
        (collection(feature()).replace(b"75011", b"9" * 5000), "no GeoJSON after feature 0"),
        (collection(feature()).replace(b"75011", b"9223372036854775808"), "no GeoJSON after feature 0"),
        (collection(feature()).replace(b"75011", b"1e999999"), "no GeoJSON after feature 0"),
        (b"\x00" * 100, "no GeoJSON after feature 0"),
    ],
    ids=["empty", "table", "array", "nobody", "cut", "encoding", "digits", "overflow", "exponent", "zeros"],
)
def test_a_file_that_is_no_geojson_is_one_error(read, content, words):
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert str(refused.value.message).startswith(f"data.json: {words}")
    assert len(str(refused.value.message).splitlines()) == 1


def test_a_byte_order_mark_and_one_long_line_are_read(read):
    many = [feature(id=str(number), description="d" * 1900) for number in range(3000)]
    found = read(b"\xef\xbb\xbf" + collection(*many))
    assert (len(found), {each.reason for each in found}) == (3000, {""})


@pytest.mark.parametrize(
    "opening",
    [b'{"type": "FeatureCollection", "features": [{"properties": {"name": "', b'{"other": "', b"[" * 1000, b"["],
)
def test_a_hundred_megabytes_without_a_feature_are_refused_early_and_within_bounds(tmp_path, opening):
    file, told = tmp_path / "data.json", 0
    filler = b"[" if opening.startswith(b"[[") else b"1," if opening == b"[" else b"x"
    with file.open("wb") as stream:
        stream.write(opening)
        for _ in range(100):
            stream.write(filler * (1_000_000 // len(filler)))

    def advance(read: int) -> None:
        nonlocal told
        told += read

    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            list(features.read(file, advance))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (told < 3_000_000, peak < 64_000_000) == (True, True)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*MAPS, "type"]), inner, max_size=4),
    max_leaves=8,
)


@given(st.lists(st.fixed_dictionaries({"type": st.just("Feature"), "properties": JSON}) | JSON, max_size=4))
def test_whatever_a_feature_holds_it_is_taken_or_left_out(tmp_path_factory, found):
    file = tmp_path_factory.mktemp("fuzz") / "data.json"
    file.write_bytes(collection(*found))
    if not found:
        return
    read = list(features.read(file, lambda _read: None))
    assert [each.number for each in read] == list(range(1, len(found) + 1))
    assert all((each.said is None) == bool(each.reason) for each in read)
