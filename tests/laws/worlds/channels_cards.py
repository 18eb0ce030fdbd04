"""Named channels by which cards would tell what nobody is to learn: see `channels`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from entregent.cards import actions, queries
from entregent.cards.models import Crossing, Handed, Showing
from entregent.circles import actions as circles
from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups.models import Meetup
from entregent.people import queries as people
from entregent.people.keys import digest
from tests.laws.worlds.channels import channel, put

CARDS = ("me_cards",)
SHOWN = ("card_shown",)


@channel("crossed cards that say that the other one withdrew theirs", "crossing", *CARDS)
def withdrawn() -> Iterator[None]:
    real = queries.crossed

    def crossed(viewer: Viewer) -> list[Any]:
        gone = Crossing.ledger.filter(person=viewer.me).exclude(withdrawn_at=None)
        names = set(gone.values_list("owner__uid", flat=True))
        return [replace(one, withdrawn=one.withdrawn or one.member in names) for one in real(viewer)]

    with put(queries, "crossed", crossed):
        yield


@channel("withdrawing a card that takes it from both circles", "crossing", writing=True)
def both() -> Iterator[None]:
    real = actions._withdraw

    def withdraw(actor: Viewer, crossing: UUID, at: datetime | None) -> None:
        real(actor, crossing, at)
        for owner in Crossing.ledger.filter(uid=crossing).values_list("person", flat=True):
            circle = circles.circle(kind="connections", about=people.uid_of(person=owner or 0))
            circles.dismiss(circles=[circle], person=actor.me)

    with put(actions, "_withdraw", withdraw):
        yield


@channel("a card that says how many others have taken it", "crossing", *SHOWN)
def counted() -> Iterator[None]:
    real = queries.shown

    def shown(viewer: Viewer, secret: str) -> Any:
        found = real(viewer, secret)
        others = Handed.ledger.filter(showing=found.uid).exclude(owner=viewer.person).count()
        return replace(found, face=replace(found.face, organisation=f"{others} have it"))

    with put(queries, "shown", shown):
        yield


@channel("a card with an evening that its reader does not see", "showing evening", *SHOWN)
def evening() -> Iterator[None]:
    def title(_viewer: Viewer, code: str) -> str | None:
        return Meetup.ledger.filter(code=code).values_list("title", flat=True).first()

    with put(queries, "_title", title):
        yield


@channel("a refusal for a card that was put away, not found for one that never was", "showing", *SHOWN)
def put_away() -> Iterator[None]:
    real = queries.shown

    def shown(viewer: Viewer, secret: str) -> Any:
        try:
            return real(viewer, secret)
        except errors.NotFound:
            if Showing.ledger.filter(digest=digest(secret)).exists():
                raise errors.Refused("Put away.") from None
            raise

    with put(queries, "shown", shown):
        yield
