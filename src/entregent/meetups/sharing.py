"""Writes about the communities in which an evening stands beside its own: who announced it, or looks after one."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import errors
from entregent.communities import queries as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, announcements, joints, series
from entregent.meetups.models import Meetup


@transaction.atomic
def stand_in(actor: Viewer, *, code: str, also: Collection[str]) -> None:
    """Have an evening stand in exactly these further communities, by slug, of the actor's or where it stands already.

    For whoever announced it. What was answered to it stays for those for whom it was said.
    """
    meetup = _announced(actor, code)
    announcements.stand_in(meetup, _keys(actor, meetup, also))


@transaction.atomic
def stand_in_following(actor: Viewer, *, code: str, also: Collection[str], everywhere: bool = False) -> None:
    """The same of an evening of a series and those that follow it, as `actions.edit_following` has it."""
    meetup = _announced(actor, code)
    before, wanted = joints.further(meetup), _keys(actor, meetup, also)
    following = [one for one in series.following(actor, meetup) if one.owner_id == actor.me]
    for other in (meetup, *following):
        if everywhere or joints.further(other) == before:
            announcements.stand_in(other, wanted)


@transaction.atomic
def take_off(actor: Viewer, *, code: str, community: str) -> None:
    """Have an evening stand no longer in a further community, at this slug. For those who look after that.

    Raises `NotFound` where it does not stand there, as its own or for the actor to know.
    """
    meetup, page = access.visible(actor, code=code.upper()), communities.community(actor, community)
    if not page.steward:
        raise errors.Refused(_("The stewards of this community do this."))
    if not announcements.take_off(meetup, page.key):
        raise errors.NotFound


def _announced(actor: Viewer, code: str) -> Meetup:
    meetup = access.organised(actor, code)
    if actor.me != meetup.owner_id:
        raise errors.Refused(_("Whoever announced this evening does this."))
    return meetup


def _keys(actor: Viewer, meetup: Meetup, also: Collection[str]) -> set[int]:
    pages, held = [communities.community(actor, slug) for slug in also], joints.further(meetup)
    if not all(page.belongs or page.key in held for page in pages):
        raise errors.Refused(_("Evenings are announced by people of the community."))
    return {page.key for page in pages}
