"""Evenings as calendars read them (iCalendar, RFC 5545): the same bytes for the same evenings. Pure.

Nobody's name is in it: neither who organises nor who comes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar

#: Who made the file, as the format wants to know it.
MAKER = "-//Entregent//Entregent//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """An evening in a calendar. Times are aware; `zone` names the zone in which they are told.

    `sure` is false where a seat is not certain; `revision` counts changes, the last one at `revised_at`. `where` and
    `address` (of its page) may be empty.
    """

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    address: str
    cancelled: bool
    sure: bool
    revision: int
    revised_at: datetime


def calendar(name: str, host: str, entries: Iterable[Entry]) -> bytes:
    """A calendar of that name on that host; each evening is told in its own zone."""
    written = icalendar.Calendar()
    for field, value in (("prodid", MAKER), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        written.add(field, value)
    for entry in entries:
        written.add_component(_event(entry, host))
    written.add_missing_timezones()
    return bytes(written.to_ical())


def _event(entry: Entry, host: str) -> icalendar.Event:
    zone, event = ZoneInfo(entry.zone), icalendar.Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", entry.revised_at)
    event.add("sequence", entry.revision)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED" if entry.sure else "TENTATIVE")
    for field, value in (("location", entry.where), ("url", entry.address)):
        if value:
            event.add(field, value)
    return event
