"""Writes about who organises an evening together: asked for by a code, come to help, thanked."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import chance, errors
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, announcements, organising
from entregent.meetups.models import Organising


@transaction.atomic
def ask_for_help(actor: Viewer, *, code: str, anew: bool = True) -> str:
    """Draw the code by which others come to organise an evening; an earlier one is void, or kept where not `anew`.

    For its organisers. Raises `NotFound`, and `Refused` where it is over or called off.
    """
    meetup = access.organised(actor, code)
    access.check_not_done(meetup)
    announcements.show(meetup)
    together = chance.code() if anew or not meetup.together else meetup.together
    announcements.lead(meetup, together=together)
    return together


@transaction.atomic
def ask_no_help(actor: Viewer, *, code: str) -> None:
    """Let nobody come to organise an evening any more. For its organisers."""
    announcements.lead(access.organised(actor, code), together="")


@transaction.atomic
def co_organise(actor: Viewer, *, code: str, together: str) -> None:
    """Organise an evening with whoever asked for it by its code `together`. For people of one of its communities.

    Raises `NotFound` where the code is another, `Refused` when the evening is over or called off.
    """
    stays = {key: communities.stays(actor, community=key) for key in access.communities(actor, code)}
    person, meetup = actor.me, access.visible(actor, code=code.upper())
    if not together or meetup.together != together.upper():
        raise errors.NotFound
    access.check_not_done(meetup)
    # It may have been taken off one of them before it was locked.
    if not any(stays.get(key) for key in access.communities(actor, code)):
        raise errors.Refused(_("Evenings are organised by people of the community."))
    if person != meetup.owner_id:
        organising.admit(meetup, person)


@transaction.atomic
def stand_down(actor: Viewer, *, code: str) -> None:
    """Organise an evening no longer; for those who came to help. Raises `Refused` for whoever announced it."""
    meetup = access.organised(actor, code)
    if actor.me == meetup.owner_id:
        raise errors.Refused(_("Whoever announced an evening organises it."))
    organising.dismiss(meetup, actor.me)


@transaction.atomic
def thank(actor: Viewer, *, code: str, organising_uid: UUID) -> None:
    """Have somebody who came to help organise an evening no longer, nor again by the same link.

    For whoever announced it. Raises `NotFound` for what the actor does not see.
    """
    meetup = access.organised(actor, code)
    row = Organising.objects.visible_to(actor).filter(meetup=meetup, uid=organising_uid).first()
    if row is None:
        raise errors.NotFound
    if actor.me != meetup.owner_id:
        raise errors.Refused(_("Whoever announced this evening does this."))
    organising.dismiss(meetup, row.owner_id)
    announcements.lead(meetup, together="")


@transaction.atomic
def organise_alone(actor: Viewer, *, code: str) -> None:
    """Have nobody organise an evening but whoever announced it, whose act this is: nor anybody whom they do not see.

    The link for those who help leads nowhere any more. The same is done whoever helped.
    """
    meetup = access.organised(actor, code)
    if actor.me != meetup.owner_id:
        raise errors.Refused(_("Whoever announced this evening does this."))
    organising.keep_alone(meetup)
    announcements.lead(meetup, together="")
