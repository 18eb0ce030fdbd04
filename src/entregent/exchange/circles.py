"""Checks of circles. Each is kept again by the function of the part that keeps it, in a transaction that is taken back.

What differs afterwards was wrong before. Places that have ended count as gone on both sides.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Manager, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.cards import actions as cards
from entregent.cards.models import Crossing
from entregent.circles import actions as circles
from entregent.circles.fixed import DECLARED
from entregent.circles.models import Circle, Member, Within
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities.hearings import KIND as HEARING
from entregent.communities.models import Community, Membership, Report
from entregent.communities.queries import MY_COMMUNITIES
from entregent.discretion.models import Fact, Shield
from entregent.exchange.faults import Fault, Tell
from entregent.market import actions as market
from entregent.market.models import Bond, Organisation, Situation
from entregent.meetups import actions as meetups
from entregent.meetups.joints import INVITED
from entregent.meetups.models import Joint, Meetup
from entregent.people.models import Person

#: How many things are kept again in one transaction: a server gets its turn between two of them.
BATCH = 100

Place = tuple[str, UUID, int, str, object]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A thing with circles about it, and the function that keeps them."""

    about: UUID
    keep: Callable[[], None]


def faults(tell: Tell) -> Iterator[Fault]:
    """Circles that do not hold the people whom they ought to hold."""
    kept = list(_kept())
    for start in range(0, len(kept), BATCH):
        batch = kept[start : start + BATCH]
        yield from _differing(batch)
        tell(start + len(batch), len(kept))


def _kept() -> Iterator[_Kept]:
    for key, about in Community.objects.order_by("pk").values_list("pk", "uid"):
        yield _Kept(about, partial(communities.keep_circles, community=key))
    for key, about in Report.ledger.exclude(audience=None).values_list("pk", "uid"):
        yield _Kept(about, partial(communities.keep_hearing, report=key))
    for key, about in Organisation.objects.values_list("pk", "uid"):
        yield _Kept(about, partial(market.keep_staff, organisation=key))
    for key, about in Meetup.ledger.order_by("pk").values_list("pk", "uid"):
        yield _Kept(about, partial(meetups.keep_circles, meetup=key))
    for key, about in _crossing().values_list("pk", "uid"):
        yield _Kept(about, partial(cards.keep_connections, person=key))


def _crossing() -> "QuerySet[Person]":
    """Those who crossed cards, or have the circle of those with whom they did."""
    held = Circle.objects.filter(kind="connections").values("about")
    return Person.objects.filter(Q(uid__in=held) | Q(pk__in=Crossing.ledger.values("owner")))


def _differing(batch: Sequence[_Kept]) -> Iterator[Fault]:
    before = _places(batch)
    with transaction.atomic():
        for thing in batch:
            thing.keep()
        after = _places(batch)
        transaction.set_rollback(True)
    mend = {thing.about: thing.keep for thing in batch}
    wrong = Counter((kind, about) for kind, about, *_rest in before ^ after)
    for (kind, about), count in sorted(wrong.items(), key=str):
        words = ngettext(
            "circle “%(kind)s” of %(about)s: %(count)d place differs",
            "circle “%(kind)s” of %(about)s: %(count)d places differ",
            count,
        )
        yield Fault(words % {"kind": kind, "about": about, "count": count}, mend[about])


def _places(things: Sequence[_Kept]) -> set[Place]:
    current = Q(until=None) | Q(until__gt=clock.now())
    rows = Member.objects.filter(current, circle__about__in=[thing.about for thing in things])
    return set(rows.values_list("circle__kind", "circle__about", "person", "how", "until"))


