"""Reads of lists of evenings: those to come, those that were, those of a calendar, those that two people share."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value

from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.communities.models import Community
from entregent.discretion import queries as discretion
from entregent.discretion.models import Fact
from entregent.discretion.viewer import Viewer
from entregent.meetups import queries, standings
from entregent.meetups.models import Admission, Joint, Meetup, Organising, Presence, Rsvp
from entregent.meetups.shown import Gathering, Own, Planned
from entregent.statements.prepared import prepared

GOING, OFFERED, WAITING = Rsvp.Answer.GOING, Rsvp.Answer.OFFERED, Rsvp.Answer.WAITING
HOPES = {GOING, OFFERED, WAITING}
#: How far back calendars are told of evenings.
LOOKING_BACK = timedelta(days=90)
#: Of how many evenings a community's calendar tells, of those to come and of those that were: two a day for eight
#: months. Whoever reads it may be anybody, at any moment: what it costs has an end, however many are announced.
PUBLISHED = 500


def upcoming(viewer: Viewer, *, community: str | None = None, limit: int = 20) -> list[Gathering]:
    """The evenings that are not over, the next one first; those of one community where its slug is given.

    Of a series it is the next one alone, and those that the viewer answered.
    """
    rows = _meetups(viewer, community).filter(ends_at__gt=clock.now(), cancelled_at=None)
    return _folded(viewer, rows, limit)


def agenda(viewer: Viewer, *, limit: int = 20) -> list[Gathering]:
    """What `upcoming` holds of the viewer's communities, and whatever else they answered."""
    mine = standings.standing_in(viewer, uid__in=discretion.places_of_kind(viewer, "members"))
    own = mine | Q(pk__in=standings.answered_by(viewer))
    rows = _meetups(viewer, None).filter(own, ends_at__gt=clock.now(), cancelled_at=None)
    return _folded(viewer, rows, limit)


def past(viewer: Viewer, *, community: str | None = None, limit: int = 20) -> list[Gathering]:
    """The evenings that are over, the last one first; those of one community where its slug is given."""
    rows = _meetups(viewer, community).filter(ends_at__lte=clock.now(), cancelled_at=None)
    return _gatherings(viewer, rows.order_by(*standings.LAST)[:limit])


def found(
    viewer: Viewer,
    *,
    community: str = "",
    towns: Collection[str] | None = None,
    first: datetime | None = None,
    before: datetime | None = None,
    limit: int = 100,
) -> list[Gathering]:
    """The evenings that begin from `first` on and before another moment, else those to come; the first one first.

    Those of a community where its slug is given, and in `towns` where these are.
    """
    rows = _meetups(viewer, community or None).filter(cancelled_at=None)
    soon = {"ends_at__gt": clock.now()} if first is None else {"starts_at__gte": first, "starts_at__lt": before}
    at = {} if towns is None else {"town__in": towns}
    return _gatherings(viewer, rows.filter(**soon, **at).order_by(*standings.NEXT)[:limit])


def towns(viewer: Viewer) -> list[str]:
    """Where the evenings take place that the viewer sees, each town once."""
    rows = Meetup.objects.visible_to(viewer).filter(cancelled_at=None).exclude(town="")
    return sorted(set(rows.values_list("town", flat=True)), key=str.casefold)


def dates(viewer: Viewer, code: str) -> list[Gathering]:
    """The evenings to come of the series of an evening, cancelled ones too, the first one first.

    Nothing for an evening that stands alone. Raises `NotFound`.
    """
    found = Meetup.objects.visible_to(viewer).filter(code=code.upper()).values_list("series", "slot_on").first()
    if found is None:
        raise errors.NotFound
    if found[1] is None:
        return []
    rows = Meetup.objects.visible_to(viewer).filter(series=found[0], slot_on__isnull=False, ends_at__gt=clock.now())
    return _gatherings(viewer, rows.order_by(*standings.NEXT))


def expecting(viewer: Viewer, *, limit: int = 20) -> list[Gathering]:
    """The evenings that are not over where the viewer comes, or waits for a seat; the next one first."""
    mine = standings.answered_by(viewer).filter(answer__in=(GOING, OFFERED, WAITING))
    rows = _meetups(viewer, None).filter(pk__in=mine, ends_at__gt=clock.now(), cancelled_at=None)
    return _gatherings(viewer, rows.order_by(*standings.NEXT)[:limit])


