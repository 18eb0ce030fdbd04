"""`evaluate recall` on the command line: a table, JSON by the documented names, one line for a bad file."""

import json
from pathlib import Path

from tests.installation import Installation

CORPUS = '{"id": "a", "text": "Photographe", "lang": "fr"}\n{"id": "b", "text": "Boulangère"}\n'
QUERIES = '{"text": "une photographe", "relevant": ["a"]}\n'


def evaluated(bare: Installation, folder: Path, *words: str, queries: str = QUERIES):
    (folder / "corpus").write_text(CORPUS)
    (folder / "queries").write_text(queries)
    named = ("--corpus", str(folder / "corpus"), "--queries", str(folder / "queries"))
    return bare.run("evaluate", "recall", *named, *words)


def test_json_has_ours_and_every_baseline(bare: Installation, tmp_path: Path):
    done = evaluated(bare, tmp_path, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr, list(answer)) == (0, "", ["units", "ours", "baselines"])
    figures = ["mrr", "low", "high", "p_at_1", "p_at_10", "p50_ms", "p99_ms"]
    assert (answer["units"], list(answer["ours"]), answer["ours"]["mrr"]) == (1, figures, 1.0)
    assert [list(each) for each in answer["baselines"]] == [["name", *figures, "ratio"]] * 3


def test_a_table_names_each_and_needs_no_database(bare: Installation, tmp_path: Path):
    done = evaluated(bare, tmp_path)
    first = [line.split("  ")[0] for line in done.stdout.splitlines()[1:]]
    assert first == ["Entregent", "SQLite FTS5", "FTS5 on stems", "3-5-grams"]
    assert (done.returncode, done.stderr) == (0, "1 question\n")


def test_a_bad_line_is_one_line(bare: Installation, tmp_path: Path):
    done = evaluated(bare, tmp_path, queries=QUERIES + "{\n")
    words = f"entregent: {tmp_path / 'queries'}, line 2: this is no JSON in UTF-8.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", words)


def test_a_lexicon_is_learnt_where_ask_reads_it(bare: Installation, tmp_path: Path):
    (tmp_path / "fr").write_text("conceptUri,preferredLabel\nu,pâtissier\n")
    (tmp_path / "en").write_text("conceptUri,preferredLabel\nu,pastry\n")
    files = ("--french", str(tmp_path / "fr"), "--english", str(tmp_path / "en"))
    done = bare.run("lexicon", *files)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 word, from 1 labels.\n", "")
    assert json.loads((bare.home / "lexicon.json").read_text()) == {"patisi": {"pastri": 1.0}}


def test_files_that_teach_nothing_are_one_line(bare: Installation, tmp_path: Path):
    (tmp_path / "fr").write_text("conceptUri,preferredLabel\nu,pâtissier\n")
    (tmp_path / "en").write_text("uri,label\nu,pastry\n")
    done = bare.run("lexicon", "--french", str(tmp_path / "fr"), "--english", str(tmp_path / "en"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "conceptUri and preferredLabel" in done.stderr
