"""What time does to needs that are kept: once a day their owners are written to; what was ended goes for good."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, QuerySet

from entregent.notices import actions as notices
from entregent.recall.models import Kept

#: From which hour on somebody is written to, where this server is at home; how long one may change one's mind.
HOUR, PATIENCE = 7, timedelta(hours=1)
#: Of how many people the needs are taken up at a tick, at most.
SHARE = 200


def ask_again(now: datetime) -> int:
    """Have whoever keeps a need be told, once a day, who newly answers it; of how many people they were taken up.

    A share at a tick, who has waited longest first, each in a transaction of their own. Who answers, if anybody, is
    read when the letter is written: nothing is decided here by what others say.
    """
    here = now.astimezone(ZoneInfo(settings.HOME_ZONE))
    if here.hour < HOUR:
        return 0
    due = Kept.ledger.filter(asked_on__lt=here.date(), until__gt=now, ended_at=None)
    owners = due.values_list("owner", "owner__uid").annotate(on=Min("asked_on"), since=Min("kept_at"))
    waiting = list(owners.order_by("on", "since", "owner")[:SHARE])
    return sum(_take_up(due, person, uid, here.date()) for person, uid, *_since in waiting)


@transaction.atomic
def _take_up(due: QuerySet[Any, Any], person: int, uid: UUID, today: date) -> bool:
    """Note that somebody's needs were taken up today, unless another worker did."""
    found = due.filter(owner=person).update(asked_on=today, changed_at=F("changed_at"))
    if found:
        notices.tell(recipient=person, kind="news", about=uid)
    return bool(found)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what was ended longer ago than one may change one's mind; how many needs."""
    gone: int = Kept.ledger.filter(ended_at__lte=now - PATIENCE).delete()[0]
    return gone
