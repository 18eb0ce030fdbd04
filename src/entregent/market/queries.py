"""Reads about where people work: positions, the viewer's own answer and shield, an organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from entregent.circles.models import Circle
from entregent.common import days, errors
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Standing, Viewer
from entregent.market.models import Answer, Bond, Organisation, Position, Shielded, Situation
from entregent.people import queries as people
from entregent.search.stems import fold
from entregent.statements.prepared import prepared


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody works, or worked, at an organisation: `organisation` is its name as they write it."""

    uid: UUID
    organisation: str
    slug: str
    title: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Own:
    """A position of the viewer's own, with the terms on which it is stated. `audience` is a circle's key."""

    held: Held
    audience: int | None
    discreet: bool
    client: bool

    @property
    def employs(self) -> bool:
        """Whether the viewer works there now, and not for a client."""
        return not self.client and _runs(self.held)

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.held.ends_on is not None and self.held.ends_on <= days.today(settings.HOME_ZONE)


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation at which the viewer sees somebody. `town` and `words` are what it says of itself."""

    uid: UUID
    slug: str
    name: str
    town: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An organisation from which the viewer keeps their discreet facts."""

    slug: str
    name: str


#: How long one still stands with an organisation after leaving it.
STANDING = timedelta(days=90)

HELD = ("uid", "named", "organisation__slug", "title", "starts_on", "ends_on")
#: The present first, then what ended last.
LATEST = (F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "uid")


def positions(viewer: Viewer, person: int) -> list[Held]:
    """Where somebody works and worked, as far as the viewer may see: the present first."""
    rows = Position.objects.visible_to(viewer).filter(owner=person).order_by(*LATEST)
    return [Held(*row) for row in rows.values_list(*HELD)]


def workplaces(viewer: Viewer, people: Collection[int]) -> dict[int, Held]:
    """Where each of `people` works now, as far as the viewer may see: what began last; not for a client."""
    found = _workplaces(viewer, people, days.today(settings.HOME_ZONE))
    return {owner: Held(*held) for owner, *held in reversed(found)}


@prepared
def _workplaces(viewer: Viewer, people: Collection[int], today: date) -> "QuerySet[Any, Any]":
    rows = Position.objects.visible_to(viewer).filter(_current(today), client=False, owner__in=people)
    return rows.order_by(*LATEST).values_list("owner", *HELD)


def working_at(viewer: Viewer, name: str) -> dict[int, Held]:
    """Who works at the organisation of this name now, by person, as far as the viewer may see."""
    rows = Position.objects.visible_to(viewer).filter(
        _current(days.today(settings.HOME_ZONE)), client=False, organisation__folded=fold(name)[:120]
    )
    return {owner: Held(*held) for owner, *held in reversed(rows.order_by(*LATEST).values_list("owner", *HELD))}


def mine(viewer: Viewer) -> list[Own]:
    """The viewer's own positions, the present first."""
    return [Own(Held(*row[:6]), audience=row[6], discreet=row[7], client=row[8]) for row in _own_positions(viewer)]


@prepared
def _own_positions(viewer: Viewer) -> "QuerySet[Any, Any]":
    rows = Position.objects.visible_to(viewer).filter(owner=viewer.me).order_by(*LATEST)
    return rows.values_list(*HELD, "audience", "discreet", "client")


def situation(viewer: Viewer) -> str | None:
    """What the viewer answered to "where do you work?"; None before they answered."""
    answer: str | None = (
        Situation.objects.visible_to(viewer).filter(owner=viewer.me).values_list("answer", flat=True).first()
    )
    return answer


def employer_names(viewer: Viewer) -> list[str]:
    """Where the viewer works now, clients left out: the names in "your colleagues at ..."."""
    return list(dict.fromkeys(own.held.organisation for own in mine(viewer) if own.employs))


