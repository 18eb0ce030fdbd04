"""Reads of the address book. It speaks to its owner alone, and feeds nobody else's page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Encounter, Note
from entregent.market import queries as market
from entregent.meetups.models import Meetup
from entregent.profiles import queries as profiles
from entregent.search import queries as search
from entregent.search.stems import query


@dataclass(frozen=True, slots=True)
class Met:
    """Where and when a contact was met. `code` leads to the evening while it is to be seen."""

    on: date
    title: str
    place: str
    through: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A note of the owner's, and the title of the evening it was written at."""

    uid: UUID
    text: str
    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the book: who, the last time they were met, the last words about them."""

    uid: UUID
    name: str
    does: str
    person: int | None
    last: Met | None
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the owner knows of a contact: encounters oldest first, notes newest first.

    `member` is the public id of the member where that person still shows their name; `workplace` and `since` are
    what the member publishes to the owner.
    """

    uid: UUID
    name: str
    does: str
    person: int | None
    member: UUID | None
    workplace: str
    since: date | None
    encounters: tuple[Met, ...]
    notes: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A member who is in the owner's book, and the last time they were met."""

    contact: UUID
    name: str
    last: Met | None
    note: str


def book(viewer: Viewer, text: str = "") -> list[Entry]:
    """The viewer's contacts, last met first; those that `text` finds where it is given."""
    rows = Contact.objects.visible_to(viewer)
    if text.strip():
        hits = search.lines(viewer, query(text), kinds=("contact", "encounter", "note"))
        rows = rows.filter(uid__in={hit.contact for hit in hits})
    return _entries(viewer, list(rows.values_list("pk", "uid", "name", "does", "person")))


def _entries(viewer: Viewer, rows: list[tuple[int, UUID, str, str, int | None]]) -> list[Entry]:
    keys = [row[0] for row in rows]
    met, written = _met(viewer, keys), _written(viewer, keys)
    entries = [
        Entry(
            uid=uid,
            name=name,
            does=does,
            person=person,
            last=met[key][-1] if key in met else None,
            note=written[key][0].text if key in written else "",
        )
        for key, uid, name, does, person in rows
    ]
    return sorted(entries, key=lambda entry: (_days(entry), entry.name.casefold(), entry.uid.hex))


def _days(entry: Entry) -> int:
    return -entry.last.on.toordinal() if entry.last else 0


def _met(viewer: Viewer, contacts: Collection[int]) -> dict[int, list[Met]]:
    rows = Encounter.objects.visible_to(viewer).filter(contact__in=contacts).order_by("on", "uid")
    held = list(rows.values_list("contact", "meetup", "on", "title", "place", "through"))
    codes = _codes(viewer, [row[1] for row in held if row[1]])
    found: dict[int, list[Met]] = {}
    for contact, meetup, *rest in held:
        found.setdefault(contact, []).append(Met(*rest, code=codes.get(meetup)))
    return found


def _codes(viewer: Viewer, meetups: Iterable[int]) -> dict[int, str]:
    rows = Meetup.objects.visible_to(viewer).filter(pk__in=set(meetups))
    return dict(rows.values_list("pk", "code"))


def _written(viewer: Viewer, contacts: Collection[int]) -> dict[int, list[Written]]:
    titles = dict(
        Encounter.objects.visible_to(viewer)
        .filter(contact__in=contacts, meetup__isnull=False)
        .values_list("meetup", "title")
    )
    rows = Note.objects.visible_to(viewer).filter(contact__in=contacts).order_by("-on", "-changed_at", "uid")
    found: dict[int, list[Written]] = {}
    for contact, uid, text, on, meetup in rows.values_list("contact", "uid", "text", "on", "meetup"):
        found.setdefault(contact, []).append(Written(uid=uid, text=text, on=on, title=titles.get(meetup, "")))
    return found


def contact(viewer: Viewer, uid: UUID) -> Page:
    """One contact of the viewer's. Raises `NotFound` for anybody else's."""
    row = Contact.objects.visible_to(viewer).filter(uid=uid).values_list("pk", "name", "does", "person").first()
    if row is None:
        raise errors.NotFound
    key, name, does, person = row
    card = profiles.cards(viewer, [person]).get(person) if person else None
    work = market.workplaces(viewer, [person]).get(person) if card and person else None
    return Page(
        uid=uid,
        name=name,
        does=does or (card.headline if card else ""),
        person=card.person if card else None,
        member=card.uid if card else None,
        workplace=work.organisation if work else "",
        since=work.starts_on if work else None,
        encounters=tuple(_met(viewer, [key]).get(key, ())),
        notes=tuple(_written(viewer, [key]).get(key, ())),
    )


def known(viewer: Viewer, people: Collection[int] | None = None) -> dict[int, Known]:
    """The members in the viewer's book, among `people` where they are given, by person."""
    if viewer.person is None:
        return {}
    rows = Contact.objects.visible_to(viewer).filter(person__isnull=False)
    if people is not None:
        rows = rows.filter(person__in=people)
    entries = _entries(viewer, list(rows.values_list("pk", "uid", "name", "does", "person")))
    return {
        entry.person: Known(contact=entry.uid, name=entry.name, last=entry.last, note=entry.note)
        for entry in entries
        if entry.person is not None
    }
