"""What time does to cards: what was taken out a while ago can no longer be put back."""

from datetime import datetime, timedelta

from django.db import transaction

from entregent.cards.models import Card

#: How long one may change one's mind.
PATIENCE = timedelta(hours=1)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the cards that their owners took out longer ago than that; how many."""
    gone: int = Card.ledger.filter(forgotten_at__lte=now - PATIENCE).delete()[0]
    return gone
