"""What is taken out as a table comes back as it was, and no cell of it is computed."""

import csv
import io

import pytest

from entregent.exchange import sheets


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_is_read_back_cell_by_cell(delimiter):
    rows = [["Nom", "Remarque"], ["Élodie ; Ltée", 'dit "Lolo"'], ["deux\nlignes", "a,b"]]
    text = sheets.table(rows, delimiter=delimiter).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == rows


@pytest.mark.parametrize(
    "begins",
    ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"],
)
def test_what_would_be_computed_is_words(begins):
    assert sheets.inert(begins) == f"'{begins}"


@pytest.mark.parametrize("words", ["", "Karine", "O'Neil", "a=b", "0692", "Jean-Paul"])
def test_what_is_words_stays_as_it_is(words):
    assert sheets.inert(words) == words
