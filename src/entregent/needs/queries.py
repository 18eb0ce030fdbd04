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
    """A need, or an offer where `offered`. `kind` is a key of `needs.models.Kind`."""

    uid: UUID
    kind: str
    offered: bool
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """A need of the viewer's own, with the terms on which it is stated. `audience` is a circle's key."""

    said: Said
    audience: int | None
    discreet: bool
    until: datetime | None


SAID = ("uid", "kind", "offered", "text", "said_at")


def mine(viewer: Viewer) -> list[Own]:
    """The viewer's own needs and offers, the last said first."""
    rows = _said(viewer, viewer.me)
    return [Own(Said(*row[:5]), audience=row[5], discreet=row[6], until=row[7]) for row in rows]


def of(viewer: Viewer, person: int) -> list[Said]:
    """What somebody looks for and offers, as far as the viewer may see, the last said first."""
    return [Said(*row[:5]) for row in _said(viewer, person)]


@prepared
def _said(viewer: Viewer, person: int) -> QuerySet[Any, Any]:
    rows = Need.objects.visible_to(viewer).filter(owner=person).order_by("-said_at", "uid")
    return rows.values_list(*SAID, "audience", "discreet", "until")
