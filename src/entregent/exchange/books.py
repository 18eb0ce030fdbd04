"""Brings the contacts of a file into somebody's own book, and takes an import back. Nobody else's book is looked at.

A line that is about a contact in the book adds the channels and labels that this lacks, and changes nothing that it
says; where the owner edited the contact, it adds nothing.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import clock, errors, wording
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters.models import Channel, Contact, Encounter, Import, Label, Note, Upload
from entregent.exchange import matching, reasons
from entregent.exchange.contacts import reading
from entregent.exchange.contacts.said import LABEL, Book, Columns, Said, Skipped, Unreadable
from entregent.exchange.contacts.texts import folded
from entregent.people import actions as people
from entregent.search import actions as search

Advance = Callable[[int], None]
#: How long a file waits for its owner, how many people are written at once, how many skipped lines are kept.
WAITS, BATCH, REPORTED = timedelta(hours=1), 500, 1000


def read(data: bytes, columns: Columns | None = None) -> Book:
    """What a file says. Raises `Invalid`, with words, for a file that cannot be taken."""
    try:
        return reading.read(data, columns)
    except Unreadable as error:
        raise errors.Invalid("file", reasons.told(error.reason, error.line)) from error


@transaction.atomic
def hand_over(actor: Viewer, *, file: str, data: bytes) -> UUID:
    """Keep a file for an hour, for its owner to choose from; the one before goes. Raises `Invalid`."""
    return _keep(actor, file, read(data), data)


@transaction.atomic
def name_columns(actor: Viewer, *, upload: UUID, columns: Columns) -> None:
    """Say what the columns of a waiting table hold. Raises `Invalid` where nobody is named, and `NotFound`."""
    held = _upload(actor, upload)
    if held.content is None:
        raise errors.NotFound
    book = read(bytes(held.content), columns)
    if not book.said:
        raise errors.Invalid("columns", _("Nobody is named by these columns. Which one holds the name?"))
    held.said, held.skipped, held.content = said_json(book.said), skipped_json(book.skipped), None
    held.save()


@dataclass(slots=True)
class _Desk:
    """One import as it is written: whose, the contacts known, and what is to be made of new people."""

    owner: int
    brought: Import
    known: matching.Known
    fresh: list[Said] = field(default_factory=list)
    more: list[tuple[int, Said]] = field(default_factory=list)

    def sort(self, lines: Iterable[Said]) -> None:
        """Who is new, and who is in the book. New people go by negative numbers until they are written."""
        for said in lines:
            at = self.known.find(said)
            if at is None:
                self.fresh.append(said)
                self.known.add(matching.as_held(-len(self.fresh), said))
            elif at < 0:
                self.fresh[-at - 1] = _joined(self.fresh[-at - 1], said)
            else:
                self.more.append((at, said))


@transaction.atomic
def bring(
    actor: Viewer,
    *,
    book: Book,
    file: str,
    into: UUID | None = None,
    label: str = "",
    advance: Advance = lambda _count: None,
) -> UUID:
    """Bring the people of a book, each with `label`, in an import of its own or one that began; its public id.

    `advance` is told how many were written. Whatever fails, nothing is written. Raises `Invalid` where nobody is named.
    """
    people.wait_turn(person=actor.me)
    if not book.said:
        raise errors.Invalid("lines", _("Choose at least one person."))
    marked = wording.line(label)[:LABEL]
    begun: Import | None = Import.ledger.filter(owner=actor.me, uid=into).first() if into else None
    desk = _Desk(actor.me, begun or _import(actor, file, book), _known(actor.me))
    desk.sort(replace(said, labels=(*said.labels, marked)) if marked else said for said in book.said)
    _make(desk, advance)
    _add(desk, advance)
    counts = {"made": desk.brought.made + len(desk.fresh), "known": desk.brought.known + len(desk.more)}
    Import.ledger.filter(pk=desk.brought.pk).update(**counts)
    return desk.brought.uid


@transaction.atomic
def bring_upload(actor: Viewer, *, upload: UUID, lines: Collection[int], label: str = "") -> UUID:
    """Bring the chosen lines of a waiting file, whose others go on waiting; the import's public id.

    Raises `Invalid` where none is chosen, and `NotFound`.
    """
    held, wanted = _upload(actor, upload), set(lines)
    said = list(said_of(held.said))
    chosen = tuple(one for one in said if one.line in wanted)
    book = Book(held.source, chosen, tuple(skipped_of(held.skipped)))
    into = Import.ledger.filter(pk=held.brought_id or 0).values_list("uid", flat=True).first()
    brought = bring(actor, book=book, file=held.file, into=into, label=label)
    left = [one for one in said if one.line not in wanted]
    if not left:
        held.delete()
        return brought
    held.said, held.brought = said_json(left), Import.ledger.get(owner=actor.me, uid=brought)
    held.save()
    return brought


@transaction.atomic
def drop_upload(actor: Viewer, *, upload: UUID) -> None:
    """Bring nothing of a waiting file, which goes."""
    _upload(actor, upload).delete()


@dataclass(frozen=True, slots=True)
class Undone:
    """How many pages went, and who stays because the owner edited, met or wrote about them since."""

    gone: int
    kept: tuple[str, ...]


@transaction.atomic
def undo(actor: Viewer, *, brought: UUID) -> Undone:
    """Take an import back: whom it made, and what it added to others. Raises `NotFound`."""
    people.wait_turn(person=actor.me)
    held: Import | None = Import.ledger.filter(owner=actor.me, uid=brought).first()
    if held is None:
        raise errors.NotFound
    made = list(Contact.ledger.filter(brought=held).order_by("name", "pk"))
    lived = _lived(actor.me, held, made)
    gone = [contact for contact in made if contact.pk not in lived]
    kept = [contact for contact in made if contact.pk in lived]
    changed = _take_back(held)
    _forget(gone)
    Contact.ledger.filter(brought=held).update(brought=None)
    for kind in (*encounters.ABOUT, Upload):
        kind.ledger.filter(brought=held).update(brought=None)
    held.delete()
    encounters.index_many(contacts=changed)
    return Undone(len(gone), tuple(contact.name for contact in kept if contact.forgotten_at is None))


def said_json(said: Sequence[Said]) -> str:
    """Lines as text."""
    rows = ({name: value for name, value in asdict(one).items() if value} for one in said)
    return json.dumps(list(rows), ensure_ascii=False, default=str)


def said_of(text: str) -> Iterator[Said]:
    """Lines from their text."""
    row: dict[str, Any]
    for row in json.loads(text):
        said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        if "on" in said:
            said["on"] = date.fromisoformat(said["on"])
        yield Said(**said)


def _headers_json(book: Book) -> str:
    return json.dumps({"headers": book.headers, "sample": book.sample}, ensure_ascii=False)


def headers_of(text: str) -> list[tuple[str, list[str]]]:
    """The columns that nobody knows, from their text: what stands above each, and its first cells."""
    said = json.loads(text)
    rows = said["sample"]
    return [(head, [row[at] for row in rows if at < len(row)]) for at, head in enumerate(said["headers"])]


def skipped_json(skipped: Sequence[Skipped]) -> str:
    """Skipped lines as text: how many, and the first of them."""
    return json.dumps({"count": len(skipped), "first": [[one.line, one.reason] for one in skipped[:REPORTED]]})


def skipped_of(text: str) -> list[Skipped]:
    """The first skipped lines, from their text."""
    return [Skipped(line, reason) for line, reason in json.loads(text)["first"]]


def _keep(actor: Viewer, file: str, book: Book, data: bytes) -> UUID:
    people.wait_turn(person=actor.me)
    Upload.ledger.filter(owner=actor.me).delete()
    upload = Upload.ledger.create(
        owner_id=actor.me,
        until=clock.now() + WAITS,
        file=wording.line(file)[-120:] or "?",
        source=book.source,
        said=_headers_json(book) if book.headers else said_json(book.said),
        skipped=skipped_json(book.skipped),
        content=data if book.headers else None,
    )
    return upload.uid


def _upload(actor: Viewer, upload: UUID) -> Upload:
    held: Upload | None = Upload.ledger.filter(owner=actor.me, uid=upload, until__gt=clock.now()).first()
    if held is None:
        raise errors.NotFound
    return held


def _import(actor: Viewer, file: str, book: Book) -> Import:
    return Import.ledger.create(
        owner_id=actor.me,
        file=wording.line(file)[-120:] or "?",
        source=book.source,
        skipped=skipped_json(book.skipped),
    )


def _known(owner: int) -> matching.Known:
    """Everybody in the owner's book, as they are looked for."""
    mails: dict[int, set[str]] = {}
    telephones: dict[int, set[str]] = {}
    rows = Channel.ledger.filter(owner=owner).exclude(kind=Channel.Kind.LINK).values_list("contact", "kind", "value")
    for contact, kind, value in rows:
        (mails if kind == Channel.Kind.MAIL else telephones).setdefault(contact, set()).add(value)
    contacts = Contact.ledger.filter(owner=owner, forgotten_at=None).order_by("pk")
    return matching.Known.of(
        matching.Held(
            at=pk,
            name=name,
            organisation=organisation,
            key=key,
            mails=frozenset(mail.lower() for mail in mails.get(pk, ())),
            telephones=matching.numbers(telephones.get(pk, ())),
        )
        for pk, name, organisation, key in contacts.values_list("pk", "name", "organisation", "key")
    )


