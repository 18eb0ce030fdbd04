"""The day that a moment belongs to in a place: whatever is compared with today says of which zone. Pure.

Where this server is at home is `settings.HOME_ZONE`; an evening and a community have a zone of their own.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from entregent.common import clock


def of(moment: datetime, zone: str) -> date:
    """The day of a moment (aware) there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def today(zone: str) -> date:
    """The present day there."""
    return of(clock.now(), zone)
