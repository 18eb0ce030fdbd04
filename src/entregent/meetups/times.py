"""The hours around an evening: of its answers, of the reminder, of a seat that is offered, of "I am here". Pure.

And the days after it: until when those who organise are told who came.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from entregent.common import days

#: The hour of the day before at which a reminder is due, in the zone of the evening.
REMINDED_AT = time(10)
#: The hour of the morning after, and how long after the end it is at least.
MORNING, ASLEEP = time(9), timedelta(hours=5)
#: How long before the start, and after the end, somebody can say that they are there.
DOORS_OPEN, DOORS_CLOSE = timedelta(hours=3), timedelta(hours=6)
#: How long before the start the door has its list, to be loaded where there is a network; how long after its doors
#: closed what it noted without network is taken.
LIST_OPENS, NOTES_END = timedelta(hours=24), timedelta(hours=48)
#: How long a seat that was given back is kept for whoever waits first: at leisure, and on the day itself. From so long
#: before the start it is kept for nobody: the first tap has it.
AT_LEISURE, IN_HASTE, FIRST_TAP = timedelta(hours=12), timedelta(minutes=30), timedelta(hours=2)
#: How long after an evening those who organise are told of it (D5).
TOLD = timedelta(days=15)


def reminder(starts_at: datetime, zone: str) -> datetime:
    """When somebody is reminded of an evening.

    >>> reminder(datetime.fromisoformat("2026-11-26T14:30Z"), "Indian/Reunion").isoformat()
    '2026-11-25T10:00:00+04:00'
    """
    place = ZoneInfo(zone)
    return datetime.combine(starts_at.astimezone(place) - timedelta(days=1), REMINDED_AT, place)


def morning(ends_at: datetime, zone: str) -> datetime:
    """The morning after an evening, there: the first nine o'clock for which one has slept.

    >>> for end in ("2026-11-26T22:30+04:00", "2026-11-27T02:00+04:00", "2026-11-27T05:00+04:00"):
    ...     print(morning(datetime.fromisoformat(end), "Indian/Reunion"))
    2026-11-27 09:00:00+04:00
    2026-11-27 09:00:00+04:00
    2026-11-28 09:00:00+04:00
    """
    place = ZoneInfo(zone)
    awake = (ends_at + ASLEEP).astimezone(place)
    nine = datetime.combine(awake.date(), MORNING, place)
    return nine if nine >= awake else nine + timedelta(days=1)


def offered_until(starts_at: datetime, zone: str, now: datetime) -> datetime | None:
    """Until when a seat that gets free now is kept for whoever waits first; None where the first tap has it.

    >>> start = datetime.fromisoformat("2026-11-26T18:30+04:00")
    >>> for hour in ("24T09", "26T09", "26T17"):
    ...     print(offered_until(start, "Indian/Reunion", datetime.fromisoformat(f"2026-11-{hour}:00+04:00")))
    2026-11-24 21:00:00+04:00
    2026-11-26 09:30:00+04:00
    None
    """
    if now > starts_at - FIRST_TAP:
        return None
    soon = days.of(now, zone) == days.of(starts_at, zone) or now + AT_LEISURE > starts_at - FIRST_TAP
    return now + (IN_HASTE if soon else AT_LEISURE)


def window(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """Whether one may newly answer now: `open`, `early` (not yet) or `closed` (no longer).

    >>> opens, closes = (datetime.fromisoformat(f"2026-11-{day}T09:00+04:00") for day in (16, 24))
    >>> [window(opens, closes, at) for at in (opens - timedelta(minutes=1), opens, closes)]
    ['early', 'open', 'closed']
    >>> window(None, None, closes)
    'open'
    """
    if opens_at is not None and now < opens_at:
        return "early"
    return "closed" if closes_at is not None and closes_at <= now else "open"


def list_is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether those at the door have the list of those who come.

    >>> start, end = (datetime.fromisoformat(f"2026-11-26T{hour}:30Z") for hour in (14, 18))
    >>> [list_is_open(start, end, start - timedelta(hours=hours)) for hours in (25, 24, -11)]
    [False, True, False]
    """
    return starts_at - LIST_OPENS <= now < ends_at + DOORS_CLOSE


def doors_are_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether one can say now that one is there.

    >>> start, end = (datetime.fromisoformat(f"2026-11-26T{hour}:30Z") for hour in (14, 18))
    >>> doors_are_open(start, end, start - DOORS_OPEN), doors_are_open(start, end, end + timedelta(hours=7))
    (True, False)
    """
    return starts_at - DOORS_OPEN <= now <= ends_at + DOORS_CLOSE


def told_until(ends_at: datetime, zone: str) -> date:
    """The last day on which those who organise an evening are told who comes, and how many did.

    >>> told_until(datetime.fromisoformat("2026-11-26T21:00Z"), "Indian/Reunion").isoformat()
    '2026-12-12'
    """
    return days.of(ends_at, zone) + TOLD
