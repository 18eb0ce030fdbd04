"""Writes of the address book: somebody met, a line about them, an entry corrected, forgotten or taken back."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors, ids, wording
from entregent.discretion.viewer import Viewer
from entregent.encounters import lines, occasions, pages, shapes
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Import, Label, Note, Upload
from entregent.encounters.occasions import Occasion
from entregent.meetups import actions as evenings
from entregent.notices import actions as notices
from entregent.people import actions as who
from entregent.profiles import queries as profiles
from entregent.search import actions as search

#: Longest name, words for what somebody does, and note, in characters.
NAME, DOES, TEXT = shapes.NAME, 160, 4000
#: Longest label and channel, in characters, and the most of each that a contact has.
LABEL, VALUE, MOST = 60, 200, 40
#: What files bring about a contact; and all that is about one, and goes with it.
BROUGHT, ABOUT = (Note, Encounter, Channel, Label), pages.ABOUT


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
    handed_by: int | None = None,
) -> UUID:
    """One gesture: somebody enters the actor's book, where they were met, and a few words; the contact's public id.

    `person` is a member whom the actor may see, else `name` says who it is, on a page of its own, and `handed_by` is
    the key of the member on whose card it stands: they are known by it once they show their name, unless another page
    is theirs. `does` is what they do, in the actor's words; `meetup` is the code of an evening. Without an evening, a
    day, a place or somebody between, nothing is said of a meeting. Doing it again for the same evening or day adds
    words, not a second encounter. `once` is the public id that a door gives the note, the same however often a form is
    sent. Raises `Invalid` and `NotFound`.
    """
    who.wait_turn(person=actor.me)
    if once is not None and _noted(actor, once):
        return _noted_again(actor, once)
    contact = _contact(actor, name, person, handed_by)
    if does.strip():
        _describe(contact, does=_line(does, DOES))
    occasion = occasions.said(actor, code=meetup, on=on, place=place, through=through)
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
    _meet(pages.own(actor, contact), occasions.said(actor, code=meetup, on=on, place=place, through=through))


@transaction.atomic
def add_note(
    actor: Viewer,
    *,
    contact: UUID,
    text: str,
    meetup: str | None = None,
    on: date | None = None,
    once: UUID | None = None,
) -> UUID:
    """Write a line about a contact; the note's public id. Raises `Invalid` where there is nothing to write.

    `meetup` is the code of the evening at which it was said; `once` is as in `note_somebody`.
    """
    who.wait_turn(person=actor.me)
    if once is not None and _noted(actor, once):
        keep_note(actor, note=once)
        return once
    if not text.strip():
        raise errors.Invalid("text", _("A first word?"))
    return _write(pages.own(actor, contact), text, occasions.said(actor, code=meetup, on=on), once)


@transaction.atomic
def drop_note(actor: Viewer, *, note: UUID) -> UUID:
    """Strike a line out; the public id of the contact that it is about. `keep_note` takes it back for a while."""
    held, contact = pages.own_about(actor, Note, note)
    if held.forgotten_at is not None:
        raise errors.NotFound
    search.drop(about=held.uid)
    pages.change(held, forgotten_at=clock.now())
    if held.brought_id is not None:
        pages.touch(contact)
    return contact.uid


@transaction.atomic
def keep_note(actor: Viewer, *, note: UUID) -> UUID:
    """Take back that a line was struck out; the public id of its contact. Raises `NotFound` where it is gone."""
    held, contact = pages.own_about(actor, Note, note)
    pages.change(held, forgotten_at=None)
    _index_about(contact, [held])
    return contact.uid


@transaction.atomic
def edit_contact(
    actor: Viewer, *, contact: UUID, name: str, does: str = "", organisation: str = "", title: str = ""
) -> None:
    """Correct what the actor calls a contact, says that they do, and where and as what they work."""
    held = pages.own(actor, contact)
    work = {"organisation": _line(organisation, NAME), "title": _line(title, NAME)}
    _describe(held, name=shapes.called(name), does=_line(does, DOES), edited_at=clock.now(), **work)


@transaction.atomic
def add_channel(actor: Viewer, *, contact: UUID, kind: str, value: str) -> None:
    """Note how a contact is reached; what is there already stays as it is. Raises `Invalid` for what leads nowhere."""
    held = pages.own(actor, contact)
    said = shapes.reached(kind, _line(value, VALUE))
    there = set(Channel.ledger.filter(contact=held).values_list("kind", "value"))
    if (kind, said) in there:
        return
    if len(there) >= MOST:
        raise errors.Invalid("value", _("That is enough for one person: strike one out first."))
    Channel.ledger.create(owner_id=actor.me, contact=held, kind=kind, value=said)


@transaction.atomic
def drop_channel(actor: Viewer, *, channel: UUID) -> UUID:
    """Strike out how a contact is reached; the public id of the contact."""
    return _take_off(actor, Channel, channel).uid


@transaction.atomic
def label(actor: Viewer, *, contacts: Collection[UUID], text: str, brought: Import | None = None) -> int:
    """Put one label on several contacts of the actor's; how many did not have it. Raises `Invalid` and `NotFound`.

    Where one of them has as many labels as a page takes, nobody receives it. It goes with the import `brought`.
    """
    who.wait_turn(person=actor.me)
    said = wording.line(text)
    if not said or len(said) > LABEL:
        raise errors.Invalid("text", _("A label in a few words, please."))
    held = list(Contact.ledger.filter(owner=actor.me, uid__in=contacts, forgotten_at=None))
    if not held:
        raise errors.NotFound
    labels = _labels_of(held)
    fresh = [contact for contact in held if said not in labels[contact.pk]]
    full = next((contact.name for contact in fresh if len(labels[contact.pk]) >= MOST), None)
    if full is not None:
        raise errors.Invalid("text", _("%(name)s has enough labels: take one off first.") % {"name": full})
    Label.ledger.bulk_create(Label(owner_id=actor.me, contact=contact, text=said, brought=brought) for contact in fresh)
    index_many(contacts=fresh)
    return len(fresh)


@transaction.atomic
def drop_label(actor: Viewer, *, label: UUID) -> UUID:
    """Take a label off a contact; the public id of the contact."""
    contact = _take_off(actor, Label, label)
    _index(contact)
    return contact.uid


@transaction.atomic
def forget_contact(actor: Viewer, *, contact: UUID) -> None:
    """Take somebody out of the actor's book, with encounters and notes. Nobody is told.

    `keep_contact` takes it back until `due.forget` has passed.
    """
    held = pages.own(actor, contact)
    search.drop_many(abouts=list(_uids(held)))
    pages.change(held, forgotten_at=clock.now())


@transaction.atomic
def keep_contact(actor: Viewer, *, contact: UUID) -> None:
    """Take back that a contact was to be forgotten. Raises `NotFound` where it is gone for good."""
    who.wait_turn(person=actor.me)
    held: Contact | None = Contact.ledger.filter(owner=actor.me, uid=contact).first()
    if held is None:
        raise errors.NotFound
    pages.change(held, forgotten_at=None)
    _index(held)
    notes, promises = (kind.ledger.filter(contact=held, forgotten_at=None) for kind in (Note, FollowUp))
    _index_about(held, [*Encounter.ledger.filter(contact=held), *notes, *promises])


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's book. In the books of others they stay, as a name that leads to nobody.

    What others remember of an evening that goes with them stays too, without leading there. Nothing else of others
    changes, not even its date: whoever saw neither the person nor the evening is not to notice.
    """
    ending = evenings.left_to_nobody(person=person)
    for kind in (*ABOUT, Contact, Upload, Import):
        kind.ledger.filter(owner=person).delete()
    pages.lock(Q(person=person))
    Contact.ledger.filter(person=person).update(person=None, changed_at=F("changed_at"))
    for kind in (Note, Encounter):
        kind.ledger.filter(meetup__in={ids.NO_KEY, *ending}).update(meetup=None, changed_at=F("changed_at"))


