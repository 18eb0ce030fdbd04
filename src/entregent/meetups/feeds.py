"""Writes about the address at which a calendar reads somebody's evenings: opened, closed."""

from django.db import transaction

from entregent.common import chance, clock
from entregent.discretion.viewer import Viewer
from entregent.meetups.models import Feed
from entregent.people.keys import digest


@transaction.atomic
def open_feed(actor: Viewer, *, busy: bool = False, promises: bool = False) -> str:
    """The secret of the address at which a calendar reads the actor's evenings; an earlier address ends.

    `busy` has what the actor keeps from others in it too, without saying what it is, `promises` what they promised.
    """
    secret = chance.token(18)
    said = {"digest": digest(secret), "busy": busy, "promises": promises, "made_at": clock.now()}
    Feed.objects.update_or_create(person_id=actor.me, defaults=said)
    return secret


@transaction.atomic
def close_feed(actor: Viewer) -> None:
    """Let no calendar read the actor's evenings any more."""
    Feed.objects.filter(person=actor.me).delete()