def company(viewer: Viewer) -> dict[int, list[Gathering]]:
    """Who shows the viewer that they come to the evenings of `expecting`: those of each, the next one first.

    One statement for all of these, however many they are and whoever comes.
    """
    evenings = expecting(viewer)
    coming = sorted(_coming(viewer, [one.key for one in evenings]))
    people: dict[int, list[Gathering]] = {person: [] for _meetup, person in coming}
    for one in evenings:
        for person in (person for meetup, person in coming if meetup == one.key):
            people[person].append(one)
    return people


def lately(viewer: Viewer, since: datetime) -> Gathering | None:
    """The last evening where the viewer said that they were, if it ended after `since`."""
    here = Presence.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")
    over = _meetups(viewer, None).filter(pk__in=here, ends_at__lte=clock.now(), ends_at__gt=since, cancelled_at=None)
    return next(iter(_gatherings(viewer, over.order_by(*standings.LAST)[:1])), None)


def planned(viewer: Viewer) -> list[Planned]:
    """The viewer's own evenings, of the last months and to come, cancelled ones too; the first one first."""
    mine = Rsvp.objects.visible_to(viewer).filter(owner=viewer.me, answer__in=(GOING, OFFERED, WAITING))
    said = {meetup: terms for meetup, *terms in mine.values_list("meetup", "answer", "audience", "discreet")}
    own = Q(pk__in=said) | Q(uid__in=discretion.places_of_kind(viewer, "organisers"))
    rows = _meetups(viewer, None).filter(own, ends_at__gt=clock.now() - LOOKING_BACK).order_by(*standings.NEXT)
    return [_planned(one, *said.get(one.key, (GOING, one.audience, False))) for one in _gatherings(viewer, rows)]


def _planned(one: Gathering, answer: str, audience: int | None, discreet: bool) -> Planned:
    return Planned(one, sure=answer == GOING, hidden=discreet or audience is None)


def published(viewer: Viewer, *, community: str) -> list[Gathering]:
    """The evenings of a community, of the last months and to come, cancelled ones too; the first one first.

    Where they are many, those that are nearest, before and after now.
    """
    rows, now = _meetups(viewer, community), clock.now()
    to_come = rows.filter(ends_at__gt=now).order_by(*standings.NEXT)[:PUBLISHED]
    over = rows.filter(ends_at__lte=now, ends_at__gt=now - LOOKING_BACK).order_by(*standings.LAST)[:PUBLISHED]
    return _gatherings(viewer, sorted([*over, *to_come], key=lambda one: (one.starts_at, one.uid)))


def gathering(viewer: Viewer, code: str) -> Gathering:
    """The evening at an address, as lists tell it. Raises `NotFound`."""
    found = _gatherings(viewer, Meetup.objects.visible_to(viewer).filter(code=code.upper()))
    if not found:
        raise errors.NotFound
    return found[0]


def gatherings(viewer: Viewer, evenings: Collection[UUID]) -> dict[UUID, Gathering]:
    """Those of `evenings` that the viewer may see, by public id."""
    rows = Meetup.objects.visible_to(viewer).filter(uid__in=evenings)
    return {one.uid: one for one in _gatherings(viewer, rows)}


def attended_by(viewer: Viewer, person: int, *, limit: int = 20) -> list[Gathering]:
    """The evenings at which the viewer may know that a person was, or had said to be, the last one first."""
    return together(viewer, person, person, limit=limit)


def together(viewer: Viewer, one: int, other: int, *, limit: int = 20) -> list[Gathering]:
    """The evenings at which the viewer may know that both people were, or had said to be, the last one first."""
    held = queries.there(viewer, people={one, other})
    both = {each.meetup for each in held if each.person == one} & {each.meetup for each in held if each.person == other}
    rows = Meetup.objects.visible_to(viewer).filter(uid__in=both, starts_at__lte=clock.now())
    return _gatherings(viewer, rows.order_by(*standings.LAST)[:limit])


def mine(viewer: Viewer) -> list[Own]:
    """The viewer's answers, their presences and the evenings that they organise, in no order that says anything.

    Whom they let in at the door counts once for each evening.
    """
    said = [stated for kind in (Rsvp, Presence, Meetup, Organising, Joint) for stated in _stated(viewer, kind)]
    said += dict(_stated(viewer, Admission)).items()
    rows = Meetup.objects.visible_to(viewer).filter(pk__in={meetup for meetup, _own in said})
    evenings = {evening.key: evening for evening in _gatherings(viewer, rows)}
    return [replace(own, evening=evenings.get(meetup)) for meetup, own in said]


def _meetups(viewer: Viewer, community: str | None) -> "QuerySet[Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows if community is None else rows.filter(standings.standing_in(viewer, slug=community))