def _joined(one: Said, other: Said) -> Said:
    """Two lines of a file about one person."""
    lists: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("labels", "mails", "telephones", "links")
    }
    words = "\n".join(dict.fromkeys(filter(None, (one.words, other.words))))
    return replace(one, **lists, words=words, on=one.on or other.on, place=one.place or other.place)


def _make(desk: _Desk, advance: Advance) -> None:
    for some in _batches(desk.fresh):
        contacts = Contact.ledger.bulk_create(_contact(desk, said) for said in some)
        pairs = list(zip(contacts, some, strict=True))
        _about(desk, pairs)
        encounters.index_many(contacts=contacts)
        advance(len(some))


def _contact(desk: _Desk, said: Said) -> Contact:
    return Contact(
        owner_id=desk.owner,
        name=said.name,
        organisation=said.organisation,
        title=said.title,
        brought=desk.brought,
        key=matching.key(said),
    )


def _about(desk: _Desk, pairs: Sequence[tuple[Contact, Said]]) -> None:
    """Everything that lines say of contacts, but who they are."""
    common: dict[str, Any] = {"owner_id": desk.owner, "brought": desk.brought}
    Channel.ledger.bulk_create(
        Channel(contact=contact, kind=kind, value=value, **common)
        for contact, said in pairs
        for kind, value in _channels(said)
    )
    Label.ledger.bulk_create(Label(contact=held, text=text, **common) for held, said in pairs for text in said.labels)
    today = clock.now().astimezone(ZoneInfo(settings.HOME_ZONE)).date()
    met = [
        Encounter(contact=held, on=min(said.on, today), place=said.place, **common)
        for held, said in pairs
        if said.on and said.place
    ]
    notes = [
        Note(contact=held, text=said.words, on=min(said.on or today, today), **common)
        for held, said in pairs
        if said.words
    ]
    Encounter.ledger.bulk_create(met)
    Note.ledger.bulk_create(notes)
    search.write_many(
        facts=[
            *(search.Words(one, "encounter", one.place, on=one.on, contact=one.contact.uid) for one in met),
            *(search.Words(one, "note", one.text, on=one.on, contact=one.contact.uid) for one in notes),
        ]
    )


