"""What pages say of somebody in one sentence: first met when, where and through whom, how often since, where now."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from entregent.encounters import places
from entregent.encounters.queries import Met
from entregent.web import labels


def first_name(name: str) -> str:
    """By what somebody is called in a sentence.

    >>> first_name("Marie-Ève de La Tour")
    'Marie-Ève'
    """
    return name.split(maxsplit=1)[0] if name.split() else name


def sentence(
    uid: UUID, name: str, met: Sequence[Met] = (), work: tuple[str, date | None] = ("", None)
) -> dict[str, Any]:
    """The context of `includes/sentence.html`; `met` oldest first, `work` is where somebody works and since when."""
    first = met[0] if met else None
    place, since = work
    return {
        "uid": uid,
        "name": name,
        "first_name": first_name(name),
        "met": {"on": first.on, "at": first.title, "town": first.place} if first else None,
        "through": first.through if first else "",
        "again": max(len(met) - 1, 0),
        "works_at": place,
        "since": since.year if since else None,
    }


def told(met: Met) -> str:
    """Where somebody was met, as a line that stands by itself; empty where that is not known."""
    return places.told(met.title, met.place, labels.language())
