"""Seats and the queue for them: first come, first served. Pure: it knows counts and orders, no database."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: How wide a band of the number of those who come is.
BAND = 10


def free(taken: int, capacity: int | None) -> int | None:
    """How many seats are left; None where there is no limit.

    >>> free(18, 20), free(20, 20), free(7, None)
    (2, 0, None)
    """
    return None if capacity is None else max(capacity - taken, 0)


def standing(taken: int, capacity: int | None) -> str:
    """What somebody gets who answers now: `going` or `waiting`.

    >>> standing(19, 20), standing(20, 20), standing(500, None)
    ('going', 'waiting', 'going')
    """
    return "waiting" if free(taken, capacity) == 0 else "going"


def first(queue: Sequence[T], taken: int, capacity: int | None) -> Sequence[T]:
    """Those of a queue, the first ones, for whom there is a seat now.

    >>> first(["Bob", "Charlie", "Dana"], 18, 20), first(["Bob"], 20, 20), first(["Bob"], 20, None)
    (['Bob', 'Charlie'], [], ['Bob'])
    """
    return queue[: free(taken, capacity)]


def band(number: int) -> int:
    """The lower end of the band that a number falls into.

    >>> band(0), band(9), band(10), band(27)
    (0, 0, 10, 20)
    """
    return number // BAND * BAND
