"""What time does to the address book: nothing forgotten a while ago can be taken back, and no file waits for ever."""

from datetime import datetime, timedelta

from django.db import transaction

from entregent.encounters.models import Channel, Contact, Encounter, Label, Note, Upload

#: How long one may change one's mind.
PATIENCE = timedelta(hours=1)


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the contacts that were forgotten longer ago than that, with all about them, and the notes; how many."""
    gone = {"forgotten_at__lte": now - PATIENCE}
    contacts = list(Contact.ledger.filter(**gone).values_list("pk", flat=True))
    notes = Note.ledger.filter(**gone).exclude(contact__in=contacts).delete()[0]
    for kind in (Note, Encounter, Channel, Label):
        kind.ledger.filter(contact__in=contacts).delete()
    Contact.ledger.filter(pk__in=contacts).delete()
    return len(contacts) + notes


@transaction.atomic
def drop_uploads(now: datetime) -> int:
    """Delete the files that waited too long for their owner; how many."""
    gone: int = Upload.ledger.filter(until__lte=now).delete()[0]
    return gone
