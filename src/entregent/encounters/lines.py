"""What the searchable lines of the book say, and whom they lead to: for the actions alone."""

from collections.abc import Iterable

from entregent.encounters.models import Contact, Encounter, FollowUp, Note
from entregent.search import actions as search


def of_contact(contact: Contact, labels: Iterable[str]) -> search.Words:
    """What finds a contact, labels included."""
    said = (contact.name, contact.does, contact.title, contact.organisation, *labels)
    words = " ".join(filter(None, said))
    return search.Words(contact, "contact", words, subject=contact.person_id, contact=contact.uid)


def about(contact: Contact, fact: Encounter | Note | FollowUp) -> search.Words:
    """What the searchable line of an encounter, a note or a promise says, and that it leads to whom the contact is."""
    if isinstance(fact, Encounter):
        kind, words = "encounter", " ".join(filter(None, (fact.title, fact.place, fact.through)))
    else:
        kind, words = "note" if isinstance(fact, Note) else "promise", fact.text
    return search.Words(fact, kind, words, on=fact.on, subject=contact.person_id, contact=contact.uid)
