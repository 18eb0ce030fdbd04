"""The search over plain texts without owners, for whoever wants to know how good it is. Pure.

Words, grades and order are those of the product, by the same functions; only where lines are looked up differs.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from entregent.search import ranking
from entregent.search.stems import Term, grade, query, stems

#: A day like any other: texts have none.
_DAY = date(2000, 1, 1)


class Texts:
    """Texts by their ids, each a line about what somebody does."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.ids: list[str] = []
        self.tokens: list[frozenset[str]] = []
        self.lengths: list[int] = []
        self.postings: dict[str, list[int]] = {}
        for id_, text in texts:
            self._add(id_, stems(text).split())
        self.vocabulary = sorted(self.postings)

    def best(self, question: str, limit: int) -> list[str]:
        """The ids of the texts that answer best, at most `limit`; of equals the smaller id first."""
        terms = query(question)
        found = ranking.rank(self._hits(terms), viewer=None, today=_DAY, ties={})
        ranked = sorted((-each.score, self.ids[each.about.int]) for each in found)
        return [id_ for _score, id_ in ranked[:limit]]

    def _add(self, id_: str, tokens: list[str]) -> None:
        place = len(self.ids)
        self.ids.append(id_)
        self.tokens.append(frozenset(tokens))
        self.lengths.append(len(tokens))
        for token in self.tokens[place]:
            self.postings.setdefault(token, []).append(place)

    def _hits(self, terms: tuple[Term, ...]) -> Iterator[ranking.Hit]:
        for place in sorted({place for term in terms for place in self._answering(term)}):
            graded = ((term.word, grade(term, self.tokens[place])) for term in terms)
            grades = {word: value for word, value in graded if value}
            yield ranking.Hit(UUID(int=place), UUID(int=place), ranking.Kind.DOES, grades, self.lengths[place])

    def _answering(self, term: Term) -> Iterator[int]:
        for token in (*term.forms, *term.kin, *self._begun(term.prefix)):
            yield from self.postings.get(token, ())

    def _begun(self, prefix: str) -> Iterator[str]:
        if prefix:
            first = bisect_left(self.vocabulary, prefix)
            for place in range(first, len(self.vocabulary)):
                if not self.vocabulary[place].startswith(prefix):
                    return
                yield self.vocabulary[place]
