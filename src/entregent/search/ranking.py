"""In which order one viewer sees the people that a question finds, from the lines that this viewer may see.

Every number comes from the lines given: nothing is counted, averaged or learnt over what the viewer may not see.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import exp2, fsum, log
from uuid import UUID

from entregent.search.stems import Read


class Kind(StrEnum):
    """What a line is."""

    SAID = "said"
    NEED = "need"
    OFFER = "offer"
    DOES = "does"
    NAME = "name"
    ORGANISATION = "organisation"
    MET = "met"
    EVENING = "evening"


#: How much a kind of line says about a person, beside what they do for a living (1). What I wrote after talking to
#: somebody comes first; what they offer was written to be found; a need tells what they are about, though it asks;
#: a name is typed by who knows it and must then win; where I met somebody I noted of them alone; an organisation or an
#: evening is shared by all who were there.
WEIGHT: Mapping[Kind, float] = {
    Kind.SAID: 1.6,
    Kind.NAME: 1.5,
    Kind.OFFER: 1.3,
    Kind.DOES: 1.0,
    Kind.NEED: 0.8,
    Kind.MET: 0.7,
    Kind.ORGANISATION: 0.6,
    Kind.EVENING: 0.4,
}

#: What is said of many at once: being there makes nobody the author of the words.
SHARED = frozenset({Kind.ORGANISATION, Kind.MET, Kind.EVENING})

#: After how many days a dated line counts for half of what fades of it. Needs and offers go stale within the year;
#: what was said face to face holds for years; what one does, where, and one's name hold until they are changed.
HALF_LIFE: Mapping[Kind, int] = {
    Kind.SAID: 3 * 365,
    Kind.MET: 2 * 365,
    Kind.EVENING: 2 * 365,
    Kind.NEED: 180,
    Kind.OFFER: 365,
}

#: What never fades: a note of 2010 may be the only thread to somebody, and that is what an address book is for.
LASTING = 0.4

#: How much a word says that is said again and again (Okapi BM25, Robertson et al., 1994).
AGAIN = 1.2

#: Of how many terms a line or a sentence is in which a word says what it says, and how far a longer one has to say it
#: more often: a word in a headline is meant, one in a page happens. Chosen on the questions of `benchmarks.recall` that
#: do not judge.
LENGTH, SENTENCE = (60, 0.75), (8, 1.0)

#: A word that one person says weighs ln(1 + MANY), one that MANY say ln(2). A number that is fixed for everybody: how
#: many there are is not counted.
MANY = 10_000

#: How much of a question has to be answered by somebody's own words for them to be worth a word unasked for.
SOLID = 0.5

#: A strong tie adds half as much again: who is known comes before a stranger who says the same, not before a
#: better answer.
TIE = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """One visible line that answers some words of the question.

    `about` is the person or contact it speaks of, `line` its own id; `grades` gives for each word that it answers how
    well, in (0, 1], `times` how often, once where it does not say; `length` counts its terms; `on` is the day it was
    said, or None for what holds now. `sentences` are those that answer.
    """

    about: UUID
    line: UUID
    kind: Kind
    grades: Mapping[str, float]
    length: int
    on: date | None = None
    times: Mapping[str, float] = field(default_factory=dict)
    sentences: tuple[Read, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody the question finds: the score, and the lines that it comes from, those that say most first."""

    about: UUID
    score: float
    lines: tuple[Hit, ...]


def rank(hits: Iterable[Hit], *, viewer: UUID | None, today: date, ties: Mapping[UUID, float]) -> tuple[Found, ...]:
    """Everybody that `hits` speak of, best first. `ties` holds the strength, 0 to 1, of the viewer's tie to each.

    The score is `(1 + TIE * tie) * (sum over words of the best worth of a line for that word + the best sentence)`: the
    best and not the sum of all, so that ten evenings do not drown one good note; a sentence is worth the sum over its
    words, so that who says them in one breath comes before who says them here and there. Equal scores follow a hash of
    viewer and person, so that nobody is first for everybody.

    >>> me, karine, loic = UUID(int=1), UUID(int=2), UUID(int=3)
    >>> note = Hit(karine, UUID(int=4), Kind.SAID, {"poste": 1.0, "responsable": 1.0}, 12, date(2024, 11, 22))
    >>> headline = Hit(loic, UUID(int=5), Kind.DOES, {"responsable": 1.0}, 3)
    >>> [found.about.int for found in rank([note, headline], viewer=me, today=date(2026, 11, 22), ties={})]
    [2, 3]
    """
    lines = tuple(hits)
    rarities = rarity(lines)
    worths = {line: _worth(hit, rarities, today) for line, hit in {hit.line: hit for hit in lines}.items()}
    by_person: dict[UUID, list[Hit]] = {}
    for hit in lines:
        by_person.setdefault(hit.about, []).append(hit)
    found = [_found(about, own, worths, ties.get(about, 0.0)) for about, own in by_person.items()]
    return tuple(sorted(found, key=lambda each: (-each.score, tie_break(viewer, each.about))))


