"""What time does to cards: those that were crossed enter the book; what was taken out, or shown, a while ago goes."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from entregent.cards import actions
from entregent.cards.models import Card, Handed, Showing
from entregent.discretion.viewer import Viewer

log = logging.getLogger(__name__)

#: How long one may change one's mind.
PATIENCE = timedelta(hours=1)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the cards that their owners took out longer ago than that, and what has been shown; how many."""
    gone: int = Card.ledger.filter(forgotten_at__lte=now - PATIENCE).delete()[0]
    return gone + Showing.ledger.filter(until__lte=now - PATIENCE).delete()[0]


def enter(_now: datetime) -> int:
    """Copy the cards that members handed over into the books of those who have them; how many.

    The request of whoever hands theirs over does not: what another's book holds is not to be told by what it costs.
    Those of members who have gone since enter as those of whoever hides do. One that cannot be copied keeps no other
    back.
    """
    waiting = Handed.ledger.filter(contact=None, left_at=None).exclude(by=None, gone=None).order_by("at", "uid")
    return sum(_enter(owner, uid) for owner, uid in list(waiting.values_list("owner", "uid")))


def _enter(owner: int, uid: UUID) -> bool:
    try:
        actions.note(Viewer(person=owner), handed=uid)
    except Exception:
        log.exception("The card %s does not enter the book of its owner", uid)
        return False
    return True
