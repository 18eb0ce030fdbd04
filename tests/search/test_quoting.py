"""Of a long text, what answers is quoted, and no more."""

import pytest

from entregent.search.quoting import LONGEST, SHORT, quoted
from entregent.search.stems import query

TERMS = query("cartographe")
BESIDE = "et puis du bois et du fil "


@pytest.mark.parametrize("text", ["", "Je dessine des cartes.", "x" * SHORT])
def test_what_is_short_is_quoted_as_it_is(text):
    assert quoted(text, TERMS) == text


@pytest.mark.parametrize(("before", "after"), [(0, 20), (20, 20), (20, 0)])
def test_of_one_long_sentence_the_words_around_what_answers_are_quoted(before, after):
    words = quoted(f"{BESIDE * before}des cartes {BESIDE * after}".strip(), TERMS)
    assert "des cartes" in words
    assert LONGEST - 20 < len(words) <= LONGEST + 4
    assert (words.startswith("… "), words.endswith(" …")) == (before > 0, after > 0)


@pytest.mark.parametrize("text", ["Du pain. " * 40, "a" * 600, "mot " * 150])
def test_where_no_word_answers_alone_it_begins_at_the_beginning(text):
    words = quoted(text, TERMS)
    assert len(words) <= LONGEST + 4
    assert words.rstrip(" …") in text
