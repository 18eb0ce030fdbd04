"""What may be known of an evening by people who may not see what it is made of: how many, never who.

Each function is one line of the closed list in `docs/discretion.md` (D1, D2, D5, D7, D8), and gives no more than that.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.common import chance, clock, days, errors
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import tally, tickets, times, waitlist
from entregent.meetups.models import Admission, Export, Meetup, Organising, Pick, Presence, Rsvp
from entregent.meetups.shown import Entry
from entregent.statements.prepared import prepared

GOING, WAITING, OFFERED = Rsvp.Answer.GOING, Rsvp.Answer.WAITING, Rsvp.Answer.OFFERED

#: How many people without an account an evening newly takes at least, and within how long.
VISITORS, HOUR = 200, timedelta(hours=1)

#: What a hidden guest is called on the organiser's list: plants, which have no gender and are nobody's name.
_ALIASES = pgettext_lazy(
    "plants that stand for guests whose name is not shown",
    "Vetiver Tamarind Lychee Mango Papaya Guava Longan Galangal Turmeric Cardamom Cinnamon Nutmeg Allspice Lemongrass "
    "Geranium Coconut Pineapple Passionfruit Breadfruit Starfruit Hibiscus Frangipani Vanilla Bamboo Bracken Agave "
    "Aloe Anthurium Orchid Pepper Peppermint Thyme",
)


def state(meetup: Meetup, room: int | None) -> str:
    """D1: whether an evening is `open`, has a `waiting` list, or is `early`, `closed`, `cancelled` or `past`.

    `room` is what `room` says of it, which asks.
    """
    if meetup.cancelled_at is not None:
        return "cancelled"
    if meetup.ends_at <= clock.now():
        return "past"
    window = times.window(meetup.opens_at, meetup.closes_at, clock.now())
    if window != "open":
        return window
    return "waiting" if room == 0 else "open"


def room(meetup: Meetup) -> int | None:
    """D1: how many people may newly come together, of as many as may be brought; None where there is no limit.

    Nobody may while a free seat is kept for a party that waits for more of them.
    """
    free = waitlist.free(meetup.taken, meetup.capacity)
    if free is None:
        return None
    return min(0 if _is_kept(meetup) else free, 1 + meetup.guests)


def _is_kept(meetup: Meetup) -> bool:
    """Whether whoever gets on the list now stands behind somebody for whom seats are kept."""
    waiting = Rsvp.ledger.filter(meetup=meetup, answer=WAITING, guests__lt=meetup.capacity).exists()
    return waiting and times.offered_until(meetup.starts_at, meetup.zone, clock.now()) is not None


def takes_visitors(meetup: Meetup, party: int) -> bool:
    """D1: whether a party may newly come without an account: not while too many people did within an hour.

    These are `VISITORS`, or twice its seats where that is more: a room and its waiting list fill once, not a database.
    """
    newly = Rsvp.ledger.filter(meetup=meetup, answered_at__gt=clock.now() - HOUR).exclude(name="")
    people = newly.aggregate(people=Sum(F("guests") + 1))["people"] or 0
    return people + party <= max(VISITORS, 2 * (meetup.capacity or 0))


def band(meetup: Meetup) -> tuple[int, int] | None:
    """D1: between how many and how many come, as of today's count; None where the organiser turned it off."""
    if not meetup.shows_band:
        return None
    return meetup.band, meetup.band + waitlist.BAND - 1


def within_reach(meetup: Meetup, mine: Rsvp) -> int:
    """D2: of as many seats as a party waits for, how many are free for it, though they be too few; else 0.

    Somebody has to wait first, or shortly before the start, when seats are kept for nobody; after answers were closed,
    too.
    """
    free = waitlist.free(meetup.taken, meetup.capacity)
    over = meetup.cancelled_at is not None or meetup.ends_at <= clock.now()
    before = Rsvp.ledger.filter(meetup=meetup, answer=WAITING).order_by("answered_at", "pk")
    first = before.filter(guests__lt=meetup.capacity or 0).values_list("pk", flat=True).first()
    kept = times.offered_until(meetup.starts_at, meetup.zone, clock.now()) is not None
    if over or free is None or (kept and first != mine.pk):
        return 0
    return min(free, 1 + mine.guests)


