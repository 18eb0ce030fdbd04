"""Who was at an evening, as a list of its organiser's says: theirs alone, and gone after ninety days.

Nobody of it is compared with a member or an account, and nobody is written to: it is the organiser's own paper.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.exchange import reasons
from entregent.exchange.contacts import attendees
from entregent.exchange.contacts.attendees import PEOPLE, Attendee, Roll
from entregent.exchange.contacts.said import Unreadable
from entregent.meetups import queries as meetups
from entregent.meetups.models import Listed, Meetup
from entregent.people import actions as people

#: How long a list is kept.
KEPT = timedelta(days=90)


def read(data: bytes) -> Roll:
    """What a file of attendees says. Raises `Invalid`."""
    try:
        return attendees.read(data)
    except Unreadable as error:
        raise errors.Invalid("file", reasons.told(error.reason, error.line)) from error


@transaction.atomic
def bring(actor: Viewer, *, code: str, people_of_it: Sequence[Attendee]) -> int:
    """Keep a list of an evening that the actor organises; how many of it are new. Twice changes nothing.

    Raises `Invalid` where the list gets too long, and `NotFound` for whoever does not organise.
    """
    evening = _organised(actor, code)
    held = set(Listed.ledger.filter(owner=actor.me, meetup=evening).values_list("key", flat=True))
    fresh = {one.key: one for one in people_of_it if one.key not in held}
    if len(held) + len(fresh) > PEOPLE:
        raise errors.Invalid("file", reasons.told("too_many_attendees"))
    until = clock.now() + KEPT
    Listed.ledger.bulk_create(
        Listed(owner_id=actor.me, meetup_id=evening, until=until, name=one.name, mail=one.mail, key=key)
        for key, one in fresh.items()
    )
    return len(fresh)


@transaction.atomic
def drop(actor: Viewer, *, code: str) -> int:
    """Let the list of an evening go; how many were on it. Raises `NotFound`."""
    evening = _organised(actor, code)
    gone: int = Listed.ledger.filter(owner=actor.me, meetup=evening).delete()[0]
    return gone


def _organised(actor: Viewer, code: str) -> int:
    """The key of an evening that the actor organises, once nobody changes that: its row is locked."""
    people.wait_turn(person=actor.me)
    key = meetups.evening(actor, code).key
    list(Meetup.ledger.select_for_update().filter(pk=key))
    if not meetups.evening(actor, code).organises:
        raise errors.NotFound(_("There is no such evening of yours."))
    return key
