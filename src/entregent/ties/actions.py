"""Writes about ties: whether one may be asked for an introduction."""

from django.db import transaction

from entregent.discretion.viewer import Viewer
from entregent.ties.models import Willing


@transaction.atomic
def let_ask(actor: Viewer, *, yes: bool, audience: int | None) -> None:
    """Say whether others may ask for an introduction through the actor, and to whom that is said."""
    said = Willing.ledger.filter(owner=actor.me).first() or Willing(owner_id=actor.me)
    said.yes, said.audience_id = yes, audience
    said.save()


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person said about being asked."""
    Willing.ledger.filter(owner=person).delete()