def _channels(said: Said) -> Iterator[tuple[str, str]]:
    for kind, values in (("mail", said.mails), ("telephone", said.telephones), ("link", said.links)):
        yield from ((kind, value) for value in dict.fromkeys(values))


def _add(desk: _Desk, advance: Advance) -> None:
    """What lines add to contacts that are in the book, and that their owner did not edit."""
    for some in _batches(desk.more):
        keys = {at for at, _said in some}
        contacts = {one.pk: one for one in Contact.ledger.filter(pk__in=keys, edited_at=None)}
        lacking = _lacking(contacts, some)
        _about(desk, lacking)
        encounters.index_many(contacts=[contact for contact, said in lacking if said.labels])
        advance(len(some))


def _lacking(contacts: dict[int, Contact], some: Sequence[tuple[int, Said]]) -> list[tuple[Contact, Said]]:
    """Of what lines say, what their contacts do not hold yet: channels, labels, words."""
    held = {pk: _held(pk) for pk in contacts}
    found = []
    for at, said in some:
        if at not in contacts:
            continue
        there = held[at]
        fresh = replace(
            said,
            labels=tuple(text for text in said.labels if ("label", text) not in there),
            mails=tuple(value for value in said.mails if ("mail", value) not in there),
            telephones=_undialled(said.telephones, there),
            links=tuple(value for value in said.links if ("link", value) not in there),
            words="" if ("note", said.words) in there else said.words,
            on=None,
        )
        there |= {("label", text) for text in fresh.labels} | set(_channels(fresh)) | {("note", fresh.words)}
        if fresh.labels or fresh.words or any(_channels(fresh)):
            found.append((contacts[at], fresh))
    return found


