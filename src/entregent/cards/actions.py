"""Writes about cards: keeping one, changing it, taking it out; who stands in which circle by crossed cards."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from entregent.cards import shapes
from entregent.cards.models import Card, Crossing
from entregent.circles import actions as circles
from entregent.circles.models import How
from entregent.common import clock, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.people import actions as who
from entregent.people import queries as people

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
def cross(*, owner: int, person: int | None, name: str) -> None:
    """Let somebody into the circle of those with whom a person crossed cards; `name` stands on the card that came.

    Each of the two is let in by itself. It is as much work whoever they are: somebody new, who was taken out, or who
    has gone (None) and is remembered all the same.
    """
    now = clock.now()
    fresh = Crossing(owner_id=owner, person_id=person, name=name, at=now, changed_at=now)
    said = ["name", "at", "withdrawn_at", "changed_at"]
    Crossing.ledger.bulk_create([fresh], update_conflicts=True, unique_fields=["owner", "person"], update_fields=said)
    keep_connections(person=owner)


@transaction.atomic
def withdraw(actor: Viewer, *, crossing: UUID) -> None:
    """Take somebody out of the circle of the actor's crossed cards. They keep the card, and are not told."""
    _withdraw(actor, crossing, clock.now())


@transaction.atomic
def rejoin(actor: Viewer, *, crossing: UUID) -> None:
    """Let them in again."""
    _withdraw(actor, crossing, None)


@transaction.atomic
def connections(actor: Viewer) -> int:
    """The key of the circle of those with whom the actor crossed cards: it follows them in and out."""
    return circles.circle(kind="connections", about=people.uid_of(person=actor.me))


@transaction.atomic
def keep_connections(*, person: int) -> None:
    """Make that circle of a person's hold what crossings say. Doing it twice changes nothing."""
    rows = Crossing.ledger.filter(owner=person, withdrawn_at=None).exclude(person=None)
    about, those = people.uid_of(person=person), rows.values_list("person", flat=True)
    circles.keep(kind="connections", about=about, people=dict.fromkeys(those), how=How.CROSSED)


@transaction.atomic
def erase(person: int) -> None:
    """Forget the cards that a person keeps, and with whom they were crossed. Others keep that they crossed one.

    Nothing else of others changes, not even a date.
    """
    for kind in (Card, Crossing):
        kind.ledger.filter(owner=person).delete()
    Crossing.ledger.filter(person=person).update(person=None, changed_at=F("changed_at"))
    circles.close(kind="connections", about=[people.uid_of(person=person)])


def _own(actor: Viewer, card: UUID) -> Card:
    who.wait_turn(person=actor.me)
    held: Card | None = Card.ledger.filter(owner=actor.me, uid=card, forgotten_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def _change(held: Card, **values: Any) -> None:
    Card.ledger.filter(pk=held.pk).update(**values)


def _withdraw(actor: Viewer, crossing: UUID, at: datetime | None) -> None:
    who.wait_turn(person=actor.me)
    if not Crossing.ledger.filter(owner=actor.me, uid=crossing).update(withdrawn_at=at):
        raise errors.NotFound
    keep_connections(person=actor.me)


def _keep_few(actor: Viewer) -> None:
    if Card.ledger.filter(owner=actor.me, forgotten_at=None).count() >= MOST:
        raise errors.Refused(_("That is enough cards: take one out first."))
