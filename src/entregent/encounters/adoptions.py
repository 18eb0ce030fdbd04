"""Writes about whose a book is: what a guest noted is the book of the member who they turn out to be."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from entregent.encounters import actions, lines, pages
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Label, Note
from entregent.notices import actions as notices
from entregent.people import actions as who
from entregent.search import actions as search

#: What stands on a page of the book: what may stand there once only, by these fields, and what as often as it was said.
ONCE = {Channel: ("kind", "value"), Label: ("text",)}
OFTEN = (Note, FollowUp)


@transaction.atomic
def adopt(*, guest: int, person: int) -> None:
    """Give the book of a guest to the person who they turn out to be, and what they are to be asked in the morning.

    Where the person has a page of the same member, all that stands on the guest's comes onto that one, nothing twice;
    what the guest noted about the person goes, and so does a page that either of them struck out. It takes as many
    statements whatever anybody else did. `guest` and `person` are one where the guest got an account of their own.
    """
    if guest == person:
        return
    for one in sorted((guest, person)):
        who.wait_turn(person=one)
    taken = list(Contact.ledger.filter(owner=guest, forgotten_at=None).exclude(person=person).order_by("pk"))
    there = _pages_of(person, taken)
    for contact in taken:
        page = there.get(contact.person_id or 0)
        if page is None:
            _hand_over(contact, person)
        else:
            _merge(contact, page)
    notices.hand_over(recipient=guest, to=person, kind="morning")


def _pages_of(person: int, contacts: Iterable[Contact]) -> dict[int, Contact]:
    """The pages that somebody has of the members whom contacts are; those that were to be forgotten go now."""
    named = {contact.person_id for contact in contacts if contact.person_id}
    found = Contact.ledger.filter(owner=person, person__in={0, *named})
    there = {page.person_id: page for page in found}
    for page in there.values():
        if page.forgotten_at is not None:
            pages.purge(page)
    return {key: page for key, page in there.items() if key and page.forgotten_at is None}


def _hand_over(contact: Contact, person: int) -> None:
    """A page of nobody whom the new owner has: all of it changes hands, with its lines."""
    kept = [contact, *_said(contact)]
    for kind in pages.ABOUT:
        kind.ledger.filter(contact=contact).update(owner=person)
    Contact.ledger.filter(pk=contact.pk).update(owner=person)
    search.hand_over(owners={fact.uid: person for fact in kept})


def _merge(contact: Contact, page: Contact) -> None:
    """Put what stands on a contact's page onto another of the same person, and take the first away."""
    search.drop_many(abouts=[contact.uid, *(fact.uid for fact in _said(contact))])
    _meet_once(contact, page)
    for kind, fields in ONCE.items():
        _move(_new(kind, contact, page, fields), page)
    for kind in OFTEN:
        _move(kind.ledger.filter(contact=contact), page)
    pages.purge(contact)
    actions.index_many(contacts=[page])
    search.rewrite_many(facts=[lines.about(page, fact) for fact in _said(page)])


def _meet_once(contact: Contact, page: Contact) -> None:
    """Move where they were met: once for an evening, or for a day where it was at none."""
    known = set(Encounter.ledger.filter(contact=page).values_list("meetup", "on"))
    evenings = {meetup for meetup, _on in known if meetup}
    met = Encounter.ledger.filter(contact=contact).values_list("pk", "meetup", "on")
    fresh = [pk for pk, meetup, on in met if (meetup, on) not in known and meetup not in evenings]
    _move(Encounter.ledger.filter(pk__in=fresh), page)


def _new(kind: Any, contact: Contact, page: Contact, fields: tuple[str, ...]) -> Any:
    """What stands on a page, and not on another."""
    known = set(kind.ledger.filter(contact=page).values_list(*fields))
    rows = kind.ledger.filter(contact=contact).values_list("pk", *fields)
    return kind.ledger.filter(pk__in=[pk for pk, *said in rows if tuple(said) not in known])


def _move(rows: Any, page: Contact) -> None:
    rows.update(owner=page.owner_id, contact=page)


def _said(contact: Contact) -> Iterator[Encounter | Note | FollowUp]:
    """What of a page has searchable lines, the page aside."""
    yield from Encounter.ledger.filter(contact=contact)
    for kind in OFTEN:
        yield from kind.ledger.filter(contact=contact, forgotten_at=None)
