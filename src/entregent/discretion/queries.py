"""Reads about discretion: why somebody sees a fact, in which circles the viewer stands, whom they shield."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entregent.discretion import policy
from entregent.discretion.models import Circle, Fact, Member, Shield
from entregent.discretion.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether somebody sees a fact, and each condition of the policy that says so."""

    seen: bool
    conditions: dict[str, bool]


def explain(viewer: Viewer, kind: type[Fact], uid: UUID, seen_by: Viewer) -> Explanation | None:
    """Why `seen_by`, an imagined somebody, sees or does not see a fact of the viewer's own; None for others' facts."""
    columns: dict[str, Any] = {f"_{term}": policy.Condition(seen_by, term) for term in policy.TERMS}
    row = (
        kind.objects.visible_to(viewer)
        .filter(uid=uid, owner=viewer.me)
        .annotate(_seen=policy.may_see(seen_by), **columns)
        .values("_seen", *columns)
        .first()
    )
    if row is None:
        return None
    seen = bool(row.pop("_seen"))
    return Explanation(seen=seen, conditions={name[1:]: bool(value) for name, value in row.items()})


def stands_in(viewer: Viewer, kind: str, about: UUID) -> bool:
    """Whether the viewer is in the circle of `kind` about a thing."""
    if viewer.person is None:
        return False
    circle = Circle.objects.filter(kind=kind, about=about).values_list("pk", flat=True).first()
    return circle is not None and circle in policy.places(viewer).every


def places_of_kind(viewer: Viewer, kind: str) -> list[UUID]:
    """What the viewer's circles of a kind are about: the communities they belong to, for `members`."""
    held = policy.places(viewer).every
    return list(Circle.objects.filter(kind=kind, pk__in=held).order_by("pk").values_list("about", flat=True))


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the viewer's shield: a circle (kind and what it is about) or a person's key."""

    kind: str
    about: UUID | None
    person: int | None


def shields(viewer: Viewer, over: str = Shield.Over.DISCREET) -> list[Kept]:
    """From whom the viewer keeps their discreet facts, or everything."""
    rows = Shield.objects.filter(owner=viewer.me, over=over).values_list("circle__kind", "circle__about", "person")
    return [Kept(kind=kind or "", about=about, person=person) for kind, about, person in rows.order_by("pk")]


def blockers(viewer: Viewer) -> list[int]:
    """The keys of those who keep everything from the viewer: for masking computed answers, never for showing."""
    if viewer.person is None:
        return []
    held = policy.places(viewer).every
    rows = Shield.objects.filter(over=Shield.Over.EVERYTHING)
    by_person = rows.filter(person=viewer.person).values_list("owner", flat=True)
    return sorted({*by_person, *rows.filter(circle__in=held).values_list("owner", flat=True)})


def declared(viewer: Viewer) -> bool:
    """Whether the viewer has said where they work."""
    return viewer.person is not None and Member.objects.filter(person=viewer.person, circle=policy.DECLARED).exists()
