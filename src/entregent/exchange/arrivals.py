"""Writes what is new of a history, in batches: every row, circle and searchable line that an evening held here has."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Manager, Model

from entregent.circles import actions as circles
from entregent.circles.models import Circle, Member, Within
from entregent.common import clock, days
from entregent.communities import actions as communities
from entregent.communities.models import Community
from entregent.exchange.models import Origin
from entregent.exchange.origins import EVENT, GROUP, MEMBER
from entregent.exchange.records import History
from entregent.meetups import seats, waitlist
from entregent.meetups.models import Meetup, Rsvp, Series
from entregent.people.models import Person
from entregent.profiles.models import Name
from entregent.search import actions as search

Row = TypeVar("Row", bound=Model)
Advance = Callable[[int], None]

#: How long an evening lasts: no file says so.
LASTS = timedelta(hours=2)
BATCH = 2000
GOING = Rsvp.Answer.GOING
_NUMBERED = re.compile(r"[A-Za-z]?(\d+)")


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows of what is here, by the keys of the files. What is written is added."""

    series: dict[str, int]
    people: dict[str, int]
    evenings: dict[str, int]


@dataclass(frozen=True, slots=True)
class New:
    """What is to be written, by the keys of the files."""

    groups: list[str]
    members: list[str]
    events: list[str]
    answers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs: the community, what the files say, what is here, the zone of the evenings, whom to tell."""

    community: Community
    history: History
    keys: Keys
    zone: str
    advance: Advance

    @property
    def circle(self) -> int:
        """The key of the circle of the community's members: the audience of everything."""
        return circles.circle(kind="members", about=self.community.uid)


def write(desk: Desk, new: New) -> None:
    """Write all of `new`."""
    _people(desk, new.members)
    _series(desk, new.groups)
    _evenings(desk, new)
    _answers(desk, new)


def called(key: str) -> str:
    """What a person is called of whom only the key of a file is known.

    >>> called("m476").split(), called("anna-476").split()
    (['n°', '476'], ['n°', 'anna-476'])
    """
    numbered = _NUMBERED.fullmatch(key)
    return f"n°\u00a0{numbered[1] if numbered else key}"[:80]


def _people(desk: Desk, members: list[str]) -> None:
    rows = _written(Person.objects, (Person() for _ in members), desk.advance)
    audience = desk.circle
    said = (Name(owner=row, audience_id=audience, text=called(key)) for key, row in _pairs(members, rows))
    names = _written(Name.ledger, said)
    search.write_many(facts=(search.Words(name, "name", name.text, subject=name.owner_id) for name in names))
    communities.enrol(community=desk.community.pk, people=[row.pk for row in rows])
    desk.keys.people.update(_originate(desk, MEMBER, members, rows))


def _series(desk: Desk, groups: list[str]) -> None:
    said = ((key, desk.history.groups[key]) for key in groups)
    series = (Series(community=desk.community, name=group.name, category=group.category) for _key, group in said)
    desk.keys.series.update(_originate(desk, GROUP, groups, _written(Series.objects, series, desk.advance)))


def _evenings(desk: Desk, new: New) -> None:
    coming, audience = Counter(event for event, _member in new.answers), desk.circle
    evenings = (_evening(desk, key, coming[key], audience) for key in new.events)
    rows = _written(Meetup.ledger, evenings, desk.advance)
    desk.keys.evenings.update(_originate(desk, EVENT, new.events, rows))
    search.write_many(facts=(_words(row) for row in rows))
    _organise(rows)


def _evening(desk: Desk, key: str, coming: int, audience: int) -> Meetup:
    event = desk.history.events[key]
    group = desk.history.groups[event.group]
    return Meetup(
        owner_id=desk.keys.people[group.organiser],
        audience_id=audience,
        community=desk.community,
        series_id=desk.keys.series[event.group],
        title=event.title,
        starts_at=event.at,
        ends_at=event.at + LASTS,
        zone=desk.zone,
        taken=coming,
        band=waitlist.band(coming),
        band_on=days.today(desk.zone),
    )


def _words(row: Meetup) -> search.Words:
    return search.Words(row, kind="evening", text=row.title, on=row.starts_at.astimezone(ZoneInfo(row.zone)).date())


def _organise(evenings: list[Meetup]) -> None:
    """The circles that `meetups.actions.announce` makes: who organises counts as coming."""
    organisers = _circles("organisers", evenings)
    going = _circles("going", evenings)
    _written(Member.objects, (Member(circle_id=organisers[row.pk], person_id=row.owner_id) for row in evenings))
    _written(Within.objects, (Within(inner_id=organisers[row.pk], outer_id=going[row.pk]) for row in evenings))


def _circles(kind: str, evenings: list[Meetup]) -> dict[int, int]:
    written = _written(Circle.objects, (Circle(kind=kind, about=row.uid) for row in evenings))
    return {row.pk: circle.pk for row, circle in zip(evenings, written, strict=True)}


def _answers(desk: Desk, new: New) -> None:
    places = [(desk.keys.evenings[event], desk.keys.people[member]) for event, member in new.answers]
    going, starts = _going(desk.community), _starts(desk.community)
    audience, now = desk.circle, clock.now()
    answers = (
        Rsvp(meetup_id=at, owner_id=who, audience_id=audience, answer=GOING, answered_at=min(starts[at], now))
        for at, who in places
    )
    _written(Rsvp.ledger, answers, desk.advance)
    _written(Member.objects, (Member(circle_id=going[at], person_id=who) for at, who in places))
    written = {desk.keys.evenings[event] for event in new.events}
    _count_again(desk.community, {at for at, _who in places} - written)


def _starts(community: Community) -> dict[int, datetime]:
    return dict(Meetup.ledger.filter(community=community).values_list("pk", "starts_at"))


def _going(community: Community) -> dict[int, int]:
    """The circle of those who come, for every evening of the community."""
    evenings = Meetup.ledger.filter(community=community)
    keys = dict(Circle.objects.filter(kind="going", about__in=evenings.values("uid")).values_list("about", "pk"))
    return {key: keys[uid] for key, uid in evenings.values_list("pk", "uid")}


def _count_again(community: Community, evenings: Iterable[int]) -> None:
    """Count the seats of evenings that were here before this import."""
    zones = dict(Meetup.ledger.filter(community=community).values_list("pk", "zone"))
    for key in evenings:
        band = waitlist.band(Rsvp.ledger.filter(meetup=key, answer=GOING).count())
        Meetup.ledger.filter(pk=key).update(taken=seats.count(key), band=band, band_on=days.today(zones[key]))


def _originate(desk: Desk, kind: str, keys: Sequence[str], rows: Sequence[Any]) -> dict[str, int]:
    """Remember which row came of which key of the files; the rows by key."""
    addresses = desk.history.members if kind == MEMBER else {}
    origins = (
        Origin(community=desk.community, kind=kind, key=key, about=row.uid, address=addresses.get(key, ""))
        for key, row in _pairs(keys, rows)
    )
    _written(Origin.objects, origins)
    return {key: row.pk for key, row in _pairs(keys, rows)}


def _pairs(keys: Sequence[str], rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return zip(keys, rows, strict=True)


def _written(table: Manager[Row], rows: Iterable[Row], advance: Advance = lambda _count: None) -> list[Row]:
    """Insert `rows` in batches, and tell the progress; the rows, with their keys."""
    waiting, written = iter(rows), []
    while batch := list(islice(waiting, BATCH)):
        written += table.bulk_create(batch)
        advance(len(batch))
    return written
