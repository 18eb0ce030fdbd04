"""Base facts: open to a circle, not discreet, without end; the shared graph is made of these alone.

What is read here carries the circle that it is open to, so that a viewer uses what is open to one of theirs. Blocks are
not looked at: whoever keeps everything from a viewer is taken out for that viewer, when that viewer asks
(`docs/adr/`, base facts). Sizes of evenings enter by the declassified band, never as a count.

Loads are told for one fixed day, so that the same facts weigh the same to the last bit whenever they were read.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from entregent.discretion.models import Fact, Gone
from entregent.market.models import Position
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.people.models import Person
from entregent.profiles.models import Name
from entregent.ties import graph, strength
from entregent.ties.graph import Floats, Nodes
from entregent.ties.models import Willing
from entregent.ties.store import Shared

#: An evening that had at least so many counts for nothing (`strength.EVENING_WEIGHTS`).
TOO_LARGE = 40

#: The day for which shared loads are told: `strength.aging` brings them to any other.
REFERENCE = date(2020, 1, 1)

BASE = Q(discreet=False, until=None, audience__isnull=False)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Ties between people, by key: what their evidence weighs on a day, and the circle to which it is open."""

    a: Nodes
    b: Nodes
    loads: Floats
    circles: Nodes


_NOBODY = np.empty(0, dtype=np.int64)
NONE = Pairs(_NOBODY, _NOBODY, np.empty(0), _NOBODY)


def build(now: datetime) -> Shared:
    """The shared ties of everybody as of `now`, in memory."""
    names, tied = named(), pairs(now.date())
    people = np.unique(np.concatenate((tied.a, tied.b, np.fromiter(names, dtype=np.int64, count=len(names)))))
    drawn = marks()
    return Shared(
        graph=graph.build(
            len(people),
            np.searchsorted(people, tied.a),
            np.searchsorted(people, tied.b),
            loads=tied.loads,
            audience=tied.circles,
        ),
        people=people,
        names=np.array([names.get(person, 0) for person in people.tolist()], dtype=np.int64),
        marks=np.array([drawn[person] for person in people.tolist()], dtype=np.uint64),
        built_at=now,
    )


def named(people: Collection[int] | None = None) -> dict[int, int]:
    """Whose name is a base fact, of everybody or of `people`, and the circle to which it is open."""
    return dict(Name.ledger.filter(BASE, **_among(people)).values_list("owner", "audience").iterator(chunk_size=5000))


def marks(people: Collection[int] | None = None) -> dict[int, int]:
    """A number of 64 bits from the public id of everybody, or of `people`."""
    rows = Person.objects.all() if people is None else Person.objects.filter(pk__in=people)
    return {person: uid.int >> 64 for person, uid in rows.values_list("pk", "uid").iterator(chunk_size=5000)}


def _among(people: Collection[int] | None) -> dict[str, Any]:
    return {} if people is None else {"owner__in": people}


def pairs(today: date, people: Collection[int] | None = None, *, apart_from: Collection[int] = ()) -> Pairs:
    """The shared ties of everybody, or of `people`, from what was until `today`; evenings `apart_from` left out."""
    found = [*_evenings(today, people, apart_from), *_colleagues(today, people)]
    if not found:
        return NONE
    a, b, loads, circles = (np.concatenate(parts) for parts in zip(*found, strict=True))
    if people is not None:
        kept = np.isin(a, list(people)) | np.isin(b, list(people))
        a, b, loads, circles = a[kept], b[kept], loads[kept], circles[kept]
    return _askable(_summed(a, b, loads, circles))


Chunk = tuple[Nodes, Nodes, Floats, Nodes]


def _evenings(today: date, people: Collection[int] | None, apart_from: Collection[int]) -> Iterator[Chunk]:
    held = Meetup.ledger.filter(discreet=False, until=None, cancelled_at=None, starts_at__date__lte=today)
    held = held.filter(Q(band__lt=TOO_LARGE) | Q(shows_band=False)).exclude(pk__in=apart_from)
    if people is not None:
        held = held.filter(Q(pk__in=_attended(Rsvp, people)) | Q(pk__in=_attended(Presence, people)))
    loads = {
        key: strength.evening_weight(band if shown else None) * strength.aging(starts_at.date(), REFERENCE)
        for key, band, shown, starts_at in held.values_list("pk", "band", "shows_band", "starts_at")
    }
    rows = {*_there(Rsvp, held), *_there(Presence, held)}
    for (meetup, circle), there in groupby(sorted(rows), key=itemgetter(0, 1)):
        who = np.array([person for *_, person in there], dtype=np.int64)
        yield _all_pairs(who, circle, loads[meetup])


def _attended(kind: type[Fact], people: Collection[int]) -> QuerySet[Any]:
    return _came(kind).filter(owner__in=people).values("meetup")


def _came(kind: type[Fact]) -> QuerySet[Any]:
    rows = kind.ledger.filter(BASE)
    return rows.filter(answer=Rsvp.Answer.GOING) if kind is Rsvp else rows


