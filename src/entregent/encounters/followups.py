"""Reads of what the viewer promised people in their book, or means to do next. It speaks to its owner alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from entregent.common import days, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries
from entregent.encounters.models import Encounter, FollowUp, Note
from entregent.encounters.queries import Entry
from entregent.meetups.shown import Evening
from entregent.statements.prepared import prepared

#: What is read of a promise.
SAID = ("uid", "text", "on", "due_on", "contact__uid", "contact__name", "changed_at")


@dataclass(frozen=True, slots=True)
class Promise:
    """What the viewer said on a day that they would do, by `due_on` where they said so; for whom, in their words.

    It was last written down or moved at `changed_at`.
    """

    uid: UUID
    text: str
    on: date
    due_on: date | None
    contact: UUID
    name: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A day on which the viewer did what they had promised a contact; `person` is the key of the member that it is."""

    contact: UUID
    person: int | None
    on: date


def open_ones(viewer: Viewer, contact: UUID | None = None) -> list[Promise]:
    """What the viewer still has to do, for one contact where one is given: by the day, without one last."""
    if viewer.person is None:
        return []
    rows = _open(viewer) if contact is None else _open(viewer).filter(contact__uid=contact)
    return _told(rows)


def due(viewer: Viewer, today: date) -> list[Promise]:
    """What the viewer has to do by `today`, the oldest first."""
    return [] if viewer.person is None else _told(_open(viewer).filter(due_on__lte=today))


def one(viewer: Viewer, uid: UUID) -> Promise:
    """Something that the viewer still has to do. Raises `NotFound`."""
    found = _told(_open(viewer).filter(uid=uid)) if viewer.person is not None else []
    if not found:
        raise errors.NotFound
    return found[0]


def kept(viewer: Viewer) -> list[Kept]:
    """The days on which the viewer kept their word, the earliest first: once a day for a contact, whatever was done."""
    rows = _kept(viewer) if viewer.person is not None else []
    told = (Kept(contact, person, days.of(done_at, settings.HOME_ZONE)) for contact, person, done_at in rows)
    return list(dict.fromkeys(told))


def done(viewer: Viewer, contact: UUID) -> list[Promise]:
    """What the viewer promised a contact and did: `on` is the day on which they did it, the last first."""
    if viewer.person is None:
        return []
    rows = _promised(viewer).filter(contact__uid=contact, done_at__isnull=False).order_by("-done_at", "uid")
    told = rows.values_list(*(name if name != "on" else "done_at" for name in SAID))
    return [Promise(uid, text, days.of(at, settings.HOME_ZONE), *rest) for uid, text, at, *rest in told]


def met_at(viewer: Viewer, evening: Evening) -> list[Entry]:
    """Those whom the viewer noted at an evening, by name."""
    if viewer.person is None:
        return []
    rows = Encounter.objects.visible_to(viewer, "contact").filter(owner=viewer.person, meetup=evening.key)
    met = list(rows.filter(contact__forgotten_at=None).values_list("contact__uid", flat=True))
    return sorted(queries.entries(viewer, contacts=met), key=lambda entry: (entry.name.casefold(), entry.uid))


def written_at(viewer: Viewer, evening: Evening) -> set[UUID]:
    """Those of whom the viewer wrote something at an evening, or of it since."""
    if viewer.person is None:
        return set()
    rows = Note.objects.visible_to(viewer, "contact").filter(owner=viewer.person, meetup=evening.key, forgotten_at=None)
    return set(rows.values_list("contact__uid", flat=True))


def _promised(viewer: Viewer) -> QuerySet[Any, Any]:
    rows = FollowUp.objects.visible_to(viewer, "contact").filter(owner=viewer.person, contact__forgotten_at=None)
    return rows.filter(forgotten_at=None)


def _open(viewer: Viewer) -> QuerySet[Any, Any]:
    return _promised(viewer).filter(done_at=None)


@prepared
def _kept(viewer: Viewer) -> QuerySet[Any, Any]:
    rows = _promised(viewer).filter(done_at__isnull=False).order_by("done_at", "uid")
    return rows.values_list("contact__uid", "contact__person", "done_at")


def _told(rows: QuerySet[Any, Any]) -> list[Promise]:
    found: Iterable[tuple[Any, ...]] = rows.order_by(F("due_on").asc(nulls_last=True), "on", "uid").values_list(*SAID)
    return [Promise(*row) for row in found]
