"""What of a long text is quoted as the reason for an answer: where it speaks of what was asked. Pure."""

from collections.abc import Iterable
from itertools import accumulate

from entregent.search.stems import Reading, Term, sentences, stems

#: The longest quotation, in characters, without the marks of what was left out.
LONGEST = 160
#: How long a text is that is read at a glance, and quoted whole.
SHORT = 240


def quoted(text: str, terms: Iterable[Term]) -> str:
    """A text that is short as it is; of a long one the sentence that answers best, or the words around what answers.

    >>> from entregent.search.stems import query
    >>> quoted("Je fais du pain. Je dessine des cartes. " + "Et bien d’autres choses. " * 9, query("cartographe"))
    'Je dessine des cartes.'
    """
    if len(text) <= SHORT:
        return text
    reading = Reading(terms)
    sentence = max(sentences(text), key=lambda said: sum(reading(stems(said)).grades.values()))
    return sentence if len(sentence) <= LONGEST else _around(sentence.split(), reading)


def _around(words: list[str], reading: Reading) -> str:
    """Whole words around the one that answers best, the first of equals; a word that is too long is cut."""
    grades = [sum(reading(stems(word)).grades.values()) for word in words]
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    first = last = grades.index(max(grades))
    while first > 0 and ends[last + 1] - ends[first - 1] <= LONGEST // 2:
        first -= 1
    while last + 1 < len(words) and ends[last + 2] - ends[first] <= LONGEST:
        last += 1
    while first > 0 and ends[last + 1] - ends[first - 1] <= LONGEST:
        first -= 1
    said = " ".join(words[first : last + 1])[:LONGEST]
    return f"{'… ' if first else ''}{said}{' …' if last + 1 < len(words) else ''}"
