"""Reads of words: those that the viewer wrote, those that were given to them. Nobody reads what became of a word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from entregent.common import errors, ids
from entregent.discretion.viewer import Viewer
from entregent.profiles import queries as profiles
from entregent.writing.models import Closed, Given, Written

Word = TypeVar("Word", "Sent", "Got")


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody hands over: a mail address and a telephone number, each perhaps empty."""

    mail: str = ""
    telephone: str = ""

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """The kind and the value of each way that it holds, as the address book has them."""
        held = (("telephone", self.telephone), ("mail", self.mail))
        return tuple((kind, value) for kind, value in held if value)


@dataclass(frozen=True, slots=True)
class Sent:
    """A word that the viewer wrote. `member` is whom it is for, where they show their name now."""

    uid: UUID
    name: str
    member: UUID | None
    text: str
    card: Card
    at: datetime
    gone: bool
    answers: UUID | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Got:
    """A word that was given to the viewer. `member` is who wrote it, where they show their name now.

    `card` is what came along, None as long as it is closed; `answers` is the viewer's own word that this one answers;
    `contact` the page of the viewer's book into which the card was copied.
    """

    uid: UUID
    name: str
    member: UUID | None
    text: str
    card: Card | None
    at: datetime
    answers: UUID | None
    answered: bool
    left: bool
    contact: UUID | None

    @property
    def waits(self) -> bool:
        """Whether the viewer has neither answered it nor let it be."""
        return not (self.answers or self.answered or self.left)


def sent(viewer: Viewer) -> list[Sent]:
    """What the viewer wrote, the latest first; answers too."""
    return _sent(viewer, Q())


def got(viewer: Viewer) -> list[Got]:
    """What was given to the viewer, the latest first."""
    return _got(viewer, Q())


def has_words(viewer: Viewer) -> bool:
    """Whether the viewer wrote, or was given, a word."""
    kinds: tuple[type[Written], type[Given]] = (Written, Given)
    return any(kind.objects.visible_to(viewer).filter(owner=viewer.me).exists() for kind in kinds)


def one_sent(viewer: Viewer, uid: UUID) -> Sent:
    """One word that the viewer wrote. Raises `NotFound` for anybody else's."""
    return _only(_sent(viewer, Q(uid=uid)))


def one_got(viewer: Viewer, uid: UUID) -> Got:
    """One word that was given to the viewer. Raises `NotFound` for anybody else's."""
    return _only(_got(viewer, Q(uid=uid)))


def sent_to(viewer: Viewer, person: int) -> Sent | None:
    """The word of the viewer's that waits for this person's answer."""
    found = _sent(viewer, Q(to=person, answers=None, answered_at=None))
    return found[0] if found else None


def got_from(viewer: Viewer, person: int) -> list[Got]:
    """What this person gave the viewer, the latest first."""
    return _got(viewer, Q(by=person))


def card(viewer: Viewer) -> Card | None:
    """The card that the viewer handed over last; None where they never did."""
    rows = Written.objects.visible_to(viewer).filter(owner=viewer.me).order_by("-at", "uid")
    row = rows.values_list("mail", "telephone").first()
    return Card(*row) if row else None


def is_closed(viewer: Viewer) -> bool:
    """Whether the viewer has said that nobody's first word is to be relayed to them."""
    return bool(Closed.objects.visible_to(viewer).filter(owner=viewer.me).exists())


def _only(found: list[Word]) -> Word:
    if not found:
        raise errors.NotFound
    return found[0]


def _sent(viewer: Viewer, which: Q) -> list[Sent]:
    rows: QuerySet[Any, Any] = Written.objects.visible_to(viewer).filter(which, owner=viewer.me)
    said = list(rows.order_by("-at", "uid").values_list("to", *_SENT))
    members = _members(viewer, [to for to, *_ in said])
    return [
        Sent(uid, name, members.get(to), text, Card(mail, telephone), at, gone is not None, answers, done is not None)
        for to, uid, name, text, mail, telephone, at, gone, answers, done in said
    ]


_SENT = ("uid", "name", "text", "mail", "telephone", "at", "gone_at", "answers", "answered_at")
_GOT = ("uid", "name", "text", "mail", "telephone", "at", "answers", "answered_at", "left_at", "contact")


def _got(viewer: Viewer, which: Q) -> list[Got]:
    rows: QuerySet[Any, Any] = Given.objects.visible_to(viewer).filter(which, owner=viewer.me)
    said = list(rows.order_by("-at", "uid").values_list("by", *_GOT))
    members = _members(viewer, [by for by, *_ in said])
    return [_given(members.get(by), *row) for by, *row in said]


def _given(member: UUID | None, *row: Any) -> Got:
    uid, name, text, mail, telephone, at, answers, answered_at, left_at, contact = row
    is_open = answers is not None or answered_at is not None
    came = Card(mail, telephone) if is_open else None
    return Got(
        uid, name, member, text, came, at, answers, answered_at is not None, left=left_at is not None, contact=contact
    )


def _members(viewer: Viewer, people: Collection[int | None]) -> dict[int | None, UUID]:
    """The public ids of those of `people` who show the viewer their name."""
    cards = profiles.cards(viewer, {ids.NO_KEY, *filter(None, people)})
    return {person: card.uid for person, card in cards.items()}
