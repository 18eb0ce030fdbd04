"""Days by which one does what one promised, as people say them: in a week, at the end of the month. Pure."""

from calendar import monthrange
from datetime import date, timedelta

#: How near the end of a month is too near to be meant.
NEAR = timedelta(days=3)


def day(said: str, today: date) -> date | None:
    """The day that somebody means: `tomorrow`, `week`, `fortnight`, `month_end`, `month`; None for anything else.

    >>> thursday = date(2026, 11, 26)
    >>> [f"{day(said, thursday):%d/%m}" for said in ("tomorrow", "week", "fortnight", "month_end", "month")]
    ['27/11', '03/12', '10/12', '30/11', '26/12']
    >>> day("month_end", date(2026, 11, 28)), day("month", date(2027, 1, 31)), day("", thursday)
    (datetime.date(2026, 12, 31), datetime.date(2027, 2, 28), None)
    """
    proposed = {
        "tomorrow": today + timedelta(days=1),
        "week": today + timedelta(days=7),
        "fortnight": today + timedelta(days=14),
        "month_end": _end(today),
        "month": _next(today, today.day),
    }
    return proposed.get(said)


def _end(today: date) -> date:
    """The last day of the month, of the next one where that is too near."""
    last = today.replace(day=monthrange(today.year, today.month)[1])
    return last if last - today > NEAR else _next(today, 31)


def _next(today: date, number: int) -> date:
    """The day of that number in the next month, the last one where there is none."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(number, monthrange(first.year, first.month)[1]))
