"""A series as calendars read it (RFC 5545): a rule, what is left out of it, and what differs from it. Pure.

All of it is read from the evenings that the reader sees, and nothing else: the rule runs from the first of them to the
last one, and leaves out whatever lies between them and is not among them, whether it is hidden or was never there.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from entregent.meetups import recurrence
from entregent.web.ics_entry import Entry, Recurs

#: When an evening begins and ends.
Times = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Series:
    """`usual` is the evening that most are like, at `times` on the first day; `days` are all that the rule gives."""

    recurs: Recurs
    usual: Entry
    times: Times
    rule: str
    left_out: tuple[datetime, ...]
    apart: tuple[tuple[datetime, Entry], ...]
    revision: int
    revised_at: datetime


def told(entries: Sequence[Entry]) -> Series | None:
    """Evenings of one series as a rule with its exceptions; None where a rule would not hold them all, or is no use."""
    slots = {entry.recurs.on: entry for entry in entries if entry.recurs is not None}
    if len(slots) < 2 or len(slots) != len(entries):
        return None
    first = slots[min(slots)]
    days = recurrence.steps(_every(first), min(slots), max(slots))
    if not slots.keys() <= {*days} or first.recurs is None:
        return None
    usual = _usual(slots)
    return Series(
        recurs=first.recurs,
        usual=usual,
        times=_on(usual, days[0]),
        rule=f"{recurrence.line(_every(first), days[0])};COUNT={len(days)}",
        left_out=tuple(_on(usual, day)[0] for day in days if day not in slots),
        apart=tuple(_apart(usual, slots, days)),
        revision=max(entry.revision for entry in entries),
        revised_at=max(entry.revised_at for entry in entries),
    )


def _every(entry: Entry) -> str:
    return entry.recurs.every if entry.recurs is not None else ""


def _usual(slots: dict[date, Entry]) -> Entry:
    """The first of those that most are like, of those that take place on their day if there are any."""
    on_their_day = [slots[day] for day in sorted(slots) if _stands(slots[day], day)] or [slots[min(slots)]]
    most = Counter(map(_alike, on_their_day))
    return max(on_their_day, key=lambda entry: most[_alike(entry)])


def _stands(entry: Entry, day: date) -> bool:
    return not entry.cancelled and entry.starts_at.astimezone(ZoneInfo(entry.zone)).date() == day


def _alike(entry: Entry) -> Hashable:
    start, end = (at.astimezone(ZoneInfo(entry.zone)) for at in (entry.starts_at, entry.ends_at))
    return entry.title, entry.where, entry.zone, start.time(), end.time()


def _on(usual: Entry, day: date) -> Times:
    return recurrence.on_day(usual.starts_at, usual.ends_at, usual.zone, day)


def _apart(usual: Entry, slots: dict[date, Entry], days: list[date]) -> Iterator[tuple[datetime, Entry]]:
    """What a reader of the rule alone would get wrong, by the moment that the rule gives it."""
    length = _length(*_on(usual, days[0]))
    for day in sorted(slots):
        entry, start = slots[day], _on(usual, day)[0]
        same = (entry.title, entry.where, entry.zone) == (usual.title, usual.where, usual.zone)
        # Clients add the length of the first one: across a change of clocks that is not the hour on the wall.
        there = (entry.starts_at, _length(entry.starts_at, entry.ends_at)) == (start, length)
        if entry.cancelled or not (same and there):
            yield start, entry


def _length(start: datetime, end: datetime) -> float:
    return end.timestamp() - start.timestamp()