def shielded(viewer: Viewer) -> list[Kept]:
    """The organisations from which the viewer keeps their discreet facts, each named as the viewer writes it."""
    about = discretion.shielded(viewer, "around")
    named = dict(Shielded.objects.filter(person=viewer.me).values_list("organisation", "named"))
    rows = Organisation.objects.filter(uid__in=about).order_by("folded").values_list("pk", "slug", "folded")
    return [Kept(slug=slug, name=named.get(key, folded)) for key, slug, folded in rows]


def before_shield(viewer: Viewer) -> set[int]:
    """The keys of those before whom the viewer's shield stands, as far as the viewer may know.

    They are named by it, or work, or worked until lately, at an organisation that it names or at one that is tied to
    it for all, by positions that the viewer may see: where anybody else stands changes nothing of it.
    """
    lately = Q(ends_on=None) | Q(ends_on__gt=days.today(settings.HOME_ZONE) - STANDING)
    named = discretion.shielded(viewer, "around")
    around = Q(organisation__uid__in=named) | _tied_to(named)
    held = Position.objects.visible_to(viewer).filter(lately, around)
    return {*discretion.shielded_people(viewer), *held.values_list("owner", flat=True)}


def shielded_names(viewer: Viewer) -> set[str]:
    """The folded names of the organisations that the viewer's shield names, and of those tied to them for all."""
    named = discretion.shielded(viewer, "around")
    ties = Bond.objects.exclude(confirmed_at=None)
    others = ties.filter(one__uid__in=named).values("other")
    ones = ties.filter(other__uid__in=named).values("one")
    rows = Organisation.objects.filter(Q(uid__in=named) | Q(pk__in=others) | Q(pk__in=ones))
    return set(rows.values_list("folded", flat=True))


def _tied_to(organisations: Collection[UUID]) -> Q:
    """Positions at what is tied to one of these, by ties that are confirmed.

    One that somebody said counts for that person alone, and is in their shield already: a tie has one row, which tells
    who said it first, and that is hidden from whoever said so too.
    """
    ties = Bond.objects.exclude(confirmed_at=None)
    others = ties.filter(one__uid__in=organisations).values("other")
    ones = ties.filter(other__uid__in=organisations).values("one")
    return Q(organisation__in=others) | Q(organisation__in=ones)


def beside(viewer: Viewer, organisations: Collection[str]) -> dict[str, Standing]:
    """Where somebody stands who stands with one of these organisations, by slug: a role, and nobody in it.

    What others said of an organisation, as that another is tied to it, changes nothing of it.
    """
    slugs = dict(Organisation.objects.filter(slug__in=organisations).values_list("uid", "slug"))
    around = Circle.objects.filter(kind="around", about__in=slugs).values_list("about", "pk")
    return {slugs[about]: Standing(circle) for about, circle in around}


def organisation(viewer: Viewer, slug: str) -> Firm:
    """An organisation at which the viewer sees somebody. Raises `NotFound` for any other."""
    seen = Position.objects.visible_to(viewer).filter(organisation__slug=slug).order_by("uid")
    named = seen.values_list("named", flat=True).first()
    if named is None:
        raise errors.NotFound
    uid, town, words = Organisation.objects.values_list("uid", "town", "words").get(slug=slug)
    return Firm(uid=uid, slug=slug, name=named, town=town, words=words)


def may_be_discreet(viewer: Viewer) -> bool:
    """Whether the viewer may state something discreet: an employer who can open the account would read it.

    False for an address at the mail domain of an organisation, unless the viewer works on their own.
    """
    domain = people.mail_domain(person=viewer.me)
    if not domain or not Organisation.objects.filter(domain=domain).exists():
        return True
    return situation(viewer) == Answer.OWN


def _current(today: date) -> Q:
    begun = Q(starts_on=None) | Q(starts_on__lte=today)
    return begun & (Q(ends_on=None) | Q(ends_on__gt=today))


def _runs(held: Held) -> bool:
    today = days.today(settings.HOME_ZONE)
    return (held.starts_on is None or held.starts_on <= today) and (held.ends_on is None or held.ends_on > today)
