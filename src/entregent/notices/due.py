"""What time does to notices: those that are due are claimed by one worker, then sent, put off, or dropped.

A claim lasts for a while only: what a worker that died had claimed is claimed again by another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from entregent.common import chance
from entregent.notices import backoff
from entregent.notices.models import Notice, Sent

#: How long a claim lasts: longer than it takes to send what is claimed at once.
CLAIM = timedelta(minutes=10)
#: For how long it is kept that somebody was told something.
KEPT = timedelta(days=90)
#: How many letters that are counted go to one address, in how long; how long a further one waits.
LETTERS, DAY, HOLD = 8, timedelta(days=1), timedelta(hours=1)
#: Of all notices, every one.
EVERY = Q()


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that is due: `recipient` is a person's key, `until` when this claim of it ends."""

    uid: UUID
    recipient: int
    kind: str
    about: UUID
    tries: int
    until: datetime


@transaction.atomic
def claim(now: datetime, which: Q = EVERY, limit: int = 20) -> list[Due]:
    """The notices that are due, the oldest first, which nobody else gets until the claim ends; of all, `which`."""
    pending = Notice.objects.select_for_update(skip_locked=True).filter(which, sent_at=None, due_at__lte=now)
    rows, until = list(pending.order_by("due_at", "pk")[:limit]), now + CLAIM
    for row in rows:
        row.tries, row.due_at = row.tries + 1, until
    Notice.objects.bulk_update(rows, ["tries", "due_at"])
    return [Due(row.uid, row.recipient_id, row.kind, row.about, row.tries, until) for row in rows]


@transaction.atomic
def sent(due: Due, now: datetime) -> None:
    """Note that somebody was told; a notice that was renewed since it was claimed stays due."""
    _claimed(due).update(sent_at=now)


def drop(due: Due) -> None:
    """Tell it to nobody: its recipient may no longer see it, or has no address."""
    _claimed(due).delete()


def put_off(due: Due, now: datetime) -> bool:
    """Try again later; False where it was tried often enough and is given up."""
    wait = backoff.wait(due.tries)
    if wait is None:
        drop(due)
        return False
    _claimed(due).update(due_at=now + wait)
    return True


@transaction.atomic
def note_letter(address: str, now: datetime) -> None:
    """Count a letter to an address."""
    Sent.objects.create(mark=_mark(address), at=now)


def hold(due: Due, address: str, now: datetime) -> bool:
    """Put a letter off by an hour where as many as one may get in a day went to its address; whether it was."""
    full = Sent.objects.filter(mark=_mark(address), at__gt=now - DAY).count() >= LETTERS
    if full:
        _put_back(due, now + HOLD)
    return full


def put_back(claimed: Sequence[Due], now: datetime) -> None:
    """Try those of a claim that nobody has tried a little later: it counts as no try."""
    for due in claimed:
        _put_back(due, now + backoff.WAITS[0])


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what was told long ago, and what is counted no more; how many."""
    told, counted = Notice.objects.filter(sent_at__lt=now - KEPT), Sent.objects.filter(at__lte=now - DAY)
    return told.delete()[0] + counted.delete()[0]


def _mark(address: str) -> str:
    return chance.digest(settings.SECRET_KEY, "letters", address.lower())[:32]


def _put_back(due: Due, due_at: datetime) -> None:
    _claimed(due).update(due_at=due_at, tries=F("tries") - 1)


def _claimed(due: Due) -> "QuerySet[Notice]":
    return Notice.objects.filter(uid=due.uid, due_at=due.until, sent_at=None)
