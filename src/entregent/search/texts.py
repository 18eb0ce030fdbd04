"""The search over plain texts without owners, for whoever wants to know how good it is. Pure.

Words, grades and order are those of the product, by the same functions; only where lines are looked up differs.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile
from uuid import UUID

from entregent.search import ranking
from entregent.search.stems import Lexicon, Reading, Term, mended, query, stems

#: A day like any other: texts have none.
_DAY = date(2000, 1, 1)


class Texts:
    """Texts by their ids, each a line about what somebody does."""

    def __init__(self, texts: Iterable[tuple[str, str]], lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon
        self.ids: list[str] = []
        self.stems: list[str] = []
        self.postings: dict[str, list[int]] = {}
        for id_, text in texts:
            self._add(id_, stems(text))
        self.vocabulary = sorted(self.postings)

    def best(self, question: str, limit: int) -> list[str]:
        """The ids of the texts that answer best, at most `limit`; of equals the smaller id first."""
        terms = query(question, self.lexicon)
        hits = list(self._hits(terms))
        again = mended(terms, (hit.grades for hit in hits))
        found = ranking.rank(hits if again == terms else self._hits(again), viewer=None, today=_DAY, ties={})
        ranked = sorted((-each.score, self.ids[each.about.int]) for each in found)
        return [id_ for _score, id_ in ranked[:limit]]

    def _add(self, id_: str, stemmed: str) -> None:
        place = len(self.ids)
        self.ids.append(id_)
        self.stems.append(stemmed)
        for token in set(stemmed.split()):
            self.postings.setdefault(token, []).append(place)

    def _hits(self, terms: tuple[Term, ...]) -> Iterator[ranking.Hit]:
        reading = Reading(terms)
        for place in sorted({place for term in terms for place in self._answering(term)}):
            said = reading(self.stems[place])
            if said.grades:
                about = UUID(int=place)
                yield ranking.Hit(about, about, ranking.Kind.DOES, said.grades, said.length, None, said.times)

    def _answering(self, term: Term) -> Iterator[int]:
        for token in (*term.forms, *term.kin, *term.slips, *term.meanings, *self._begun(term.root or term.prefix)):
            yield from self.postings.get(token, ())

    def _begun(self, beginning: str) -> Iterator[str]:
        if beginning:
            first = bisect_left(self.vocabulary, beginning)
            yield from takewhile(lambda token: token.startswith(beginning), self.vocabulary[first:])
