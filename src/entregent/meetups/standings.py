"""How evenings and answers stand, of rows that a query holds: in which order and series, until when an offer lasts."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from entregent.common import clock
from entregent.communities.models import Community
from entregent.discretion.viewer import Viewer
from entregent.meetups.models import Joint, Meetup, Rsvp, Series
from entregent.meetups.shown import Place, Recurring
from entregent.statements.prepared import prepared

#: The next evening first, the last one first; those of one hour in an order that tells nothing of their past.
NEXT, LAST = ("starts_at", "uid"), ("-starts_at", "uid")


def answered_by(viewer: Viewer) -> "QuerySet[Any, Any]":
    """The keys of the evenings that the viewer answered."""
    return Rsvp.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")


def standing_in(viewer: Viewer, **community: Any) -> Q:
    """That an evening stands in a community, as its own or as a further one; `community` are conditions on that."""
    further = Joint.objects.visible_to(viewer).filter(**{f"community__{name}": one for name, one in community.items()})
    own = Q(**{f"community__{name}": one for name, one in community.items()})
    return own | Q(pk__in=further.values("meetup"))


def communities(viewer: Viewer, meetup: Meetup) -> list[Place]:
    """In which communities an evening stands that the viewer sees, as far as they may know; its own first."""
    held = [Place(*row) for row in _communities(viewer, meetup.community_id, meetup.pk)]
    return sorted(held, key=lambda one: one.key != meetup.community_id)


@prepared
def _communities(viewer: Viewer, own: int, meetup: int) -> "QuerySet[Any, Any]":
    further = Joint.objects.visible_to(viewer).filter(meetup=meetup).values("community")
    rows = Community.objects.filter(Q(pk=own) | Q(pk__in=further)).order_by("name", "slug")
    return rows.values_list("pk", "uid", "slug", "name", "conduct")


def recurring(meetups: list[Meetup]) -> dict[int, Recurring]:
    """By which series evenings recur, of those that do."""
    kept = {one.series_id for one in meetups if one.series_id and one.slot_on}
    rows = Series.objects.filter(pk__in=kept).values_list("pk", "uid", "every") if kept else ()
    said = {key: (uid, every) for key, uid, every in rows}
    return {m.pk: Recurring(*said[m.series_id], m.slot_on) for m in meetups if m.series_id and m.slot_on}


def standing(answer: str, offered_until: datetime | None) -> str:
    """An answer as it stands at this moment: an offer lasts until its end, whenever the seat is passed on."""
    over = answer == Rsvp.Answer.OFFERED and offered_until is not None and offered_until <= clock.now()
    return Rsvp.Answer.LAPSED if over else answer
