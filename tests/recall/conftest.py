"""Two evenings that Alice announced, one two years ago and one on Thursday; today is the Sunday before it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions as meetups
from entregent.meetups import queries as evenings

TODAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
STARTS = datetime.fromisoformat("2024-11-28T14:30:00+00:00")
THURSDAY = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
HOURS = timedelta(hours=4)

Come = Callable[[str, Viewer], None]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The clock stands on a Sunday."""
    with clock.at(TODAY):
        yield


@pytest.fixture
def announce(alice: Viewer, community: str) -> Callable[..., str]:
    """Announces an evening of Alice's."""

    def announced(title: str, starts: datetime, **more: str) -> str:
        with clock.at(starts - timedelta(days=20)):
            return meetups.announce(
                alice,
                community=community,
                title=title,
                starts_at=starts,
                ends_at=starts + HOURS,
                place="Chez Zélie",
                **more,  # type: ignore[arg-type]
            )

    return announced


@pytest.fixture
def apero(announce: Callable[..., str]) -> str:
    """The code of the evening of two years ago."""
    return announce("Apéro Web 31", STARTS, town="Saint-Denis")


@pytest.fixture
def come(alice: Viewer) -> Come:
    """Says that somebody comes to an evening, for the community to see."""

    def came(code: str, viewer: Viewer) -> None:
        with clock.at(evenings.evening(alice, code).starts_at - timedelta(days=2)):
            meetups.answer(viewer, code=code, audience="community", discreet=False)

    return came
