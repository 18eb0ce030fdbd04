"""Public identifiers: random, so that nothing can be counted or guessed from one; and none."""

from uuid import UUID

from entregent.common import chance

#: No row's key, and no row's public id: with them as much is asked of the database whether somebody is there or not.
NO_KEY, NO_UID = 0, UUID(int=0)


def new() -> UUID:
    """A random UUID (version 4), drawn from `chance`.

    >>> new().version
    4
    """
    return UUID(int=chance.bits(128), version=4)
