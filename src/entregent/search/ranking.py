"""In which order one viewer sees the people that a question finds, from the lines that this viewer may see.

Every number comes from the lines given: nothing is counted, averaged or learnt over what the viewer may not see.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import exp2, fsum, log
from uuid import UUID


class Kind(StrEnum):
    """What a line is."""

    SAID = "said"
    NEED = "need"
    OFFER = "offer"
    DOES = "does"
    NAME = "name"
    ORGANISATION = "organisation"
    EVENING = "evening"


#: How much a kind of line says about a person, beside what they do for a living (1). What I wrote after talking to
#: somebody comes first; what they offer was written to be found; a need tells what they are about, though it asks;
#: a name is typed by who knows it and must then win; an organisation or an evening is shared by all who were there.
WEIGHT: Mapping[Kind, float] = {
    Kind.SAID: 1.6,
    Kind.NAME: 1.5,
    Kind.OFFER: 1.3,
    Kind.DOES: 1.0,
    Kind.NEED: 0.8,
    Kind.ORGANISATION: 0.6,
    Kind.EVENING: 0.4,
}

#: What is said of many at once: being there makes nobody the author of the words.
SHARED = frozenset({Kind.ORGANISATION, Kind.EVENING})

#: After how many days a dated line counts for half of what fades of it. Needs and offers go stale within the year;
#: what was said face to face holds for years; what one does, where, and one's name hold until they are changed.
HALF_LIFE: Mapping[Kind, int] = {Kind.SAID: 3 * 365, Kind.EVENING: 2 * 365, Kind.NEED: 180, Kind.OFFER: 365}

#: What never fades: a note of 2010 may be the only thread to somebody, and that is what an address book is for.
LASTING = 0.4

#: How much a word says that is said again and again, and how much a long line has to say it more often than a line of
#: LENGTH terms: a word in a headline is meant, one in a page happens (Okapi BM25, Robertson et al., 1994).
AGAIN, LENGTH, LENGTHY = 1.2, 60, 0.75

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
    said, or None for what holds now.
    """

    about: UUID
    line: UUID
    kind: Kind
    grades: Mapping[str, float]
    length: int
    on: date | None = None
    times: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody the question finds: the score, and the lines that it comes from, those that say most first."""

    about: UUID
    score: float
    lines: tuple[Hit, ...]


def rank(hits: Iterable[Hit], *, viewer: UUID | None, today: date, ties: Mapping[UUID, float]) -> tuple[Found, ...]:
    """Everybody that `hits` speak of, best first. `ties` holds the strength, 0 to 1, of the viewer's tie to each.

    The score is `(1 + TIE * tie) * sum over words of the best worth of a line for that word`: the best and not the sum
    of all, so that ten evenings do not drown one good note. Equal scores follow a hash of viewer and person, so that
    nobody is first for everybody.

    >>> me, karine, loic = UUID(int=1), UUID(int=2), UUID(int=3)
    >>> note = Hit(karine, UUID(int=4), Kind.SAID, {"poste": 1.0, "responsable": 1.0}, 12, date(2024, 11, 22))
    >>> headline = Hit(loic, UUID(int=5), Kind.DOES, {"responsable": 1.0}, 3)
    >>> [found.about.int for found in rank([note, headline], viewer=me, today=date(2026, 11, 22), ties={})]
    [2, 3]
    """
    lines = tuple(hits)
    rarities = rarity(lines)
    by_person: dict[UUID, list[Hit]] = {}
    for hit in lines:
        by_person.setdefault(hit.about, []).append(hit)

    worth_of = {line: worth(hit, today) for line, hit in {hit.line: hit for hit in lines}.items()}

    def worths(hit: Hit, word: str) -> float:
        return worth_of[hit.line] * said(hit, word) * rarities[word]

    found = [_found(about, own, worths=worths, tie=ties.get(about, 0.0)) for about, own in by_person.items()]
    return tuple(sorted(found, key=lambda each: (-each.score, tie_break(viewer, each.about))))


def rarity(hits: Iterable[Hit]) -> dict[str, float]:
    """For each word, `ln(1 + people found / people for whom this word was found)`.

    Counted in people, so that who wrote much does not make a word common, and over visible lines only (the variant of
    inverse document frequency that stays above 0: Spärck Jones, 1972). The words of an evening or an organisation,
    which thirty people may share, count where nobody says the word themselves.

    >>> a, b = UUID(int=1), UUID(int=2)
    >>> word = rarity([Hit(a, a, Kind.DOES, {"web": 1.0, "seo": 1.0}, 2), Hit(b, b, Kind.DOES, {"web": 1.0}, 1)])
    >>> round(word["web"], 2), round(word["seo"], 2)
    (0.69, 1.1)
    """
    people: set[UUID] = set()
    carriers: dict[bool, dict[str, set[UUID]]] = {True: {}, False: {}}
    for hit in hits:
        people.add(hit.about)
        held = carriers[hit.kind in SHARED]
        for word in hit.grades:
            held.setdefault(word, set()).add(hit.about)
    return {word: log(1 + len(people) / len(who)) for word, who in (carriers[True] | carriers[False]).items()}


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


def said(hit: Hit, word: str) -> float:
    """How much a line says of a word: how well, how often for its length; from 0 to 1 + AGAIN.

    >>> note = Hit(UUID(int=1), UUID(int=2), Kind.SAID, {"seo": 1.0, "web": 1.0}, LENGTH, times={"web": 3.0})
    >>> round(said(note, "seo"), 2), round(said(note, "web"), 2)
    (1.0, 1.57)
    """
    times, length = hit.times.get(word, 1.0), 1 - LENGTHY + LENGTHY * hit.length / LENGTH
    return hit.grades[word] * times * (1 + AGAIN) / (times + AGAIN * length)


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


def _found(about: UUID, own: Iterable[Hit], *, worths: Callable[[Hit, str], float], tie: float) -> Found:
    best: dict[str, tuple[float, int, Hit]] = {}
    for hit in own:
        for word in hit.grades:
            candidate = (worths(hit, word), hit.line.int, hit)
            best[word] = max(best.get(word, candidate), candidate, key=lambda entry: entry[:2])
    earned: dict[UUID, float] = {}
    for word in sorted(best):
        value, _, hit = best[word]
        earned[hit.line] = earned.get(hit.line, 0.0) + value
    lines = {hit.line: hit for _, _, hit in best.values()}
    first = sorted(lines.values(), key=lambda hit: (-earned[hit.line], hit.line.int))
    return Found(about, (1 + TIE * tie) * fsum(value for value, _, _ in best.values()), tuple(first))