def _there(kind: type[Fact], meetups: QuerySet[Any]) -> Iterable[tuple[int, int, int]]:
    rows = _came(kind).filter(meetup__in=meetups.values("pk"))
    return rows.values_list("meetup", "audience", "owner").iterator(chunk_size=10000)


def _all_pairs(who: Nodes, circle: int, load: float) -> Chunk:
    i, j = np.triu_indices(len(who), 1)
    return who[i], who[j], np.full(len(i), load), np.full(len(i), circle, dtype=np.int64)


def _colleagues(today: date, people: Collection[int] | None) -> Iterator[Chunk]:
    held = Position.ledger.filter(BASE, client=False)
    if people is not None:
        held = held.filter(organisation__in=Position.ledger.filter(owner__in=people).values("organisation"))
    rows = held.order_by("organisation", "audience").values_list(
        "organisation", "audience", "owner", "starts_on", "ends_on"
    )
    for (_, circle), group in groupby(rows, key=itemgetter(0, 1)):
        yield from _worked_together(list(group), circle, today)


def _worked_together(rows: list[Any], circle: int, today: date) -> Iterator[Chunk]:
    spans = [row[2:] for row in rows]
    for place, (one, *held) in enumerate(spans):
        for other, *beside in spans[place + 1 :]:
            on = overlapped_on(held, beside, today)
            if one != other and on is not None:
                load = strength.WEIGHTS[strength.Kind.WORKED] * strength.aging(on, REFERENCE)
                yield np.array([one]), np.array([other]), np.array([load]), np.array([circle])


Span = Sequence[date | None]


def overlapped_on(one: Span, other: Span, today: date) -> date | None:
    """The day to which two positions (from, to) that overlap are dated, None for those that do not.

    The last day of the overlap; while it goes on, its first day or the first of this year: a day that changes once a
    year, so that a stored graph says what the tables say.
    """
    start = max(one[0] or date.min, other[0] or date.min)
    end = min(one[1] or today, other[1] or today, today)
    if start > end:
        return None
    going_on = all(span[1] is None or span[1] > today for span in (one, other))
    return max(start, date(today.year, 1, 1)) if going_on else end


def _summed(a: Nodes, b: Nodes, loads: Floats, circles: Nodes) -> Pairs:
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((loads, circles, high, low))
    low, high, loads, circles = low[order], high[order], loads[order], circles[order]
    first = np.ones(len(low), dtype=np.bool_)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1]) | (circles[1:] != circles[:-1])
    begin = np.flatnonzero(first)
    return Pairs(low[begin], high[begin], np.add.reduceat(loads, begin), circles[begin])


def _askable(held: Pairs) -> Pairs:
    """The ties both ends of which let others ask through them, in the circle to which the tie is open."""
    everybody = np.unique(np.concatenate((held.a, held.b)))
    ends = set(everybody.tolist())
    unclaimed = Person.objects.filter(account=None).values_list("pk", flat=True)
    anywhere = np.array(sorted(ends.intersection(unclaimed.iterator(chunk_size=5000))), dtype=np.int64)
    said = Willing.ledger.filter(BASE, yes=True).values_list("owner", "audience")
    places = np.array([(owner, circle) for owner, circle in said if owner in ends], dtype=np.int64).reshape(-1, 2)
    kept = _lets(held.a, held.circles, anywhere, places) & _lets(held.b, held.circles, anywhere, places)
    return Pairs(held.a[kept], held.b[kept], held.loads[kept], held.circles[kept])


def _lets(who: Nodes, circles: Nodes, anywhere: Nodes, places: Nodes) -> NDArray[np.bool_]:
    span = np.int64(1) << 31
    return np.isin(who, anywhere) | np.isin(who * span + circles, places[:, 0] * span + places[:, 1])


def changed_since(moment: datetime, now: datetime) -> set[int]:
    """The people whose shared ties or names may be others now than they were at `moment`."""
    since = {"changed_at__gte": moment}
    people: set[int] = set()
    for kind in (Name, Willing, Position, Rsvp, Presence):
        people.update(kind.ledger.filter(**since).values_list("owner", flat=True))
    people.update(Gone.objects.filter(at__gte=moment).values_list("owner", flat=True))
    people.update(Person.objects.filter(claimed_at__gte=moment).values_list("pk", flat=True))
    evenings = Meetup.ledger.filter(Q(**since) | Q(starts_at__gte=moment, starts_at__lt=now))
    return people | there_at(evenings.values_list("pk", flat=True))


def there_at(evenings: Iterable[int]) -> set[int]:
    """The people with a base fact about one of these evenings."""
    keys = list(evenings)
    if not keys:
        return set()
    return {
        owner
        for kind in (Rsvp, Presence)
        for owner in _came(kind).filter(meetup__in=keys).values_list("owner", flat=True)
    }


def organised_by(people: Collection[int]) -> list[int]:
    """The evenings that these people organise."""
    return list(Meetup.ledger.filter(owner__in=people).values_list("pk", flat=True)) if people else []
