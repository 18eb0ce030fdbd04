"""Writes of notices. What is to be said is read when it is sent: a notice holds no text."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from entregent.common import clock
from entregent.notices.models import Notice


@transaction.atomic
def tell(*, recipient: int, kind: str, about: UUID, due_at: datetime | None = None) -> None:
    """Have somebody told something about a thing, now or from `due_at` on; again if it was told before."""
    when = due_at or clock.now()
    Notice.objects.update_or_create(
        recipient_id=recipient, kind=kind, about=about, defaults={"due_at": when, "tries": 0, "sent_at": None}
    )


@transaction.atomic
def untell(*, recipient: int, kinds: Iterable[str], about: UUID) -> None:
    """Have somebody told these kinds of things no more; what was sent stays sent."""
    Notice.objects.filter(recipient=recipient, kind__in=list(kinds), about=about, sent_at=None).delete()


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person was told, and was to be told."""
    Notice.objects.filter(recipient=person).delete()
