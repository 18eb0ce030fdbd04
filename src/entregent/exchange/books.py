"""Brings the contacts of a file into somebody's own book, and takes an import back. Nobody else's book is looked at.

A line that is about a contact in the book adds the channels and labels that this lacks, and changes nothing that it
says; where the owner edited the contact, it adds nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import errors, ids, wording
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import shapes
from entregent.encounters.lines import about as line_about
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Import, Label, Note
from entregent.exchange import bounds, desks, matching, reasons
from entregent.exchange.contacts import reading, stored
from entregent.exchange.contacts.said import CHANNELS, LABEL, WORDS, Book, Columns, Said, Unreadable
from entregent.exchange.contacts.texts import folded
from entregent.exchange.desks import Desk
from entregent.people import actions as people
from entregent.search import actions as search

Advance = Callable[[int], None]
#: How many people are written at once.
BATCH = 500


def read(data: bytes, columns: Columns | None = None) -> Book:
    """What a file says. Raises `Invalid`, with words, for a file that cannot be taken."""
    try:
        return reading.read(data, columns)
    except Unreadable as error:
        raise errors.Invalid("file", reasons.told(error.reason, error.line)) from error


def called(file: str) -> str:
    """What a file is called where it is shown."""
    return wording.line(file)[-120:] or "?"


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
    """Bring the people of a book, each with `label`, in an import of the public id `into`, or one of its own; its id.

    An import of that id that the actor began goes on. `advance` is told how many were written. Whatever fails,
    nothing is written. Raises `Invalid` where neither people nor evenings are, and where the book has no room for so
    many.
    """
    people.wait_turn(person=actor.me)
    if not book.said and not book.evenings:
        raise errors.Invalid("lines", _("Choose at least one person."))
    marked = wording.line(label)[:LABEL]
    desk = Desk(actor.me, desks.known(actor))
    desk.sort(replace(said, labels=(*said.labels, marked)) if marked else said for said in book.said)
    if short := desk.short():
        raise errors.Invalid("lines", str(short))
    begun: Import | None = Import.ledger.filter(owner=actor.me, uid=into).first() if into else None
    desk.brought = begun or _import(actor, file, book, into or ids.new())
    _make(desk, advance)
    _add(desk, advance)
    counts = {"made": desk.brought.made + len(desk.fresh), "known": desk.brought.known + len(desk.more)}
    Import.ledger.filter(pk=desk.brought.pk).update(**counts)
    return desk.brought.uid


@dataclass(frozen=True, slots=True)
class Undone:
    """How many pages went, and who stays: `kept` because the owner edited, met or wrote about them since.

    `passed` belong to another import from now on, which added to them.
    """

    gone: int
    kept: tuple[str, ...]
    passed: tuple[str, ...] = ()


@transaction.atomic
def undo(actor: Viewer, *, brought: UUID) -> Undone:
    """Take an import back: whom it made, and what it added to others. Raises `NotFound`."""
    people.wait_turn(person=actor.me)
    held: Import | None = Import.ledger.filter(owner=actor.me, uid=brought).first()
    if held is None:
        raise errors.NotFound
    made = list(Contact.ledger.filter(brought=held).order_by("name", "pk"))
    lived = _lived(held, made)
    passed = _pass_on(held, lived)
    gone = [contact for contact in made if contact.pk not in lived | passed.keys()]
    changed = _take_back(held)
    _forget(gone)
    Contact.ledger.filter(brought=held).update(brought=None)
    for kind in encounters.BROUGHT:
        kind.ledger.filter(brought=held).update(brought=None)
    Import.ledger.filter(pk=held.pk).delete()
    encounters.index_many(contacts=changed)
    return Undone(len(gone), _names(made, lived), _names(made, passed))


def _names(made: Iterable[Contact], which: Container[int]) -> tuple[str, ...]:
    return tuple(contact.name for contact in made if contact.pk in which and contact.forgotten_at is None)


def _import(actor: Viewer, file: str, book: Book, uid: UUID) -> Import:
    return Import.ledger.create(
        uid=uid,
        owner_id=actor.me,
        file=called(file),
        source=book.source,
        skipped=stored.skipped_json(book.skipped),
        evenings=stored.evenings_json(book.evenings),
    )


def _make(desk: Desk, advance: Advance) -> None:
    for some in _batches(desk.fresh):
        contacts = Contact.ledger.bulk_create(_contact(desk, said) for said in some)
        pairs = list(zip(contacts, some, strict=True))
        _about(desk, pairs)
        encounters.index_many(contacts=contacts)
        advance(len(some))


def _contact(desk: Desk, said: Said) -> Contact:
    return Contact(
        owner_id=desk.owner,
        name=said.name,
        organisation=said.organisation,
        title=said.title,
        brought=desk.brought,
        key=matching.key(said),
    )


def _about(desk: Desk, pairs: Sequence[tuple[Contact, Said]]) -> None:
    """Everything that lines say of contacts, but who they are."""
    common: dict[str, Any] = {"owner_id": desk.owner, "brought": desk.brought}
    Channel.ledger.bulk_create(
        Channel(contact=contact, kind=kind, value=value, **common)
        for contact, said in pairs
        for kind, value in _channels(said)
    )
    Label.ledger.bulk_create(Label(contact=held, text=text, **common) for held, said in pairs for text in said.labels)
    today = shapes.today()
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
    facts: list[Encounter | Note] = [*met, *notes]
    Encounter.ledger.bulk_create(met)
    Note.ledger.bulk_create(notes)
    search.write_many(facts=[line_about(one.contact, one) for one in facts])


def _channels(said: Said) -> Iterator[tuple[str, str]]:
    for kind, values in (("mail", said.mails), ("telephone", said.telephones), ("link", said.links)):
        yield from ((kind, value) for value in dict.fromkeys(values))


def _add(desk: Desk, advance: Advance) -> None:
    """What lines add to contacts that are in the book, and that their owner did not edit."""
    for some in _batches(desk.more.items()):
        contacts = Contact.ledger.in_bulk([at for at, _said in some])
        free = {at: contact for at, contact in contacts.items() if contact.edited_at is None}
        pages = _pages(free)
        lacking = [(free[at], said) for at, lines in some if at in free and (said := pages[at].lacks(lines))]
        _about(desk, lacking)
        encounters.index_many(contacts=[contact for contact, said in lacking if said.labels])
        advance(len(some))


@dataclass(slots=True)
class _Page:
    """What stands on the page of a contact, and what lines add to it within the limits of a page."""

    channels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    dialled: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    full: bool = False

    def write(self, text: str) -> None:
        """A note that is there. One that was cut is full: whatever came to it came."""
        self.words |= {text, *text.split(desks.APART)}
        self.full = self.full or len(text) >= WORDS

    def reach(self, kind: str, value: str) -> None:
        """A channel that is there."""
        self.channels[kind].add(value)
        if kind == "telephone":
            self.dialled |= matching.numbers([value])

    def lacks(self, lines: Sequence[Said]) -> Said | None:
        """Of what lines say, what is not there yet, in one; None where all is there."""
        found, words = replace(lines[0], labels=(), mails=(), telephones=(), links=(), words="", on=None), ""
        for said in lines:
            found = replace(
                found,
                labels=(*found.labels, *self._unlabelled(said)),
                mails=(*found.mails, *self._unreached("mail", said.mails)),
                telephones=(*found.telephones, *self._unreached("telephone", said.telephones)),
                links=(*found.links, *self._unreached("link", said.links)),
            )
            if said.words not in self.words and not self.full:
                words = desks.added(words, said.words, self.words)
                self.write(said.words)
                self.full = self.full or len(words) >= WORDS
        found = replace(found, words=words)
        return found if found.labels or found.words or any(_channels(found)) else None

    def _unlabelled(self, said: Said) -> Iterator[str]:
        for text in said.labels:
            if text not in self.labels and len(self.labels) < encounters.MOST:
                self.labels.add(text)
                yield text

    def _unreached(self, kind: str, values: Iterable[str]) -> Iterator[str]:
        for value in values:
            there = value in self.channels[kind] or (kind == "telephone" and matching.numbers([value]) & self.dialled)
            if not there and len(self.channels[kind]) < CHANNELS and self._reached < encounters.MOST:
                self.reach(kind, value)
                yield value

    @property
    def _reached(self) -> int:
        return sum(map(len, self.channels.values()))


def _pages(contacts: Mapping[int, Contact]) -> dict[int, _Page]:
    """What stands on the pages of contacts, in three statements."""
    pages = {pk: _Page() for pk in contacts}
    for contact, kind, value in Channel.ledger.filter(contact__in=pages).values_list("contact", "kind", "value"):
        pages[contact].reach(kind, value)
    for contact, text in Label.ledger.filter(contact__in=pages).values_list("contact", "text"):
        pages[contact].labels.add(text)
    for contact, text in Note.ledger.filter(contact__in=pages).values_list("contact", "text"):
        pages[contact].write(text)
    return pages


def _lived(held: Import, made: Sequence[Contact]) -> set[int]:
    """The contacts that an import made and to which their owner did something since. A label alone is none of it."""
    lived = {contact.pk for contact in made if contact.edited_at is not None}
    for kind in (Note, Encounter, Channel):
        lived |= set(kind.ledger.filter(contact__brought=held, brought=None).values_list("contact", flat=True))
    return lived


def _pass_on(held: Import, lived: Container[int]) -> dict[int, int]:
    """Give the contacts to which other imports added to the first of these, as if it had made them; which to which."""
    others: dict[int, int] = {}
    for kind in encounters.BROUGHT:
        rows = kind.ledger.filter(contact__brought=held, brought__isnull=False).exclude(brought=held)
        for contact, brought in rows.values_list("contact", "brought"):
            if contact not in lived:
                others[contact] = min(brought, others.get(contact, brought))
    for brought in set(others.values()):
        for some in _batches(contact for contact, other in others.items() if other == brought):
            Contact.ledger.filter(pk__in=some).update(brought=brought)
    return others


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
            uids += rows.values_list("uid", flat=True) if kind in {Note, Encounter, FollowUp} else ()
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


@dataclass(frozen=True, slots=True)
class Beforehand:
    """A file before anybody of it comes in: its lines in the order of names; what is said where not all of them fit."""

    lines: Sequence[Line]
    short: bounds.Short | None


def beforehand(viewer: Viewer, said: Iterable[Said]) -> Beforehand:
    """Lines of the viewer's own file beside the viewer's own book. Several of them may be about one person."""
    known = desks.known(viewer)
    found = [Line(one, known.find(one) is not None) for one in said]
    short = bounds.short(held=len(known.says), fresh=sum(not line.known for line in found))
    if short:
        desk = Desk(viewer.me, known)
        desk.sort(line.said for line in found)
        short = desk.short()
    return Beforehand(sorted(found, key=lambda line: (folded(line.said.name), line.said.line)), short)
