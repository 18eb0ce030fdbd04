"""Evenings of a calendar that was brought, to which nobody was asked: its owner says who of their book was there."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import shapes
from entregent.encounters.lines import about as line_about
from entregent.encounters.models import Contact, Encounter, Import
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import LABEL, Evening
from entregent.exchange.contacts.texts import cut
from entregent.people import actions as people
from entregent.search import actions as search


def one(evenings: str, number: int) -> Evening:
    """The evening of that number, from 0, of those of an import as JSON. Raises `NotFound`."""
    found = stored.evenings_of(evenings)
    if not 0 <= number < len(found):
        raise errors.NotFound
    return found[number]


def label_of(evening: Evening) -> str:
    """What pages of people who were there are labelled, unless their owner says otherwise: a name and a year."""
    return f"{cut(evening.title, LABEL - 5)} {evening.on:%Y}".strip()


@transaction.atomic
def attach(actor: Viewer, *, brought: UUID, evening: int, contacts: Collection[UUID], label: str = "") -> int:
    """Say of contacts of the actor's that they were met at an evening of an import of theirs; how many there were.

    Each has `label`, where one is given. Once for a day: who was met on that day was so already. All of it goes with
    the import. Raises `NotFound`, and `Invalid` as `encounters.actions.label` does.
    """
    people.wait_turn(person=actor.me)
    held: Import | None = Import.ledger.filter(owner=actor.me, uid=brought).first()
    if held is None:
        raise errors.NotFound
    found = one(held.evenings, evening)
    there = list(Contact.ledger.filter(owner=actor.me, uid__in=contacts, forgotten_at=None))
    if not there:
        raise errors.NotFound
    _meet(held, found, there)
    if label.strip():
        encounters.label(actor, contacts=[contact.uid for contact in there], text=label, brought=held)
    return len(there)


def _meet(held: Import, evening: Evening, there: Collection[Contact]) -> None:
    on = min(evening.on, shapes.today())
    already = set(Encounter.ledger.filter(contact__in=there, on=on).values_list("contact", flat=True))
    said = {"on": on, "title": evening.title, "place": evening.place}
    met = [
        Encounter(owner_id=held.owner_id, contact=contact, brought=held, **said)
        for contact in there
        if contact.pk not in already
    ]
    Encounter.ledger.bulk_create(met)
    search.write_many(facts=[line_about(each.contact, each) for each in met])
