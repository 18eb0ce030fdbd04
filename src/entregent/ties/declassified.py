"""Base facts: open to a circle, not discreet, without end; the shared graph is made of these alone.

What is read here carries the circles that it is open to, so that a viewer uses what is open to them. Sizes of evenings
enter by the declassified band, never as a count. What is read depends on the facts and on the year, not on the moment:
a graph that was stored and the tables say the same, to the last bit.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Q, QuerySet

from entregent.changes.models import Gone
from entregent.circles.fixed import EVERYONE
from entregent.common import days
from entregent.market.models import Position
from entregent.meetups import checks
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.people.models import Person
from entregent.profiles.models import Name
from entregent.statements.prepared import prepared
from entregent.ties import evidence, store, strength
from entregent.ties.evidence import Evidence, Facts, Pairs, There
from entregent.ties.models import Willing
from entregent.ties.store import People, Shared

#: How long what was written may take until others can read it. An import takes longer, and has the graph built again.
UNSETTLED = timedelta(seconds=10)

BASE = Q(discreet=False, until=None, audience__isnull=False)

Some = Collection[int] | None


def build(now: datetime) -> Shared:
    """The shared ties of everybody as of `now`, in memory."""
    return store.shared(pairs(now), people(), now)


def day(moment: datetime) -> date:
    """The day of a moment where this server is at home: every day that ties are dated by is one of these."""
    return days.of(moment, settings.HOME_ZONE)


def reference(now: datetime) -> date:
    """The day for which shared loads are told at `now`: `strength.aging` brings them to any other."""
    return day(now).replace(month=1, day=1)


def people(some: Some = None) -> People:
    """Everybody, or `some` people, by key: to which circles their name and their help are open."""
    persons, names = sorted(_persons(some)), dict[int, int](_names(some))
    lets = {key: EVERYONE for key, _, account, claimed_at in persons if account is None and claimed_at is None}
    lets |= _willing(some)
    return People(
        keys=np.array([key for key, *_ in persons], dtype=np.int64),
        names=np.array([names.get(key, 0) for key, *_ in persons], dtype=np.int64),
        lets=np.array([lets.get(key, 0) for key, *_ in persons], dtype=np.int64),
        marks=np.array([uid.int >> 64 for _, uid, *_ in persons], dtype=np.uint64),
    )


@prepared
def _persons(some: Some) -> QuerySet[Any, Any]:
    return Person.objects.filter(_among(some, "pk")).values_list("pk", "uid", "account", "claimed_at")


@prepared
def _names(some: Some) -> QuerySet[Any, Any]:
    return Name.ledger.filter(BASE, _among(some)).values_list("owner", "audience")


def _willing(some: Some) -> dict[int, int]:
    return {
        owner: circle if yes and circle and not discreet and until is None else 0
        for owner, yes, circle, discreet, until in _answers(some)
    }


@prepared
def _answers(some: Some) -> QuerySet[Any, Any]:
    return Willing.ledger.filter(_among(some)).values_list("owner", "yes", "audience", "discreet", "until")


def _among(some: Some, field: str = "owner") -> Q:
    return Q() if some is None else Q(**{f"{field}__in": some})


def pairs(now: datetime, some: Some = None) -> Pairs:
    """The shared ties of everybody, or of `some` people, from what was until `now`."""
    facts = Facts()
    found = evidence.summed([_evenings(now, some, facts), _colleagues(now, some, facts)], facts.table())
    if some is None:
        return found
    kept = np.array([*some], dtype=np.int64)
    return found.where(np.isin(found.a, kept) | np.isin(found.b, kept))


def _evenings(now: datetime, some: Some, facts: Facts) -> Evidence:
    rows = _meetups(now, some)
    weights = np.array([weight(*row[4:]) for row in rows], dtype=np.float64)
    held = np.array([day(row[3]).toordinal() for row in rows], dtype=np.int64)
    told = evidence.told(weights, held, reference(now)).tolist()
    loads = {row[0]: load for row, load in zip(rows, told, strict=True) if load}
    around = {key: facts.number((circle, circle, owner)) for key, circle, owner, *_ in rows if key in loads}
    came = _there(around, None if some is None else loads, facts)
    i, j = came.pairs()
    return evidence.evidence(came, i, j, np.array([loads[place] for place in came.places.tolist()])[i])


@prepared
def _meetups(now: datetime, some: Some) -> QuerySet[Any, Any]:
    held = Meetup.ledger.filter(BASE, cancelled_at=None, ends_at__lte=now)
    if some is not None:
        answered = Rsvp.ledger.filter(_among(some)).values("meetup")
        held = held.filter(pk__in=answered.union(Presence.ledger.filter(_among(some)).values("meetup")))
    return held.values_list("pk", "audience", "owner", "starts_at", "band", "shows_band")


def weight(band: int, shows_band: bool) -> float:
    """What an evening weighs, by what is told of its size."""
    return strength.evening_weight(band if shows_band else None)


@prepared
def _came(meetups: Some) -> QuerySet[Any, Any]:
    there = Q(BASE, _among(meetups, "meetup"), name="")
    going = Rsvp.ledger.filter(there, answer=Rsvp.Answer.GOING).values_list("meetup", "owner", "audience")
    return going.union(Presence.ledger.filter(there).values_list("meetup", "owner", "audience"), all=True)


def _there(around: dict[int, int], meetups: Some, facts: Facts) -> There:
    """Who answered that they come, or was there: whoever sees one of the two knows it."""
    said: dict[tuple[int, int], list[int]] = {}
    for row in _came(meetups):
        if row[0] in around:
            said.setdefault(row[:2], []).append(row[2])
    there = sorted(said)
    return There(
        places=np.array([meetup for meetup, _ in there], dtype=np.int64),
        people=np.array([person for _, person in there], dtype=np.int64),
        facts=np.array([facts.number((min(said[row]), max(said[row]), 0)) for row in there], dtype=np.int64),
        around=np.array([around[meetup] for meetup, _ in there], dtype=np.int64),
    )


def _colleagues(now: datetime, some: Some, facts: Facts) -> Evidence:
    rows = _positions(some)
    anybody = facts.number((EVERYONE, EVERYONE, 0))
    there = There(
        places=np.array([organisation for organisation, *_ in rows], dtype=np.int64),
        people=np.array([owner for _, owner, *_ in rows], dtype=np.int64),
        facts=np.array([facts.number((circle, circle, 0)) for _, _, circle, *_ in rows], dtype=np.int64),
        around=np.full(len(rows), anybody),
    )
    spans = evidence.spans(row[3:] for row in rows)
    i, j = there.pairs()
    on = evidence.overlapped_on(spans[i], spans[j], day(now))
    i, j, on = i[on > 0], j[on > 0], on[on > 0]
    weights = np.full(len(on), strength.WEIGHTS[strength.Kind.WORKED])
    return evidence.evidence(there, i, j, evidence.told(weights, on, reference(now)))


@prepared
def _positions(some: Some) -> QuerySet[Any, Any]:
    held = Position.ledger.filter(BASE, client=False)
    if some is not None:
        held = held.filter(organisation__in=Position.ledger.filter(_among(some)).values("organisation"))
    return held.order_by("organisation").values_list("organisation", "owner", "audience", "starts_on", "ends_on")


def changed_since(moment: datetime, now: datetime) -> set[int]:
    """The people whose shared ties, name or help may be others at `now` than in a graph that was read at `moment`."""
    moment -= UNSETTLED
    return set(_changed(moment, now, longest=moment - checks.LONGEST, first=day(moment), last=day(now)))


@prepared
def _changed(moment: datetime, now: datetime, *, longest: datetime, first: date, last: date) -> QuerySet[Any, Any]:
    since, between = {"changed_at__gte": moment}, (first, last)
    over = Q(starts_at__gte=longest, ends_at__gte=moment, ends_at__lte=now)
    evenings = Meetup.ledger.filter(Q(**since) | over).values("pk")
    positions = Position.ledger.filter(Q(**since) | Q(starts_on__range=between) | Q(ends_on__range=between))
    found: list[QuerySet[Any, Any]] = [
        Gone.objects.filter(at__gte=moment).values_list("owner", flat=True),
        Person.objects.filter(claimed_at__gte=moment).values_list("pk", flat=True),
        positions.values_list("owner", flat=True),
        *(kind.ledger.filter(**since).values_list("owner", flat=True) for kind in (Name, Willing, Rsvp, Presence)),
        *(kind.ledger.filter(meetup__in=evenings).values_list("owner", flat=True) for kind in (Rsvp, Presence)),
    ]
    return found[0].union(*found[1:], all=True)
