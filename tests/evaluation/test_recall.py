"""`evaluate recall`: figures that can be checked by hand, three baselines, errors with their line."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entregent.evaluation import baselines, figures, files, recall
from entregent.evaluation.files import Bad, Text

CORPUS = (
    {"id": "a", "text": "Développeuse web, des sites en Python", "lang": "fr"},
    {"id": "b", "text": "Photographe de mariages, à Saint-Pierre", "lang": "fr"},
    {"id": "c", "text": "Boulangère et pâtissière", "lang": "fr"},
)
QUERIES = (
    {"text": "un développeur Python", "relevant": ["a"]},
    {"text": "photographe", "relevant": ["b", "elsewhere"]},
    {"text": "la de du", "relevant": ["c"]},
)
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes objects, or lines as they are, one a line."""

    def write(name: str, *rows: object) -> Path:
        lines = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
        path = tmp_path / name
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    return write


def texts(*said: str) -> list[Text]:
    return [Text(str(place), text, "fr") for place, text in enumerate(said)]


def test_ours_and_each_baseline_are_measured_on_the_same_questions(written: Written):
    told: list[tuple[int, int]] = []
    units, results = recall.evaluate(
        corpus=written("corpus", *CORPUS), queries=written("queries", *QUERIES), tell=lambda *said: told.append(said)
    )
    assert (units, told) == (3, [(asked, 12) for asked in range(1, 13)])
    names = ["Entregent", "SQLite FTS5", "FTS5 on stems", "3-5-grams"]
    assert [each.name for each in results] == names
    found = {each.name: (round(each.mrr.value, 3), each.p_at_1, round(each.p_at_10, 4)) for each in results}
    assert found["Entregent"] == (0.667, 2 / 3, 0.0667)
    assert found["SQLite FTS5"] == (0.667, 2 / 3, 0.0667)
    assert found["FTS5 on stems"] == (0.667, 2 / 3, 0.0667)
    assert [each.ratio is None for each in results] == [True, False, False, False]


def test_full_text_finds_whole_words_and_its_stems_what_begins_with_them():
    finders = baselines.finders(texts("une boulangère", "des boulangers", "boulangeries"))
    assert finders["SQLite FTS5"]("Boulangère ?") == ["0"]
    assert finders["SQLite FTS5"]("de la pâte") == []
    assert set(finders["FTS5 on stems"]("boulanger")) == {"0", "1", "2"}
    assert finders["FTS5 on stems"]("une des") == []
    assert finders["SQLite FTS5"]('"OR" NEAR(une*') == ["0"]


def test_of_equals_the_smaller_id_comes_first():
    finders = baselines.finders(texts(*["le premier mot"] * 12))
    same = sorted(map(str, range(12)), key=int)
    assert {name: found("premier mot") for name, found in finders.items()} == dict.fromkeys(finders, same)


def test_a_hundred_texts_are_listed_and_no_more():
    finders = baselines.finders(texts(*["le premier mot"] * 130))
    assert {name: len(found("premier")) for name, found in finders.items()} == dict.fromkeys(finders, 100)


def test_the_interval_is_that_of_a_thousand_resamples():
    units = np.array([0.0, 0.25, 1.0, 0.5, 1.0])
    drawn = units[np.random.default_rng(0).integers(0, 5, (1000, 5))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert figures.mean(units) == figures.Figure(0.55, float(low), float(high))
    assert figures.ratio(units, units) == figures.Figure(1.0, 1.0, 1.0)
    assert figures.ratio(units, np.zeros(5)) is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "line 2: this is no JSON in UTF-8."),
        (b'{"id": "\xff", "text": ""}', "line 2: this is no JSON in UTF-8."),
        (b"[" * 100_000, "line 2: this is no JSON in UTF-8."),
        (b"[]", "line 2: an object is wanted, as {...}."),
        (b'{"text": "x"}', "line 2: 'id' has to be a text."),
        (b'{"id": 1, "text": "x"}', "line 2: 'id' has to be a text."),
        (b'{"id": "b"}', "line 2: 'text' has to be a text."),
        (b'{"id": "b", "text": "x", "lang": null}', "line 2: 'lang' has to be a text."),
        (b'{"id": "a", "text": "x"}', "line 2: the id 'a' stands on a line before."),
    ],
)
def test_a_bad_line_of_a_corpus_is_named(written: Written, line: bytes, complaint: str):
    path = written("corpus", {"id": "a", "text": "x"}, line)
    with pytest.raises(Bad) as raised:
        files.corpus(path)
    assert raised.value.message == f"{path}, {complaint}"


@pytest.mark.parametrize("relevant", [None, "a", [], [1]])
def test_a_question_without_answers_is_named(written: Written, relevant: object):
    path = written("queries", {"text": "x", "relevant": ["a"]}, {"text": "x", "relevant": relevant})
    with pytest.raises(Bad) as raised:
        files.questions(path)
    assert raised.value.message == f"{path}, line 2: 'relevant' has to be a list of ids, which are texts."


def test_an_empty_file_is_no_file_to_judge_by(written: Written):
    for read in (files.corpus, files.questions):
        with pytest.raises(Bad, match="there is nothing in it"):
            read(written("empty", b"", b"  "))
