"""What a person can do with all that is theirs: hand it over to an account, have it forgotten."""

from uuid import UUID

from django.db import transaction

from entregent.discretion.viewer import Viewer
from entregent.exchange import erasing
from entregent.meetups import actions as meetups
from entregent.people import actions as people
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards


@transaction.atomic
def take_account(actor: Viewer, *, account: UUID) -> int:
    """Give what the actor did without account to the person of a proven account; the key of that person.

    That is the actor, unless the account had its person before: then the actor is forgotten.
    """
    guest = actor.me
    person = Viewer(person=people.attach(person=guest, account=account))
    name = meetups.adopt(guest=guest, person=person.me)
    if name and cards.me(person).name is None:
        profiles.call_me(person, text=name, audience=None)
    if person != actor:
        erasing.erase(guest)
    return person.me


def erase_me(actor: Viewer) -> None:
    """Forget the actor for good, account included. There is no way back."""
    erasing.erase(actor.me)
