"""Reads of the address book. It speaks to its owner alone, and feeds nobody else's page."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from entregent.common import days, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Channel, Contact, Encounter, Label, Note
from entregent.market import queries as market
from entregent.meetups.models import Meetup
from entregent.profiles import queries as profiles
from entregent.search import queries as search
from entregent.search import ranking
from entregent.search.stems import fold, query
from entregent.statements.prepared import Rows, prepared

_WORD = re.compile(r"[^\W_]+")

#: The kinds of searchable lines that the address book writes.
LINES = ("contact", "encounter", "note", "promise")
#: Those in the owner's own words about somebody.
WORDS = {"note", "promise"}


@dataclass(frozen=True, slots=True)
class Met:
    """Where and when a contact was met. `code` leads to the evening while it is to be seen."""

    uid: UUID
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
    """A line of the book: who, when they were met (oldest first), the last words about them.

    `person` is the key of the member whom the owner noted, whether or not they still show their name; `found` is the
    note or the promise by which words found them.
    """

    uid: UUID
    name: str
    does: str
    person: int | None
    met: tuple[Met, ...]
    note: str
    title: str = ""
    organisation: str = ""
    found: search.Hit | None = None

    @property
    def last(self) -> Met | None:
        """The last time they were met."""
        return self.met[-1] if self.met else None


@dataclass(frozen=True, slots=True)
class Reached:
    """How a contact is reached: `kind` is mail, telephone or link."""

    uid: UUID
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label on a contact."""

    uid: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A contact by what it is known again by: `line` names it in the file that it came from, or is empty."""

    key: int
    name: str
    organisation: str
    line: str
    mails: tuple[str, ...]
    telephones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the owner knows of a contact: encounters oldest first, notes newest first.

    `person` and `member` are the key and the public id of the member where that person still shows their name;
    `workplace` and `since` are what the member publishes to the owner. `does` is the owner's words, `headline` theirs.
    """

    uid: UUID
    name: str
    does: str
    person: int | None
    member: UUID | None
    headline: str
    workplace: str
    since: date | None
    encounters: tuple[Met, ...]
    notes: tuple[Written, ...]
    title: str = ""
    organisation: str = ""
    channels: tuple[Reached, ...] = ()
    labels: tuple[Labelled, ...] = ()


def size(viewer: Viewer) -> int:
    """How many contacts the viewer has."""
    return 0 if viewer.person is None else _contacts(viewer, Q()).count()


def book(viewer: Viewer, text: str = "") -> list[Entry]:
    """The viewer's contacts, last met first.

    Where `text` is given, those that it finds, who answers best first, each with the note or the promise that answers.
    """
    if not text.strip():
        return sorted(_entries(viewer, _lines(viewer)), key=_latest)
    hits = [hit for hit in search.lines(viewer, query(text), kinds=LINES) if hit.contact is not None]
    ranked = ranking.rank(map(_ranked, hits), viewer=None, today=days.today(settings.HOME_ZONE), ties={})
    said = {hit.about: hit for hit in hits if hit.kind in WORDS}
    told = {found.about: next((said[hit.line] for hit in found.lines if hit.line in said), None) for found in ranked}
    entries = {entry.uid: entry for entry in _entries(viewer, _lines(viewer, contacts=told))}
    best = ((entries[uid], hit) for uid, hit in told.items() if uid in entries)
    return [replace(entry, note=hit.text if hit else "", found=hit) for entry, hit in best]


def working_at(viewer: Viewer, names: Collection[str]) -> dict[UUID, int | None]:
    """The viewer's contacts of whom the book says that they work at organisations of these folded names.

    By their ids, the key of the member that each is, or None. What a contact does and is counts as where they work, and
    a name within a longer one: "Directeur chez Filao", "Filao Réunion".
    """
    if not names or viewer.person is None:
        return {}
    rows = _contacts(viewer, Q()).values_list("uid", "person", "organisation", "title", "does")
    wanted = [_spaced(name) for name in names]
    told = ((uid, person, _spaced(" . ".join(words))) for uid, person, *words in rows)
    return {uid: person for uid, person, words in told if any(name in words for name in wanted)}