def _take_off(actor: Viewer, kind: type[Channel] | type[Label], uid: UUID) -> Contact:
    """Take something of the actor's off the page that it is on; the page. Raises `NotFound`."""
    who.wait_turn(person=actor.me)
    held: Channel | Label | None = kind.ledger.filter(owner=actor.me, uid=uid).first()
    contact = pages.living(held.contact_id) if held else None
    if held is None or contact is None:
        raise errors.NotFound
    held.delete()
    pages.touch(contact)
    return contact


def _contact(actor: Viewer, name: str, person: UUID | None, handed_by: int | None) -> Contact:
    if person is None:
        return _begin(actor, shapes.called(name), _free(actor, handed_by))
    key, called = _member(actor, person, name)
    held: Contact | None = Contact.ledger.filter(owner=actor.me, person=key).first()
    if held is not None and held.forgotten_at is None:
        return held
    if held is not None:
        pages.purge(held)
    return _begin(actor, shapes.called(called), key)


def _free(actor: Viewer, person: int | None) -> int | None:
    """The key of somebody where no page of the actor's has it, not even one that was struck out.

    As much is asked for nobody: whoever handed a card may have gone.
    """
    return None if Contact.ledger.filter(owner=actor.me, person=person or ids.NO_KEY).exists() else person