def nested(_tell: Tell) -> Iterator[Fault]:
    """Circles that count as lying within another one, or do not, against what organisations and evenings say."""
    wanted, held = _wanted(), set(Within.objects.values_list("inner", "outer"))
    for inner, outer in sorted(wanted - held):
        mend = partial(circles.put_within, inner=inner, outer=outer)
        yield Fault(_("circle %(inner)d does not lie within %(outer)d") % {"inner": inner, "outer": outer}, mend)
    for inner, outer in sorted(held - wanted):
        mend = partial(circles.take_out, inner=inner, outer=outer)
        yield Fault(_("circle %(inner)d lies within %(outer)d") % {"inner": inner, "outer": outer}, mend)


def _wanted() -> set[tuple[int, int]]:
    keys = {(kind, about): key for kind, about, key in Circle.objects.values_list("kind", "about", "pk")}
    firms = list(Organisation.objects.values_list("uid", "uid"))
    bonds = list(Bond.objects.exclude(confirmed_at=None).values_list("one__uid", "other__uid"))
    around = [*firms, *bonds, *((other, one) for one, other in bonds)]
    pairs = {(keys.get(("staff", inner)), keys.get(("around", outer))) for inner, outer in around}
    evenings = Meetup.ledger.values_list("uid", flat=True)
    pairs |= {(keys.get(("organisers", about)), keys.get(("going", about))) for about in evenings}
    stands = [*Meetup.ledger.values_list("uid", "community__uid")]
    stands += Joint.ledger.values_list("meetup__uid", "community__uid")
    pairs |= {(keys.get(("members", place)), keys.get((INVITED, about))) for about, place in stands}
    members = Membership.objects.values_list("community__uid", "person__uid")
    pairs |= {(keys.get(("members", about)), keys.get((MY_COMMUNITIES, person))) for about, person in members}
    return {(inner, outer) for inner, outer in pairs if inner is not None and outer is not None}


def declared(_tell: Tell) -> Iterator[Fault]:
    """Those who have said where they work, against the circle of those who have."""
    said = set(Situation.ledger.values_list("owner", flat=True))
    held = set(Member.objects.filter(circle=DECLARED).values_list("person", flat=True))
    for person in sorted(said - held):
        mend = partial(circles.admit, circles=[DECLARED], person=person)
        yield Fault(_("person %d has said where they work and counts as silent") % person, mend)
    for person in sorted(held - said):
        mend = partial(circles.dismiss, circles=[DECLARED], person=person)
        yield Fault(_("person %d has not said where they work and counts as if") % person, mend)


#: What the circles of a kind are about.
THINGS: dict[str, Manager[Any]] = {
    "members": Community.objects,
    "stewards": Community.objects,
    HEARING: Report.ledger,
    "staff": Organisation.objects,
    "around": Organisation.objects,
    "going": Meetup.ledger,
    "attended": Meetup.ledger,
    "organisers": Meetup.ledger,
    INVITED: Meetup.ledger,
    "connections": Person.objects,
    MY_COMMUNITIES: Person.objects,
}


def loose(_tell: Tell) -> Iterator[Fault]:
    """Circles about something that is no longer there."""
    used = _audiences() | set(Shield.objects.exclude(circle=None).values_list("circle", flat=True))
    for kind, things in THINGS.items():
        rows = Circle.objects.filter(kind=kind).exclude(about__in=things.values("uid"))
        for key, about in rows.values_list("pk", "about"):
            mend = None if key in used else partial(circles.close, kinds=[kind], about=[about])
            yield Fault(_("circle “%(kind)s” is about %(about)s, which is gone") % {"kind": kind, "about": about}, mend)


def unused(_tell: Tell) -> Iterator[Fault]:
    """Circles of people whom somebody named, and to which no fact goes."""
    # The circles before the facts: one that is made meanwhile is not looked at, with its fact or without.
    named = list(Circle.objects.filter(kind="chosen").order_by("pk").values_list("pk", flat=True))
    for key in sorted(set(named) - _audiences()):
        mend = partial(circles.forget_chosen, circles=[key])
        yield Fault(_("circle %d names people for nothing that is still here") % key, mend)


def _audiences() -> set[int]:
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Fact)]
    return {key for kind in kinds for key in kind.ledger.values_list("audience", flat=True).distinct() if key}
