"""The search over plain texts without owners, for whoever wants to know how good it is. Pure.

Words, grades and order are those of the product, by the same functions; only where lines are looked up differs.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from entregent.search import ranking
from entregent.search.stems import PARTED, Lexicon, Read, Reading, Term, mended, query, read, stems, whole

#: A day like any other: texts have none.
_DAY = date(2000, 1, 1)


class Texts:
    """Texts by their ids, each a line about what somebody does."""

    def __init__(self, texts: Iterable[tuple[str, str]], lexicon: Lexicon | None = None) -> None:
        self.lexicon: Lexicon = lexicon or {}
        self.ids: list[str] = []
        self.sentences: list[tuple[int, int]] = []
        self.lengths: list[int] = []
        self.postings: dict[str, list[int]] = {}
        for id_, text in texts:
            self._add(id_, stems(text).split("\n"))
        self.vocabulary = sorted(self.postings)

    def best(self, question: str, limit: int) -> list[str]:
        """The ids of the texts that answer best, at most `limit`; of equals the smaller id first."""
        terms = query(question, self.lexicon)
        hits = list(self._hits(terms))
        again = mended(terms, (hit.grades for hit in hits))
        found = ranking.rank(hits if again == terms else self._hits(again), viewer=None, today=_DAY, ties={})
        ranked = sorted((-each.score, self.ids[each.about.int]) for each in found)
        return [id_ for _score, id_ in ranked[:limit]]

    def _add(self, id_: str, sentences: Iterable[str]) -> None:
        first = len(self.sentences)
        for place, tokens in enumerate(map(str.split, sentences), start=first):
            for token in tokens:
                self.postings.setdefault(token, []).append(place)
            self.sentences.append((len(self.ids), len(tokens)))
        self.ids.append(id_)
        self.lengths.append(sum(length for _about, length in self.sentences[first:]))

    def _hits(self, terms: tuple[Term, ...]) -> Iterator[ranking.Hit]:
        """What each text answers, as `Reading` has it, read from the tokens that answer and not from the texts."""
        told: dict[int, list[Read]] = {}
        for place, answers in self._answers(terms).items():
            about, length = self.sentences[place]
            told.setdefault(about, []).append(read(answers, length))
        for place, sentences in told.items():
            said, id_, kind = whole(sentences, self.lengths[place]), UUID(int=place), ranking.Kind.DOES
            yield ranking.Hit(id_, id_, kind, said.grades, said.length, None, said.times, said.sentences)

    def _answers(self, terms: tuple[Term, ...]) -> dict[int, list[tuple[str, float]]]:
        """For each sentence that answers, which words and how well."""
        reading, answers = Reading(terms), defaultdict[int, list[tuple[str, float]]](list)
        for token in sorted({token for term in terms for token in self._answering(term)}):
            if graded := reading.graded(token):
                for place in self.postings[token]:
                    answers[place] += graded
        for term in reading.parted:
            for place in sorted(
                {place for part, rest in term.parts for place in self._where(part) & self._where(rest)}
            ):
                answers[place].append((term.word, PARTED))
        return answers

    def _where(self, tokens: Iterable[str]) -> set[int]:
        return {place for token in tokens for place in self.postings.get(token, ())}

    def _answering(self, term: Term) -> Iterator[str]:
        said = (*term.forms, *term.kin, *term.slips, *term.meanings)
        yield from (token for token in said if token in self.postings)
        yield from self._begun(term.root or term.prefix)

    def _begun(self, beginning: str) -> Iterator[str]:
        if beginning:
            first = bisect_left(self.vocabulary, beginning)
            last = bisect_left(self.vocabulary, f"{beginning}\U0010ffff")
            yield from self.vocabulary[first:last]
