"""Reads about evenings: one, those to come and those that were, who comes and who was there."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value

from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.communities.models import Community
from entregent.discretion import queries as discretion
from entregent.discretion.models import Fact
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.meetups import declassified, tally, tickets, times
from entregent.meetups.models import (
    Admission,
    Feed,
    Habit,
    Listed,
    Meetup,
    Organising,
    Pick,
    Picture,
    Presence,
    Rsvp,
    Series,
    Takedown,
)
from entregent.meetups.shown import (
    Evening,
    Gathering,
    Host,
    MyPresence,
    OnList,
    Own,
    Pictured,
    Planned,
    Present,
    Question,
    Reader,
    Recurring,
    Subscription,
    Terms,
    There,
    Ticket,
)
from entregent.people.keys import digest
from entregent.statements.prepared import prepared

GOING, OFFERED, WAITING = Rsvp.Answer.GOING, Rsvp.Answer.OFFERED, Rsvp.Answer.WAITING
HOPES = {GOING, OFFERED, WAITING}
#: How far back calendars are told of evenings.
LOOKING_BACK = timedelta(days=90)
#: The next evening first, the last one first; those of one hour in an order that tells nothing of their past.
NEXT, LAST = ("starts_at", "uid"), ("-starts_at", "uid")


def evening(viewer: Viewer, code: str) -> Evening:
    """The evening at an address. Raises `NotFound`."""
    return _only(viewer, _coded(viewer, code.upper(), None))


def asking_for_help(viewer: Viewer, code: str, together: str) -> Evening:
    """The evening whose organisers asked others to organise it, by the code that they gave. Raises `NotFound`."""
    return _only(viewer, _coded(viewer, code.upper(), together.upper()))


def evening_about(viewer: Viewer, uid: UUID) -> Evening:
    """The evening that a notice is about. Raises `NotFound`."""
    return _only(viewer, _about(viewer, uid))


def evening_here(viewer: Viewer, here: str) -> Evening:
    """The evening whose table carries the code `here`. Raises `NotFound`."""
    return _only(viewer, _here(viewer, here.upper()))


def answered(viewer: Viewer) -> Evening:
    """The evening that the viewer is part of: the next one, else the last. Raises `NotFound` where there is none."""
    rows = Meetup.objects.visible_to(viewer)
    answers = _answered_by(viewer)
    presences = Presence.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")
    mine = rows.filter(Q(pk__in=answers) | Q(pk__in=presences))
    found = mine.filter(ends_at__gt=clock.now()).order_by(*NEXT).first()
    found = found or mine.order_by(*LAST).first()
    if found is None:
        raise errors.NotFound
    return _evening(viewer, found)


def terms(viewer: Viewer, code: str) -> Terms:
    """Who sees the viewer's answer to an evening, or would see their next one: as they last chose."""
    mine = _my_rsvp(viewer, code)
    answered = mine is not None and mine.answer != Rsvp.Answer.NOT_GOING
    habit = Habit.objects.filter(person=viewer.person).first()
    audience = habit.audience if habit else str(GOING)
    discreet = habit.discreet if habit else None
    if mine is not None and answered:
        audience, discreet = _called(mine.audience_id), mine.discreet if mine.audience_id else discreet
    if discreet is None and (viewer.person is None or not market.employer_names(viewer)):
        discreet = False
    return Terms(audience=audience, discreet=discreet)


def hosts(viewer: Viewer, code: str) -> list[Host]:
    """Who organises an evening with whoever announced it, as far as the viewer may know; the longest first."""
    return [Host(*row) for row in _hosts(viewer, code.upper())]


@prepared
def _hosts(viewer: Viewer, code: str) -> "QuerySet[Any, Any]":
    rows = Organising.objects.visible_to(viewer, "meetup").filter(meetup__code=code).order_by("since", "uid")
    return rows.values_list("uid", "owner")


