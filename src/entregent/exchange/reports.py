"""What was reported and is heard by no steward who could sign in: the operator reads it, and sees to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import clock, errors
from entregent.communities import actions as memberships
from entregent.communities import queries as communities
from entregent.communities.models import Community, Membership, Report
from entregent.discretion.viewer import Viewer
from entregent.meetups import departures
from entregent.people.models import Person
from entregent.profiles.models import Name


@dataclass(frozen=True, slots=True)
class Unheard:
    """A report: what it is about, by public id and as whoever reports called it; who reports, where they have a name.

    `kind` is `person` or `evening`.
    """

    uid: UUID
    said_at: datetime
    community: str
    kind: str
    about: UUID
    called: str
    by: UUID
    by_name: str
    words: str


def unheard() -> list[Unheard]:
    """Every report that is on the table and that no steward hears, the oldest first."""
    open_ones = Report.ledger.filter(seen_to_at=None).exclude(audience=None).select_related("community", "owner")
    rows = list(open_ones.order_by("said_at", "pk"))
    heard = {uid for place in {row.community for row in rows} for uid in _heard(place)}
    names = dict(Name.ledger.filter(owner__in={row.owner_id for row in rows}).values_list("owner", "text"))
    return [_unheard(row, names.get(row.owner_id, "")) for row in rows if row.uid not in heard]


@transaction.atomic
def see_to(uid: UUID) -> None:
    """Take one of them off the table. Raises `NotFound` for whatever else there is."""
    memberships.settle(report=_one(uid).pk, seen_to_at=clock.now())


@transaction.atomic
def take_out(uid: UUID) -> None:
    """Take whom one of them names out of its community. Raises `NotFound`, and `Refused` for the only steward."""
    named = _one(uid)
    if named.person_id is not None:
        departures.expel(community=named.community_id, person=named.person_id)


def _one(uid: UUID) -> Report:
    if uid not in {one.uid for one in unheard()}:
        raise errors.NotFound(_("No report that nobody hears is called %s.") % uid)
    return Report.ledger.get(uid=uid)


def _heard(place: Community) -> set[UUID]:
    able = Person.objects.exclude(account=None)
    stewards = Membership.objects.filter(community=place, role=Membership.Role.STEWARD, person__in=able)
    viewers = [Viewer(person=person) for person in stewards.values_list("person", flat=True)]
    return {one.uid for viewer in viewers for one in communities.reports(viewer, place.slug)}


def _unheard(row: Report, name: str) -> Unheard:
    return Unheard(
        uid=row.uid,
        said_at=row.said_at,
        community=row.community.name,
        kind=row.kind,
        about=row.about,
        called=row.called,
        by=row.owner.uid,
        by_name=name,
        words=row.words,
    )
