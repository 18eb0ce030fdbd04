"""The day that a moment belongs to in a place: whatever is compared with today says of which zone. Pure.

Where this server is at home is `settings.HOME_ZONE`; an evening and a community have a zone of their own.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from entregent.common import clock


def of(moment: datetime, zone: str) -> date:
    """The day of a moment (aware) there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def today(zone: str) -> date:
    """The present day there."""
    return of(clock.now(), zone)


def begins(day: date, zone: str) -> datetime:
    """The moment at which a day begins there, in UTC.

    >>> begins(date(2026, 11, 28), "Indian/Reunion").isoformat()
    '2026-11-27T20:00:00+00:00'
    """
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