def ticket(viewer: Viewer, code: str) -> Ticket:
    """The viewer's ticket, until the doors close. Raises `NotFound` for whoever has no seat."""
    live = Meetup.objects.visible_to(viewer).filter(code=code.upper(), cancelled_at=None)
    ends_at = live.filter(ends_at__gt=clock.now() - times.DOORS_CLOSE).values_list("ends_at", flat=True).first()
    mine = _my_rsvp(viewer, code)
    if ends_at is None or mine is None or mine.answer != GOING:
        raise errors.NotFound
    drawn = tickets.code(settings.SECRET_KEY, mine.uid, mine.answered_at)
    return Ticket(drawn, until=ends_at + times.DOORS_CLOSE, let_in_at=declassified.let_in_at(viewer, code))


def coming(viewer: Viewer, code: str) -> list[int]:
    """The keys of the people with an account who come to an evening, of whom the viewer may see it."""
    return _coming(viewer, code.upper())


@prepared
def _coming(viewer: Viewer, code: str) -> "QuerySet[Any, int]":
    return _answers(viewer, code).filter(answer=GOING, name="").order_by("owner").values_list("owner", flat=True)


def wanting(viewer: Viewer, code: str) -> list[int]:
    """The keys of the people with an account who want to come and have no seat, of whom the viewer may see it."""
    rows = _answers(viewer, code.upper()).filter(answer__in=(WAITING, OFFERED), name="")
    return list(rows.order_by("owner").values_list("owner", flat=True))


def present(viewer: Viewer, code: str) -> list[Present]:
    """Who is, or was, at an evening, of those of whom the viewer may see it; the viewer first, then the latest."""
    rows = _presences(viewer).filter(meetup__code=code.upper()).order_by("-arrived_at", "uid")
    found = [Present(*row) for row in rows.values_list("uid", "owner", "name", "arrived_at")]
    return sorted(found, key=lambda one: one.person != viewer.person)


def pictures(viewer: Viewer, code: str) -> list[Pictured]:
    """The pictures of an evening that the viewer may see, the first one first."""
    found = _pictures(viewer, code.upper())
    return [Pictured(uid, owner == viewer.person, declassified.down(audience)) for uid, owner, audience in found]


@prepared
def _pictures(viewer: Viewer, code: str) -> "QuerySet[Any, Any]":
    rows = Picture.objects.visible_to(viewer, "meetup").filter(meetup__code=code).order_by("added_at", "uid")
    return rows.values_list("uid", "owner", "audience")


def picture(viewer: Viewer, uid: UUID) -> bytes:
    """A picture of an evening, as a JPEG. Raises `NotFound`."""
    rows = Picture.objects.visible_to(viewer, "meetup").filter(uid=uid).values_list("picture", flat=True)
    found = rows.first()
    if found is None:
        raise errors.NotFound
    return bytes(found)


def taken_down(viewer: Viewer, code: str) -> list[UUID]:
    """What the viewer asked to be taken down of the pictures of an evening: the public id of each asking."""
    if viewer.person is None:
        return []
    rows = Takedown.objects.visible_to(viewer, "meetup").filter(owner=viewer.person, meetup__code=code.upper())
    return list(rows.order_by("uid").values_list("uid", flat=True))


def evening_of_picture(viewer: Viewer, uid: UUID) -> str:
    """The code of the evening of a picture that the viewer sees, or asked to be taken down. Raises `NotFound`."""
    shown = Picture.objects.visible_to(viewer, "meetup").filter(uid=uid)
    down = Takedown.objects.visible_to(viewer, "meetup").filter(about=uid, owner=viewer.me)
    code: str | None = shown.values_list("meetup__code", flat=True).first()
    code = code or down.values_list("meetup__code", flat=True).first()
    if code is None:
        raise errors.NotFound
    return code


def evening_of_takedown(viewer: Viewer, uid: UUID) -> str:
    """The code of the evening of a picture that the viewer asked to be taken down. Raises `NotFound`."""
    rows = Takedown.objects.visible_to(viewer, "meetup").filter(uid=uid, owner=viewer.me)
    code: str | None = rows.values_list("meetup__code", flat=True).first()
    if code is None:
        raise errors.NotFound
    return code


def my_pictures(viewer: Viewer) -> list[tuple[UUID, int | None, str]]:
    """The viewer's own pictures of evenings: public id, audience (a circle), and what the evening is called."""
    rows = Picture.objects.visible_to(viewer, "meetup").filter(owner=viewer.me).order_by("added_at", "uid")
    return list(rows.values_list("uid", "audience", "meetup__title"))


