"""Reads about needs and offers: the viewer's own, and what somebody says to the viewer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entregent.discretion.viewer import Viewer
from entregent.needs.models import Need
from entregent.statements.prepared import prepared


@dataclass(frozen=True, slots=True)
class Said:
    """A need, or an offer where `offered`: `kind` is a key of `needs.models.Kind`, `place` a town, or empty."""

    uid: UUID
    kind: str
    offered: bool
    text: str
    place: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """A need of the viewer's own, with the terms on which it is stated. `audience` is a circle's key."""

    said: Said
    audience: int | None
    discreet: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A need or an offer of somebody else's: `person` is their key."""

    person: int
    said: Said


SAID = ("uid", "kind", "offered", "text", "place", "said_at")


def mine(viewer: Viewer) -> list[Own]:
    """The viewer's own needs and offers, the last said first."""
    rows = _said(viewer, viewer.me)
    return [Own(Said(*row[:6]), audience=row[6], discreet=row[7], until=row[8]) for row in rows]


def of(viewer: Viewer, person: int) -> list[Said]:
    """What somebody looks for and offers, as far as the viewer may see, the last said first."""
    return [Said(*row[:6]) for row in _said(viewer, person)]


def heard(viewer: Viewer) -> list[Heard]:
    """What everybody else looks for and offers, as far as the viewer may see, the last said first."""
    return [Heard(row[6], Said(*row[:6])) for row in _heard(viewer, viewer.me)]


@prepared
def _said(viewer: Viewer, person: int) -> QuerySet[Any, Any]:
    rows = Need.objects.visible_to(viewer).filter(owner=person).order_by("-said_at", "uid")
    return rows.values_list(*SAID, "audience", "discreet", "until")


@prepared
def _heard(viewer: Viewer, me: int) -> QuerySet[Any, Any]:
    rows = Need.objects.visible_to(viewer).exclude(owner=me).order_by("-said_at", "uid")
    return rows.values_list(*SAID, "owner")
