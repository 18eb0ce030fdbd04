"""A card goes into the book of whoever has it, whether it was handed over or came with a word; for actions alone."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import UUID

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book


def copied(actor: Viewer, *, page: UUID | None, begin: Callable[[], UUID], ways: Iterable[tuple[str, str]]) -> UUID:
    """The contact into which a card is copied: `page`, where that is there, else what `begin` finds or makes.

    `ways` are kinds and values. A page with as many as it takes keeps those that it has: the card is copied all the
    same.
    """
    there = book.entries(actor, contacts=[page]) if page else []
    contact = there[0].uid if there else begin()
    for kind, value in ways:
        with suppress(errors.Invalid):
            encounters.add_channel(actor, contact=contact, kind=kind, value=value)
    return contact
