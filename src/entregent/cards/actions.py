"""Writes about cards: keeping one, changing it, taking it out of the box and putting it back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.cards import shapes
from entregent.cards.models import Card
from entregent.common import clock, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.people import actions as who

#: How many cards one keeps: as many occasions as one tells apart in a hurry.
MOST = 12


@transaction.atomic
def keep(actor: Viewer, *, title: str, once: UUID | None = None, **said: str) -> UUID:
    """Keep a card for an occasion, `title`; its public id.

    `said` are the fields of `queries.Face`, all but the name optional. `once` is the public id that a door gives it.
    Raises `Invalid`, and `Refused` where there are enough.
    """
    who.wait_turn(person=actor.me)
    if once is not None and Card.ledger.filter(owner=actor.me, uid=once).exists():
        return once
    _keep_few(actor)
    card = Card.ledger.create(
        uid=once or ids.new(), owner_id=actor.me, title=shapes.title(title), **shapes.printed(said)
    )
    return card.uid


@transaction.atomic
def edit(actor: Viewer, *, card: UUID, title: str, **said: str) -> None:
    """Write a card anew. What was handed over stays as it was. Raises `NotFound`, `Invalid`."""
    held = _own(actor, card)
    _change(held, title=shapes.title(title), **shapes.printed(said))


@transaction.atomic
def drop(actor: Viewer, *, card: UUID) -> None:
    """Keep a card no longer. `restore` takes that back until `due.forget` has passed."""
    _change(_own(actor, card), forgotten_at=clock.now())


@transaction.atomic
def restore(actor: Viewer, *, card: UUID) -> None:
    """Keep a card after all. Raises `NotFound` where it is gone, `Refused` where there are enough meanwhile."""
    who.wait_turn(person=actor.me)
    held: Card | None = Card.ledger.filter(owner=actor.me, uid=card).first()
    if held is None:
        raise errors.NotFound
    if held.forgotten_at is not None:
        _keep_few(actor)
    _change(held, forgotten_at=None)


@transaction.atomic
def erase(person: int) -> None:
    """Forget the cards that a person keeps."""
    Card.ledger.filter(owner=person).delete()


def _own(actor: Viewer, card: UUID) -> Card:
    who.wait_turn(person=actor.me)
    held: Card | None = Card.ledger.filter(owner=actor.me, uid=card, forgotten_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def _change(held: Card, **values: Any) -> None:
    Card.ledger.filter(pk=held.pk).update(**values)


def _keep_few(actor: Viewer) -> None:
    if Card.ledger.filter(owner=actor.me, forgotten_at=None).count() >= MOST:
        raise errors.Refused(_("That is enough cards: take one out first."))
