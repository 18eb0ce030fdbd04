"""Forgetting the marks of what went."""

from datetime import datetime

from django.db import transaction

from entregent.changes.models import Gone


@transaction.atomic
def forget_marks(*, before: datetime) -> None:
    """Drop the marks of what went before a moment: whatever is kept was computed after it."""
    Gone.objects.filter(at__lt=before).delete()
