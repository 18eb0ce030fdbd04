"""Draws that are keyed by the act and by what they are for, not taken in turn: one that is hidden moves no other.

A room whose first comer is hidden draws a circle that day; whoever comes next has the same id in both worlds.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db.models import Model

from entregent.common import chance
from entregent.people.models import Person

#: How many calls lie at most between a draw and the row that it is for.
DEPTH = 12


@contextmanager
def keyed(key: object, *, apart: bool = False) -> Iterator[None]:
    """Draw by `key`, by the kind of row that is being made, and by how many such draws there were.

    `apart` says that whose the row is counts as well: one act, a tick, makes rows for several, of whom some are hidden.
    """
    counts: Counter[str] = Counter()

    def bits(count: int) -> int:
        kind = _kind(sys._getframe(1), apart)
        counts[kind] += 1
        drawn = hashlib.shake_256(f"{key}|{kind}|{counts[kind]}".encode()).digest((count + 7) // 8)
        return int.from_bytes(drawn) >> (-count % 8)

    with chance.seeded(key) as generator:
        vars(generator)["getrandbits"] = bits
        yield


def _kind(frame: FrameType | None, apart: bool) -> str:
    """The kind of the row that is being made, and whose it is where that counts; empty where the draw is for none."""
    for _ in range(DEPTH):
        if frame is None:
            return ""
        made = frame.f_locals.get("self") if frame.f_code.co_name == "__init__" else None
        if isinstance(made, Model):
            return f"{type(made).__name__}{_whose(vars(made).get('owner_id')) if apart else ''}"
        frame = frame.f_back
    return ""


def _whose(owner: int | None) -> str:
    """Whoever owns a row, as far as it says, by their public id."""
    return "" if owner is None else f" of {Person.objects.values_list('uid', flat=True).get(pk=owner)}"
