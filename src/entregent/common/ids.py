"""Public identifiers: random, so that nothing can be counted or guessed from one."""

from uuid import UUID

from entregent.common import chance


def new() -> UUID:
    """A random UUID (version 4), drawn from `chance`.

    >>> new().version
    4
    """
    return UUID(int=chance.bits(128), version=4)