def my_presence(viewer: Viewer, code: str) -> MyPresence | None:
    """The viewer's own presence at an evening; None where they have not said that they are there."""
    for audience, discreet, arrived_at in _presence(viewer, code.upper()):
        return MyPresence(seen=audience is not None, discreet=discreet, arrived_at=arrived_at)
    return None


@prepared
def _presence(viewer: Viewer, code: str) -> "QuerySet[Any, Any]":
    mine = _presences(viewer).filter(meetup__code=code, owner=viewer.person)
    return mine.values_list("audience", "discreet", "arrived_at")


def listed(viewer: Viewer, code: str) -> list[OnList]:
    """Who is on the viewer's own list of an evening, brought from elsewhere, by name."""
    rows = Listed.objects.visible_to(viewer, "meetup").filter(owner=viewer.me, meetup__code=code.upper())
    found = rows.filter(until__gt=clock.now()).values_list("name", "mail", "key", "until")
    return sorted((OnList(*row) for row in found), key=lambda one: (one.name.casefold(), one.key))


def mine(viewer: Viewer) -> list[Own]:
    """The viewer's answers, their presences and the evenings that they organise, in no order that says anything.

    Whom they let in at the door counts once for each evening.
    """
    said = [stated for kind in (Rsvp, Presence, Meetup, Organising) for stated in _stated(viewer, kind)]
    said += dict(_stated(viewer, Admission)).items()
    rows = Meetup.objects.visible_to(viewer).filter(pk__in={meetup for meetup, _own in said})
    evenings = {evening.key: evening for evening in _gatherings(viewer, rows)}
    return [replace(own, evening=evenings.get(meetup)) for meetup, own in said]


def upcoming(viewer: Viewer, *, community: str | None = None, limit: int = 20) -> list[Gathering]:
    """The evenings that are not over, the next one first; those of one community where its slug is given.

    Of a series it is the next one alone, and those that the viewer answered.
    """
    rows = _meetups(viewer, community).filter(ends_at__gt=clock.now(), cancelled_at=None)
    return _folded(viewer, rows, limit)


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
    return _gatherings(viewer, rows.filter(**soon, **at).order_by(*NEXT)[:limit])


def towns(viewer: Viewer) -> list[str]:
    """Where the evenings take place that the viewer sees, each town once."""
    rows = Meetup.objects.visible_to(viewer).filter(cancelled_at=None).exclude(town="")
    return sorted(set(rows.values_list("town", flat=True)), key=str.casefold)


def agenda(viewer: Viewer, *, limit: int = 20) -> list[Gathering]:
    """What `upcoming` holds of the viewer's communities, and whatever else they answered."""
    own = Q(community__uid__in=discretion.places_of_kind(viewer, "members")) | Q(pk__in=_answered_by(viewer))
    rows = _meetups(viewer, None).filter(own, ends_at__gt=clock.now(), cancelled_at=None)
    return _folded(viewer, rows, limit)


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
    return _gatherings(viewer, rows.order_by(*NEXT))


def expecting(viewer: Viewer, *, limit: int = 20) -> list[Gathering]:
    """The evenings that are not over where the viewer comes, or waits for a seat; the next one first."""
    mine = _answered_by(viewer).filter(answer__in=(GOING, OFFERED, WAITING))
    rows = _meetups(viewer, None).filter(pk__in=mine, ends_at__gt=clock.now(), cancelled_at=None)
    return _gatherings(viewer, rows.order_by(*NEXT)[:limit])


def lately(viewer: Viewer, since: datetime) -> Gathering | None:
    """The last evening where the viewer said that they were, if it ended after `since`."""
    here = Presence.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")
    over = _meetups(viewer, None).filter(pk__in=here, ends_at__lte=clock.now(), ends_at__gt=since, cancelled_at=None)
    return next(iter(_gatherings(viewer, over.order_by(*LAST)[:1])), None)


