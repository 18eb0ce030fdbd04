"""Reads of the address books that the viewer brought from elsewhere, and of files that wait to be chosen from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Import, Upload

#: What is read of an import in a list and on its page, and of a file that waits.
CAME = ("uid", "file", "source", "at", "made", "known")
BROUGHT = (*CAME, "skipped", "evenings")
WAITS = ("uid", "file", "source", "said", "skipped", "evenings", "content")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for its owner; `said`, `skipped` and `evenings` as JSON, `content` where columns are unknown.

    The import that some of it went into has its public id.
    """

    uid: UUID
    file: str
    source: str
    said: str
    skipped: str
    evenings: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Came:
    """An import of the viewer's: how many pages it made, how many it found."""

    uid: UUID
    file: str
    source: str
    at: datetime
    made: int
    known: int


@dataclass(frozen=True, slots=True)
class Brought(Came):
    """An import with the lines that were not taken, and the evenings to which nobody was asked, as JSON."""

    skipped: str
    evenings: str


def came(viewer: Viewer, first: int | None = None) -> list[Came]:
    """The viewer's imports, the latest first, without what they skipped; the `first` of them, or all."""
    return [] if viewer.person is None else [Came(*row) for row in _imports(viewer).values_list(*CAME)[:first]]


def brought(viewer: Viewer, uid: UUID) -> Brought:
    """One import of the viewer's. Raises `NotFound` for anybody else's."""
    found = _imports(viewer).filter(uid=uid).values_list(*BROUGHT).first() if viewer.person else None
    if found is None:
        raise errors.NotFound
    return Brought(*found)


def made_by(viewer: Viewer, uid: UUID) -> list[UUID]:
    """The contacts that an import of the viewer's made."""
    mine = Import.objects.visible_to(viewer).filter(uid=uid, owner=viewer.person)
    made = Contact.objects.visible_to(viewer).filter(owner=viewer.person, forgotten_at=None, brought__in=mine)
    return list(made.values_list("uid", flat=True))


def waiting(viewer: Viewer, uid: UUID) -> Waiting:
    """The viewer's file of that public id, as long as it waits. Raises `NotFound` where there is none."""
    found = _waiting(viewer, uid).values_list(*WAITS).first()
    if found is None:
        raise errors.NotFound
    uid, file, source, said, skipped, evenings, content = found
    return Waiting(uid, file, source, said, skipped, evenings, None if content is None else bytes(content))


def waits(viewer: Viewer, uid: UUID) -> bool:
    """Whether the viewer's file of that public id waits; it is not read."""
    return _waiting(viewer, uid).exists()


def _waiting(viewer: Viewer, uid: UUID) -> QuerySet[Any, Any]:
    rows = Upload.objects.visible_to(viewer).filter(owner=viewer.person, until__gt=clock.now())
    return rows.filter(uid=uid) if viewer.person else rows.none()


def _imports(viewer: Viewer) -> QuerySet[Any, Any]:
    return Import.objects.visible_to(viewer).filter(owner=viewer.person).order_by("-at", "uid")
