"""Reads about people who came in by an import and belong to nobody's account: who may say "this is me", who said so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entregent.communities import queries as communities
from entregent.communities.models import Claim, Membership
from entregent.discretion.viewer import Viewer
from entregent.exchange.models import Origin
from entregent.exchange.origins import MEMBER
from entregent.people.models import Person
from entregent.profiles import queries as profiles
from entregent.profiles.models import Name


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Somebody nobody has claimed: their key, the uid and the name of the community, whether the viewer has asked."""

    person: int
    community: UUID
    name: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A member says that they are somebody else: what both are called, and since when."""

    uid: UUID
    name: str
    of: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """A claim of the viewer's to be somebody: by public id and name, empty where the viewer no longer sees them.

    `audience` is a circle's key. What the stewards decided is not told.
    """

    uid: UUID
    person: UUID | None
    name: str
    audience: int | None


def unclaimed(viewer: Viewer, uid: UUID) -> Unclaimed | None:
    """What the viewer may claim: somebody imported into a community of theirs, without account; else None.

    Raises `NotFound` where the viewer may not see their name.
    """
    person = profiles.person(viewer, uid).person
    came = Origin.objects.filter(kind=MEMBER, about=uid).order_by("pk").values_list("community", flat=True)
    places = set(came) if Person.objects.filter(pk=person, account=None).exists() else set()
    for page in communities.mine(viewer) if places else ():
        if page.key in places:
            asked = Claim.objects.visible_to(viewer).filter(owner=viewer.person, person=person).exists()
            return Unclaimed(person, page.uid, page.name, asked)
    return None


def claims(viewer: Viewer, slug: str) -> list[Asked]:
    """What members of a community claim, for its stewards to decide; never their own. The oldest first."""
    members = Membership.objects.filter(community__slug=slug, person__in=_shown(viewer)).values("person")
    rows = Claim.objects.visible_to(viewer).filter(community__slug=slug, declined_at=None, accepted_at=None)
    rows = rows.exclude(owner=viewer.person).filter(owner__in=members, person__in=_shown(viewer))
    rows = rows.order_by("changed_at", "uid")
    said = list(rows.values_list("uid", "owner", "person", "changed_at"))
    known = profiles.cards(viewer, {key for _, owner, person, _ in said for key in (owner, person)}) if said else {}
    shown = [one for one in said if known.keys() >= {*one[1:3]}]  # a name may have been hidden a moment ago
    return [Asked(uid, known[owner].name, known[person].name, at) for uid, owner, person, at in shown]


def _shown(viewer: Viewer) -> QuerySet[Any, Any]:
    """Those whose name the viewer may see."""
    return Name.objects.visible_to(viewer).values("owner")


def claimed(viewer: Viewer) -> list[Own]:
    """Whom the viewer says they are, the oldest first."""
    rows = Claim.objects.visible_to(viewer).filter(owner=viewer.me).order_by("changed_at", "uid")
    said = list(rows.values_list("uid", "person", "audience"))
    known = profiles.cards(viewer, {person for _, person, _ in said})
    shown = [(uid, known.get(person), audience) for uid, person, audience in said]
    return [Own(uid, card.uid if card else None, card.name if card else "", audience) for uid, card, audience in shown]
