"""Reads about an evening: what it is, who comes and who was there. Lists of them are in `gatherings`."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Value

from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.meetups import declassified, standings, tally, tickets, times
from entregent.meetups.models import Feed, Habit, Listed, Meetup, Organising, Pick, Presence, Rsvp
from entregent.meetups.shown import (
    Evening,
    Host,
    MyPresence,
    OnList,
    Present,
    Question,
    Reader,
    Subscription,
    Terms,
    There,
    Ticket,
    Visitor,
)
from entregent.people.keys import digest
from entregent.statements.prepared import prepared

GOING, OFFERED, WAITING = Rsvp.Answer.GOING, Rsvp.Answer.OFFERED, Rsvp.Answer.WAITING


def evening(viewer: Viewer, code: str) -> Evening:
    """The evening at an address. Raises `NotFound`, for what no database takes as well."""
    if "\0" in code:
        raise errors.NotFound
    return _only(viewer, _coded(viewer, code.upper(), None))


def asking_for_help(viewer: Viewer, code: str, together: str) -> Evening:
    """The evening whose organisers asked others to organise it, by the code that they gave. Raises `NotFound`."""
    return _only(viewer, _coded(viewer, code.upper(), together.upper()))


def recalling(viewer: Viewer, code: str, recalled: str) -> Evening:
    """The evening whose organisers ask who was there, by the code that they gave. Raises `NotFound`."""
    return _only(viewer, _recalled(viewer, code.upper(), recalled.upper()))


def evening_about(viewer: Viewer, uid: UUID) -> Evening:
    """The evening that a notice is about. Raises `NotFound`."""
    return _only(viewer, _about(viewer, uid))


def evening_here(viewer: Viewer, here: str) -> Evening:
    """The evening whose table carries the code `here`. Raises `NotFound`."""
    return _only(viewer, _here(viewer, here.upper()))


def answered(viewer: Viewer) -> Evening:
    """The evening that the viewer is part of: the next one, else the last. Raises `NotFound` where there is none."""
    rows = Meetup.objects.visible_to(viewer)
    answers = standings.answered_by(viewer)
    presences = Presence.objects.visible_to(viewer).filter(owner=viewer.me).values("meetup")
    mine = rows.filter(Q(pk__in=answers) | Q(pk__in=presences))
    found = mine.filter(ends_at__gt=clock.now()).order_by(*standings.NEXT).first()
    found = found or mine.order_by(*standings.LAST).first()
    if found is None:
        raise errors.NotFound
    return _evening(viewer, found)


def first_name(viewer: Viewer) -> str:
    """The first name that the viewer gave last, who has no account; empty where they gave none."""
    for kind, last in ((Rsvp, "-answered_at"), (Presence, "-arrived_at")):
        mine: QuerySet[Any, Any] = kind.objects.visible_to(viewer).filter(owner=viewer.person).exclude(name="")
        for name in mine.order_by(last).values_list("name", flat=True)[:1]:
            return str(name)
    return ""


def terms(viewer: Viewer, code: str) -> Terms:
    """Who sees the viewer's answer to an evening, or would see their next one: as they last chose."""
    mine = _my_rsvp(viewer, code)
    answered = mine is not None and mine.answer != Rsvp.Answer.NOT_GOING
    audience, discreet = _habit(viewer)
    circle = mine.audience_id if mine is not None and answered else None
    if mine is not None and answered:
        audience, discreet = _called(circle), mine.discreet if circle else discreet
    return Terms(audience=audience, discreet=_unasked(viewer, discreet), circle=circle)


def usual(viewer: Viewer) -> Terms:
    """Who would see what the viewer answers, whatever the evening: as they last chose."""
    audience, discreet = _habit(viewer)
    return Terms(audience=audience, discreet=_unasked(viewer, discreet))


def _habit(viewer: Viewer) -> tuple[str, bool | None]:
    habit = Habit.objects.filter(person=viewer.person).first()
    return (habit.audience, habit.discreet) if habit else (str(GOING), None)


def _unasked(viewer: Viewer, discreet: bool | None) -> bool | None:
    """Whether it is discreet: who has no employer need not be asked; None for who is to be, and was not."""
    if discreet is None and (viewer.person is None or not market.employer_names(viewer)):
        return False
    return discreet


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