def place_in_queue(meetup: Meetup, mine: Rsvp) -> int:
    """D2: how many stand before somebody on the waiting list, themselves included, as their answer was read.

    Where they are given a seat meanwhile they still have a place: nobody is number nothing.
    """
    before = Q(answered_at__lt=mine.answered_at) | Q(answered_at=mine.answered_at, pk__lt=mine.pk)
    return 1 + Rsvp.ledger.filter(before, meetup=meetup, answer=WAITING).count()


def down(audience: int | None) -> bool:
    """D8: whether somebody asked that a picture be taken down; whoever put it there sees it still, and nobody else."""
    return audience is None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that is taken. `person` and `name` (a first name without account) are those that the organiser may see.

    `alias` is drawn anew each time, for a line whose name is not shown. `brought` says that it is not theirs, but of
    somebody whom they bring. `pictured` is what whoever has a name said of being on
    pictures.
    """

    person: int | None
    name: str
    alias: str
    brought: bool = False
    pictured: bool | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """D5: how many come, wait, came, and stayed away once it is over; and a line for each who comes, in no order.

    Whoever is offered a seat waits until they take it. People who are brought come and wait as well; only those who
    answered themselves can be said to have come, or to have stayed away.
    """

    coming: int
    waiting: int
    came: int
    stayed_away: int
    lines: tuple[Seat, ...]


def seats(viewer: Viewer, code: str) -> Seats:
    """D5, for the organisers of an evening, until the day that its page says.

    Raises `NotFound` for everybody else, `Refused` once that day is over.
    """
    meetup = _told(viewer, code)
    answers = list(Rsvp.ledger.filter(meetup=meetup).values_list("owner", "answer", "guests"))
    going = {person: 1 + guests for person, answer, guests in answers if answer == GOING}
    came = set(Presence.ledger.filter(meetup=meetup).values_list("owner", flat=True))
    let_in = list(Admission.ledger.filter(meetup=meetup).values_list("seat__owner", flat=True))
    seated = [person for person in let_in if person is not None]
    came |= set(seated)
    return Seats(
        coming=sum(going.values()),
        waiting=sum(1 + guests for _, answer, guests in answers if answer in {WAITING, OFFERED}),
        came=len(came) + len(let_in) - len(seated),
        stayed_away=len(going.keys() - came) if meetup.ends_at <= clock.now() else 0,
        lines=tuple(_lines(viewer, meetup, sum(going.values()))),
    )


#: Whether somebody counts towards how many have to answer, and what they chose by the key of each question.
_Chosen = tuple[bool, dict[str, int]]


def shares(viewer: Viewer, code: str) -> list[tuple[str, list[tuple[str, int | None]]]]:
    """D5, for the organisers: of each question, how many in ten of those who come and answered chose what.

    None where too few members answered who do not organise: whoever reads this knows what they themselves said, and may
    have invented guests. Raises what `seats` does.
    """
    meetup = _told(viewer, code)
    going = Rsvp.ledger.filter(meetup=meetup, answer=GOING).values("owner")
    organise = {meetup.owner_id, *Organising.ledger.filter(meetup=meetup).values_list("owner", flat=True)}
    rows = Pick.ledger.filter(meetup=meetup, owner__in=going).values_list("owner", "owner__account", "picks")
    picks = [(account is not None and owner not in organise, picked) for owner, account, picked in rows]
    return [(text, _shares(text, choices, picks)) for text, choices in meetup.questions]


def _shares(text: str, choices: Sequence[str], picks: Sequence[_Chosen]) -> list[tuple[str, int | None]]:
    key = tally.key_of(text, choices)
    chosen = Counter(picked[key] for _counts, picked in picks if key in picked)
    people = sum(counts for counts, picked in picks if key in picked)
    told = tally.tenths([chosen[place] for place in range(len(choices))], people)
    return list(zip(choices, told or [None] * len(choices), strict=True))


@dataclass(frozen=True, slots=True)
class Taken:
    """The list was taken out as a file: when, by whom (the key of a person, None once they left), which fields."""

    made_at: datetime
    by: int | None
    fields: tuple[str, ...]


def exports(viewer: Viewer, code: str) -> list[Taken]:
    """D7, for those who come or came to an evening, and who organises it: each export of its list, the last one first.

    It is told whoever made it, also of somebody who keeps everything else from the viewer; nothing for everybody else.
    """
    of = next(iter(_seen(viewer, code.upper())), None)
    if of is None or not any(discretion.stands_in(viewer, kind, of) for kind in ("going", "attended")):
        return []
    return [Taken(made_at, by, tuple(fields.split())) for made_at, by, fields in _taken(of)]


@prepared
def _seen(viewer: Viewer, code: str) -> QuerySet[Any, UUID]:
    return Meetup.objects.visible_to(viewer).filter(code=code).values_list("uid", flat=True)


@prepared
def _taken(of: UUID) -> QuerySet[Any, Any]:
    return Export.objects.filter(about=of).order_by("-made_at", "-pk").values_list("made_at", "by", "fields")


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A seat that is taken, at the door: `seat` is its public id, `person` and `name` as in `Seat`.

    `key` is its ticket, which nobody can read from it; `entry` says when they were let in, None until then.
    """

    seat: UUID
    person: int | None
    name: str
    key: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Door:
    """D5 at the door: a line for each who comes, in no order; aliases for as many; those who walked in, by first name.

    `inside` counts everybody who was let in, those who gave their seat back meanwhile too.
    """

    lines: tuple[DoorLine, ...]
    aliases: tuple[str, ...]
    walkers: tuple[tuple[str, Entry], ...]
    inside: int


