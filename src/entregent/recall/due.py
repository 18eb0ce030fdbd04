"""What time does to needs that are kept: once a day their owners are written to; what was ended goes for good."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from entregent.notices import actions as notices
from entregent.recall.models import Kept

#: From which hour on somebody is written to, where this server is at home; how long one may change one's mind.
HOUR, PATIENCE = 7, timedelta(hours=1)


@transaction.atomic
def ask_again(now: datetime) -> int:
    """Have whoever keeps a need be told, once a day, who newly answers it; how many people keep one.

    Who that is, if anybody, is read when the letter is written: nothing is decided here by what others say.
    """
    here = now.astimezone(ZoneInfo(settings.HOME_ZONE))
    if here.hour < HOUR:
        return 0
    due = Kept.ledger.filter(asked_on__lt=here.date(), until__gt=now, ended_at=None)
    owners = dict(due.order_by("owner").values_list("owner", "owner__uid"))
    for person, uid in owners.items():
        notices.tell(recipient=person, kind="news", about=uid)
    due.update(asked_on=here.date(), changed_at=F("changed_at"))
    return len(owners)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what was ended longer ago than one may change one's mind; how many needs."""
    gone: int = Kept.ledger.filter(ended_at__lte=now - PATIENCE).delete()[0]
    return gone
