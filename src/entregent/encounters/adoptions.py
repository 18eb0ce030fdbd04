"""Writes about whose a book is: what a guest noted is the book of the member who they turn out to be."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from entregent.common import ids
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions, lines, pages
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Label, Note
from entregent.notices import actions as notices
from entregent.people import actions as who
from entregent.profiles import queries as profiles
from entregent.search import actions as search

#: What stands on a page of the book: what may stand there once only, by these fields, and what as often as it was said.
ONCE = {Channel: ("kind", "value"), Label: ("text",)}
OFTEN = (Note, FollowUp)


@transaction.atomic
def adopt(*, guest: int, person: int) -> None:
    """Give the book of a guest to the person who they turn out to be, and what they are to be asked in the morning.

    Where the person has a page of the same member, who shows them their name now, all that stands on the guest's comes
    onto that one, nothing twice, or stands in its place where they struck it out. Somebody who hides is two pages, at
    the cost of somebody who has left: both read as names. What the guest noted about the person goes, and so does a
    page that the guest struck out. `guest` and `person` are one where the guest got an account of their own.
    """
    if guest == person:
        return
    for one in sorted((guest, person)):
        who.wait_turn(person=one)
    pages.lock(Q(owner=guest) | Q(owner=person, person__isnull=False))
    held = Contact.ledger.filter(owner=guest, forgotten_at=None).exclude(person=person)
    taken = list(held.order_by("pk"))
    there = _pages_of(person, taken)
    shown = profiles.cards(Viewer(person=person), {ids.NO_KEY, *there})
    for contact in taken:
        page = there.get(contact.person_id or ids.NO_KEY)
        if page is None:
            _hand_over(contact, person, contact.person_id)
        elif page.person_id not in shown:
            # Their own page is of that member, once the name is shown again: one is.
            _hand_over(contact, person, None)
        else:
            _join(contact, page)
    notices.hand_over(recipient=guest, to=person, kind="morning")


def _pages_of(person: int, contacts: Iterable[Contact]) -> dict[int, Contact]:
    """The pages that somebody has of the members whom contacts are, by member; those too that they struck out."""
    named = {contact.person_id for contact in contacts if contact.person_id}
    found = Contact.ledger.filter(owner=person, person__in={ids.NO_KEY, *named})
    return {page.person_id: page for page in found if page.person_id}


def _hand_over(contact: Contact, person: int, member: int | None) -> None:
    """A page that joins none: all of it changes hands, and is of that member; its lines are written anew."""
    for kind in pages.ABOUT:
        kind.ledger.filter(contact=contact).update(owner=person)
    pages.change(contact, owner_id=person, person_id=member)
    _index(contact)


def _join(contact: Contact, page: Contact) -> None:
    """A page of whom its new owner has: it comes onto theirs, or takes the place of one that was struck out."""
    if page.forgotten_at is None:
        _merge(contact, page)
    else:
        pages.purge(page)
        _hand_over(contact, page.owner_id, page.person_id)


def _merge(contact: Contact, page: Contact) -> None:
    """Put what stands on a contact's page onto another of the same person, and take the first away."""
    search.drop_many(abouts=[contact.uid, *(fact.uid for fact in _said(contact))])
    _meet_once(contact, page)
    for kind, fields in ONCE.items():
        _move(_new(kind, contact, page, fields), page)
    for kind in OFTEN:
        _move(kind.ledger.filter(contact=contact), page)
    pages.purge(contact)
    _index(page)


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


def _index(page: Contact) -> None:
    """Make the lines of a page say what stands there now, to whom it belongs, and that it leads to whom it is of."""
    actions.index_many(contacts=[page])
    search.rewrite_many(facts=[lines.about(page, fact) for fact in _said(page)])


def _said(contact: Contact) -> Iterator[Encounter | Note | FollowUp]:
    """What of a page has searchable lines, the page aside."""
    yield from Encounter.ledger.filter(contact=contact)
    for kind in OFTEN:
        yield from kind.ledger.filter(contact=contact, forgotten_at=None)
