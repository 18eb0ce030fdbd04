"""Each channel by which the list of an evening, or its log, could tell is noticed in a pair of its own."""

from datetime import timedelta

import pytest

from tests import canary
from tests.laws.test_channels_of_words import BEGUN, Said, acts
from tests.laws.worlds.acting.acts import Audience
from tests.laws.worlds.acting.changes import in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

pytestmark = pytest.mark.django_db

STARTS = END + timedelta(days=2)
EVENING: Said = (
    "evening",
    "alice",
    "announce",
    {
        "community": "found",
        "title": "Zavoki",
        "place": "Xuleko",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=3),
    },
)
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


#: For each channel: who asks, what both worlds hold, and what the one and the other hold besides.
CASES: dict[str, tuple[str, tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]] = {
    "log for whoever sees": ("bob", (EVENING, coming("carla", "me")), (EXPORT,), ()),
    "is still here": ("bob", (EVENING, coming("bob", "me"), EXPORT, NAMELESS, STEWARD), (HIDDEN,), (GONE,)),
    "names those who come": ("alice", (EVENING,), (coming("bob", "me"),), (coming("carla", "me"),)),
}


def pair(case: str) -> Pair:
    """Two histories that one viewer cannot tell apart."""
    viewer, both, one, other = CASES[case]
    first, second = (in_order(acts(*BEGUN, *both, *which)) for which in (one, other))
    assert first != second
    assert compared(first, second, viewer, END) is not None
    return Pair(
        seed=0,
        role="member",
        viewer=viewer,
        one=first,
        other=second,
        at=END,
        always=False,
        how="add",
        hidden=frozenset(),
        touched=frozenset({("evening", "evening"), ("person", "alice")}),
        seen=True,
    )


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    [channel] = [one for one in CHANNELS if case in one.name]
    closed, opened = Block(rows=channel.rows), Block(channel.opened, channel.rows)
    with canary.away(), played.opened() as world:
        before, found = differences(world, pair(case), Count(), blocks=[closed, opened], budget=FEW)
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]
