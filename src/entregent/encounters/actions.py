"""Writes of the address book: somebody met, a line about them, an entry corrected, forgotten or taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors, ids, wording
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Encounter, Note
from entregent.meetups import actions as evenings
from entregent.meetups import queries as meetups
from entregent.people import actions as who
from entregent.profiles import queries as profiles
from entregent.search import actions as search

#: Longest name, words for what somebody does, and note, in characters.
NAME, DOES, TEXT = 120, 160, 4000


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Where somebody was met: an evening, or a place in the owner's words; through whom."""

    on: date
    meetup: int | None = None
    title: str = ""
    place: str = ""
    through: str = ""


@transaction.atomic
def note_somebody(
    actor: Viewer,
    *,
    name: str = "",
    does: str = "",
    person: UUID | None = None,
    text: str = "",
    meetup: str | None = None,
    on: date | None = None,
    place: str = "",
    through: str = "",
    once: UUID | None = None,
) -> UUID:
    """One gesture: somebody enters the actor's book, where they were met, and a few words; the contact's public id.

    `person` is a member whom the actor may see, else `name` says who it is; `does` is what they do, in the actor's
    words; `meetup` is the code of an evening. Without an evening, a day, a place or somebody between, nothing is said
    of a meeting. Doing it again for the same evening or day adds words, not a second encounter. `once` is
    the public id that a door gives the note, the same however often a form is sent. Raises `Invalid` and `NotFound`.
    """
    if once is not None and _noted(actor, once):
        return keep_note(actor, note=once)
    contact = _contact(actor, name, person)
    if does.strip():
        _describe(contact, contact.name, does)
    occasion = _occasion(actor, meetup, on, _Occasion(_today(), place=_line(place, NAME), through=_line(through, NAME)))
    if meetup is not None or on is not None or occasion.place or occasion.through:
        _meet(contact, occasion)
    if text.strip():
        _write(contact, text, occasion, once)
    return contact.uid


@transaction.atomic
def meet_again(
    actor: Viewer,
    *,
    contact: UUID,
    meetup: str | None = None,
    on: date | None = None,
    place: str = "",
    through: str = "",
) -> None:
    """Say that a contact was met, at an evening or on a day (today unless given). Once for an evening or a day."""
    held = _own(actor, contact)
    said = _Occasion(_today(), place=_line(place, NAME), through=_line(through, NAME))
    _meet(held, _occasion(actor, meetup, on, said))


@transaction.atomic
def add_note(actor: Viewer, *, contact: UUID, text: str, on: date | None = None, once: UUID | None = None) -> UUID:
    """Write a line about a contact; the note's public id. Raises `Invalid` where there is nothing to write.

    `once` is as in `note_somebody`.
    """
    if once is not None and _noted(actor, once):
        keep_note(actor, note=once)
        return once
    if not text.strip():
        raise errors.Invalid("text", _("A first word?"))
    return _write(_own(actor, contact), text, _Occasion(on=_past(on)), once)


@transaction.atomic
def drop_note(actor: Viewer, *, note: UUID) -> UUID:
    """Strike a line out; the public id of the contact that it is about. `keep_note` takes it back for a while."""
    held, contact = _own_note(actor, note)
    if held.forgotten_at is not None:
        raise errors.NotFound
    search.drop(about=held.uid)
    held.forgotten_at = clock.now()
    held.save()
    return contact.uid


@transaction.atomic
def keep_note(actor: Viewer, *, note: UUID) -> UUID:
    """Take back that a line was struck out; the public id of its contact. Raises `NotFound` where it is gone."""
    held, contact = _own_note(actor, note)
    held.forgotten_at = None
    held.save()
    _index_note(contact, held)
    return contact.uid


@transaction.atomic
def edit_contact(actor: Viewer, *, contact: UUID, name: str, does: str = "") -> None:
    """Correct what the actor calls a contact and says that they do."""
    held = _own(actor, contact)
    _describe(held, _called(name), does)


@transaction.atomic
def forget_contact(actor: Viewer, *, contact: UUID) -> None:
    """Take somebody out of the actor's book, with encounters and notes. Nobody is told.

    `keep_contact` takes it back until `due.forget` has passed.
    """
    held = _own(actor, contact)
    for uid in _uids(held):
        search.drop(about=uid)
    held.forgotten_at = clock.now()
    held.save()


