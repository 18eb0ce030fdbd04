"""A lexicon is learnt from labels of two languages, stored, and read by a question."""

from pathlib import Path

import pytest

from entregent.search import lexicon, stems
from entregent.search.texts import Texts

PAIRS = [
    ("chef pâtissier", "pastry chef"),
    ("pâtissier", "pastry cook"),
    ("chef de cuisine", "kitchen chef"),
    ("cuisine", "kitchen"),
]


@pytest.fixture
def labels(tmp_path: Path) -> tuple[Path, Path]:
    """The two files of a register, columns in an order of their own."""
    french, english = tmp_path / "fr.csv", tmp_path / "en.csv"
    french.write_text("conceptUri,preferredLabel\n" + "".join(f"u{at},{one}\n" for at, (one, _) in enumerate(PAIRS)))
    english.write_text("preferredLabel,conceptUri\n" + "".join(f"{two},u{at}\n" for at, (_, two) in enumerate(PAIRS)))
    return french, english


def test_a_word_stands_for_what_it_is_said_with_again_and_again():
    learnt = lexicon.learn(PAIRS)
    assert {word: max(meant, key=lambda other: meant[other]) for word, meant in learnt.items()} == {
        "chef": "chef",
        "patisi": "pastri",
        "cuisin": "kitchen",
    }


def test_labels_meet_by_their_uri_and_half_of_them_by_its_digest(labels: tuple[Path, Path]):
    assert list(lexicon.pairs(*labels, half=False)) == PAIRS
    half = list(lexicon.pairs(*labels, half=True))
    assert 0 < len(half) < len(PAIRS)
    assert [pair for pair in half if pair not in PAIRS] == []


def test_what_was_stored_is_read_until_it_is_stored_again(tmp_path: Path):
    path = tmp_path / "lexicon.json"
    assert lexicon.stored(path) == {}
    for learnt in ({"chef": {"chef": 1.0}}, {"patisi": {"pastri": 1.0}, "chef": {}}):
        lexicon.write(path, learnt)
        assert lexicon.stored(path) == learnt


def test_a_french_question_finds_an_english_text_by_a_lexicon_alone():
    said = [("a", "Pastry cook"), ("b", "Kitchen porter")]
    assert Texts(said).best("un pâtissier", 10) == []
    assert Texts(said, lexicon.learn(PAIRS)).best("un pâtissier", 10) == ["a"]


def test_a_question_asks_the_database_for_meanings_too():
    [term] = stems.query("pâtissier", {"patisi": {"pastri": 0.9}})
    assert '"pastri"' in stems.fts5([term])
    assert "'pastri'" in stems.tsquery([term])
    assert stems.Reading([term])("pastri cook").grades == {"patissier": 0.9}


@pytest.mark.parametrize(
    "torn",
    [
        b'{"chef":{"chef":1.0',
        b"",
        b"\xff\xfe",
        b"[1]",
        b"null",
        b'"chef"',
        b'{"chef":3}',
        b'{"chef":{"chef":"well"}}',
        b'{"chef":{"chef":null}}',
        b'{"chef":{"chef":1' + b"0" * 400 + b"}}",
        b"[" * 100_000,
    ],
)
def test_a_lexicon_that_is_torn_is_none_and_the_log_says_so_once(tmp_path: Path, caplog, torn: bytes):
    path = tmp_path / "lexicon.json"
    path.write_bytes(torn)
    assert (lexicon.stored(path), lexicon.stored(path)) == ({}, {})
    assert [(record.levelname, str(path) in record.getMessage()) for record in caplog.records] == [("WARNING", True)]


def test_of_a_lexicon_that_was_edited_by_hand_words_alone_are_kept(tmp_path: Path):
    path = tmp_path / "lexicon.json"
    path.write_text('{"chef":{"a\\" OR \\"b":1,"chef":7,"cuisin*":1,"":1},"c d":{"chef":1},"patisi":{"pastri":NaN}}')
    assert lexicon.stored(path) == {"chef": {"chef": 1.0}, "patisi": {"pastri": 0.0}}
