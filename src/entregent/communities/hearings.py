"""Who hears a report: the circle `hearing` about it, kept whenever a report is made and whenever stewards change."""

from collections.abc import Collection
from uuid import UUID

from entregent.communities.models import Membership, Report
from entregent.discretion import actions as discretion
from entregent.discretion.models import Circle

#: The kind of the circle of those who hear a report.
KIND = "hearing"


def keep(report: Report) -> int:
    """Have the stewards hear a report, other than whoever it names; the key of the circle.

    Whoever makes it is in the circle as well: it takes as many statements where nobody else is.
    """
    stewards = Membership.objects.filter(community=report.community_id, role=Membership.Role.STEWARD)
    heard_by = {report.owner_id, *stewards.values_list("person", flat=True)} - {report.person_id}
    return discretion.keep(kind=KIND, about=report.uid, people=dict.fromkeys(heard_by))


def keep_all(community: int) -> None:
    """Keep the circles of every report to a community."""
    for report in Report.ledger.filter(community=community).exclude(audience=None):
        keep(report)


def forget(person: int) -> None:
    """Forget what a person reported; what others reported about them stays theirs, and nobody else hears it."""
    said, named = Report.ledger.filter(owner=person), Report.ledger.filter(person=person)
    silent = [*said.values_list("uid", flat=True), *named.values_list("uid", flat=True)]
    said.delete()
    named.update(person=None, audience=None)
    close(silent)


def close(reports: Collection[UUID]) -> None:
    """Have nobody hear these reports any more."""
    Circle.objects.filter(kind=KIND, about__in=reports).delete()
