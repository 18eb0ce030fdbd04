"""What time does to the address book: what was forgotten a while ago can no longer be taken back."""

from datetime import datetime, timedelta

from django.db import transaction

from entregent.encounters.models import Contact, Encounter, Note

#: How long one may change one's mind.
PATIENCE = timedelta(hours=1)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the contacts that were forgotten longer ago than that, with encounters and notes; how many."""
    gone = list(Contact.ledger.filter(forgotten_at__lte=now - PATIENCE).values_list("pk", flat=True))
    for kind in (Note, Encounter):
        kind.ledger.filter(contact__in=gone).delete()
    Contact.ledger.filter(pk__in=gone).delete()
    return len(gone)
