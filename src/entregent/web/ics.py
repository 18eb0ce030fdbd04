"""Evenings as calendars read them (iCalendar, RFC 5545): the same bytes for the same evenings. Pure.

Nobody's name is in it, neither who organises nor who comes, but in a task of one's own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar

from entregent.web import ics_series
from entregent.web.ics_entry import Entry, Task

#: Who made the file, as the format wants to know it.
MAKER = "-//Entregent//Entregent//EN"


def calendar(name: str, host: str, entries: Iterable[Entry], tasks: Iterable[Task] = ()) -> bytes:
    """A calendar of that name on that host; each evening is told in its own zone, a series by its rule, then tasks."""
    written = icalendar.Calendar()
    for field, value in (("prodid", MAKER), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        written.add(field, value)
    for together in _together(entries):
        series = ics_series.told(together)
        for event in _recurring(series, host) if series is not None else (_event(one, host) for one in together):
            written.add_component(event)
    for task in tasks:
        written.add_component(_task(task, host))
    written.add_missing_timezones()
    return bytes(written.to_ical())


def _together(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Evenings by series, in the order of the first of each; one that stands alone by itself."""
    found: dict[UUID, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.uid if entry.recurs is None else entry.recurs.series, []).append(entry)
    return list(found.values())


def _recurring(series: ics_series.Series, host: str) -> Iterator[icalendar.Event]:
    """The evening that most are like, with the rule; then each that differs, by the moment that the rule gives it."""
    uid, zone = series.recurs.series, ZoneInfo(series.usual.zone)
    starts_at, ends_at = series.times
    master = replace(series.usual, uid=uid, starts_at=starts_at, ends_at=ends_at, address=series.recurs.address)
    event = _event(replace(master, cancelled=False, revision=series.revision, revised_at=series.revised_at), host)
    event.add("rrule", icalendar.vRecur.from_ical(series.rule))
    if series.left_out:
        event.add("exdate", [at.astimezone(zone) for at in series.left_out])
    yield event
    for at, entry in series.apart:
        other = _event(replace(entry, uid=uid), host)
        other.add("recurrence-id", at.astimezone(zone))
        yield other


def _event(entry: Entry, host: str) -> icalendar.Event:
    event = icalendar.Event()
    for field, value in _said(entry, host):
        event.add(field, value)
    return event


def _said(entry: Entry, host: str) -> Iterator[tuple[str, Any]]:
    yield "uid", f"{entry.uid}@{host}"
    yield "dtstamp", entry.revised_at
    yield "sequence", entry.revision
    yield "summary", entry.title
    yield "dtstart", _there(entry.starts_at, entry)
    yield "dtend", _there(entry.ends_at, entry)
    yield "status", "CANCELLED" if entry.cancelled else "CONFIRMED" if entry.sure else "TENTATIVE"
    yield from ((field, value) for field, value in (("location", entry.where), ("url", entry.address)) if value)


def _there(at: datetime, entry: Entry) -> datetime:
    return at.astimezone(ZoneInfo(entry.zone))


def _task(task: Task, host: str) -> icalendar.Event:
    event = icalendar.Event()
    said = {"uid": f"{task.uid}@{host}", "dtstamp": task.said_at, "summary": task.title, "dtstart": task.on}
    for field, value in {**said, "transp": "TRANSPARENT", "url": task.address}.items():
        event.add(field, value)
    return event
