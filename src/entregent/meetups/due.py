"""What time does to evenings: offers of a seat end, those who come are counted again each day, old lists go.

So does the address that somebody without account left for an answer.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import seats, times, waitlist
from entregent.meetups.models import Listed, Meetup, Rsvp
from entregent.people import actions as accounts
from entregent.people import queries as people
from entregent.statements.prepared import prepared


def end_offers(now: datetime) -> int:
    """Pass on every seat that somebody was offered and did not take in time; at how many evenings that still come."""
    over = Rsvp.ledger.filter(answer=Rsvp.Answer.OFFERED, offered_until__lte=now)
    over = over.filter(meetup__cancelled_at=None, meetup__ends_at__gt=now)
    evenings = sorted(set(over.values_list("meetup", flat=True)))
    for key in evenings:
        with suppress(errors.NotFound), transaction.atomic():  # it may have gone meanwhile
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


def forget_addresses(now: datetime) -> int:
    """Forget the address that somebody without account left for an answer, when it is of no more use; of how many.

    An evening that its reader may see no more counts no more: when it is over now would be told by it.
    """
    since = now - times.TOLD
    left = people.left_addresses(before=since)
    over = [person for person in left if not _answered(Viewer(person=person), since)]
    return accounts.forget_addresses(people=over) if over else 0


@prepared
def _answered(viewer: Viewer, since: datetime) -> "QuerySet[Any, int]":
    """The viewer's answers to evenings that ended since, or are to come."""
    rows = Rsvp.objects.visible_to(viewer, "meetup").filter(owner=viewer.me, meetup__ends_at__gt=since)
    return rows.values_list("pk", flat=True)


def _refresh(meetup: Meetup, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(meetup.zone)).date()
    if meetup.band_on == today:
        return False
    with transaction.atomic():
        parties = Rsvp.ledger.filter(meetup=meetup, answer=Rsvp.Answer.GOING).values_list("guests", flat=True)
        going = sum(1 + guests for guests in parties)
        Meetup.ledger.filter(pk=meetup.pk).update(band=waitlist.band(going), band_on=today, changed_at=F("changed_at"))
    return True
