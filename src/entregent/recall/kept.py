"""Reads of needs that are kept, and who answers one that its owner was not told of: by what they may see now.

What counts as told is what this very owner was told. Nobody becomes news by a rank: only whoever answers most of a need
in words that they say themselves, which depends on no one else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.recall import queries
from entregent.recall.models import Kept
from entregent.recall.queries import Answer
from entregent.search import lexicon, stems

#: How many answers a page shows, and how many are looked through for somebody new.
SHOWN, ALL = 10, 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A need that the viewer keeps: `told` and `looked` hold the public ids of those who answered it."""

    uid: UUID
    text: str
    kept_at: datetime
    until: datetime
    told: frozenset[UUID]
    looked: frozenset[UUID]

    @property
    def over(self) -> bool:
        """Whether it is asked no more."""
        return self.until <= clock.now()


@dataclass(frozen=True, slots=True)
class News:
    """Those who newly answer a need that is kept, best first."""

    held: Held
    people: tuple[Answer, ...]


def mine(viewer: Viewer) -> list[Held]:
    """The needs that the viewer keeps, the last first."""
    return [_held(*row) for row in _rows(viewer)]


def one(viewer: Viewer, uid: UUID) -> Held:
    """A need that the viewer keeps. Raises `NotFound`."""
    held = next((each for each in mine(viewer) if each.uid == uid), None)
    if held is None:
        raise errors.NotFound
    return held


def size(viewer: Viewer) -> int:
    """How many needs the viewer keeps."""
    return _rows(viewer).count() if viewer.person else 0


def answers(viewer: Viewer, text: str) -> list[Answer]:
    """Everybody who answers a need, best first."""
    return queries.ask(viewer, text, limit=ALL)


def unseen(viewer: Viewer, needs: Iterable[Held]) -> list[News]:
    """Needs that the viewer keeps, each with those whom they have not looked at yet: each of them is asked."""
    return [News(held, _new(viewer, held, held.looked)) for held in needs]


def untold(viewer: Viewer) -> list[News]:
    """Each need of the viewer's that somebody answers of whom they were never told.

    One about a job is not written about to a mailbox that an employer can open.
    """
    discreet = market.may_be_discreet(viewer)
    asked = [held for held in mine(viewer) if discreet or not about_a_job(text=held.text)]
    found = [News(held, _new(viewer, held, held.told)) for held in asked]
    return [news for news in found if news.people]


def about_a_job(*, text: str) -> bool:
    """Whether a need is one that no employer is to read."""
    return stems.about_a_job(stems.query(text, lexicon.stored(settings.LEXICON)))


def _new(viewer: Viewer, held: Held, before: frozenset[UUID]) -> tuple[Answer, ...]:
    if held.over:
        return ()
    return tuple(each for each in answers(viewer, held.text) if each.solid and each.id not in before)


def _rows(viewer: Viewer) -> QuerySet[Any, Any]:
    mine = Kept.objects.visible_to(viewer).filter(owner=viewer.person, ended_at=None).order_by("-kept_at", "uid")
    return mine.values_list("uid", "text", "kept_at", "until", "told", "looked")


def _held(uid: UUID, text: str, kept_at: datetime, until: datetime, *ids: str) -> Held:
    told, looked = (frozenset(UUID(hex=one) for one in said.split()) for said in ids)
    return Held(uid, text, kept_at, until, told, looked)