def rarity(hits: Iterable[Hit]) -> dict[str, float]:
    """For each word, `ln(1 + MANY / people for whom this word was found)`, half a person where it is answered by half.

    Counted in people, so that who wrote much does not make a word common, and over visible lines only (the variant of
    inverse document frequency that stays above 0: Spärck Jones, 1972). The words of an evening or an organisation,
    which thirty people may share, count where nobody says the word themselves.

    >>> a, b = UUID(int=1), UUID(int=2)
    >>> word = rarity([Hit(a, a, Kind.DOES, {"web": 1.0, "seo": 1.0}, 2), Hit(b, b, Kind.DOES, {"web": 1.0}, 1)])
    >>> round(word["web"], 2), round(word["seo"], 2)
    (8.52, 9.21)
    """
    carriers: dict[bool, dict[str, dict[UUID, float]]] = {True: {}, False: {}}
    for hit in hits:
        held = carriers[hit.kind in SHARED]
        for word, grade in hit.grades.items():
            who = held.setdefault(word, {})
            who[hit.about] = max(who.get(hit.about, grade), grade)
    every = carriers[True] | carriers[False]
    return {word: log(1 + MANY / max(1.0, fsum(who.values()))) for word, who in every.items()}


def freshness(kind: Kind, on: date | None, today: date) -> float:
    """From 1 (today, or undated) down to LASTING, by the half-life of the kind; a date to come counts as today.

    >>> freshness(Kind.SAID, date(2023, 11, 23), date(2026, 11, 22))
    0.7
    """
    if on is None or kind not in HALF_LIFE:
        return 1.0
    age = max(0, (today - on).days)
    return LASTING + (1 - LASTING) * exp2(-age / HALF_LIFE[kind])


def worth(hit: Hit, today: date) -> float:
    """What a line is worth, whatever it says: kind, freshness."""
    return WEIGHT[hit.kind] * freshness(hit.kind, hit.on, today)


def said(told: Hit | Read, word: str, usual: tuple[int, float] = LENGTH) -> float:
    """How much a line says of a word: how well, how often for its length; from 0 to 1 + AGAIN.

    >>> note = Hit(UUID(int=1), UUID(int=2), Kind.SAID, {"seo": 1.0, "web": 1.0}, 60, times={"web": 3.0})
    >>> round(said(note, "seo"), 2), round(said(note, "web"), 2)
    (1.0, 1.57)
    """
    long, far = usual
    times, length = told.times.get(word, 1.0), 1 - far + far * told.length / long
    return told.grades[word] * times * (1 + AGAIN) / (times + AGAIN * length)


def holds(said: Iterable[Mapping[str, float]], *, words: int) -> bool:
    """Whether texts, by how well each answers which word, answer a question of so many words by themselves.

    They do where they answer half of it, and two of its words where it has more than one. Unlike a score, this depends
    on nobody else's texts.

    >>> town, both = {"saintpierre": 1.0}, {"graphiste": 0.6, "saintpierre": 1.0}
    >>> holds([town], words=2), holds([both], words=2), holds([{"graphiste": 1.0}], words=1), holds([], words=1)
    (False, True, True, False)
    """
    best: dict[str, float] = {}
    for grades in said:
        for word, grade in grades.items():
            best[word] = max(best.get(word, 0.0), grade)
    return len(best) >= min(2, words) and fsum(best.values()) >= SOLID * max(words, 1)


def tie_break(viewer: UUID | None, about: UUID) -> bytes:
    """An order among equals that differs from viewer to viewer and tells nothing."""
    return hashlib.sha256((viewer.bytes if viewer else b"") + about.bytes).digest()


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a line is worth for each word that it answers, and what its best sentence is."""

    words: Mapping[str, float]
    sentence: float


def _worth(hit: Hit, rarities: Mapping[str, float], today: date) -> _Worth:
    whole = worth(hit, today)
    best = max((_sentence(each, rarities) for each in hit.sentences), default=0.0)
    return _Worth({word: whole * said(hit, word) * rarities[word] for word in hit.grades}, whole * best)


def _sentence(sentence: Read, rarities: Mapping[str, float]) -> float:
    return fsum(said(sentence, word, SENTENCE) * rarities[word] for word in sentence.grades)


def _found(about: UUID, own: Iterable[Hit], worths: Mapping[UUID, _Worth], tie: float) -> Found:
    best: dict[str, tuple[float, int]] = {}
    lines = {hit.line: hit for hit in own}
    for line in lines:
        for word, value in worths[line].words.items():
            best[word] = max(best.get(word, (value, line.int)), (value, line.int))
    sentence = max((worths[line].sentence, line.int) for line in lines)
    earned: dict[int, list[float]] = {}
    for value, place in (*best.values(), sentence):
        if value:
            earned.setdefault(place, []).append(value)
    first = sorted((-fsum(values), place) for place, values in earned.items())
    score = (1 + TIE * tie) * fsum(value for values in earned.values() for value in values)
    return Found(about, score, tuple(lines[UUID(int=place)] for _value, place in first))
