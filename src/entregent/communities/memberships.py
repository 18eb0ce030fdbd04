"""Who belongs to a community and who looks after it: the rows, and the circles that follow them.

The only place that lets somebody in, takes somebody out, or leaves a community to somebody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.communities import hearings
from entregent.communities.models import Community, Departure, Membership
from entregent.communities.queries import MY_COMMUNITIES
from entregent.people import queries as who
from entregent.people.models import Person

STEWARD = Membership.Role.STEWARD


def belongs(community: Community, person: int) -> bool:
    """Whether somebody is in a community."""
    return Membership.objects.filter(community=community, person=person).exists()


def member(community: Community, person: UUID) -> int:
    """The key of somebody who is in a community. Raises `NotFound` for everybody else."""
    key = Membership.objects.filter(community=community, person__uid=person).values_list("person", flat=True).first()
    if key is None:
        raise errors.NotFound
    return key


def admit(community: Community, person: int, role: str) -> None:
    """Let somebody in, as a steward where `role` says so. Whoever is one stays one."""
    membership, _new = Membership.objects.get_or_create(
        community=community, person_id=person, defaults={"role": role, "since": clock.now()}
    )
    if role == STEWARD:
        Membership.objects.filter(pk=membership.pk).update(role=STEWARD)
    Departure.objects.filter(community=community, person=person).delete()
    circles.admit(circles=[circle(community, "members")], person=person)
    if role == STEWARD:
        heard = hearings.for_new(community.pk, person)
        circles.admit(circles=[circle(community, "stewards"), *heard], person=person)
    keep_around(person)


def enrol(community: Community, people: Collection[int]) -> None:
    """Let many in as members, of those who did not go. Whoever is in stays as they are."""
    now, out = clock.now(), gone_from(community.pk)
    coming = [person for person in dict.fromkeys(people) if person not in out]
    Membership.objects.bulk_create(
        [Membership(community=community, person_id=one, role=Membership.Role.MEMBER, since=now) for one in coming],
        ignore_conflicts=True,
        batch_size=2000,
    )
    circle(community, "stewards")  # its page reads both circles, also where nobody looks after it yet
    circles.admit_all(circle=circle(community, "members"), people=coming)
    follow(people)


def dismiss(community: Community, person: int) -> None:
    """Take somebody out, from this moment on."""
    Membership.objects.filter(community=community, person=person).delete()
    places = [circle(community, kind) for kind in ("members", "stewards")]
    circles.dismiss(circles=[*places, *hearings.for_former(community.pk, person)], person=person)
    keep_around(person)


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody went out of a community, or was taken out: both by key, and the slug."""

    community: int
    slug: str
    person: int


def see_off(community: Community, person: int) -> Out:
    """Take somebody out until they come in again: by a steward, or by the door that the community has."""
    dismiss(community, person)
    Departure.objects.bulk_create([Departure(community=community, person_id=person)], ignore_conflicts=True)
    return Out(community.pk, community.slug, person)


def gone_from(community: int) -> set[int]:
    """Those who left a community, or were taken out, and did not come in again."""
    return set(Departure.objects.filter(community=community).values_list("person", flat=True))


def adopt(person: int, heir: int) -> None:
    """Have somebody be a steward, or out, where the person was who they turn out to be."""
    mine = Membership.objects.filter(person=heir).values("community")
    looked_after = Membership.objects.filter(person=person, role=STEWARD, community__in=mine).values("community")
    for community in Community.objects.select_for_update().filter(pk__in=looked_after).order_by("pk"):
        admit(community, heir, STEWARD)
    both = Departure.objects.filter(community=OuterRef("community"), person=heir)
    Departure.objects.filter(~Exists(both), person=person).exclude(community__in=mine).update(person=heir)


def keep_a_steward(community: Community, leaving: int) -> None:
    """Raises `Refused` where nobody else who signs in looks after a community."""
    if _stewards(community) == {leaving}:
        raise errors.Refused(_("A community needs a steward: name another one first."))


def go(community: Community, leaving: int) -> Out:
    """Let somebody out until they come in again, by their own will: a steward leaves it as whoever is forgotten does.

    They are told nothing of other stewards, from whom they may be kept: they go whether or not there is one.
    """
    if Membership.objects.filter(community=community, person=leaving, role=STEWARD).exists():
        take_away(community, leaving)
    return see_off(community, leaving)


def take_away(community: Community, leaving: int) -> None:
    """Take somebody out who goes; where they were the last steward, the eldest member with an account becomes one.

    A community that nobody looked after, as after an import, is left to nobody: the operator says who does.
    As much is asked whoever is left: they may be hidden from who leaves, who looks after it for that long otherwise.
    """
    last = _stewards(community) == {leaving}
    members = Membership.objects.filter(community=community).exclude(person=leaving).values("person")
    accounts = Person.objects.exclude(account=None).filter(pk__in=members).order_by("known_since", "pk")
    eldest = list(accounts.values_list("pk", flat=True)[:1])
    admit(community, eldest[0] if last and eldest else leaving, STEWARD)
    dismiss(community, leaving)


def circle(community: Community, kind: str) -> int:
    """The key of the circle `members` or `stewards` of a community."""
    return circles.circle(kind=kind, about=community.uid)


def follow(people: Collection[int]) -> None:
    """Keep the circles around people that there are: an import brings thousands, who have chosen nothing yet."""
    surrounded = Circle.objects.filter(kind=MY_COMMUNITIES).values_list("about", flat=True)
    for person in Person.objects.filter(pk__in=people, uid__in=surrounded).values_list("pk", flat=True):
        keep_around(person)


def keep_around(person: int) -> int:
    """Have the circle around somebody hold all who are in one of their communities; its key.

    It takes as many statements whether or not they ever chose that circle, and in however many communities they are.
    """
    outer = circles.circle(kind=MY_COMMUNITIES, about=who.uid_of(person=person))
    mine = Community.objects.filter(pk__in=Membership.objects.filter(person=person).values("community"))
    inner = Circle.objects.filter(kind="members", about__in=mine.values("uid")).values_list("pk", flat=True)
    circles.surround(outer=outer, inner=set(inner))
    return outer


def _stewards(community: Community) -> set[int]:
    """Those who sign in: nobody else could look after anything."""
    rows = Membership.objects.filter(community=community, role=STEWARD).exclude(person__account=None)
    return set(rows.values_list("person", flat=True))
