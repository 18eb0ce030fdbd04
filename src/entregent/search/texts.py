"""The search over plain texts without owners, for whoever wants to know how good it is. Pure.

Words, grades and order are those of the product, by the same functions; only where lines are looked up differs.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
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
        self.lengths: list[int] = []
        self.postings: dict[str, list[tuple[int, int]]] = {}
        for id_, text in texts:
            self._add(id_, stems(text).split())
        self.vocabulary = sorted(self.postings)

    def best(self, question: str, limit: int) -> list[str]:
        """The ids of the texts that answer best, at most `limit`; of equals the smaller id first."""
        terms = query(question, self.lexicon)
        hits = list(self._hits(terms))
        again = mended(terms, (hit.grades for hit in hits))
        found = ranking.rank(hits if again == terms else self._hits(again), viewer=None, today=_DAY, ties={})
        ranked = sorted((-each.score, self.ids[each.about.int]) for each in found)
        return [id_ for _score, id_ in ranked[:limit]]

    def _add(self, id_: str, tokens: list[str]) -> None:
        place = len(self.ids)
        self.ids.append(id_)
        self.lengths.append(len(tokens))
        for token, times in Counter(tokens).items():
            self.postings.setdefault(token, []).append((place, times))

    def _hits(self, terms: tuple[Term, ...]) -> Iterator[ranking.Hit]:
        """What each text answers, as `Reading` has it, read from the tokens that answer and not from the texts."""
        reading = Reading(terms)
        best: dict[int, dict[str, float]] = {}
        total: dict[int, dict[str, float]] = {}
        for token in sorted({token for term in terms for token in self._answering(term)}):
            for word, grade in reading.graded(token):
                for place, times in self.postings[token]:
                    mine, all_ = best.setdefault(place, {}), total.setdefault(place, {})
                    mine[word] = max(mine.get(word, grade), grade)
                    all_[word] = all_.get(word, 0.0) + grade * times
        for place, grades in best.items():
            about, often = UUID(int=place), {word: total[place][word] / grade for word, grade in grades.items()}
            yield ranking.Hit(about, about, ranking.Kind.DOES, grades, self.lengths[place], None, often)

    def _answering(self, term: Term) -> Iterator[str]:
        said = (*term.forms, *term.kin, *term.slips, *term.meanings)
        yield from (token for token in said if token in self.postings)
        yield from self._begun(term.root or term.prefix)

    def _begun(self, beginning: str) -> Iterator[str]:
        if beginning:
            first = bisect_left(self.vocabulary, beginning)
            last = bisect_left(self.vocabulary, f"{beginning}\U0010ffff")
            yield from self.vocabulary[first:last]
