"""Who hears a report: the circle `hearing` about it, kept whenever a report is made and whenever stewards change.

Making a report, or changing stewards, takes as many statements whatever else was reported and whoever hears it.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from entregent.circles import actions as circles
from entregent.circles.models import Circle, Member
from entregent.communities.models import Membership, Report

#: The kind of the circle of those who hear a report.
KIND = "hearing"


def keep(report: Report) -> int:
    """Have the stewards hear a report, other than whoever it names; the key of the circle.

    Whoever makes it is in the circle as well, so that it is never empty.
    """
    circle = circles.circle(kind=KIND, about=report.uid)
    stewards = Membership.objects.filter(community=report.community_id, role=Membership.Role.STEWARD)
    heard_by = {report.owner_id, *stewards.values_list("person", flat=True)} - {report.person_id}
    Member.objects.filter(circle=circle).exclude(person__in=heard_by).delete()
    _put(Member(circle_id=circle, person_id=person) for person in heard_by)
    return circle


def keep_all(community: int) -> None:
    """Keep the circles of every report to a community."""
    for report in _told(community):
        keep(report)


def admit(*, community: int, steward: int, stewards: int) -> None:
    """Have a new steward, who is in the circle `stewards`, hear what does not concern them."""
    circles = _told(community).exclude(person=steward).values_list("audience", flat=True)
    _put(Member(circle_id=circle, person_id=steward) for circle in (stewards, *circles))


def dismiss(*, community: int, steward: int) -> None:
    """Have a former steward hear nothing more; what they reported themselves stays theirs."""
    Member.objects.filter(person=steward, circle__in=_circles(_told(community).exclude(owner=steward))).delete()


def forget(person: int) -> None:
    """Forget what a person reported; what others reported about them stays theirs, and nobody else hears it."""
    said, named = Report.ledger.filter(owner=person), Report.ledger.filter(person=person)
    close(list(said.values_list("uid", flat=True)))
    said.delete()
    Member.objects.filter(circle__in=_circles(named)).delete()
    named.update(person=None, audience=None)


def close(reports: Collection[UUID]) -> None:
    """Take the circles of reports away."""
    Circle.objects.filter(kind=KIND, about__in=reports).delete()


def _told(community: int) -> "QuerySet[Report]":
    return Report.ledger.filter(community=community).exclude(audience=None)


def _circles(reports: "QuerySet[Report]") -> "QuerySet[Circle]":
    return Circle.objects.filter(kind=KIND, about__in=reports.values("uid"))


def _put(places: Iterable[Member]) -> None:
    Member.objects.bulk_create(places, ignore_conflicts=True)
