"""A discreet need of Alice's, for people whom she named, shielded from those with whom she works."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from entregent.circles import actions as circles
from entregent.common import ids
from entregent.discretion import actions
from entregent.discretion.viewer import Viewer
from entregent.needs.models import Need


@dataclass(frozen=True)
class Wish:
    """The need: its public id, the circle of those named, the circle of those with whom Alice works."""

    uid: UUID
    audience: int
    staff: int


@pytest.fixture
def need(alice: Viewer, charlie: Viewer) -> Wish:
    """Charlie is the one she named."""
    staff = circles.circle(kind="staff", about=ids.new())
    actions.shield(alice, circle=staff)
    audience = actions.name_people(alice, people=[charlie.me])
    fact = Need.ledger.create(owner_id=alice.me, audience_id=audience, discreet=True, text="a team I choose")
    return Wish(uid=fact.uid, audience=audience, staff=staff)