def _member(actor: Viewer, person: UUID, name: str) -> tuple[int, str]:
    """The key of a member whom the actor sees, and what to call them."""
    card = profiles.person(actor, person)
    if card.person == actor.me:
        raise errors.Invalid("person", _("This is you."))
    return card.person, name or card.name


def _describe(contact: Contact, **words: Any) -> None:
    pages.change(contact, **words)
    _index(contact)


def _begin(actor: Viewer, name: str, person: int | None) -> Contact:
    contact = Contact.ledger.create(owner_id=actor.me, person_id=person, name=name)
    _index(contact)
    return contact


def _line(text: str, longest: int) -> str:
    return wording.line(text)[:longest]


def _meet(contact: Contact, occasion: Occasion) -> None:
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
    _index_about(contact, [encounter])
    _ask_in_the_morning(contact, occasion)


def _ask_in_the_morning(contact: Contact, occasion: Occasion) -> None:
    """Have whoever noted somebody at an evening asked the morning after what was said, and what they promised."""
    if occasion.about is not None and occasion.morning is not None and occasion.morning > clock.now():
        owner = contact.owner_id
        notices.tell(recipient=owner, kind="morning", about=occasion.about, due_at=occasion.morning)


def _noted(actor: Viewer, once: UUID) -> bool:
    return Note.ledger.filter(owner=actor.me, uid=once).exists()


def _noted_again(actor: Viewer, once: UUID) -> UUID:
    """A form is sent again: what it noted is there after all, whoever took out somebody or the words meanwhile."""
    [contact] = Contact.ledger.filter(pk__in=Note.ledger.filter(uid=once).values("contact"))
    if contact.forgotten_at is not None:
        keep_contact(actor, contact=contact.uid)
    return keep_note(actor, note=once)


def _write(contact: Contact, text: str, occasion: Occasion, uid: UUID | None = None) -> UUID:
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
    _index_about(contact, [note])
    return note.uid


def index_many(*, contacts: Collection[Contact]) -> None:
    """Make the searchable lines of contacts say what these say now, labels included."""
    labels = _labels_of(contacts)
    search.rewrite_many(facts=[lines.of_contact(contact, labels[contact.pk]) for contact in contacts])


def _labels_of(contacts: Iterable[Contact], batch: int = 500) -> dict[int, list[str]]:
    """The labels of contacts, the oldest first, by contact."""
    labels: dict[int, list[str]] = {contact.pk: [] for contact in contacts}
    waiting = iter(list(labels))
    while some := list(islice(waiting, batch)):
        for contact, text in Label.ledger.filter(contact__in=some).order_by("pk").values_list("contact", "text"):
            labels[contact].append(text)
    return labels


def _index(contact: Contact) -> None:
    index_many(contacts=[contact])


def _index_about(contact: Contact, facts: Sequence[Encounter | Note | FollowUp]) -> None:
    search.rewrite_many(facts=[lines.about(contact, fact) for fact in facts])


def _uids(contact: Contact) -> Iterable[UUID]:
    yield contact.uid
    for kind in (Note, Encounter, FollowUp):
        yield from kind.ledger.filter(contact=contact).values_list("uid", flat=True)
