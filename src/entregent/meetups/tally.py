"""Closed questions: by what one is known, and what is told of its answers: shares in tenths, never who. Pure."""

from collections.abc import Iterable, Sequence

from entregent.common import chance

#: Of how many answers shares are told, and from how many on that it was all or nobody.
ENOUGH, MANY = 5, 10


def key_of(text: str, choices: Iterable[str]) -> str:
    """By what a question is known.

    >>> key_of("Vegetarian?", ["yes", "no"]) == key_of("Vegetarian?", ["no", "yes"])
    False
    """
    return chance.digest(text, *choices)[:12]


def tenths(counts: Sequence[int]) -> tuple[int, ...] | None:
    """How many in ten chose each, rounded; None where too few answered. Never all or none while fewer than ten did.

    >>> tenths([2, 2]), tenths([4, 1]), tenths([5, 0]), tenths([10, 0]), tenths([7, 5])
    (None, (8, 2), (9, 1), (10, 0), (6, 4))
    """
    answers = sum(counts)
    if answers < ENOUGH:
        return None
    least, most = (0, 10) if answers >= MANY else (1, 9)
    return tuple(min(max((20 * count + answers) // (2 * answers), least), most) for count in counts)
