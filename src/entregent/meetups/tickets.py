"""Tickets: what shows at the door that somebody has a seat. Pure.

A ticket is not kept: it follows from the seat and from the moment at which its owner last took it, so that it can be
shown again as often as they like, ends with the answer, and is another one when they answer again.
"""

import hashlib
import re
from datetime import UTC, datetime
from uuid import UUID

from entregent.common import chance

#: How many letters and digits a ticket has (79 bits), and how many of them are read in one breath.
SIZE, GROUP = 16, 4


def code(secret: str, seat: UUID, since: datetime) -> str:
    """The ticket of a seat that was taken at a moment; `secret` is the server's own.

    >>> seat, since = UUID(int=7), datetime(2026, 11, 26, tzinfo=UTC)
    >>> code("secret", seat, since)
    'YXA2U8DGRQUJU9RF'
    >>> code("another", seat, since) != code("secret", seat, since) != code("secret", seat, since.replace(minute=1))
    True
    """
    number = int(chance.digest(secret, "ticket", seat, since.astimezone(UTC).isoformat()), 16)
    letters = []
    for _ in range(SIZE):
        number, place = divmod(number, len(chance.READABLE))
        letters.append(chance.READABLE[place])
    return "".join(letters)


def spaced(code: str) -> str:
    """A ticket as it is read aloud.

    >>> spaced("YXA2U8DGRQUJU9RF")
    'YXA2 U8DG RQUJ U9RF'
    """
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed(words: str) -> str:
    """A ticket as somebody typed it, without what stands between its letters.

    >>> typed(" yxa2 u8dg-rquj u9rf ")
    'YXA2U8DGRQUJU9RF'
    """
    return re.sub(r"[^0-9A-Z]", "", words.upper())


def hidden(salt: str, code: str) -> str:
    """A ticket in a list from which nobody can read it: two lists have nothing in common.

    >>> hidden("a", "YXA2U8DGRQUJU9RF") == hidden("b", "YXA2U8DGRQUJU9RF")
    False
    """
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()
