"""In which further communities an evening stands: rows, for actions alone. Wants its row locked, as `seats` does.

Whoever acts may not know of all of them: as much is asked however many there are.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, Value, When

from entregent.circles import actions as circles
from entregent.circles.models import Circle
from entregent.common import ids
from entregent.communities.models import Community, Entry
from entregent.meetups.models import Joint, Meetup

#: The kind of the circle about an evening in which are all who are in one of its communities.
INVITED = "invited"


def further(meetup: Meetup) -> set[int]:
    """The keys of the communities in which an evening stands beside its own."""
    return set(Joint.ledger.filter(meetup=meetup.pk).values_list("community", flat=True))


def invited(meetup: Meetup) -> int:
    """The key of the circle for which an evening is that is for its communities, one or several: all who are in them.

    Those who help with it read to whom their own facts go: where it stands is not to be read from that.
    """
    outer = circles.circle(kind=INVITED, about=meetup.uid)
    further = Joint.ledger.filter(meetup=meetup.pk).values("community")
    stands = Community.objects.filter(Q(pk=meetup.community_id) | Q(pk__in=further))
    inner = Circle.objects.filter(kind="members", about__in=stands.values("uid")).values_list("pk", flat=True)
    circles.surround(outer=outer, inner=set(inner))
    return outer


def keep(meetup: Meetup, communities: Collection[int]) -> None:
    """Have an evening stand in exactly these communities (keys) beside its own; who sees that, `follow` says."""
    wanted = set(communities) - {meetup.community_id}
    Joint.ledger.filter(meetup=meetup).exclude(community__in={ids.NO_KEY, *wanted}).delete()
    fresh = sorted(wanted - further(meetup))
    Joint.ledger.bulk_create(Joint(meetup=meetup, community_id=key, owner_id=meetup.owner_id) for key in fresh)


def take_off(meetup: Meetup, community: int) -> bool:
    """Have an evening stand no longer in a further community (key); whether it did."""
    return bool(Joint.ledger.filter(meetup=meetup, community=community).delete()[0])


def follow(meetup: Meetup) -> None:
    """Let whoever sees the evening see that it stands in a community that is open; of others, those who are in it."""
    members = Circle.objects.filter(kind="members", about=OuterRef("uid")).values("pk")
    everyone = When(entry=Entry.OPEN, then=Value(meetup.audience_id))
    seen_by = Case(everyone, default=Subquery(members), output_field=BigIntegerField())
    place = Community.objects.filter(pk=OuterRef("community")).annotate(seen_by=seen_by)
    Joint.ledger.filter(meetup=meetup).update(audience=Subquery(place.values("seen_by")))


def end(meetups: Mapping[int, UUID], community: int) -> None:
    """Have evenings of a community (public ids by key), which passed on, stand in that alone.

    Whoever they passed to may not know of the others. As much is asked wherever they stood, also for none.
    """
    Joint.ledger.filter(meetup__in={ids.NO_KEY, *meetups}).delete()
    uid = Community.objects.values_list("uid", flat=True).get(pk=community)
    about = {ids.NO_UID, *meetups.values()}
    outer = Circle.objects.filter(kind=INVITED, about__in=about).values_list("pk", flat=True)
    circles.leave_within(outer=list(outer), inner=circles.circle(kind="members", about=uid))
