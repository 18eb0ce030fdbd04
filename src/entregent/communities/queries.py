"""Reads about communities: their pages, which are the viewer's, who asks to be let in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from entregent.circles.models import Circle
from entregent.common import errors
from entregent.communities import declassified
from entregent.communities.models import Community, Membership, Report, Request
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.people import queries as who
from entregent.statements.prepared import Rows, prepared

#: The kind of the circle about a person in which are all who are in one of their communities.
MY_COMMUNITIES = "communities"
#: What anybody is shown of a community, in the order in which a page holds it.
SHOWN = ("uid", "pk", "slug", "name", "town", "words", "conduct", "entry", "zone")


@dataclass(frozen=True, slots=True)
class Page:
    """A community as the viewer meets it. `entry` is `open`, `link` or `approved`; `zone` names a time zone.

    `conduct` is the code of conduct that it wrote, empty where it wrote none.
    `invite` is the code of the invitation link, empty for those who do not belong; `members_circle` is a circle's key.
    """

    uid: UUID
    key: int
    slug: str
    name: str
    town: str
    words: str
    conduct: str
    entry: str
    zone: str
    belongs: bool
    steward: bool
    invite: str
    members_circle: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody asks to be let in: what they call themselves, their words, when."""

    uid: UUID
    name: str
    words: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """A request of the viewer's to be let into a community. `audience` is a circle's key."""

    uid: UUID
    slug: str
    name: str
    audience: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A report, as a steward hears it. `kind` is `person` or `evening`, `about` the public id of that.

    `named` (somebody, or who organises the evening) and `by` (who reports) are people's keys.
    """

    uid: UUID
    kind: str
    about: UUID
    named: int
    by: int
    words: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of the viewer's own: what it is about and how they knew it, to which community, on which terms."""

    uid: UUID
    kind: str
    about: UUID
    called: str
    words: str
    said_at: datetime
    slug: str
    community: str
    audience: int | None


@dataclass(frozen=True, slots=True)
class Label:
    """What an audience label says about a community: its name, and how one gets in."""

    name: str
    entry: str


def community(viewer: Viewer, slug: str) -> Page:
    """The community at an address. Raises `NotFound`."""
    return _one(viewer, _at(slug))


def by_invite(viewer: Viewer, invite: str) -> Page:
    """The community whose invitation link carries `invite`. Raises `NotFound`."""
    return _one(viewer, _inviting(invite.upper()))


def mine(viewer: Viewer) -> list[Page]:
    """The communities that the viewer belongs to, by name."""
    return _pages(viewer, _named(discretion.places_of_kind(viewer, "members")))


def people(viewer: Viewer, slug: str) -> dict[int, bool]:
    """The keys of those who belong to a community, and whether each signs in: for its stewards, else `NotFound`."""
    page = community(viewer, slug)
    if not page.steward:
        raise errors.NotFound
    rows = Membership.objects.filter(community=page.key).order_by("person")
    return {person: account is not None for person, account in rows.values_list("person", "person__account")}


def requests(viewer: Viewer, slug: str) -> list[Asking]:
    """Who asks to be let in, for the stewards; one's own request, for whoever asked. The oldest first."""
    rows = Request.objects.visible_to(viewer).filter(community__slug=slug).order_by("changed_at", "uid")
    return [Asking(*row) for row in rows.values_list("uid", "name", "words", "changed_at")]


def asked(viewer: Viewer) -> list[Own]:
    """Where the viewer asks to be let in, the oldest first."""
    rows = Request.objects.visible_to(viewer).filter(owner=viewer.me).order_by("changed_at", "uid")
    return [Own(*row) for row in rows.values_list("uid", "community__slug", "community__name", "audience")]


def reports(viewer: Viewer, slug: str) -> list[Heard]:
    """What stewards of a community are to see to, of what the viewer hears as one of them. The oldest first."""
    rows = Report.objects.visible_to(viewer).filter(declassified.hears(viewer), community__slug=slug, seen_to_at=None)
    said = rows.order_by("said_at", "uid").values_list("uid", "kind", "about", "person", "owner", "words", "said_at")
    return [Heard(*row) for row in said]


def reported(viewer: Viewer) -> list[Reported]:
    """What the viewer reported, the last first."""
    rows = Report.objects.visible_to(viewer).filter(owner=viewer.me).order_by("-said_at", "uid")
    same = ("uid", "kind", "about", "called", "words", "said_at")
    return [Reported(*row) for row in rows.values_list(*same, "community__slug", "community__name", "audience")]


def around(viewer: Viewer) -> int | None:
    """The key of the circle of all who are in one of the viewer's communities, where they ever chose it."""
    about = who.uid_of(person=viewer.me)
    return Circle.objects.filter(kind=MY_COMMUNITIES, about=about).values_list("pk", flat=True).first()


def labels(viewer: Viewer, circles: Collection[int]) -> dict[int, Label]:
    """What audience labels say of circles, by key; circles that are no community's members are left out."""
    about = dict(Circle.objects.filter(kind="members", pk__in=circles).values_list("about", "pk"))
    rows = Community.objects.filter(uid__in=about).values_list("uid", "name", "entry")
    return {about[uid]: Label(name=name, entry=entry) for uid, name, entry in rows}


def _one(viewer: Viewer, rows: Rows) -> Page:
    for page in _pages(viewer, rows):
        return page
    raise errors.NotFound


@prepared
def _named(communities: Collection[UUID]) -> "QuerySet[Any, Any]":
    return _rows(Q(uid__in=communities)).order_by("name", "slug")


@prepared
def _at(slug: str) -> "QuerySet[Any, Any]":
    return _rows(Q(slug=slug))


@prepared
def _inviting(invite: str) -> "QuerySet[Any, Any]":
    return _rows(Q(invite=invite))


def _rows(which: Q) -> "QuerySet[Any, Any]":
    circles = {"members": _circle("members"), "stewards": _circle("stewards")}
    return Community.objects.filter(which).annotate(**circles).values_list(*SHOWN, "invite", "members", "stewards")


def _circle(kind: str) -> Subquery:
    return Subquery(Circle.objects.filter(kind=kind, about=OuterRef("uid")).values("pk")[:1])


def _pages(viewer: Viewer, rows: Rows) -> list[Page]:
    held = discretion.among(viewer, [circle for row in rows for circle in row[-2:]])
    return [_page(held, *row) for row in rows]


def _page(held: Collection[int], *row: Any) -> Page:
    *shown, invite, members, stewards = row
    belongs = members in held
    return Page(*[*shown, belongs, stewards in held, invite if belongs else "", members])