@transaction.atomic
def keep_contact(actor: Viewer, *, contact: UUID) -> None:
    """Take back that a contact was to be forgotten. Raises `NotFound` where it is gone for good."""
    held: Contact | None = Contact.ledger.filter(owner=actor.me, uid=contact).first()
    if held is None:
        raise errors.NotFound
    held.forgotten_at = None
    held.save()
    _index(held)
    for encounter in Encounter.ledger.filter(contact=held):
        _index_encounter(held, encounter)
    for note in Note.ledger.filter(contact=held, forgotten_at=None):
        _index_note(held, note)


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's book. In the books of others they stay, as a name that leads to nobody.

    What others remember of an evening that goes with them stays too, without leading there. Nothing else of others
    changes, not even its date: whoever saw neither the person nor the evening is not to notice.
    """
    ending = evenings.left_to_nobody(person=person)
    for kind in (Note, Encounter, Contact):
        kind.ledger.filter(owner=person).delete()
    Contact.ledger.filter(person=person).update(person=None, changed_at=F("changed_at"))
    for kind in (Note, Encounter):
        kind.ledger.filter(meetup__in=ending).update(meetup=None, changed_at=F("changed_at"))


def _contact(actor: Viewer, name: str, person: UUID | None) -> Contact:
    if person is None:
        return _begin(actor, _called(name), None)
    card = profiles.person(actor, person)
    if card.person == actor.me:
        raise errors.Invalid("person", _("This is you."))
    held: Contact | None = Contact.ledger.filter(owner=actor.me, person=card.person).first()
    if held is not None and held.forgotten_at is None:
        return held
    if held is not None:
        _purge(held)
    return _begin(actor, _called(name or card.name), card.person)


def _describe(contact: Contact, name: str, does: str) -> None:
    contact.name, contact.does = name, _line(does, DOES)
    contact.save()
    _index(contact)


def _begin(actor: Viewer, name: str, person: int | None) -> Contact:
    contact = Contact.ledger.create(owner_id=actor.me, person_id=person, name=name)
    _index(contact)
    return contact


def _called(name: str) -> str:
    called = wording.line(name)
    if not called or len(called) > NAME:
        raise errors.Invalid("name", _("A name in one line, please."))
    return called


def _line(text: str, longest: int) -> str:
    return wording.line(text)[:longest]


def _occasion(actor: Viewer, code: str | None, on: date | None, said: _Occasion) -> _Occasion:
    if code is None:
        return _Occasion(on=_past(on), place=said.place, through=said.through)
    evening = meetups.evening(actor, code)
    where = ", ".join(filter(None, (evening.place, evening.town)))[:NAME]
    day = _past(evening.starts_at.astimezone(ZoneInfo(evening.zone)).date())
    return _Occasion(on=day, meetup=evening.key, title=evening.title, place=where, through=said.through)


def _today() -> date:
    return clock.now().astimezone(ZoneInfo(settings.HOME_ZONE)).date()


def _past(on: date | None) -> date:
    """A day that has been anywhere on earth."""
    today = _today()
    if on is not None and not date(1900, 1, 1) <= on <= date.fromordinal(today.toordinal() + 1):
        raise errors.Invalid("on", _("A day that has been, please."))
    return on or today


def _meet(contact: Contact, occasion: _Occasion) -> None:
    same = {"on": occasion.on} if occasion.meetup is None else {"meetup": occasion.meetup}
    if Encounter.ledger.filter(contact=contact, **same).exists():
        return
    encounter = Encounter.ledger.create(
        owner_id=contact.owner_id,
        contact=contact,
        meetup_id=occasion.meetup,
        on=occasion.on,
        title=occasion.title,
        place=occasion.place,
        through=occasion.through,
    )
    _index_encounter(contact, encounter)


def _noted(actor: Viewer, once: UUID) -> bool:
    who.wait_turn(person=actor.me)
    return Note.ledger.filter(owner=actor.me, uid=once, contact__forgotten_at=None).exists()


def _write(contact: Contact, text: str, occasion: _Occasion, uid: UUID | None = None) -> UUID:
    words = text.replace("\0", "").strip()  # which no database takes for a character
    if len(words) > TEXT:
        raise errors.Invalid("text", _("That is long for a note: 4,000 characters at most."))
    note = Note.ledger.create(
        uid=uid or ids.new(),
        owner_id=contact.owner_id,
        contact=contact,
        meetup_id=occasion.meetup,
        text=words,
        on=occasion.on,
    )
    _index_note(contact, note)
    return note.uid


def _own(actor: Viewer, contact: UUID) -> Contact:
    held: Contact | None = Contact.ledger.filter(owner=actor.me, uid=contact, forgotten_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def _own_note(actor: Viewer, note: UUID) -> tuple[Note, Contact]:
    held: Note | None = Note.ledger.filter(owner=actor.me, uid=note).first()
    contact = Contact.ledger.filter(pk=held.contact_id, forgotten_at=None).first() if held else None
    if held is None or contact is None:
        raise errors.NotFound
    return held, contact


def _index(contact: Contact) -> None:
    words = " ".join(filter(None, (contact.name, contact.does)))
    search.write(fact=contact, kind="contact", text=words, subject=contact.person_id, contact=contact.uid)


def _index_encounter(contact: Contact, met: Encounter) -> None:
    words = " ".join(filter(None, (met.title, met.place, met.through)))
    search.write(fact=met, kind="encounter", text=words, on=met.on, subject=contact.person_id, contact=contact.uid)


def _index_note(contact: Contact, note: Note) -> None:
    search.write(fact=note, kind="note", text=note.text, on=note.on, subject=contact.person_id, contact=contact.uid)


def _uids(contact: Contact) -> Iterable[UUID]:
    yield contact.uid
    for kind in (Note, Encounter):
        yield from kind.ledger.filter(contact=contact).values_list("uid", flat=True)


def _purge(contact: Contact) -> None:
    for kind in (Note, Encounter):
        kind.ledger.filter(contact=contact).delete()
    contact.delete()