def _spaced(text: str) -> str:
    """The folded words of `text`, between blanks."""
    return " ".join(["", *_WORD.findall(fold(text)), ""])


def entries(viewer: Viewer, *, people: Collection[int] = (), contacts: Collection[UUID] = ()) -> list[Entry]:
    """The viewer's contacts that are one of these members, or have one of these public ids."""
    return _entries(viewer, _lines(viewer, people, contacts)) if people or contacts else []


def known(viewer: Viewer, people: Collection[int] | None = None) -> dict[int, Entry]:
    """The members in the viewer's book, among `people` where they are given, by person.

    As much is asked where none of these is in it: that somebody comes whose name is hidden by now shows nowhere else.
    """
    rows = _lines(viewer, people)
    entries = _entries(viewer, rows) if people is None else _told(viewer, rows)
    return {entry.person: entry for entry in entries if entry.person is not None}


def contact(viewer: Viewer, uid: UUID) -> Page:
    """One contact of the viewer's. Raises `NotFound` for anybody else's."""
    row = _contacts(viewer, Q(uid=uid)).values_list("pk", "name", "does", "person", "title", "organisation").first()
    if row is None:
        raise errors.NotFound
    key, name, does, person, title, organisation = row
    card = profiles.cards(viewer, [person or ids.NO_KEY]).get(person or ids.NO_KEY)
    shown = card.person if card else ids.NO_KEY
    work = market.workplaces(viewer, [shown]).get(shown)
    return Page(
        uid=uid,
        name=name,
        does=does,
        person=card.person if card else None,
        member=card.uid if card else None,
        headline=card.headline if card else "",
        workplace=work.organisation if work else "",
        since=work.starts_on if work else None,
        encounters=tuple(_met(viewer, [key]).get(key, ())),
        notes=tuple(_written(viewer, key)),
        title=title,
        organisation=organisation,
        channels=tuple(_channels(viewer, key)),
        labels=tuple(_labels(viewer, key)),
    )


def reachable(viewer: Viewer, contacts: Collection[UUID]) -> set[UUID]:
    """Those of the viewer's contacts of whom they know a number, an address or a link."""
    held = dict(_contacts(viewer, Q(uid__in=contacts)).values_list("pk", "uid"))
    rows = Channel.objects.visible_to(viewer).filter(owner=viewer.person, contact__in=held)
    return {held[contact] for contact in rows.values_list("contact", flat=True)}


def labels(viewer: Viewer) -> list[str]:
    """Every label that the viewer uses, in the order of their words."""
    rows = Label.objects.visible_to(viewer).filter(owner=viewer.person, contact__in=_contacts(viewer, Q()))
    return sorted(set(rows.values_list("text", flat=True)), key=str.casefold)


def sought(viewer: Viewer) -> list[Sought]:
    """Everybody in the viewer's book, the oldest first, by what they are known again by."""
    if viewer.person is None:
        return []
    ways: dict[str, dict[int, list[str]]] = {Channel.Kind.MAIL: {}, Channel.Kind.TELEPHONE: {}}
    rows = Channel.objects.visible_to(viewer).filter(owner=viewer.person).exclude(kind=Channel.Kind.LINK)
    for contact, kind, value in rows.values_list("contact", "kind", "value"):
        ways[kind].setdefault(contact, []).append(value)
    mails, telephones = ways.values()
    held = _contacts(viewer, Q()).order_by("pk").values_list("pk", "name", "organisation", "key")
    return [Sought(*row, tuple(mails.get(row[0], ())), tuple(telephones.get(row[0], ()))) for row in held]


def _channels(viewer: Viewer, contact: int) -> Iterable[Reached]:
    rows = Channel.objects.visible_to(viewer).filter(contact=contact).order_by("kind", "pk")
    return (Reached(*row) for row in rows.values_list("uid", "kind", "value"))


