"""How an evening recurs: its rule as calendars write it, the days on which it falls, the same hours on another. Pure.

A rule needs a day to stand on: with the first day of a series, `nth` is "the second Thursday of the month".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil import rrule

#: Each week or each second week on that weekday; each month on that weekday, at the same rank or as the last one.
WEEK, FORTNIGHT, NTH, LAST = "week", "fortnight", "nth", "last"
RULES = (WEEK, FORTNIGHT, NTH, LAST)
#: How many evenings a series has at most.
MOST = 60
#: The days as RFC 5545 calls them, Monday first.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Recurs:
    """How an evening is to recur: by a rule, so many `times` or until a day, that day included; one of the two."""

    every: str
    times: int | None = None
    last_on: date | None = None


def line(every: str, on: date) -> str:
    """The rule as calendars write it (RFC 5545, 3.3.10), without its end.

    >>> [line(every, date(2026, 11, 26)) for every in RULES]
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2', 'FREQ=MONTHLY;BYDAY=4TH', 'FREQ=MONTHLY;BYDAY=-1TH']
    """
    if every in {WEEK, FORTNIGHT}:
        return "FREQ=WEEKLY" if every == WEEK else "FREQ=WEEKLY;INTERVAL=2"
    return f"FREQ=MONTHLY;BYDAY={rank(on) if every == NTH else -1}{_DAYS[on.weekday()]}"


def rank(on: date) -> int:
    """The how-manieth of its weekday a day is in its month.

    >>> rank(date(2026, 11, 5)), rank(date(2026, 11, 26))
    (1, 4)
    """
    return (on.day - 1) // 7 + 1


def stands_on(every: str, on: date) -> bool:
    """Whether a series can begin on a day: not each month has a fifth Thursday, and the last one has none after it.

    >>> stands_on(NTH, date(2026, 10, 29)), stands_on(LAST, date(2026, 10, 29)), stands_on(LAST, date(2026, 11, 19))
    (False, True, False)
    """
    if every == LAST:
        return (on + timedelta(days=7)).month != on.month
    return every != NTH or rank(on) < 5


def days(every: str, first: date) -> Iterator[date]:
    """The days of a series, from the first one on, without an end.

    >>> [f"{day:%d %b}" for day in islice(days(LAST, date(2026, 11, 26)), 4)]
    ['26 Nov', '31 Dec', '28 Jan', '25 Feb']
    """
    found = rrule.rrulestr(line(every, first), dtstart=datetime.combine(first, time.min))
    return (moment.date() for moment in found)


def planned(recurs: Recurs, first: date) -> list[date]:
    """The days of a series as it is to be: one more than `MOST` where it would have more.

    >>> len(planned(Recurs(WEEK, times=3), date(2026, 11, 26)))
    3
    >>> [f"{day:%d %b}" for day in planned(Recurs(FORTNIGHT, last_on=date(2026, 12, 24)), date(2026, 11, 26))]
    ['26 Nov', '10 Dec', '24 Dec']
    """
    until, most = recurs.last_on or date.max, min(recurs.times or MOST + 1, MOST + 1)
    return list(islice(takewhile(lambda day: day <= until, days(recurs.every, first)), most))


def steps(every: str, first: date, last: date) -> list[date]:
    """The days of a rule from one of them to another, both included; without the other where it is none of them.

    >>> len(steps(WEEK, date(2026, 11, 26), date(2026, 12, 10)))
    3
    """
    return list(takewhile(lambda day: day <= last, days(every, first)))


def later(at: datetime, zone: str, by: timedelta) -> datetime:
    """The same hour of the clock on the wall there, whole days later.

    >>> later(datetime.fromisoformat("2026-10-22T19:30:00+02:00"), "Europe/Paris", timedelta(days=7)).isoformat()
    '2026-10-29T19:30:00+01:00'
    """
    there = at.astimezone(ZoneInfo(zone))
    return datetime.combine(there.date() + by, there.time(), ZoneInfo(zone))


def on_day(starts_at: datetime, ends_at: datetime, zone: str, day: date) -> tuple[datetime, datetime]:
    """The same hours of the clock on the wall there, on another day.

    >>> start, end = (datetime.fromisoformat(f"2026-10-22T{hour}:30+02:00") for hour in (19, 22))
    >>> for at in on_day(start, end, "Europe/Paris", date(2026, 10, 29)):
    ...     print(at.isoformat())
    2026-10-29T19:30:00+01:00
    2026-10-29T22:30:00+01:00
    """
    place = ZoneInfo(zone)
    start, end = (at.astimezone(place) for at in (starts_at, ends_at))
    last = day + (end.date() - start.date())
    return datetime.combine(day, start.time(), place), datetime.combine(last, end.time(), place)
