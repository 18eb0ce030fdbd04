"""Seats and the queue for them: first come, first served, by parties. Pure: it knows counts and orders, no database."""

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


def first(queue: Sequence[tuple[T, int]], taken: int, capacity: int | None) -> list[T]:
    """Those of a queue, the first ones, for whom and for whose party there are seats now.

    A queue holds parties with their sizes. A party is seated whole or waits whole, and nobody overtakes it; one that is
    larger than the room itself is passed by.

    >>> first([("Bob", 1), ("Charlie", 1), ("Dana", 1)], 18, 20), first([("Bob", 1)], 20, 20)
    (['Bob', 'Charlie'], [])
    >>> first([("Bob", 2), ("Charlie", 1)], 19, 20), first([("Bob", 2), ("Charlie", 1)], 17, 20)
    ([], ['Bob', 'Charlie'])
    >>> first([("Bob", 5), ("Charlie", 1)], 0, 4), first([("Bob", 5)], 20, None)
    (['Charlie'], ['Bob'])
    """
    found = []
    for party, size in queue:
        left = free(taken, capacity)
        if left is not None and size > left:
            if capacity is not None and size > capacity:
                continue
            break
        found.append(party)
        taken += size
    return found


def band(number: int) -> int:
    """The lower end of the band that a number falls into.

    >>> band(0), band(9), band(10), band(27)
    (0, 0, 10, 20)
    """
    return number // BAND * BAND