def _labels(viewer: Viewer, contact: int) -> Iterable[Labelled]:
    rows = Label.objects.visible_to(viewer).filter(contact=contact).order_by("pk")
    return (Labelled(*row) for row in rows.values_list("uid", "text"))


def _contacts(viewer: Viewer, which: Q) -> QuerySet[Contact]:
    rows: QuerySet[Contact] = Contact.objects.visible_to(viewer)
    return rows.filter(which, owner=viewer.person, forgotten_at=None)


def _ranked(hit: search.Hit) -> ranking.Hit:
    return hit.said_of(hit.contact or hit.about)


def _lines(viewer: Viewer, people: Collection[int] | None = None, contacts: Collection[UUID] | None = None) -> Rows:
    return _noted(viewer, people, contacts) if viewer.person else []


@prepared
def _noted(viewer: Viewer, people: Collection[int] | None, contacts: Collection[UUID] | None) -> QuerySet[Any, Any]:
    members = Q() if people is None else Q(person__in=people)
    which = members if contacts is None else members | Q(uid__in=contacts)
    return (
        _contacts(viewer, which)
        .order_by("uid")
        .values_list("pk", "uid", "name", "does", "person", "title", "organisation")
    )


def _entries(viewer: Viewer, rows: Rows) -> list[Entry]:
    return _told(viewer, rows) if rows else []


def _told(viewer: Viewer, rows: Rows) -> list[Entry]:
    keys = [key for key, *_ in rows]
    met, words = _met(viewer, keys), _last_words(viewer, keys)
    return [
        Entry(uid, name, does, person, tuple(met.get(key, ())), words.get(key, ""), title, organisation)
        for key, uid, name, does, person, title, organisation in rows
    ]


def _latest(entry: Entry) -> tuple[int, str, str]:
    return -entry.last.on.toordinal() if entry.last else 0, entry.name.casefold(), entry.uid.hex


def _met(viewer: Viewer, contacts: Collection[int]) -> dict[int, list[Met]]:
    held = _encounters(viewer, contacts)
    codes = _codes(viewer, {meetup for _, meetup, *_ in held if meetup})
    found: dict[int, list[Met]] = {}
    for contact, meetup, uid, on, title, place, through in held:
        found.setdefault(contact, []).append(Met(uid, on, title, place, through, codes.get(meetup)))
    return found


@prepared
def _encounters(viewer: Viewer, contacts: Collection[int]) -> QuerySet[Any, Any]:
    rows = Encounter.objects.visible_to(viewer).filter(contact__in=contacts).order_by("on", "uid")
    return rows.values_list("contact", "meetup", "uid", "on", "title", "place", "through")


def _codes(viewer: Viewer, meetups: Collection[int]) -> dict[int, str]:
    rows = Meetup.objects.visible_to(viewer).filter(pk__in=[ids.NO_KEY, *meetups])
    return dict(rows.values_list("pk", "code"))


def _last_words(viewer: Viewer, contacts: Collection[int]) -> dict[int, str]:
    return dict(_notes(viewer, contacts))


@prepared
def _notes(viewer: Viewer, contacts: Collection[int]) -> QuerySet[Any, Any]:
    rows = Note.objects.visible_to(viewer).filter(contact__in=contacts, forgotten_at=None)
    return rows.order_by("on", "changed_at", "uid").values_list("contact", "text")


def _written(viewer: Viewer, contact: int) -> Iterable[Written]:
    met = Encounter.objects.visible_to(viewer).filter(contact=contact, meetup__isnull=False)
    titles = dict(met.values_list("meetup", "title"))
    rows = (
        Note.objects.visible_to(viewer).filter(contact=contact, forgotten_at=None).order_by("-on", "-changed_at", "uid")
    )
    for uid, text, on, meetup in rows.values_list("uid", "text", "on", "meetup"):
        yield Written(uid=uid, text=text, on=on, title=titles.get(meetup, ""))
