"""What time does to what was imported: claims that a steward agreed to are made so."""

import logging
from datetime import datetime

from entregent.communities.models import Claim
from entregent.exchange import actions

log = logging.getLogger(__name__)


def give_claimed(_now: datetime) -> int:
    """Give what was imported to those who claimed it, who was agreed to first comes first; how many were given it.

    One that cannot be given keeps no other back.
    """
    agreed = Claim.ledger.exclude(accepted_at=None).order_by("accepted_at", "uid").values_list("pk", "uid")
    return sum(_give(key, str(uid)) for key, uid in list(agreed))


def _give(key: int, uid: str) -> bool:
    try:
        return actions.give_claimed(claim=key)
    except Exception:
        log.exception("What is claimed by %s is not given", uid)
        return False
