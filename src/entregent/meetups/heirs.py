"""To whom an evening goes once somebody goes who organises it: rows of a part, for its actions alone."""

from collections.abc import Collection
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from entregent.common import ids
from entregent.communities.models import Membership
from entregent.meetups.models import Meetup, Organising, Presence, Rsvp


def of(meetup: Meetup, leaving: int) -> list[int]:
    """Whom an evening could go to: whoever helped, a member, whoever helped from elsewhere, answered, or was there.

    Those who sign in come first: nobody else could call it off. As much is asked whoever they are.
    """
    members = Membership.objects.filter(community=meetup.community_id).exclude(person=leaving)
    hosts = Organising.ledger.filter(meetup=meetup).exclude(owner=leaving)
    part = [kind.ledger.filter(meetup=meetup).exclude(owner=leaving) for kind in (Rsvp, Presence)]
    found = [
        *_first(hosts.filter(owner__in=members.values("person")), "owner", "since"),
        *_first(members, "person", "-role", "since"),
        *_first(hosts, "owner", "since"),
        *(one for rows in part for one in _first(rows, "owner")),
    ]
    return [person for person, _without in sorted(found, key=itemgetter(1))]


def of_all(meetups: Collection[int], community: int, leaving: int) -> dict[int, int]:
    """To whom evenings of a community go (by key) that somebody announced who is no longer of it.

    To whoever helps and is of the community, the longest first, else to the first of its stewards: of those who sign
    in. Where there is neither an evening is not among them. As much is asked whatever evenings these are.
    """
    members = Membership.objects.filter(community=community).exclude(person=leaving).exclude(person__account=None)
    helping = Organising.ledger.filter(meetup__in={ids.NO_KEY, *meetups}, owner__in=members.values("person"))
    stewards = members.filter(role=Membership.Role.STEWARD)
    first = list(stewards.order_by("since", "pk").values_list("person", flat=True)[:1])
    found = {meetup: steward for steward in first for meetup in meetups}
    longest_last = helping.order_by("-since", "-pk").values_list("meetup", "owner")
    return found | dict(longest_last)


def _first(rows: "QuerySet[Any]", who: str, *order: str) -> list[tuple[int, bool]]:
    """The first of those whom rows name, as key and whether they have no account: whoever has one, if anybody."""
    without = ExpressionWrapper(Q(**{f"{who}__account": None}), BooleanField())
    return list(rows.annotate(without=without).order_by("without", *order, "pk").values_list(who, "without")[:1])
