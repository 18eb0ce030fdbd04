"""An evening of two years ago that Alice announced and where Bob and Charlie were; today's clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions as meetups

TODAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2024-11-28T14:30:00+00:00")
HOURS = timedelta(hours=4)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The clock stands on a Sunday."""
    with clock.at(TODAY):
        yield


@pytest.fixture
def apero(alice: Viewer, community: str) -> str:
    """The code of the evening, which is for everyone."""
    with clock.at(STARTS - timedelta(days=20)):
        return meetups.announce(
            alice,
            community=community,
            title="Apéro Web 31",
            starts_at=STARTS,
            ends_at=STARTS + HOURS,
            place="Chez Zélie",
            town="Saint-Denis",
        )