def planned(viewer: Viewer) -> list[Planned]:
    """The viewer's own evenings, of the last months and to come, cancelled ones too; the first one first."""
    mine = Rsvp.objects.visible_to(viewer).filter(owner=viewer.me, answer__in=(GOING, OFFERED, WAITING))
    said = {meetup: terms for meetup, *terms in mine.values_list("meetup", "answer", "audience", "discreet")}
    own = Q(pk__in=said) | Q(uid__in=discretion.places_of_kind(viewer, "organisers"))
    rows = _meetups(viewer, None).filter(own, ends_at__gt=clock.now() - LOOKING_BACK).order_by(*NEXT)
    return [_planned(one, *said.get(one.key, (GOING, one.audience, False))) for one in _gatherings(viewer, rows)]


def _planned(one: Gathering, answer: str, audience: int | None, discreet: bool) -> Planned:
    return Planned(one, sure=answer == GOING, hidden=discreet or audience is None)


def published(viewer: Viewer, *, community: str) -> list[Gathering]:
    """The evenings of a community, of the last months and to come, cancelled ones too; the first one first."""
    return _gatherings(
        viewer, _meetups(viewer, community).filter(ends_at__gt=clock.now() - LOOKING_BACK).order_by(*NEXT)
    )


def gathering(viewer: Viewer, code: str) -> Gathering:
    """The evening at an address, as lists tell it. Raises `NotFound`."""
    found = _gatherings(viewer, Meetup.objects.visible_to(viewer).filter(code=code.upper()))
    if not found:
        raise errors.NotFound
    return found[0]


def subscription(viewer: Viewer) -> Subscription | None:
    """Whether the viewer's calendar reads their evenings, and what of them."""
    rows = Feed.objects.filter(person=viewer.me).values_list("busy", "promises", "made_at")
    return next((Subscription(*row) for row in rows), None)


def reader(*, secret: str) -> Reader | None:
    """Whose evenings the holder of a feed's secret reads, and what else."""
    rows = Feed.objects.filter(digest=digest(secret)).values_list("person", "busy", "promises")
    return next((Reader(*row) for row in rows), None)


def past(viewer: Viewer, *, community: str | None = None, limit: int = 20) -> list[Gathering]:
    """The evenings that are over, the last one first; those of one community where its slug is given."""
    rows = _meetups(viewer, community).filter(ends_at__lte=clock.now(), cancelled_at=None)
    return _gatherings(viewer, rows.order_by(*LAST)[:limit])


def there(
    viewer: Viewer, *, people: Collection[int] | None = None, evenings: Collection[UUID] | None = None
) -> list[There]:
    """Who was at evenings, or says that they will be, as far as the viewer may know: of `people`, at `evenings`."""
    held: dict[tuple[int, UUID], bool] = {}
    for person, meetup, came in _there(viewer, people, evenings):
        held[person, meetup] = came or held.get((person, meetup), False)
    return [There(person, meetup, came) for (person, meetup), came in held.items()]


def gatherings(viewer: Viewer, evenings: Collection[UUID]) -> dict[UUID, Gathering]:
    """Those of `evenings` that the viewer may see, by public id."""
    rows = Meetup.objects.visible_to(viewer).filter(uid__in=evenings)
    return {one.uid: one for one in _gatherings(viewer, rows)}


def attended_by(viewer: Viewer, person: int, *, limit: int = 20) -> list[Gathering]:
    """The evenings at which the viewer may know that a person was, or had said to be, the last one first."""
    return together(viewer, person, person, limit=limit)


def together(viewer: Viewer, one: int, other: int, *, limit: int = 20) -> list[Gathering]:
    """The evenings at which the viewer may know that both people were, or had said to be, the last one first."""
    held = there(viewer, people={one, other})
    both = {each.meetup for each in held if each.person == one} & {each.meetup for each in held if each.person == other}
    rows = Meetup.objects.visible_to(viewer).filter(uid__in=both, starts_at__lte=clock.now())
    return _gatherings(viewer, rows.order_by(*LAST)[:limit])


def _only(viewer: Viewer, found: Iterable[Meetup]) -> Evening:
    for meetup in found:
        return _evening(viewer, meetup)
    raise errors.NotFound


