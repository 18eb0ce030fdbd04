"""Writes about the seats of people without account, which those who organise free."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, questions, seats
from entregent.meetups.models import Rsvp


@transaction.atomic
def release(actor: Viewer, *, code: str, answers: Collection[UUID]) -> None:
    """Free the seats, or places on the list, of people who answered without an account, and tell them.

    For organisers. `answers` are public ids; whoever does not hope to come any more stays as they are, and whoever
    loses their seat may answer again. Raises `NotFound` where one is of somebody with an account, of another evening or
    not seen by the actor, `Refused` when the evening is over or called off.
    """
    meetup = access.organised(actor, code)
    access.check_not_done(meetup)
    seen = Rsvp.objects.visible_to(actor).filter(meetup=meetup, uid__in=answers).exclude(name="")
    people = list(seen.order_by("owner").values_list("owner", flat=True))
    if len(people) < len(set(answers)):
        raise errors.NotFound
    questions.withdraw(meetup, *seats.release(meetup, people))