def _undialled(telephones: Iterable[str], there: set[tuple[str, str]]) -> tuple[str, ...]:
    dialled = matching.numbers(value for kind, value in there if kind == "telephone")
    return tuple(text for text in telephones if not matching.numbers([text]) & dialled)


def _held(contact: int) -> set[tuple[str, str]]:
    said = set(Channel.ledger.filter(contact=contact).values_list("kind", "value"))
    said |= {("label", text) for text in Label.ledger.filter(contact=contact).values_list("text", flat=True)}
    return said | {("note", text) for text in Note.ledger.filter(contact=contact).values_list("text", flat=True)}


def _lived(owner: int, held: Import, made: Sequence[Contact]) -> set[int]:
    """The contacts that an import made and to which their owner did something since. A label alone is none of it."""
    lived = {contact.pk for contact in made if contact.edited_at is not None}
    for kind in (Note, Encounter, Channel):
        rows = kind.ledger.filter(owner=owner, contact__brought=held).exclude(brought=held)
        lived |= set(rows.values_list("contact", flat=True))
    return lived


def _take_back(held: Import) -> list[Contact]:
    """Take away what an import added to contacts that it did not make; those whose words change by that."""
    labelled = Label.ledger.filter(brought=held).exclude(contact__brought=held)
    changed = list(Contact.ledger.filter(pk__in=labelled.values("contact"), forgotten_at=None))
    for kind in (Note, Encounter):
        rows = kind.ledger.filter(brought=held).exclude(contact__brought=held)
        search.drop_many(abouts=list(rows.values_list("uid", flat=True)))
        rows.delete()
    Channel.ledger.filter(brought=held).exclude(contact__brought=held).delete()
    labelled.delete()
    return changed


def _forget(contacts: Sequence[Contact]) -> None:
    for some in _batches(contacts):
        uids = [contact.uid for contact in some]
        for kind in encounters.ABOUT:
            rows = kind.ledger.filter(contact__in=some)
            uids += rows.values_list("uid", flat=True) if kind in {Note, Encounter} else ()
            rows.delete()
        search.drop_many(abouts=uids)
        Contact.ledger.filter(pk__in=[contact.pk for contact in some]).delete()


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        yield some


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a waiting file: `known` says that they are in the owner's book already."""

    said: Said
    known: bool


def lines(viewer: Viewer, said: Iterable[Said]) -> list[Line]:
    """Lines of the viewer's own file beside the viewer's own book, in the order of names."""
    known = _known(viewer.me)
    found = [Line(one, known.find(one) is not None) for one in said]
    return sorted(found, key=lambda line: (folded(line.said.name), line.said.line))
