"""Reads about names and headlines, the cards by which people appear on every page; and what they say besides."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entregent.common import errors
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.people import queries as people
from entregent.profiles.models import Headline, Kind, Name, Portrait, Words
from entregent.profiles.words import lines
from entregent.statements.prepared import Rows, prepared


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody as the viewer may know them: key, public id, name, and what they do in one line, or nothing."""

    person: int
    uid: UUID
    name: str
    headline: str

    @property
    def by_name(self) -> tuple[str, UUID]:
        """Their place in a list of names: it tells nothing of who was here first."""
        return self.name.casefold(), self.uid


@dataclass(frozen=True, slots=True)
class Said:
    """Something the viewer says of themselves, and on which terms. `audience` is a circle's key."""

    uid: UUID
    text: str
    audience: int | None
    discreet: bool


@dataclass(frozen=True, slots=True)
class Me:
    """The viewer's own name and headline; None where they have said none."""

    uid: UUID
    name: Said | None
    headline: Said | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody says of themselves: `kind` is a value of `models.Kind`, `lines` one for each of several."""

    kind: str
    lines: tuple[str, ...]


def cards(viewer: Viewer, people: Collection[int]) -> dict[int, Card]:
    """The cards of those of `people` whose name the viewer may see; nobody else is in the answer."""
    return _cards(viewer, _names_of(viewer, people))


def person(viewer: Viewer, uid: UUID) -> Card:
    """The card of the person with a public id. Raises `NotFound` where the viewer may not see their name."""
    for card in _cards(viewer, _name_of(viewer, uid)).values():
        return card
    raise errors.NotFound


def blocked(viewer: Viewer) -> list[Card]:
    """Those whom the viewer blocks, by name. Whoever no longer shows them their name is not among them."""
    return sorted(cards(viewer, discretion.blocked(viewer)).values(), key=lambda card: card.by_name)


def me(viewer: Viewer) -> Me:
    """What the viewer says of themselves."""
    return Me(uid=people.uid_of(person=viewer.me), name=_said(_own_name(viewer)), headline=_said(_own_headline(viewer)))


def said(viewer: Viewer) -> dict[str, Said]:
    """What the viewer says of themselves beside name and headline, by the value of `models.Kind`, in its order."""
    rows = Words.objects.visible_to(viewer).filter(owner=viewer.me)
    found = {row[0]: Said(*row[1:]) for row in rows.values_list("kind", "uid", "text", "audience", "discreet")}
    return {kind: found[kind] for kind in Kind.values if kind in found}


def words(viewer: Viewer, person: int) -> list[Spoken]:
    """What somebody says besides, as far as the viewer may see, in the order of kinds."""
    found: dict[str, str] = dict(_words_of(viewer, person))
    return [Spoken(kind, lines(kind, found[kind])) for kind in Kind.values if kind in found]


def portrait(viewer: Viewer, person: int) -> bytes:
    """The picture of somebody, a JPEG. Raises `NotFound` where the viewer may not see it."""
    for picture in _portrait_of(viewer, person):
        return bytes(picture)
    raise errors.NotFound


def is_portrayed(viewer: Viewer, person: int) -> bool:
    """Whether the viewer may see a picture of somebody."""
    return bool(_portrayed(viewer, person))


def my_portrait(viewer: Viewer) -> Said | None:
    """On which terms the viewer shows a picture of themselves, without words; None where there is none."""
    rows = Portrait.objects.visible_to(viewer).filter(owner=viewer.me)
    row = rows.values_list("uid", "audience", "discreet").first()
    return Said(row[0], "", *row[1:]) if row else None


def _cards(viewer: Viewer, names: Rows) -> dict[int, Card]:
    does: dict[int, str] = dict(_headlines_of(viewer, [owner for owner, *_ in names]))
    return {owner: Card(owner, uid, name, does.get(owner, "")) for owner, uid, name in names}


@prepared
def _names_of(viewer: Viewer, people: Collection[int]) -> QuerySet[Any, Any]:
    return Name.objects.visible_to(viewer).filter(owner__in=people).values_list("owner", "owner__uid", "text")


@prepared
def _name_of(viewer: Viewer, uid: UUID) -> QuerySet[Any, Any]:
    return Name.objects.visible_to(viewer).filter(owner__uid=uid).values_list("owner", "owner__uid", "text")


@prepared
def _headlines_of(viewer: Viewer, people: Collection[int]) -> QuerySet[Any, Any]:
    return Headline.objects.visible_to(viewer).filter(owner__in=people).values_list("owner", "text")


@prepared
def _words_of(viewer: Viewer, person: int) -> QuerySet[Any, Any]:
    return Words.objects.visible_to(viewer).filter(owner=person).values_list("kind", "text")


@prepared
def _portrait_of(viewer: Viewer, person: int) -> QuerySet[Any, Any]:
    return Portrait.objects.visible_to(viewer).filter(owner=person).values_list("picture", flat=True)


@prepared
def _portrayed(viewer: Viewer, person: int) -> QuerySet[Any, Any]:
    return Portrait.objects.visible_to(viewer).filter(owner=person).values_list("uid", flat=True)


def _said(rows: Rows) -> Said | None:
    return next((Said(*row) for row in rows), None)


@prepared
def _own_name(viewer: Viewer) -> QuerySet[Any, Any]:
    return Name.objects.visible_to(viewer).filter(owner=viewer.me).values_list(*_SAID)


@prepared
def _own_headline(viewer: Viewer) -> QuerySet[Any, Any]:
    return Headline.objects.visible_to(viewer).filter(owner=viewer.me).values_list(*_SAID)


_SAID = ("uid", "text", "audience", "discreet")
