"""Writes about ties: whether one may be asked for an introduction."""

from django.db import transaction

from entregent.discretion.viewer import Viewer
from entregent.ties.models import Willing


@transaction.atomic
def let_ask(actor: Viewer, *, yes: bool, audience: int | None) -> None:
    """Say whether others may ask for an introduction through the actor, and to whom that is said."""
    Willing.ledger.update_or_create(owner_id=actor.me, defaults={"yes": yes, "audience_id": audience})


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person said about being asked."""
    Willing.ledger.filter(owner=person).delete()
