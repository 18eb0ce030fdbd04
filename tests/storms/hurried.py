"""A program: the server with hours as short as seconds, so that a storm sees offers end; without guards where named.

Seats are offered for `OFFERED` seconds instead of twelve hours, on the day itself for half of that, and the workers
tick every half second: nothing else is changed. Guards are those of `unguarded`.
"""

import sys
from datetime import timedelta
from functools import partial

import django

#: How long a seat is kept, and how long the worker pauses, in seconds.
OFFERED, PAUSE = 8, 0.5


def hurry() -> None:
    """Let an offer end while the storm goes on."""
    from entregent.config import serve
    from entregent.config.worker import Worker
    from entregent.meetups import times

    times.AT_LEISURE, times.IN_HASTE = timedelta(seconds=OFFERED), timedelta(seconds=OFFERED / 2)
    vars(serve)["Worker"] = partial(Worker, pause=PAUSE)


if __name__ == "__main__":
    django.setup()
    from tests.storms import unguarded

    hurry()
    unguarded.served(sys.argv[1:])