def visitors(viewer: Viewer, code: str) -> list[Visitor]:
    """Who comes to an evening without an account, or hopes to, of whom the viewer may see it; the latest first."""
    rows = _answers(viewer, code.upper()).exclude(name="").filter(answer__in=(GOING, OFFERED, WAITING))
    said = rows.order_by("-answered_at", "uid").values_list("answer", "offered_until", "uid", "name", "guests")
    stood = ((standings.standing(answer, until), uid, name, guests) for answer, until, uid, name, guests in said)
    lapsed = Rsvp.Answer.LAPSED
    return [Visitor(uid, name, stands == GOING, guests) for stands, uid, name, guests in stood if stands != lapsed]


def present(viewer: Viewer, code: str) -> list[Present]:
    """Who is, or was, at an evening, of those of whom the viewer may see it; the viewer first, then the latest."""
    rows = _presences(viewer).filter(meetup__code=code.upper()).order_by("-arrived_at", "uid")
    found = [Present(*row) for row in rows.values_list("uid", "owner", "name", "arrived_at")]
    return sorted(found, key=lambda one: one.person != viewer.person)


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


def subscription(viewer: Viewer) -> Subscription | None:
    """Whether the viewer's calendar reads their evenings, and what of them."""
    rows = Feed.objects.filter(person=viewer.me).values_list("busy", "promises", "made_at")
    return next((Subscription(*row) for row in rows), None)


def reader(*, secret: str) -> Reader | None:
    """Whose evenings the holder of a feed's secret reads, and what else."""
    rows = Feed.objects.filter(digest=digest(secret)).values_list("person", "busy", "promises")
    return next((Reader(*row) for row in rows), None)


def there(
    viewer: Viewer, *, people: Collection[int] | None = None, evenings: Collection[UUID] | None = None
) -> list[There]:
    """Who was at evenings, or says that they will be, as far as the viewer may know: of `people`, at `evenings`."""
    held: dict[tuple[int, UUID], bool] = {}
    for person, meetup, came in _there(viewer, people, evenings):
        held[person, meetup] = came or held.get((person, meetup), False)
    return [There(person, meetup, came) for (person, meetup), came in held.items()]


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
def _recalled(viewer: Viewer, code: str, recalled: str) -> "QuerySet[Meetup, Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(code=code, recalled=recalled).exclude(recalled="")


@prepared
def _about(viewer: Viewer, uid: UUID) -> "QuerySet[Meetup, Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(uid=uid)


@prepared
def _here(viewer: Viewer, here: str) -> "QuerySet[Meetup, Meetup]":
    rows: QuerySet[Meetup] = Meetup.objects.visible_to(viewer)
    return rows.filter(here=here)


def _evening(viewer: Viewer, meetup: Meetup) -> Evening:
    home, *further = standings.communities(viewer, meetup)
    mine = _my_rsvp(viewer, meetup.code)
    organises = discretion.stands_in(viewer, "organisers", meetup.uid)
    said = standings.standing(mine.answer, mine.offered_until) if mine else ""
    reach = declassified.within_reach(meetup, mine) if mine and said == WAITING else 0
    my_guests, room = mine.guests if mine and said != Rsvp.Answer.LAPSED else 0, declassified.room(meetup)
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
        community=home.slug,
        community_name=home.name,
        conduct=home.conduct,
        also=tuple((one.slug, one.name) for one in further),
        audience=_called(meetup.audience_id),
        state=declassified.state(meetup, room),
        band=declassified.band(meetup),
        shows_band=meetup.shows_band,
        capacity=meetup.capacity,
        my_answer=said,
        my_name=mine.name if mine else "",
        my_place_in_queue=declassified.place_in_queue(meetup, mine) if mine and said == WAITING else None,
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
        recalled=meetup.recalled if organises else "",
        owner=meetup.owner_id,
        farewell=meetup.farewell,
        recurs=standings.recurring([meetup]).get(meetup.pk),
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
AUDIENCES = {"everyone": "everyone", "going": "going", "organisers": "organisers", "": "me"}
AUDIENCES |= dict.fromkeys(("members", "communities", "invited"), "community")


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