def door(viewer: Viewer, code: str, *, salt: str = "", door: str = "") -> Door:
    """D5 for those at the door: who of those who come was let in, when, by which door. Raises what `at_the_door` does.

    `salt` is drawn for one list, and `door` names the one that asks.
    """
    meetup = at_the_door(viewer, code)
    named = _named(viewer, meetup).values_list("pk", "owner", "name")
    seen: dict[int, tuple[int | None, str]] = {seat: (person, name) for seat, person, name in named}
    entries = [(row.seat_id, row.name, entry(row, door)) for row in Admission.ledger.filter(meetup=meetup)]
    let_in = {seat: told for seat, _name, told in entries if seat is not None}
    lines = []
    for seat in Rsvp.ledger.filter(meetup=meetup, answer=GOING):
        person, name = seen.get(seat.pk, (None, ""))
        key = tickets.hidden(salt, tickets.code(settings.SECRET_KEY, seat.uid, seat.answered_at))
        lines.append(DoorLine(seat.uid, person, name, key, let_in.get(seat.pk)))
    walkers = sorted(((name, told) for seat, name, told in entries if seat is None), key=lambda one: str(one[1].at))
    return Door(tuple(lines), tuple(_drawn(len(lines))), tuple(walkers), len(entries))


@dataclass(frozen=True, slots=True)
class Presented:
    """A seat at the door: `person` and `name` as in `Seat`, and what the door says to its holder."""

    person: int | None
    name: str
    entry: Entry


def presented(
    viewer: Viewer,
    code: str,
    *,
    ticket: str = "",
    line: UUID | None = None,
    door: str = "",
    at: datetime | None = None,
) -> Presented:
    """D5: the seat whose ticket somebody presents, or which a line of the list stands for, and what the door says.

    `at` is when a door without network noted it. Raises what `at_the_door` does.
    """
    meetup = at_the_door(viewer, code, at)
    named = _named(viewer, meetup)
    seat = holder(meetup, ticket) if ticket else named.filter(uid=line).first() if line else None
    person, name = named.filter(pk=seat.pk if seat else 0).values_list("owner", "name").first() or (None, "")
    return Presented(person, name, standing(seat, door))


