"""What time does to evenings: offers of a seat end, those who come are counted again each day, old lists go."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from entregent.meetups import seats, waitlist
from entregent.meetups.models import Listed, Meetup, Rsvp


def end_offers(now: datetime) -> int:
    """Pass on every seat that somebody was offered and did not take in time; at how many evenings that still come."""
    over = Rsvp.ledger.filter(answer=Rsvp.Answer.OFFERED, offered_until__lte=now)
    over = over.filter(meetup__cancelled_at=None, meetup__ends_at__gt=now)
    evenings = sorted(set(over.values_list("meetup", flat=True)))
    for key in evenings:
        with transaction.atomic():
            seats.fill(seats.locked(key))
    return len(evenings)


def refresh_bands(now: datetime) -> int:
    """Count again for every evening to come whose band was not counted on this day there; how many were."""
    pending = Meetup.ledger.filter(ends_at__gt=now, cancelled_at=None)
    return sum(_refresh(meetup, now) for meetup in pending.only("pk", "zone", "band_on"))


@transaction.atomic
def forget_listed(now: datetime) -> int:
    """Delete those on lists from elsewhere whose time is over; how many."""
    gone: int = Listed.ledger.filter(until__lte=now).delete()[0]
    return gone


def _refresh(meetup: Meetup, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(meetup.zone)).date()
    if meetup.band_on == today:
        return False
    with transaction.atomic():
        parties = Rsvp.ledger.filter(meetup=meetup, answer=Rsvp.Answer.GOING).values_list("guests", flat=True)
        going = sum(1 + guests for guests in parties)
        Meetup.ledger.filter(pk=meetup.pk).update(band=waitlist.band(going), band_on=today, changed_at=F("changed_at"))
    return True
