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
    wanted, _mine = _wanted(actor, meetup, also)
    announcements.stand_in(meetup, wanted)


@transaction.atomic
def stand_in_following(actor: Viewer, *, code: str, also: Collection[str], everywhere: bool = False) -> None:
    """The same of an evening of a series and those that follow it, as `actions.edit_following` has it.

    In a community to which the actor belongs no more, those stand on that stood there.
    """
    meetup = _announced(actor, code)
    before, wanted, mine = joints.further(meetup), *_wanted(actor, meetup, also)
    following = [one for one in series.following(actor, meetup) if one.owner_id == actor.me]
    for other in (meetup, *following):
        held = joints.further(other)
        if everywhere or held == before:
            announcements.stand_in(other, wanted & (mine | held))


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


def _wanted(actor: Viewer, meetup: Meetup, also: Collection[str]) -> tuple[set[int], set[int]]:
    """The keys of communities by slug, and of those among them that are the actor's; others where it stands already."""
    pages, held = [communities.community(actor, slug) for slug in also], joints.further(meetup)
    wanted, mine = {page.key for page in pages}, {page.key for page in pages if page.belongs}
    if not wanted <= mine | held:
        raise errors.Refused(_("Evenings are announced by people of the community."))
    return wanted, mine
