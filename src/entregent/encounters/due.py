"""What time does to the address book: promises fall due, what was forgotten goes for good, no file waits for ever."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Label, Note, Upload
from entregent.notices import actions as notices

#: How long one may change one's mind; from which hour on one is reminded, where this server is at home.
PATIENCE, HOUR = timedelta(hours=1), 8


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the contacts that were forgotten longer ago than that, with all about them, notes, promises; how many."""
    gone = {"forgotten_at__lte": now - PATIENCE}
    # Locked: whoever is kept after all meanwhile is read again, and stays.
    contacts = list(Contact.ledger.select_for_update().filter(**gone).order_by("pk").values_list("pk", flat=True))
    lines = sum(kind.ledger.filter(**gone).exclude(contact__in=contacts).delete()[0] for kind in (Note, FollowUp))
    for kind in (Note, Encounter, Channel, Label, FollowUp):
        kind.ledger.filter(contact__in=contacts).delete()
    Contact.ledger.filter(pk__in=contacts).delete()
    return len(contacts) + lines


@transaction.atomic
def drop_uploads(now: datetime) -> int:
    """Delete the files that waited too long for their owner; how many."""
    gone: int = Upload.ledger.filter(until__lte=now).delete()[0]
    return gone


@transaction.atomic
def remind(now: datetime) -> int:
    """Have whoever has to do something by this day be told so, once a day at most; how many people.

    What it is, if anything, is read when the letter is written.
    """
    here = now.astimezone(ZoneInfo(settings.HOME_ZONE))
    if here.hour < HOUR:
        return 0
    told = FollowUp.ledger.filter(reminded_on=here.date()).values("owner")
    waiting = FollowUp.ledger.filter(done_at=None, forgotten_at=None, contact__forgotten_at=None, reminded_on=None)
    due = list(waiting.filter(due_on__lte=here.date()).exclude(owner__in=told).values_list("pk", "owner", "owner__uid"))
    owners = {person: uid for _, person, uid in due}
    for person, uid in sorted(owners.items()):
        notices.tell(recipient=person, kind="follow_up", about=uid)
    # What was put off meanwhile is not due: its day comes.
    still = FollowUp.ledger.filter(pk__in=[pk for pk, *_ in due], due_on__lte=here.date())
    still.update(reminded_on=here.date(), changed_at=F("changed_at"))
    return len(owners)