def _folded(viewer: Viewer, rows: "QuerySet[Meetup]", limit: int) -> list[Gathering]:
    """Of each series the next evening, with how many follow, and those that the viewer answered; others as they are."""
    meetups = list(rows.order_by(*standings.NEXT))
    mine, later = _my_answers(viewer, meetups), Counter(m.series_id for m in meetups if m.slot_on)
    shown: dict[int, int] = {}
    for meetup in meetups:
        if meetup.slot_on is None or meetup.series_id in later or mine.get(meetup.pk) in HOPES:
            shown[meetup.pk] = later.pop(meetup.series_id, 1) - 1
    found = _gatherings(viewer, [m for m in meetups if m.pk in shown][:limit], mine)
    return [replace(one, more=shown[one.key]) for one in found]


def _gatherings(viewer: Viewer, rows: Iterable[Meetup], answers: Mapping[int, str] | None = None) -> list[Gathering]:
    meetups = list(rows)
    mine = _my_answers(viewer, meetups) if answers is None else answers
    slugs = dict(_slugs({meetup.community_id for meetup in meetups})) if meetups else {}
    recurring = standings.recurring(meetups)
    found = [_gathering(meetup, slugs[meetup.community_id], mine.get(meetup.pk, "")) for meetup in meetups]
    return [replace(one, recurs=recurring.get(one.key)) for one in found] if recurring else found


@prepared
def _slugs(communities: Collection[int]) -> "QuerySet[Any, Any]":
    return Community.objects.filter(pk__in=communities).values_list("pk", "slug")


def _my_answers(viewer: Viewer, meetups: list[Meetup]) -> dict[int, str]:
    if viewer.person is None or not meetups:
        return {}
    said = _answers_to(viewer, [meetup.pk for meetup in meetups])
    return {meetup: standings.standing(answer, until) for meetup, answer, until in said}


def invited(viewer: Viewer, circles: Collection[int]) -> dict[int, list[int]]:
    """The circles of the members of the communities in which evenings stand, by the circle of all who are in those.

    As far as the viewer may know, the evening's own first; of an evening that they do not see there is none.
    """
    about = dict(Circle.objects.filter(pk__in=circles, kind="invited").values_list("about", "pk"))
    own = Meetup.objects.visible_to(viewer).filter(uid__in=about).values_list("uid", "community__uid")
    further = Joint.objects.visible_to(viewer, "meetup").filter(meetup__uid__in=about)
    named = further.order_by("community__name", "community__slug").values_list("meetup__uid", "community__uid")
    stands = [*own, *named]
    members = Circle.objects.filter(kind="members", about__in={place for _evening, place in stands})
    keys = dict(members.values_list("about", "pk"))
    found: dict[int, list[int]] = {circle: [] for circle in about.values()}
    for evening, place in stands:
        found[about[evening]].append(keys[place])
    return found


@prepared
def _answers_to(viewer: Viewer, meetups: Collection[int]) -> "QuerySet[Any, Any]":
    rows = Rsvp.objects.visible_to(viewer).filter(owner=viewer.me, meetup__in=meetups)
    return rows.values_list("meetup", "answer", "offered_until")


def _gathering(meetup: Meetup, community: str, my_answer: str) -> Gathering:
    return Gathering(
        uid=meetup.uid,
        key=meetup.pk,
        code=meetup.code,
        title=meetup.title,
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        zone=meetup.zone,
        place=meetup.place,
        address=meetup.address,
        town=meetup.town,
        community=community,
        owner=meetup.owner_id,
        audience=meetup.audience_id,
        cancelled=meetup.cancelled_at is not None,
        my_answer=my_answer,
        revised_at=meetup.revised_at,
    )


@prepared
def _coming(viewer: Viewer, evenings: Collection[int]) -> "QuerySet[Any, Any]":
    rows = Rsvp.objects.visible_to(viewer, "meetup").filter(meetup__in=evenings, answer=GOING, name="")
    return rows.values_list("meetup", "owner")


def _stated(viewer: Viewer, kind: type[Fact]) -> Iterator[tuple[int, Own]]:
    said = {Rsvp: F("answer"), Joint: F("community__name")}.get(kind, Value(""))
    rows = kind.objects.visible_to(viewer).filter(owner=viewer.me).annotate(said=said).order_by("uid")
    meetup = "pk" if kind is Meetup else "meetup"
    for key, *terms in rows.values_list(meetup, "uid", "said", "audience", "discreet"):
        yield key, Own(kind.__name__, *terms)