def holder(meetup: Meetup, ticket: str) -> Rsvp | None:
    """D5: the seat whose ticket somebody presents, given back or not."""
    wanted = tickets.typed(ticket)
    for seat in Rsvp.ledger.filter(meetup=meetup):
        if tickets.code(settings.SECRET_KEY, seat.uid, seat.answered_at) == wanted:
            return seat
    return None


def standing(seat: Rsvp | None, door: str = "") -> Entry:
    """D5: what the door says to the holder of a seat, `in` where they can be let in."""
    if seat is None:
        return Entry("unknown")
    before = Admission.ledger.filter(seat=seat).first()
    if before is not None:
        return entry(before, door, "already")
    if seat.answer in {WAITING, OFFERED}:
        return Entry("waiting")
    return Entry("in" if seat.answer == GOING else "given_back")


def entry(row: Admission, door: str, outcome: str = "in") -> Entry:
    """What is told of somebody who was let in."""
    return Entry(outcome, at=row.at, here=row.door == door, uid=row.uid)


def organised(viewer: Viewer, code: str) -> Meetup:
    """An evening, for those who organise it. Raises `NotFound` for everybody else."""
    meetup: Meetup | None = Meetup.objects.visible_to(viewer).filter(code=code.upper()).first()
    if meetup is None or not discretion.stands_in(viewer, "organisers", meetup.uid):
        raise errors.NotFound
    return meetup


def at_the_door(viewer: Viewer, code: str, at: datetime | None = None) -> Meetup:
    """An evening of which those at its door are told, for those who organise it. Raises `NotFound`, `Refused`."""
    meetup = organised(viewer, code)
    check_door(meetup, at)
    return meetup


def check_door(meetup: Meetup, at: datetime | None) -> None:
    """Whether those at the door are told who comes, or were at `at`, when they noted somebody without network.

    Raises `Refused`.
    """
    now = clock.now()
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    late = now >= meetup.ends_at + times.DOORS_CLOSE + times.NOTES_END
    if late or not times.list_is_open(meetup.starts_at, meetup.ends_at, min(at or now, now)):
        raise errors.Refused(_("The door’s page is there from the day before until six hours after the end."))


def _told(viewer: Viewer, code: str) -> Meetup:
    """An evening of which those who organise it are still told."""
    meetup = organised(viewer, code)
    if days.today(meetup.zone) > times.told_until(meetup.ends_at, meetup.zone):
        raise errors.Refused(_("You were told who came until fifteen days after the evening, as its page said."))
    return meetup


def let_in_at(viewer: Viewer, code: str) -> datetime | None:
    """D2: when the viewer themselves was let in at the door of an evening."""
    mine = Admission.ledger.filter(meetup__code=code.upper(), seat__owner=viewer.person, seat__isnull=False)
    return mine.values_list("at", flat=True).first()


def _lines(viewer: Viewer, meetup: Meetup, seats: int) -> Iterator[Seat]:
    seen = _named(viewer, meetup)
    aliases, named = iter(_drawn(seats)), 0
    for person, name, guests, pictured in seen.values_list("owner", "name", "guests", "pictured"):
        for number in range(1 + guests):
            yield Seat(person, name, next(aliases), brought=number > 0, pictured=None if number else pictured)
        named += 1 + guests
    yield from (Seat(None, "", next(aliases)) for _ in range(seats - named))


def _named(viewer: Viewer, meetup: Meetup) -> "QuerySet[Rsvp]":
    rows: QuerySet[Rsvp] = Rsvp.objects.visible_to(viewer)
    return rows.filter(meetup=meetup, answer=GOING).order_by("owner")


def _drawn(count: int) -> Sequence[str]:
    words = str(_ALIASES).split()
    rounds = (f"{word} {turn}" if turn else word for turn in range(count // len(words) + 1) for word in words)
    return sorted(rounds, key=lambda _: chance.bits(32))[:count]
