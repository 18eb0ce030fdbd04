"""Reads about discretion: why somebody sees a fact, in which circles the viewer stands, whom they shield."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from entregent.circles.fixed import DECLARED
from entregent.circles.models import Circle, Member
from entregent.discretion import policy
from entregent.discretion.models import Fact, Shield
from entregent.discretion.viewer import Viewer
from entregent.statements.prepared import prepared


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether somebody sees a fact, and each condition of the policy that says so."""

    seen: bool
    conditions: dict[str, bool]


def explain(viewer: Viewer, kind: str, uids: Collection[UUID], seen_by: Viewer) -> dict[UUID, Explanation]:
    """Why `seen_by`, an imagined somebody, sees or does not see each of these facts of the viewer's own.

    `kind` is written as in `docs/discretion.md`: "needs.Need". Others' facts are not in the answer. A real person is
    refused: the answer would tell the viewer where that person stands.
    """
    if seen_by.person is not None:
        raise ValueError("see as an imagined viewer, never as a person")
    columns: dict[str, Any] = {f"_{term}": policy.Condition(seen_by, term) for term in policy.TERMS}
    facts: type[Fact] = apps.get_model(kind)
    own = facts.objects.visible_to(viewer).filter(owner=viewer.me, uid__in=uids)
    rows = own.annotate(_seen=policy.may_see(seen_by), **columns).values_list("uid", "_seen", *columns)
    return {
        uid: Explanation(seen=bool(seen), conditions=dict(zip(policy.TERMS, map(bool, held), strict=True)))
        for uid, seen, *held in rows
    }


def kinds(viewer: Viewer, circles: Collection[int]) -> dict[int, str]:
    """Of what kind these circles are, by key: audiences that the viewer chose."""
    return dict(Circle.objects.filter(pk__in=circles).values_list("pk", "kind"))


def stands_in(viewer: Viewer, kind: str, about: UUID) -> bool:
    """Whether the viewer is in the circle of `kind` about a thing."""
    return bool(_about(viewer, kind, about))


@prepared
def _about(viewer: Viewer, kind: str, about: UUID) -> "QuerySet[Any, int]":
    return Circle.objects.filter(policy.stands_in(viewer), kind=kind, about=about).values_list("pk", flat=True)


def among(viewer: Viewer, circles: Collection[int]) -> frozenset[int]:
    """Those of `circles` (keys) in which the viewer stands."""
    return frozenset(_among(viewer, circles))


@prepared
def _among(viewer: Viewer, circles: Collection[int]) -> "QuerySet[Any, int]":
    return Circle.objects.filter(policy.stands_in(viewer), pk__in=circles).values_list("pk", flat=True)


def places_of_kind(viewer: Viewer, kind: str) -> list[UUID]:
    """What the viewer's circles of a kind are about: the communities they belong to, for `members`."""
    return _places_of_kind(viewer, kind)


@prepared
def _places_of_kind(viewer: Viewer, kind: str) -> "QuerySet[Any, UUID]":
    rows = Circle.objects.filter(policy.stands_in(viewer), kind=kind)
    return rows.order_by("pk").values_list("about", flat=True)


def shielded(viewer: Viewer, kind: str) -> list[UUID]:
    """What the circles of a kind are about from which the viewer keeps their discreet facts."""
    rows = Shield.objects.filter(owner=viewer.me, over=Shield.Over.DISCREET, circle__kind=kind).order_by("pk")
    return list(rows.values_list("circle__about", flat=True))


def shielded_people(viewer: Viewer) -> list[int]:
    """The keys of those whom the viewer's shield over discreet facts names."""
    rows = Shield.objects.filter(owner=viewer.me, over=Shield.Over.DISCREET).exclude(person=None).order_by("pk")
    return list(rows.values_list("person", flat=True))


def blocked(viewer: Viewer) -> list[int]:
    """The keys of those from whom the viewer keeps everything."""
    return _blocked(viewer)


@prepared
def _blocked(viewer: Viewer) -> "QuerySet[Any, int]":
    rows = Shield.objects.filter(over=Shield.Over.EVERYTHING, owner=viewer.person).order_by("pk")
    return rows.values_list("person", flat=True)


def blockers(viewer: Viewer) -> list[int]:
    """The keys of those who keep everything from the viewer: for masking computed answers, never for showing."""
    return _blockers(viewer)


@prepared
def _blockers(viewer: Viewer) -> "QuerySet[Any, int]":
    rows = Shield.objects.filter(over=Shield.Over.EVERYTHING, person=viewer.person).order_by("owner")
    return rows.values_list("owner", flat=True)


def declared(viewer: Viewer) -> bool:
    """Whether the viewer has said where they work."""
    return bool(among(viewer, [DECLARED]))


def chosen(viewer: Viewer, circles: Collection[int]) -> dict[int, list[int]]:
    """The keys of the people whom each of these circles names, where it is the viewer who named them."""
    rows = Member.objects.filter(circle__in=circles, circle__owner=viewer.me).order_by("circle", "person")
    held = groupby(rows.values_list("circle", "person"), itemgetter(0))
    return {circle: [person for _, person in named] for circle, named in held}
