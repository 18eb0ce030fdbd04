"""In which further communities an evening stands: rows, for actions alone. Wants its row locked, as `seats` does."""

from collections.abc import Collection, Mapping
from uuid import UUID

from entregent.circles import actions as circles
from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle
from entregent.communities.models import Community, Entry
from entregent.meetups.models import Joint, Meetup, Organising
from entregent.search import actions as search

#: The kind of the circle about an evening in which are all who are in one of its communities.
INVITED = "invited"


def members(community: int) -> int:
    """The key of the circle of those who are in a community."""
    uid = Community.objects.values_list("uid", flat=True).get(pk=community)
    return circles.circle(kind="members", about=uid)


def further(meetup: Meetup) -> set[int]:
    """The keys of the communities in which an evening stands beside its own."""
    return set(Joint.ledger.filter(meetup=meetup.pk).values_list("community", flat=True))


def around(meetup: Meetup) -> list[int]:
    """The circles of those who are in the communities of an evening, its own first."""
    return [members(key) for key in (meetup.community_id, *sorted(further(meetup)))]


def invited(meetup: Meetup) -> int:
    """The key of the circle for which an evening is that is for its communities: of one, its members are that."""
    several = around(meetup)
    return circles.circle(kind=INVITED, about=meetup.uid) if len(several) > 1 else several[0]


def keep(meetup: Meetup, communities: Collection[int]) -> None:
    """Have an evening stand in exactly these communities (keys) beside its own; who sees that, `follow` says."""
    wanted = set(communities) - {meetup.community_id}
    Joint.ledger.filter(meetup=meetup).exclude(community__in={0, *wanted}).delete()
    for key in sorted(wanted):
        Joint.ledger.get_or_create(meetup=meetup, community_id=key, defaults={"owner_id": meetup.owner_id})
    _surround(meetup)


def follow(meetup: Meetup) -> None:
    """Let whoever sees the evening see that it stands in a community that is open; of others, those who are in it."""
    rows = Joint.ledger.filter(meetup=meetup)
    for pk, key, entry in rows.order_by("pk").values_list("pk", "community", "community__entry"):
        seen_by = meetup.audience_id if entry == Entry.OPEN else members(key)
        rows.filter(pk=pk).update(audience=seen_by)


def end(meetups: Mapping[int, UUID], community: int) -> None:
    """Have evenings of a community (public ids by key), which passed on, stand in that alone, for those who are in it.

    Whoever they passed to may not know of the others. As much is asked wherever they stood, also for none.
    """
    own, some = members(community), {0, *meetups}
    Joint.ledger.filter(meetup__in=some).delete()
    for kind, which in ((Meetup, "pk__in"), (Organising, "meetup__in")):
        kind.ledger.filter(**{which: some}).exclude(audience=EVERYONE).update(audience=own)
    search.show_to(abouts=meetups.values(), audience=own)
    about = {UUID(int=0), *meetups.values()}
    outer = Circle.objects.filter(kind=INVITED, about__in=about).values_list("pk", flat=True)
    circles.leave_within(outer=list(outer), inner=own)


def _surround(meetup: Meetup) -> None:
    circles.surround(outer=circles.circle(kind=INVITED, about=meetup.uid), inner=around(meetup))
