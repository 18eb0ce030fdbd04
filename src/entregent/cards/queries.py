"""Reads of cards: those that the viewer keeps."""

from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entregent.cards.models import Card
from entregent.common import errors
from entregent.discretion.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a card; all but the name may be empty."""

    name: str
    does: str = ""
    organisation: str = ""
    mail: str = ""
    telephone: str = ""
    link: str = ""

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """The kind and the value of each way that it holds, as the address book has them."""
        held = (("telephone", self.telephone), ("mail", self.mail), ("link", self.link))
        return tuple((kind, value) for kind, value in held if value)

    @property
    def work(self) -> str:
        """What they do, and where, in a line."""
        return ", ".join(filter(None, (self.does, self.organisation)))

    def __iter__(self) -> Any:
        return iter(astuple(self))


#: The columns of a face, in its order.
FACE = tuple(Face.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Own:
    """A card that the viewer keeps: `title` is what they call it."""

    uid: UUID
    title: str
    face: Face


def mine(viewer: Viewer) -> list[Own]:
    """The cards that the viewer keeps, the one that was taken out last first."""
    rows = _cards(viewer, Q()).order_by("-used_at", "uid").values_list("uid", "title", *FACE)
    return [Own(uid, title, Face(*face)) for uid, title, *face in rows]


def one(viewer: Viewer, uid: UUID) -> Own:
    """One card of the viewer's. Raises `NotFound` for anybody else's."""
    row = _cards(viewer, Q(uid=uid)).values_list("uid", "title", *FACE).first()
    if row is None:
        raise errors.NotFound
    return Own(row[0], row[1], Face(*row[2:]))


def _cards(viewer: Viewer, which: Q) -> QuerySet[Any, Any]:
    return Card.objects.visible_to(viewer).filter(which, owner=viewer.me, forgotten_at=None)
