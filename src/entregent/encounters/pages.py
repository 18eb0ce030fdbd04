"""The pages of the book, one for each contact: whose they are, what stands on them, how both change; for actions."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Label, Note
from entregent.people import actions as who

About = TypeVar("About", Note, FollowUp)
#: All that is about a contact, and goes with it.
ABOUT = (Note, Encounter, Channel, Label, FollowUp)


def own(actor: Viewer, contact: UUID) -> Contact:
    """The page of a contact in the actor's book, who waits for their turn to write. Raises `NotFound`."""
    who.wait_turn(person=actor.me)
    held: Contact | None = Contact.ledger.filter(owner=actor.me, uid=contact, forgotten_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def own_about(actor: Viewer, kind: type[About], uid: UUID) -> tuple[About, Contact]:
    """Something of the actor's about a contact in their book, and the contact. Raises `NotFound`."""
    who.wait_turn(person=actor.me)
    held: About | None = kind.ledger.filter(owner=actor.me, uid=uid).first()
    contact = living(held.contact_id) if held else None
    if held is None or contact is None:
        raise errors.NotFound
    return held, contact


def lock(which: Q) -> None:
    """Keep pages for this transaction, in one order, whoever does so: whoever of them leaves has left, or waits."""
    list(Contact.ledger.select_for_update().filter(which).order_by("pk").values_list("pk", flat=True))


def living(contact: int) -> Contact | None:
    """A contact by key, unless they are forgotten."""
    return Contact.ledger.filter(pk=contact, forgotten_at=None).first()


def change(held: Contact | Note | FollowUp, **values: Any) -> None:
    """Change a row that is there still: what time took away meanwhile is not written again. Raises `NotFound`."""
    for name, value in values.items():
        setattr(held, name, value)
    if not type(held).ledger.filter(pk=held.pk).update(**values):
        raise errors.NotFound


def touch(contact: Contact) -> None:
    """The owner changed what a contact says: no import does so again, and none that is taken back takes it along."""
    change(contact, edited_at=clock.now())


def purge(contact: Contact) -> None:
    """Take a page out of the book for good, with all that stands on it; not its searchable lines."""
    for kind in ABOUT:
        kind.ledger.filter(contact=contact).delete()
    contact.delete()
