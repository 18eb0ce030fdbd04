"""An evening of Alice's, seen from the Sunday before it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.market import actions as market
from entregent.meetups import actions
from entregent.people import queries as people

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)

Announce = Callable[..., str]


@pytest.fixture(autouse=True)
def sunday() -> Iterator[None]:
    """The clock stands on the Sunday before the evening."""
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice: Viewer, community: str) -> Announce:
    """Announces an evening of Alice's; what is given replaces what stands here."""

    def announced(**said: object) -> str:
        usual = {"title": "Apéro Web 47", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie"}
        return actions.announce(alice, **{"community": community, **usual, **said})  # type: ignore[arg-type]

    return announced


@pytest.fixture
def code(announce: Announce) -> str:
    """The code of an evening for everyone, without a limit of seats."""
    return announce()


@pytest.fixture
def guest() -> Callable[..., Viewer]:
    """Answers an evening with a first name; the guest as the phone that keeps the link."""

    def answered(code: str, name: str = "Camille", mail_to: str = "") -> Viewer:
        seat = actions.answer_as_guest(ANYBODY, code=code, name=name, mail_to=mail_to)
        return Viewer(person=people.holder_of(secret=seat.secret))

    return answered


@pytest.fixture
def at_filao(bob: Viewer, charlie: Viewer) -> None:
    """Bob and Charlie work at Filao, and have said so to nobody but the server."""
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", audience=None)
        market.say_situation(viewer, answer="employed")


@pytest.fixture
def declared(alice: Viewer) -> None:
    """Alice has said where she works: on her own."""
    market.say_situation(alice, answer="own")
