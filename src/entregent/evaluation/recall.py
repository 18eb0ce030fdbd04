"""Whether a question finds the texts that answer it: our search and three others, on the same files in one run."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entregent.evaluation import baselines, figures, files
from entregent.evaluation.baselines import LISTED, Finder
from entregent.evaluation.files import Question
from entregent.search import lexicon, texts

#: Told how many questions of how many were asked.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """One number for each question: reciprocal rank, precision at 1 and at 10, milliseconds."""

    ranks: NDArray[np.float64]
    at_1: NDArray[np.float64]
    at_10: NDArray[np.float64]
    ms: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Result:
    """How well one search did; `ratio` is how many times its mean reciprocal rank ours is, for another search."""

    name: str
    mrr: figures.Figure
    p_at_1: float
    p_at_10: float
    p50_ms: float
    p99_ms: float
    ratio: figures.Figure | None


def evaluate(*, corpus: Path, queries: Path, words: Path | None = None, tell: Tell) -> tuple[int, list[Result]]:
    """How many questions there are, and the results: ours first, with the lexicon in `words`.

    Raises `files.Bad` for what cannot be judged.
    """
    held, asked = files.corpus(corpus), files.questions(queries)
    index = texts.Texts(((each.id, each.text) for each in held), lexicon.stored(words) if words else None)
    finders = {"Entregent": lambda question: index.best(question, LISTED), **baselines.finders(held)}
    told = _counted(tell, len(asked) * len(finders))
    found = {name: _asked(finder, asked, told) for name, finder in finders.items()}
    ours = found["Entregent"]
    return len(asked), [_result(name, units, ours) for name, units in found.items()]


def _counted(tell: Tell, total: int) -> Callable[[], None]:
    asked = iter(range(1, total + 1))
    return lambda: tell(next(asked), total)


def _asked(finder: Finder, questions: Sequence[Question], told: Callable[[], None]) -> Units:
    return Units(*np.array([_unit(finder, each) for each in _telling(questions, told)], dtype=np.float64).T)


def _telling(questions: Sequence[Question], told: Callable[[], None]) -> Iterator[Question]:
    for each in questions:
        yield each
        told()


def _unit(finder: Finder, question: Question) -> tuple[float, float, float, float]:
    began = time.perf_counter()
    found = finder(question.text)
    took = (time.perf_counter() - began) * 1000
    right = [place for place, each in enumerate(found, start=1) if each in question.relevant]
    first = right[0] if right else 0
    return 1 / first if first else 0.0, float(first == 1), sum(place <= 10 for place in right) / 10, took


def _result(name: str, units: Units, ours: Units) -> Result:
    p50, p99 = np.percentile(units.ms, [50, 99])
    ratio = None if units is ours else figures.ratio(ours.ranks, units.ranks)
    mrr = figures.mean(units.ranks)
    return Result(name, mrr, float(units.at_1.mean()), float(units.at_10.mean()), float(p50), float(p99), ratio)
