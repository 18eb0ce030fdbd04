"""The hours around an evening: when one is reminded of it, when one can say "I am here". Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The hour of the day before at which a reminder is due, in the zone of the evening.
REMINDED_AT = time(10)
#: How long before the start, and after the end, somebody can say that they are there.
DOORS_OPEN, DOORS_CLOSE = timedelta(hours=3), timedelta(hours=6)


def reminder(starts_at: datetime, zone: str) -> datetime:
    """When somebody is reminded of an evening.

    >>> reminder(datetime.fromisoformat("2026-11-26T14:30Z"), "Indian/Reunion").isoformat()
    '2026-11-25T10:00:00+04:00'
    """
    place = ZoneInfo(zone)
    return datetime.combine(starts_at.astimezone(place) - timedelta(days=1), REMINDED_AT, place)


def doors_are_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether one can say now that one is there.

    >>> start, end = (datetime.fromisoformat(f"2026-11-26T{hour}:30Z") for hour in (14, 18))
    >>> doors_are_open(start, end, start - DOORS_OPEN), doors_are_open(start, end, end + timedelta(hours=7))
    (True, False)
    """
    return starts_at - DOORS_OPEN <= now <= ends_at + DOORS_CLOSE