@prepared
def _coded(viewer: Viewer, code: str, together: str | None) -> "QuerySet[Meetup, Meetup]":
    said = {} if together is None else {"together": together}
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(code=code, **said)


@prepared
def _about(viewer: Viewer, uid: UUID) -> "QuerySet[Meetup, Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(uid=uid)


@prepared
def _here(viewer: Viewer, here: str) -> "QuerySet[Meetup, Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(here=here)


@prepared
def _community(key: int) -> "QuerySet[Any, Any]":
    return Community.objects.filter(pk=key).values_list("slug", "name", "conduct")


def _evening(viewer: Viewer, meetup: Meetup) -> Evening:
    [(slug, name, conduct)] = _community(meetup.community_id)
    mine = _my_rsvp(viewer, meetup.code)
    organises = discretion.stands_in(viewer, "organisers", meetup.uid)
    said = _standing(mine.answer, mine.offered_until) if mine else ""
    reach = declassified.within_reach(meetup, mine) if mine and said == WAITING else 0
    my_guests, room = mine.guests if mine else 0, declassified.room(meetup)
    return Evening(
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
        words=meetup.words,
        community=slug,
        community_name=name,
        conduct=conduct,
        audience=_called(meetup.audience_id),
        state=declassified.state(meetup, room),
        band=declassified.band(meetup),
        shows_band=meetup.shows_band,
        capacity=meetup.capacity,
        my_answer=said,
        my_name=mine.name if mine else "",
        my_place_in_queue=declassified.place_in_queue(viewer, meetup) if said == WAITING else None,
        my_offer_until=mine.offered_until if mine and said == OFFERED else None,
        takes=said == OFFERED or (said == WAITING and reach > my_guests),
        opens_at=meetup.opens_at,
        closes_at=meetup.closes_at,
        guests=meetup.guests,
        my_guests=my_guests,
        room=room,
        within_reach=reach,
        questions=_questions(viewer, meetup),
        organises=organises,
        here=meetup.here if organises else None,
        together=meetup.together if organises else "",
        owner=meetup.owner_id,
        farewell=meetup.farewell,
        recurs=_recurring([meetup]).get(meetup.pk),
        pictures=meetup.pictures,
        my_pictured=mine.pictured if mine else None,
    )


def _questions(viewer: Viewer, meetup: Meetup) -> tuple[Question, ...]:
    """What the evening asks, and what the viewer chose."""
    picks: dict[str, int] = {}
    if meetup.questions and viewer.person is not None:
        mine = Pick.objects.visible_to(viewer).filter(meetup=meetup, owner=viewer.person)
        picks = next(iter(mine.values_list("picks", flat=True)), {})
    asked = ((tally.key_of(text, choices), text, tuple(choices)) for text, choices in meetup.questions)
    return tuple(Question(key, text, choices, picks.get(key)) for key, text, choices in asked)


def has_picks(viewer: Viewer) -> bool:
    """Whether the viewer chose something at the questions of an evening."""
    return Pick.objects.visible_to(viewer).filter(owner=viewer.me).exists()


#: What the audience of an evening or of an answer is called, by the kind of its circle; empty where it is nobody else.
AUDIENCES = {"everyone": "everyone", "members": "community", "going": "going", "organisers": "organisers", "": "me"}


def _called(circle: int | None) -> str:
    return AUDIENCES[next(iter(_kind(circle)))] if circle else AUDIENCES[""]


@prepared
def _kind(circle: int) -> "QuerySet[Any, str]":
    return Circle.objects.filter(pk=circle).values_list("kind", flat=True)


@prepared
def _there(viewer: Viewer, people: Collection[int] | None, evenings: Collection[UUID] | None) -> "QuerySet[Any, Any]":
    """Who, at which evening, whether they came; twice where they had also said so."""
    which: dict[str, Any] = {"meetup__cancelled_at": None}
    which |= {} if people is None else {"owner__in": people}
    which |= {} if evenings is None else {"meetup__uid__in": evenings}
    going, came = (
        rows.filter(**which).values_list("owner", "meetup__uid", Value(there))
        for rows, there in ((_going(viewer), False), (_presences(viewer), True))
    )
    return going.union(came, all=True)


