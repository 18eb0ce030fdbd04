"""Writes of the address book: somebody met, a line about them, an entry corrected or forgotten."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Encounter, Note
from entregent.meetups import queries as meetups
from entregent.profiles import queries as profiles
from entregent.search import actions as search

#: Longest name and note, in characters.
NAME, TEXT = 120, 4000


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Where somebody was met: an evening, or a place in the owner's words."""

    on: date
    meetup: int | None = None
    title: str = ""
    place: str = ""


@transaction.atomic
def note_somebody(
    actor: Viewer,
    *,
    name: str = "",
    person: UUID | None = None,
    text: str = "",
    meetup: str | None = None,
    on: date | None = None,
    place: str = "",
    through: str = "",
) -> UUID:
    """One gesture: somebody enters the actor's book, where they were met, and a few words; the contact's public id.

    `person` is a member whom the actor may see, else `name` says who it is; `meetup` is the code of an evening.
    Doing it again for the same evening adds words, not a second encounter. Raises `Invalid` and `NotFound`.
    """
    contact = _contact(actor, name, person)
    occasion = _occasion(actor, meetup, on, place)
    _meet(contact, occasion, through)
    if text.strip():
        _write(contact, text, occasion)
    return contact.uid


def _contact(actor: Viewer, name: str, person: UUID | None) -> Contact:
    card = None if person is None else profiles.person(actor, person)
    if card is not None:
        if card.person == actor.me:
            raise errors.Invalid("person", _("This is you."))
        held = Contact.ledger.filter(owner=actor.me, person=card.person).first()
        if held is not None:
            return held
    called = " ".join(name.split()) or (card.name if card else "")
    if not called or len(called) > NAME:
        raise errors.Invalid("name", _("A name in one line, please."))
    contact = Contact.ledger.create(owner_id=actor.me, person_id=card and card.person, name=called)
    _index(contact)
    return contact


def _index(contact: Contact) -> None:
    words = " ".join(filter(None, (contact.name, contact.does)))
    search.write(fact=contact, kind="contact", text=words, subject=contact.person_id, contact=contact.uid)


def _occasion(actor: Viewer, code: str | None, on: date | None, place: str) -> _Occasion:
    if code is None:
        return _Occasion(on=_past(on), place=place.strip())
    evening = meetups.evening(actor, code)
    where = ", ".join(filter(None, (evening.place, evening.town)))
    day = evening.starts_at.astimezone(ZoneInfo(evening.zone)).date()
    return _Occasion(on=day, meetup=evening.key, title=evening.title, place=where)


def _past(on: date | None) -> date:
    today = clock.now().date()
    if on is not None and not date(1900, 1, 1) <= on <= date.fromordinal(today.toordinal() + 1):
        raise errors.Invalid("on", _("A day that has been, please."))
    return on or today


def _meet(contact: Contact, occasion: _Occasion, through: str) -> None:
    same = Encounter.ledger.filter(contact=contact, on=occasion.on)
    if occasion.meetup is not None:
        same = Encounter.ledger.filter(contact=contact, meetup=occasion.meetup)
    if same.exists():
        return
    encounter = Encounter.ledger.create(
        owner_id=contact.owner_id,
        contact=contact,
        meetup_id=occasion.meetup,
        on=occasion.on,
        title=occasion.title,
        place=occasion.place[:NAME],
        through=" ".join(through.split())[:NAME],
    )
    words = " ".join(filter(None, (encounter.title, encounter.place, encounter.through)))
    search.write(
        fact=encounter,
        kind="encounter",
        text=words,
        on=encounter.on,
        subject=contact.person_id,
        contact=contact.uid,
    )


def _write(contact: Contact, text: str, occasion: _Occasion) -> UUID:
    words = text.strip()
    if len(words) > TEXT:
        raise errors.Invalid("text", _("That is long for a note: 4,000 characters at most."))
    note = Note.ledger.create(
        owner_id=contact.owner_id, contact=contact, meetup_id=occasion.meetup, text=words, on=occasion.on
    )
    search.write(fact=note, kind="note", text=words, on=note.on, subject=contact.person_id, contact=contact.uid)
    return note.uid


def _own(actor: Viewer, contact: UUID) -> Contact:
    held = Contact.ledger.filter(owner=actor.me, uid=contact).first()
    if held is None:
        raise errors.NotFound
    return held


@transaction.atomic
def add_note(actor: Viewer, *, contact: UUID, text: str, on: date | None = None) -> UUID:
    """Write a line about a contact; the note's public id. Raises `Invalid` where there is nothing to write."""
    if not text.strip():
        raise errors.Invalid("text", _("A first word?"))
    return _write(_own(actor, contact), text, _Occasion(on=_past(on)))


@transaction.atomic
def drop_note(actor: Viewer, *, note: UUID) -> UUID:
    """Take a note away; the public id of the contact that it was about."""
    held = Note.ledger.filter(owner=actor.me, uid=note).first()
    if held is None:
        raise errors.NotFound
    contact = Contact.ledger.values_list("uid", flat=True).get(pk=held.contact_id)
    search.drop(about=held.uid)
    held.delete()
    return contact


@transaction.atomic
def edit_contact(actor: Viewer, *, contact: UUID, name: str, does: str = "") -> None:
    """Correct what the actor calls a contact and says that they do."""
    held = _own(actor, contact)
    called = " ".join(name.split())
    if not called or len(called) > NAME:
        raise errors.Invalid("name", _("A name in one line, please."))
    held.name, held.does, held.changed_at = called, " ".join(does.split())[:160], clock.now()
    held.save()
    _index(held)


@transaction.atomic
def forget_contact(actor: Viewer, *, contact: UUID) -> None:
    """Take somebody out of the actor's book, with encounters and notes. Nobody is told."""
    held = _own(actor, contact)
    for kind in (Note, Encounter):
        for uid in kind.ledger.filter(contact=held).values_list("uid", flat=True):
            search.drop(about=uid)
        kind.ledger.filter(contact=held).delete()
    search.drop(about=held.uid)
    held.delete()


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's book. In the books of others they stay, as a name that leads to nobody."""
    for kind in (Note, Encounter, Contact):
        kind.ledger.filter(owner=person).delete()
    Contact.ledger.filter(person=person).update(person=None, changed_at=clock.now())
