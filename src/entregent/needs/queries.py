"""Reads about needs and offers: the viewer's own, and what somebody says to the viewer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entregent.discretion.viewer import Viewer
from entregent.needs.models import Need


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
    rows = Need.objects.visible_to(viewer).filter(owner=viewer.me).order_by("-said_at", "-pk")
    values = rows.values_list(*SAID, "audience", "discreet", "until")
    return [Own(Said(*row[:5]), audience=row[5], discreet=row[6], until=row[7]) for row in values]


def of(viewer: Viewer, person: int) -> list[Said]:
    """What somebody looks for and offers, as far as the viewer may see, the last said first."""
    rows = Need.objects.visible_to(viewer).filter(owner=person).order_by("-said_at", "-pk")
    return [Said(*row) for row in rows.values_list(*SAID)]
