"""Writes of the address book: somebody met, a line about them, an entry corrected, forgotten or taken back."""

import re
from collections.abc import Collection, Iterable
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
from entregent.encounters.models import Channel, Contact, Encounter, Import, Label, Note, Upload
from entregent.meetups import actions as evenings
from entregent.meetups import queries as meetups
from entregent.people import actions as who
from entregent.profiles import queries as profiles
from entregent.search import actions as search

#: Longest name, words for what somebody does, and note, in characters.
NAME, DOES, TEXT = 120, 160, 4000
#: Longest label and channel, in characters, and the most of each that a contact has.
LABEL, VALUE, MOST = 60, 200, 40
#: What is about a contact, and goes with it.
ABOUT = (Note, Encounter, Channel, Label)


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
    if held.brought_id is not None:
        _touch(contact)
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
def edit_contact(
    actor: Viewer, *, contact: UUID, name: str, does: str = "", organisation: str = "", title: str = ""
) -> None:
    """Correct what the actor calls a contact, says that they do, and where and as what they work."""
    held = _own(actor, contact)
    held.organisation, held.title = _line(organisation, NAME), _line(title, NAME)
    held.edited_at = clock.now()
    _describe(held, _called(name), does)


@transaction.atomic
def add_channel(actor: Viewer, *, contact: UUID, kind: str, value: str) -> None:
    """Note how a contact is reached; what is there already stays as it is. Raises `Invalid` for what leads nowhere."""
    held = _own(actor, contact)
    said = _reached(kind, _line(value, VALUE))
    if Channel.ledger.filter(contact=held).count() >= MOST:
        raise errors.Refused(_("That is enough for one person: strike one out first."))
    Channel.ledger.get_or_create(owner_id=actor.me, contact=held, kind=kind, value=said)


@transaction.atomic
def drop_channel(actor: Viewer, *, channel: UUID) -> UUID:
    """Strike out how a contact is reached; the public id of the contact."""
    held: Channel | None = Channel.ledger.filter(owner=actor.me, uid=channel).first()
    contact = _living(held.contact_id) if held else None
    if held is None or contact is None:
        raise errors.NotFound
    held.delete()
    _touch(contact)
    return contact.uid


@transaction.atomic
def label(actor: Viewer, *, contacts: Collection[UUID], text: str) -> int:
    """Put one label on several contacts of the actor's; how many did not have it. Raises `Invalid` and `NotFound`."""
    said = wording.line(text)
    if not said or len(said) > LABEL:
        raise errors.Invalid("text", _("A label in a few words, please."))
    held = list(Contact.ledger.filter(owner=actor.me, uid__in=contacts, forgotten_at=None))
    if not held:
        raise errors.NotFound
    marked = set(Label.ledger.filter(owner=actor.me, contact__in=held, text=said).values_list("contact", flat=True))
    fresh = [contact for contact in held if contact.pk not in marked]
    Label.ledger.bulk_create(Label(owner_id=actor.me, contact=contact, text=said) for contact in fresh)
    index_many(contacts=fresh)
    return len(fresh)


@transaction.atomic
def drop_label(actor: Viewer, *, label: UUID) -> UUID:
    """Take a label off a contact; the public id of the contact."""
    held: Label | None = Label.ledger.filter(owner=actor.me, uid=label).first()
    contact = _living(held.contact_id) if held else None
    if held is None or contact is None:
        raise errors.NotFound
    held.delete()
    _touch(contact)
    _index(contact)
    return contact.uid


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
    for kind in (*ABOUT, Contact, Upload, Import):
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
    contact = _living(held.contact_id) if held else None
    if held is None or contact is None:
        raise errors.NotFound
    return held, contact


def _living(contact: int) -> Contact | None:
    return Contact.ledger.filter(pk=contact, forgotten_at=None).first()


def _touch(contact: Contact) -> None:
    """The owner changed what a contact says: no import does so again, and none that is taken back takes it along."""
    contact.edited_at = clock.now()
    contact.save()


def _reached(kind: str, value: str) -> str:
    shapes = {"mail": r"[^@\s]+@[^@\s]+\.[^@\s]+", "telephone": r"\+?[\d\s().-]{3,30}", "link": r"https?://[^\s<>\"']+"}
    if kind not in shapes or not re.fullmatch(shapes[kind], value):
        raise errors.Invalid("value", _("An address, a number or a link in full, please."))
    return value


def index_many(*, contacts: Collection[Contact]) -> None:
    """Make the searchable lines of contacts say what these say now, labels included."""
    labels: dict[int, list[str]] = {}
    for contact, text in Label.ledger.filter(contact__in=contacts).order_by("pk").values_list("contact", "text"):
        labels.setdefault(contact, []).append(text)
    search.rewrite_many(facts=[_words(contact, labels.get(contact.pk, [])) for contact in contacts])


def _index(contact: Contact) -> None:
    index_many(contacts=[contact])


def _words(contact: Contact, labels: Iterable[str]) -> search.Words:
    said = (contact.name, contact.does, contact.title, contact.organisation, *labels)
    words = " ".join(filter(None, said))
    return search.Words(contact, "contact", words, subject=contact.person_id, contact=contact.uid)


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
    for kind in ABOUT:
        kind.ledger.filter(contact=contact).delete()
    contact.delete()
