"""Reads of cards: those that the viewer keeps, is shown, was handed; with whom theirs were crossed."""

from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entregent.cards.models import Card, Crossing, Handed, Showing
from entregent.circles.models import Circle
from entregent.common import clock, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.meetups import times
from entregent.meetups.models import Meetup
from entregent.people.keys import digest
from entregent.people.models import Person
from entregent.profiles import queries as profiles


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a card; all but the name may be empty."""

    name: str
    does: str = ""
    organisation: str = ""
    mail: str = ""
    telephone: str = ""
    link: str = ""

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """The kind and the value of each way that it holds, as the address book has them."""
        held = (("telephone", self.telephone), ("mail", self.mail), ("link", self.link))
        return tuple((kind, value) for kind, value in held if value)

    @property
    def work(self) -> str:
        """What they do, and where, in a line."""
        return ", ".join(filter(None, (self.does, self.organisation)))

    def __iter__(self) -> Any:
        return iter(astuple(self))


#: How many cards wait on one square: what else is left on it is not kept until some are noted or laid aside.
ROOM = 200
#: The columns of a face, in its order.
FACE = tuple(Face.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Own:
    """A card that the viewer keeps: `title` is what they call it."""

    uid: UUID
    title: str
    face: Face


@dataclass(frozen=True, slots=True)
class Shown:
    """A card behind a secret address, until a moment. `owner` is the key of whoever shows it; `card` its public id.

    `meetup` and `title` are the evening at which it is shown, where the viewer sees that one, else empty.
    """

    uid: UUID
    owner: int
    mine: bool
    card: UUID
    face: Face
    until: datetime
    meetup: str
    title: str

    @property
    def over(self) -> bool:
        """Whether nobody else sees it any more."""
        return self.until <= clock.now()


@dataclass(frozen=True, slots=True)
class Got:
    """A card that the viewer was handed. `contact` is the page of their book into which it was copied.

    `waits` says that it is neither there nor laid aside.
    """

    uid: UUID
    face: Face
    at: datetime
    contact: UUID | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Crossed:
    """That the viewer's cards were crossed with somebody's; `member` is who it is, where they show their name now."""

    uid: UUID
    name: str
    member: UUID | None
    at: datetime
    withdrawn: bool


def mine(viewer: Viewer) -> list[Own]:
    """The cards that the viewer keeps, the one that was taken out last first."""
    rows = _cards(viewer, Q()).order_by("-used_at", "uid").values_list("uid", "title", *FACE)
    return [Own(uid, title, Face(*face)) for uid, title, *face in rows]


def one(viewer: Viewer, uid: UUID) -> Own:
    """One card of the viewer's. Raises `NotFound` for anybody else's."""
    row = _cards(viewer, Q(uid=uid)).values_list("uid", "title", *FACE).first()
    if row is None:
        raise errors.NotFound
    return Own(row[0], row[1], Face(*row[2:]))


def shown(viewer: Viewer, secret: str) -> Shown:
    """The card behind a secret address. Raises `NotFound` for what has ended, was hidden from the viewer, never was.

    Its owner reads it after its end, too.
    """
    rows = Showing.objects.visible_to(viewer).filter(digest=digest(secret))
    row = rows.values_list("uid", "owner", "card", "until", "meetup", *FACE).first()
    if row is None:
        raise errors.NotFound
    uid, owner, card, until, code, *face = row
    title = _title(viewer, code)
    seen = (code, title) if title else ("", "")
    return Shown(uid, owner, owner == viewer.person, card, Face(*face), until, *seen)


def showing(viewer: Viewer) -> list[tuple[UUID, str, datetime]]:
    """The cards that the viewer shows at the moment: the public id, the name on it, until when."""
    rows = Showing.objects.visible_to(viewer).filter(owner=viewer.me, until__gt=clock.now())
    return list(rows.order_by("-until", "uid").values_list("uid", "name", "until"))


def evening_of(viewer: Viewer, code: str, at: datetime) -> str | None:
    """The code of the evening at which a card was handed over `at` a moment, where the viewer sees it.

    None where it was put off since, and is still to come.
    """
    begun = Meetup.objects.visible_to(viewer).filter(code=code, starts_at__lte=at + times.DOORS_OPEN)
    return begun.values_list("code", flat=True).first()


def _title(viewer: Viewer, code: str) -> str | None:
    return Meetup.objects.visible_to(viewer).filter(code=code).values_list("title", flat=True).first()


def handed(viewer: Viewer, showing: UUID | None = None) -> list[Got]:
    """The cards that the viewer was handed, by one showing, or all that wait to be noted; the last first."""
    which = Q(contact=None, left_at=None) if showing is None else Q(showing=showing)
    rows = Handed.objects.visible_to(viewer).filter(which, owner=viewer.me).order_by("-at", "uid")
    said = rows.values_list("uid", "at", "contact", "left_at", *FACE)
    return [Got(uid, Face(*face), at, contact, not (contact or left)) for uid, at, contact, left, *face in said]


def crossed(viewer: Viewer) -> list[Crossed]:
    """With whom the viewer's cards were crossed, the last first; those whom they took out of the circle, too."""
    rows = Crossing.objects.visible_to(viewer).filter(owner=viewer.me).order_by("-at", "uid")
    said = list(rows.values_list("person", "uid", "name", "at", "withdrawn_at"))
    members = _members(viewer, [person for person, *_ in said])
    return [Crossed(uid, name, members.get(person), at, gone is not None) for person, uid, name, at, gone in said]


def crossed_with(viewer: Viewer, person: int) -> UUID | None:
    """The fact that the viewer's cards were crossed with this person's, and theirs is not withdrawn; by its id."""
    rows = Crossing.objects.visible_to(viewer).filter(owner=viewer.me, person=person, withdrawn_at=None)
    return rows.values_list("uid", flat=True).first()


def connections(viewer: Viewer) -> int | None:
    """The key of the circle of those with whom the viewer crossed cards; None where it was never asked for."""
    about = Person.objects.filter(pk=viewer.me).values("uid")
    return Circle.objects.filter(kind="connections", about__in=about).values_list("pk", flat=True).first()


def _members(viewer: Viewer, persons: Collection[int | None]) -> dict[int | None, UUID]:
    """The public ids of those of `persons` who show the viewer their name."""
    cards = profiles.cards(viewer, {ids.NO_KEY, *filter(None, persons)})
    return {person: card.uid for person, card in cards.items()}


def _cards(viewer: Viewer, which: Q) -> QuerySet[Any, Any]:
    return Card.objects.visible_to(viewer).filter(which, owner=viewer.me, forgotten_at=None)
