"""Channels by which a calendar, or an offer of a seat, would tell what is hidden from whoever reads it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Max, Q

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified, gatherings, standings
from entregent.meetups import queries as meetups
from entregent.meetups.models import Export, Joint, Meetup, Rsvp
from entregent.meetups.shown import Evening, Gathering, Place
from entregent.web import calendars, export_log
from tests.laws.worlds.channels import EVENING, channel, put


@channel("a calendar of all evenings of a community", "evening", "community_calendar")
def raw_calendar() -> Iterator[None]:
    def published(viewer: Viewer, *, community: str) -> list[Gathering]:
        rows = Meetup.ledger.filter(community__slug=community).order_by(*standings.NEXT)
        return gatherings._gatherings(viewer, rows)

    with put(gatherings, "published", published):
        yield


@channel("a calendar that is dated when somebody last answered", "answer", "evening_calendar", "community_calendar")
def dated_by_answers() -> Iterator[None]:
    real = calendars.entry

    def entry(one: Gathering, **said: Any) -> Any:
        last = Rsvp.ledger.filter(meetup=one.key).aggregate(last=Max("answered_at"))["last"]
        return replace(real(one, **said), revised_at=max(one.revised_at, last or one.revised_at))

    with put(calendars, "entry", entry):
        yield


@channel("an evening that names all communities in which it stands", "joint", "evening")
def told_joints() -> Iterator[None]:
    real = standings.communities

    def communities(viewer: Viewer, meetup: Meetup) -> list[Place]:
        further = Joint.ledger.filter(meetup=meetup).order_by("pk").values_list("community__name", flat=True)
        own, *_seen = real(viewer, meetup)
        return [own, *(replace(own, key=0, name=name) for name in further)]

    with put(standings, "communities", communities):
        yield


@channel("a list of the evenings of a community, those that are not told to stand there too", "joint", "community")
def listed_joints() -> Iterator[None]:
    def standing_in(_viewer: Viewer, **community: Any) -> Q:
        further = Joint.ledger.filter(**{f"community__{name}": one for name, one in community.items()})
        return Q(**{f"community__{name}": one for name, one in community.items()}) | Q(pk__in=further.values("meetup"))

    with put(standings, "standing_in", standing_in):
        yield


@channel("a link to a past evening that tells of it to whoever does not see it", "recalled", "evening_recalled")
def told_by_link() -> Iterator[None]:
    def recalling(viewer: Viewer, code: str, recalled: str) -> Evening:
        found = Meetup.ledger.exclude(recalled="").filter(code=code, recalled=recalled).first()
        if found is None:
            raise errors.NotFound
        return meetups._evening(viewer, found)

    with put(meetups, "recalling", recalling):
        yield


@channel("a state that counts those who are still on the list", "answer", *EVENING)
def counted_list() -> Iterator[None]:
    real = declassified.state

    def state(meetup: Meetup, room: int | None) -> str:
        waits = Rsvp.ledger.filter(meetup=meetup, answer__in=("waiting", "lapsed", "not_going")).exists()
        return "waiting" if waits and real(meetup, room) == "open" else real(meetup, room)

    with put(declassified, "state", state):
        yield


@channel("an export log for whoever sees the evening", "export", "evening")
def open_log() -> Iterator[None]:
    def exports(viewer: Viewer, code: str) -> list[declassified.Taken]:
        about = meetups.evening(viewer, code).uid
        rows = Export.objects.filter(about=about).order_by("pk").values_list("made_at", "by", "fields")
        return [declassified.Taken(made_at, by, tuple(fields.split())) for made_at, by, fields in rows]

    with put(declassified, "exports", exports):
        yield


@channel("an export log that says whether whoever took the list is still here", "account", "evening")
def log_of_those_who_left() -> Iterator[None]:
    real = export_log.exports

    def exports(viewer: Viewer, code: str) -> list[dict[str, Any]]:
        left = [one.by is None for one in declassified.exports(viewer, code)]
        return [{**one, "by": "-" if gone else one["by"]} for one, gone in zip(real(viewer, code), left, strict=True)]

    with put(export_log, "exports", exports):
        yield


@channel("an export that names those who come to nobody", "answer", "evening_export", "evening_share")
def named_export() -> Iterator[None]:
    def lines(viewer: Viewer, meetup: Meetup, seats: int) -> Iterator[declassified.Seat]:
        rows = Rsvp.ledger.filter(meetup=meetup, answer="going").order_by("owner").values_list("owner", "name")
        yield from (declassified.Seat(person, name, "Vetiver") for person, name in rows)

    with put(declassified, "_lines", lines):
        yield
