"""Who hears a report: the circle `hearing` about it, kept whenever a report is made and whenever stewards change.

Making a report, or changing stewards, takes as many statements whatever else was reported and whoever hears it.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from entregent.circles import actions as circles
from entregent.communities.models import Concerned, Membership, Report
from entregent.people import queries as who

#: The kind of the circle of those who hear a report.
KIND = "hearing"


def keep(report: Report) -> int:
    """Have the stewards hear a report, other than whoever it names or concerns; the key of the circle.

    Wants the community's row locked, so that nobody becomes a steward, or ceases to be one, meanwhile.
    Whoever makes it is in the circle as well, so that it is never empty.
    """
    return circles.keep(kind=KIND, about=report.uid, people=lambda: dict.fromkeys(_hearers(report)))


def _hearers(report: Report) -> set[int]:
    stewards = Membership.objects.filter(community=report.community_id, role=Membership.Role.STEWARD)
    concerned = Concerned.objects.filter(about=report.about).values("person")
    others = stewards.exclude(person__in=concerned)
    return {report.owner_id, *others.values_list("person", flat=True)} - {report.person_id}


def keep_all(community: int) -> None:
    """Keep the circles of every report to a community."""
    for report in _told(community):
        keep(report)


def for_new(community: int, steward: int) -> list[int]:
    """The circles of the reports that a new steward is to hear: what does not concern them."""
    concerning = Concerned.objects.filter(person=steward).values("about")
    return _circles(_told(community).exclude(person=steward).exclude(about__in=concerning))


def keep_from(person: int, about: UUID) -> None:
    """Have somebody hear no report about a thing, made before or later: it concerns them."""
    Concerned.objects.bulk_create(
        [Concerned(about=about, person_id=person)],
        update_conflicts=True,
        unique_fields=["about", "person"],
        update_fields=["person"],
    )
    made = Report.ledger.filter(about=about).exclude(audience=None).exclude(owner=person)
    circles.dismiss(circles=_circles(made), person=person)


def for_former(community: int, steward: int) -> list[int]:
    """The circles of the reports that a former steward hears no more: what they reported themselves stays theirs."""
    return _circles(_told(community).exclude(owner=steward))


def adopt(person: int, heir: int) -> None:
    """Have reports of somebody name the person who they turn out to be, who does not hear them.

    What the heir reported stays behind: it is about themselves. Where both were reported by the same person, both
    reports stay, and the one that was made of the heir is the one that saying it again replaces.
    """
    named = Report.ledger.filter(person=person).exclude(owner=heir)
    circles.dismiss(circles=_circles(named.exclude(audience=None)), person=heir)
    one, other = who.uid_of(person=person), who.uid_of(person=heir)
    again = Report.ledger.filter(owner=OuterRef("owner"), about=other)
    # Its owner reads this row too, and is not to learn when somebody was found out to be another.
    named.filter(~Exists(again), about=one).update(about=other, changed_at=F("changed_at"))
    named.update(person=heir, changed_at=F("changed_at"))


def forget(person: int) -> None:
    """Forget what a person reported; what others reported about them stays theirs, and nobody else hears it."""
    said, named = Report.ledger.filter(owner=person), Report.ledger.filter(person=person)
    Concerned.objects.filter(person=person).delete()
    close(list(said.values_list("uid", flat=True)))
    said.delete()
    circles.empty(circles=_circles(named.exclude(audience=None)))
    named.update(person=None, audience=None)


def close(reports: Collection[UUID]) -> None:
    """Take the circles of reports away."""
    circles.close(kinds=[KIND], about=reports)


def _told(community: int) -> "QuerySet[Report]":
    return Report.ledger.filter(community=community).exclude(audience=None)


def _circles(reports: "QuerySet[Report]") -> list[int]:
    return list(reports.values_list("audience", flat=True))
