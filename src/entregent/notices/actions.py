"""Writes of notices. What is to be said is read when it is sent: a notice holds no text."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from entregent.common import clock, ids
from entregent.notices.models import Notice

#: What there is one notice of, and what is new when it is told again.
ONE, ANEW = ["recipient", "kind", "about"], ["uid", "due_at", "tries", "sent_at"]


@transaction.atomic
def tell(*, recipient: int, kind: str, about: UUID, due_at: datetime | None = None) -> None:
    """Have somebody told something about a thing, now or from `due_at` on; again if it was told before."""
    told = Notice(recipient_id=recipient, kind=kind, about=about, due_at=due_at or clock.now())
    Notice.objects.bulk_create([told], update_conflicts=True, unique_fields=ONE, update_fields=ANEW)


@transaction.atomic
def tell_all(*, recipients: Collection[int], kind: str, about: UUID, due_at: datetime | None = None) -> None:
    """Have each of these people told it, as `tell` does: one statement, however many they are, also for none.

    On SQLite it takes another one for each further 142 people: a statement holds no more values there.
    """
    due_at = due_at or clock.now()
    told = [Notice(recipient_id=recipient, kind=kind, about=about, due_at=due_at) for recipient in recipients]
    if told:
        Notice.objects.bulk_create(told, update_conflicts=True, unique_fields=ONE, update_fields=ANEW)
    else:
        Notice.objects.filter(recipient=0, kind=kind, about=about).update(due_at=due_at)  # nobody's: as much is asked


@transaction.atomic
def untell(*, recipient: int, kinds: Iterable[str], about: UUID) -> None:
    """Have somebody told these kinds of things no more; what was sent stays sent."""
    Notice.objects.filter(recipient=recipient, kind__in=list(kinds), about=about, sent_at=None).delete()


@transaction.atomic
def untell_all(*, recipients: Collection[int], kinds: Iterable[str], about: UUID) -> None:
    """Have none of these people told it any more, as `untell` does: one statement, however many they are."""
    told = Notice.objects.filter(recipient__in={ids.NO_KEY, *recipients}, kind__in=list(kinds), about=about)
    told.filter(sent_at=None).delete()


@transaction.atomic
def hand_over(*, recipient: int, to: int, **which: UUID | str) -> None:
    """Have somebody else told what a person was still to be told, where that was not told to them.

    `which` says of what: all of it that is `about` a thing, or of a `kind`.
    """
    known = Notice.objects.filter(recipient=to, kind=OuterRef("kind"), about=OuterRef("about"))
    waiting = Notice.objects.filter(recipient=recipient, sent_at=None, **which)
    waiting.filter(~Exists(known)).update(recipient=to)


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person was told, and was to be told."""
    Notice.objects.filter(recipient=person).delete()
