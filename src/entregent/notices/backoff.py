"""How long to wait before telling somebody again what could not be sent. Pure."""

from datetime import timedelta

#: The wait after each failed try; after the last one the notice is given up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]


def wait(tries: int) -> timedelta | None:
    """How long to wait after that many tries; None when it is time to give up.

    >>> wait(1), wait(3), wait(7)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=1800), None)
    """
    return WAITS[tries - 1] if tries <= len(WAITS) else None