def _answers(viewer: Viewer, code: str) -> "QuerySet[Rsvp]":
    rows: QuerySet[Rsvp] = Rsvp.objects.visible_to(viewer)
    return rows.filter(meetup__in=Meetup.objects.visible_to(viewer).filter(code=code))


def _going(viewer: Viewer) -> "QuerySet[Rsvp]":
    return Rsvp.objects.visible_to(viewer, "meetup").filter(answer=GOING)


def _presences(viewer: Viewer) -> "QuerySet[Presence]":
    return Presence.objects.visible_to(viewer, "meetup")


def _my_rsvp(viewer: Viewer, code: str) -> Rsvp | None:
    return None if viewer.person is None else next(iter(_answer(viewer, code.upper())), None)


@prepared
def _answer(viewer: Viewer, code: str) -> "QuerySet[Rsvp, Rsvp]":
    rows: QuerySet[Rsvp] = Rsvp.objects.visible_to(viewer)
    return rows.filter(meetup__in=Meetup.objects.visible_to(viewer).filter(code=code), owner=viewer.me)


def _answered_by(viewer: Viewer) -> "QuerySet[Any, Any]":
    """The keys of the evenings that the viewer answered."""
    return Rsvp.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")


def _stated(viewer: Viewer, kind: type[Fact]) -> Iterator[tuple[int, Own]]:
    said = F("answer") if kind is Rsvp else Value("")
    rows = kind.objects.visible_to(viewer).filter(owner=viewer.me).annotate(said=said).order_by("uid")
    meetup = "pk" if kind is Meetup else "meetup"
    for key, *terms in rows.values_list(meetup, "uid", "said", "audience", "discreet"):
        yield key, Own(kind.__name__, *terms)


def _meetups(viewer: Viewer, community: str | None) -> "QuerySet[Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows if community is None else rows.filter(community__slug=community)


def _folded(viewer: Viewer, rows: "QuerySet[Meetup]", limit: int) -> list[Gathering]:
    """Of each series the next evening, with how many follow, and those that the viewer answered; others as they are."""
    meetups = list(rows.order_by(*NEXT))
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
    slugs = dict(_slugs({meetup.community_id for meetup in meetups}))
    recurring = _recurring(meetups)
    found = [_gathering(meetup, slugs[meetup.community_id], mine.get(meetup.pk, "")) for meetup in meetups]
    return [replace(one, recurs=recurring.get(one.key)) for one in found] if recurring else found


@prepared
def _slugs(communities: Collection[int]) -> "QuerySet[Any, Any]":
    return Community.objects.filter(pk__in=communities).values_list("pk", "slug")


def _recurring(meetups: list[Meetup]) -> dict[int, Recurring]:
    """By which series evenings recur, of those that do."""
    kept = {one.series_id for one in meetups if one.series_id and one.slot_on}
    rows = Series.objects.filter(pk__in=kept).values_list("pk", "uid", "every") if kept else ()
    said = {key: (uid, every) for key, uid, every in rows}
    return {m.pk: Recurring(*said[m.series_id], m.slot_on) for m in meetups if m.series_id and m.slot_on}


def _my_answers(viewer: Viewer, meetups: list[Meetup]) -> dict[int, str]:
    if viewer.person is None or not meetups:
        return {}
    said = _answers_to(viewer, [meetup.pk for meetup in meetups])
    return {meetup: _standing(answer, until) for meetup, answer, until in said}


@prepared
def _answers_to(viewer: Viewer, meetups: Collection[int]) -> "QuerySet[Any, Any]":
    rows = Rsvp.objects.visible_to(viewer).filter(owner=viewer.me, meetup__in=meetups)
    return rows.values_list("meetup", "answer", "offered_until")


def _standing(answer: str, offered_until: datetime | None) -> str:
    """An answer as it stands at this moment: an offer lasts until its end, whenever the seat is passed on."""
    over = answer == OFFERED and offered_until is not None and offered_until <= clock.now()
    return Rsvp.Answer.LAPSED if over else answer


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
        revision=meetup.revision,
        revised_at=meetup.revised_at,
    )
