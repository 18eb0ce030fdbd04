"""What ties are to somebody, told plainly: from the facts that the policy shows them, two loops, and brute force."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta, timezone
from itertools import combinations
from typing import Any

from django.db.models import Q

from entregent.common import clock
from entregent.discretion.models import Shield
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Encounter
from entregent.market.models import Position
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.people.models import Person
from entregent.profiles.models import Name
from entregent.ties.models import Willing
from entregent.ties.strength import WEIGHTS, Kind, evening_weight, fading
from tests.ties.worlds import World

#: Where the server of the tests is at home: one time all year.
HOME = timezone(timedelta(hours=4))
BASE = Q(discreet=False, until=None, audience__isnull=False)


def world(viewer: Viewer, people: list[int], today: date) -> World:
    """What the viewer may use, without whom they block; person `people[i]` is node i."""
    blocked = Shield.objects.filter(owner=viewer.me, over=Shield.Over.EVERYTHING).values("person")
    named = set(Name.objects.visible_to(viewer).exclude(owner__in=blocked).values_list("owner", flat=True))
    shared, own = _loads(viewer, today, BASE), _loads(viewer, today, Q())
    asked, nodes = _askable(viewer) & named, {person: node for node, person in enumerate(people)}
    ties = [(*pair, 0, load) for pair, load in shared.items() if viewer.me not in pair and {*pair} <= asked]
    mine = {sum(pair) - viewer.me: load for pair, load in own.items() if viewer.me in pair}
    for person, load in _book(viewer, today):
        mine[person] = mine.get(person, 0.0) + load
    return World(
        nodes=len(people),
        ties=tuple((nodes[a], nodes[b], label, load) for a, b, label, load in ties),
        viewer=nodes[viewer.me],
        audiences=frozenset({0}),
        hidden=frozenset(nodes[person] for person in people if person not in named and person != viewer.me),
        own=tuple((nodes[person], load) for person, load in mine.items()),
        aging=1.0,
    )


def _askable(viewer: Viewer) -> set[int]:
    yes = Willing.objects.visible_to(viewer).filter(BASE, yes=True).values_list("owner", flat=True)
    silent = Person.objects.exclude(pk__in=Willing.ledger.values("owner"))
    return {*yes, *silent.filter(account=None, claimed_at=None).values_list("pk", flat=True)}


def _loads(viewer: Viewer, today: date, which: Q) -> dict[tuple[int, int], float]:
    loads: dict[tuple[int, int], float] = defaultdict(float)
    for pair, load in (*_evenings(viewer, today, which), *_work(viewer, today, which)):
        loads[pair] += load
    return loads


Piece = tuple[tuple[int, int], float]


def _evenings(viewer: Viewer, today: date, which: Q) -> Iterable[Piece]:
    for evening in Meetup.objects.visible_to(viewer).filter(which, cancelled_at=None, ends_at__lte=clock.now()):
        going = Rsvp.objects.visible_to(viewer).filter(which, meetup=evening, answer="going", name="")
        there = Presence.objects.visible_to(viewer).filter(which, meetup=evening, name="")
        came = {*going.values_list("owner", flat=True), *there.values_list("owner", flat=True)}
        weight = evening_weight(evening.band if evening.shows_band else None)
        for pair in combinations(sorted(came), 2):
            yield pair, weight * fading((today - evening.starts_at.astimezone(HOME).date()).days)


def _work(viewer: Viewer, today: date, which: Q) -> Iterable[Piece]:
    held = Position.objects.visible_to(viewer).filter(which, client=False).order_by("owner")
    for one, other in combinations(held, 2):
        if one.organisation_id == other.organisation_id and one.owner_id != other.owner_id:
            for on in _beside(one, other, today):
                yield (one.owner_id, other.owner_id), WEIGHTS[Kind.WORKED] * fading((today - on).days)


def _beside(one: Any, other: Any, today: date) -> Iterable[date]:
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    ends = min(one.ends_on or date.max, other.ends_on or date.max)
    if starts <= min(ends, today):
        yield ends if ends <= today else max(starts, date(today.year, 1, 1))


def _book(viewer: Viewer, today: date) -> Iterable[tuple[int, float]]:
    for contact in Contact.objects.visible_to(viewer).filter(forgotten_at=None, person__isnull=False):
        met = Encounter.objects.visible_to(viewer).filter(contact=contact).order_by("on").last()
        if met is not None:
            yield contact.person_id, WEIGHTS[Kind.CONTACT] * fading((today - met.on).days, 1826.25)
