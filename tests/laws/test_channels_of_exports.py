"""Each channel by which the list of an evening, or its log, could tell is noticed in a pair of its own."""

from datetime import timedelta

import pytest

from tests.laws.worlds import by_hand
from tests.laws.worlds.acting.acts import Audience
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import Said

pytestmark = pytest.mark.django_db

EVENING = by_hand.announced(END + timedelta(days=2))
TOUCHED = (("evening", "evening"), ("person", "alice"))
EXPORT: Said = ("export", "alice", "export", {"evening": "evening"})
NAMELESS, HIDDEN = (
    (f"{who} hides", who, "call_me", {"text": "Kazovi", "audience": Audience(), "discreet": False})
    for who in ("carla", "alice")
)
GONE: Said = ("gone", "alice", "erase", {})
STEWARD: Said = ("steward", "alice", "appoint", {"community": "found", "person": "carla"})


def coming(who: str, audience: str) -> Said:
    """Somebody comes, and lets these people see it."""
    return (f"{who} comes", who, "answer", {"evening": "evening", "audience": audience, "discreet": False})


#: For each channel its pair.
CASES: dict[str, by_hand.Case] = {
    "log for whoever sees": ("bob", (EVENING, coming("carla", "me")), (EXPORT,), ()),
    "is still here": ("bob", (EVENING, coming("bob", "me"), EXPORT, NAMELESS, STEWARD), (HIDDEN,), (GONE,)),
    "names those who come": ("alice", (EVENING,), (coming("bob", "me"),), (coming("carla", "me"),)),
}


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    by_hand.notice(case, by_hand.of(CASES[case], TOUCHED))
