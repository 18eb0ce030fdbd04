"""In which order a question finds listings. Pure: the same for whoever asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log, sqrt
from uuid import UUID

#: What a word counts in the name, the category or a tag (1); in the description, which mentions more than it means.
MENTIONED = 0.7
#: What the town adds to a listing that answers by what it does.
NEARBY = 0.8
#: A description of this many terms counts 1/sqrt(2) of a very short one.
LENGTH = 60
#: How well a listing answers at least, beside the best.
LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Graded:
    """How well a listing answers each word of a question, in (0, 1]: in its head, in its description, by its place."""

    about: UUID
    head: Mapping[str, float]
    body: Mapping[str, float]
    place: Mapping[str, float]
    length: int = 0


def best(found: Iterable[Graded]) -> list[UUID]:
    """Those that answer, best first. Who only is in the town, or names it, stays out where somebody does what is asked.

    >>> maps, town = {"carte": 1.0}, {"saintdenis": 1.0}
    >>> here, far, other, named = (UUID(int=number) for number in (1, 2, 3, 4))
    >>> told = [Graded(other, {}, {}, town), Graded(named, town, {}, {})]
    >>> told += [Graded(far, maps, {}, {}), Graded(here, {}, maps, town, 20)]
    >>> [each.int for each in best(told)], [each.int for each in best(told[:2])]
    ([1, 2], [4, 3])
    """
    every = list(found)
    towns = {word for each in every for word, grade in each.place.items() if grade == 1}
    said = [each for each in every if not towns.issuperset(each.head.keys() | each.body.keys())]
    scores = _scores(said or every)
    least = LEAST * max(scores.values(), default=0)
    return sorted((about for about, score in scores.items() if score >= least), key=lambda a: (-scores[a], a.int))


def _scores(found: list[Graded]) -> dict[UUID, float]:
    words: dict[str, int] = {}
    for each in found:
        for word in each.head.keys() | each.body.keys() | each.place.keys():
            words[word] = words.get(word, 0) + 1
    rarity = {word: log(1 + len(found) / count) for word, count in words.items()}
    return {each.about: _score(each, rarity) for each in found}


def _score(each: Graded, rarity: Mapping[str, float]) -> float:
    mentioned = MENTIONED / sqrt(1 + each.length / LENGTH)
    worth = (
        rarity[word] * max(each.head.get(word, 0), mentioned * each.body.get(word, 0), NEARBY * each.place.get(word, 0))
        for word in sorted(each.head.keys() | each.body.keys() | each.place.keys())
    )
    return fsum(worth)
