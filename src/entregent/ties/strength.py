"""How strong a tie is: dated evidence in, a number between 0 and 1 out, which fades.

Numbers only. Who may see which piece of evidence is decided before it comes here.

A piece of evidence weighs w on its day and half of that after its half-life h. What all pieces weigh together is the
*load* of the tie; its *strength* is the chance that at least one of them still works, each failing by itself:

    load(now) = sum of w * 2 ** (-age / h)          strength(now) = 1 - exp(-load(now))

Strength rises with every piece, never reaches 1, and pieces may be added in any order (Granovetter 1973, "The strength
of weak ties": time spent, confidence and services done in return add up). The constants are chosen, not fitted:

- **A card, an introduction** .70: alone they make a tie of one half. Both sides did something, for the other by name.
- **The same organisation** 1.20: alone .70. Months side by side; one who left it is still asked first.
- **A promise kept** .50: alone .39. Somebody came back to somebody: once a day, however much was promised, for it is
  the coming back that counts. It stands in the book of whoever kept it, and is evidence for them alone.
- **In my address book** .30: alone .26. I wrote the name down; nothing says that the other remembers.
- **The same evening** .30 when they surely spoke, less when the room was full. People talk in groups of at most four
  (Dunbar, Duncan and Nettle 1995), so that an evening of two or three such groups makes about eight partners. Of m
  people each then meets min(1, 8 / (m - 1)) of the others, the shape that Newman (2001) gives to papers of m authors.
  With m at the middle of the band that everybody may know (5, 14.5, 24.5, 34.5): .30, .18, .10, .07. From 40 people on,
  having been there says nothing.
- **Half-life** two years, for whatever two people share: most bridges decay within a few years when nobody crosses them
  (Burt 2000, "Decay functions"), while a tie asleep for three years or more is still worth waking (Levin, Walter and
  Murnighan 2011, "Dormant ties"): after three years a third of the load is left. An address book is kept on purpose and
  fades over five.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Kind(StrEnum):
    """What a piece of evidence is."""

    EVENING = "evening"
    CARD = "card"
    WORKED = "worked"
    INTRODUCED = "introduced"
    FOLLOWED_UP = "followed_up"
    CONTACT = "contact"


#: What two people share and a graph may store. The rest is one person's own, added when that person asks.
SHARED = frozenset({Kind.EVENING, Kind.CARD, Kind.WORKED, Kind.INTRODUCED})

#: Days after which shared evidence weighs half. One for all of it, so that a sum of it fades as a whole: see `aging`.
HALF_LIFE = 730.5

#: Days after which a piece weighs half, by kind.
HALF_LIVES: Mapping[Kind, float] = MappingProxyType(
    {**dict.fromkeys(SHARED, HALF_LIFE), Kind.FOLLOWED_UP: HALF_LIFE, Kind.CONTACT: 1826.25}
)

#: What a piece weighs on its day, by kind; an evening weighs by its band.
WEIGHTS: Mapping[Kind, float] = MappingProxyType(
    {Kind.CARD: 0.70, Kind.WORKED: 1.20, Kind.INTRODUCED: 0.70, Kind.FOLLOWED_UP: 0.50, Kind.CONTACT: 0.30}
)

#: What an evening weighs, by the lower end of its band; nothing above.
EVENING_WEIGHTS: Mapping[int, float] = MappingProxyType({0: 0.30, 10: 0.18, 20: 0.10, 30: 0.07})

#: What an evening weighs whose organiser shows no band: as little as the largest that counts.
BANDLESS_WEIGHT = 0.07

_BELOW_ONE = math.nextafter(1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that ties two people, and its day.

    `band` is the lower end of the declassified band of an evening (0, 10, 20, ...), None where none is shown.
    An overlap at an organisation is dated on its last day; one that goes on, on the day for which the load is computed.
    """

    kind: Kind
    on: date
    band: int | None = None


def evening_weight(band: int | None) -> float:
    """What an evening of this band weighs on its day.

    Raises ValueError for what is no lower end of a band: an exact size may not be used.

    >>> [evening_weight(band) for band in (0, 10, 20, 30, 40, 110, None)]
    [0.3, 0.18, 0.1, 0.07, 0.0, 0.0, 0.07]
    """
    if band is None:
        return BANDLESS_WEIGHT
    if band < 0 or band % 10:
        raise ValueError(f"{band} is not the lower end of a band")
    return EVENING_WEIGHTS.get(band, 0.0)


def weight(evidence: Evidence) -> float:
    """What a piece of evidence weighs on its day.

    >>> weight(Evidence(Kind.CARD, date(2026, 11, 22)))
    0.7
    """
    if evidence.kind is Kind.EVENING:
        return evening_weight(evidence.band)
    return WEIGHTS[evidence.kind]


def fading(days: float, half_life: float = HALF_LIFE) -> float:
    """What is left after `days` of something that halves every `half_life` days.

    >>> fading(2 * HALF_LIFE)
    0.25
    """
    return math.exp2(-days / half_life)


def aging(reference_on: date, on: date) -> float:
    """By what to multiply a load of shared evidence stored for `reference_on` to have it for `on`, exactly.

    All shared evidence has one half-life h, so that load(on) = load(reference_on) * 2 ** (-(on - reference_on) / h) for
    the same evidence, whichever day comes first.

    >>> aging(date(2024, 11, 22), date(2026, 11, 22)) == fading(730)
    True
    """
    return fading((on - reference_on).days)


def load(evidence: Iterable[Evidence], on: date) -> float:
    """What the pieces weigh together on the day `on`. What is dated later has not happened and weighs nothing.

    >>> load([Evidence(Kind.CARD, date(2022, 11, 22)), Evidence(Kind.CARD, date(2027, 1, 1))], date(2026, 11, 22))
    0.175
    """
    return math.fsum(
        weight(piece) * fading((on - piece.on).days, HALF_LIVES[piece.kind]) for piece in evidence if piece.on <= on
    )


def strength(load: float) -> float:
    """The strength, at least 0 and below 1, of a tie of this load.

    >>> [round(strength(load), 2) for load in (0.0, 0.07, 0.30, 0.70, 1.20, 1000.0)]
    [0.0, 0.07, 0.26, 0.5, 0.7, 1.0]
    """
    return min(-math.expm1(-load), _BELOW_ONE)


def loads(weights: Floats, ages: Floats, half_life: float = HALF_LIFE) -> Floats:
    """What pieces of evidence weigh at these ages in days: `weight` times `fading`, nothing before their day.

    >>> loads(np.array([0.3, 0.7, 0.7]), np.array([0.0, HALF_LIFE, -1.0])).tolist()
    [0.3, 0.35, 0.0]
    """
    return np.where(ages < 0, 0.0, weights * np.exp2(-np.maximum(ages, 0.0) / half_life))


def strengths(loads: Floats) -> Floats:
    """The strengths of ties of these loads: `strength`, for many.

    >>> strengths(np.array([0.0, 0.7])).round(2).tolist()
    [0.0, 0.5]
    """
    return np.minimum(-np.expm1(-loads), _BELOW_ONE)
