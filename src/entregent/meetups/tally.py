"""Closed questions: by what one is known, and what is told of its answers: shares in tenths, never who. Pure."""

from collections.abc import Iterable, Sequence

from entregent.common import chance

#: Of how many people's answers shares are told, and of how many that it was all or nobody.
ENOUGH, MANY = 5, 10


def key_of(text: str, choices: Iterable[str]) -> str:
    """By what a question is known.

    >>> key_of("Vegetarian?", ["yes", "no"]) == key_of("Vegetarian?", ["no", "yes"])
    False
    """
    return chance.digest(text, *choices)[:12]


def tenths(counts: Sequence[int], people: int) -> tuple[int, ...] | None:
    """How many in ten chose each, rounded; None where too few answered. Never all or none while fewer than ten did.

    `people` is how many of those who answered nobody invents: members who do not organise the evening.

    >>> tenths([2, 2], 4), tenths([4, 1], 5), tenths([5, 0], 5), tenths([10, 0], 10), tenths([7, 5], 12)
    (None, (8, 2), (9, 1), (10, 0), (6, 4))
    >>> tenths([9, 1], 1), tenths([20, 0], 5)
    (None, (9, 1))
    """
    if people < ENOUGH:
        return None
    answers = sum(counts)
    least, most = (0, 10) if people >= MANY else (1, 9)
    return tuple(min(max((20 * count + answers) // (2 * answers), least), most) for count in counts)
