"""What time does to evenings: once a day, in the zone of each, the band of those who come is counted again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from entregent.meetups import waitlist
from entregent.meetups.models import Meetup


def refresh_bands(now: datetime) -> int:
    """Count again for every evening to come whose band was not counted on this day there; how many were."""
    pending = Meetup.ledger.filter(ends_at__gt=now, cancelled_at=None)
    return sum(_refresh(meetup, now) for meetup in pending.only("pk", "zone", "band_on"))


def _refresh(meetup: Meetup, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(meetup.zone)).date()
    if meetup.band_on == today:
        return False
    with transaction.atomic():
        taken = Meetup.ledger.values_list("taken", flat=True).get(pk=meetup.pk)
        Meetup.ledger.filter(pk=meetup.pk).update(band=waitlist.band(taken), band_on=today, changed_at=F("changed_at"))
    return True
