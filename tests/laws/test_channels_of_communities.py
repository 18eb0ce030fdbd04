"""Each channel by which an evening could tell in which communities it stands is noticed in a pair of its own."""

from datetime import timedelta

import pytest

from tests import canary
from tests.laws.test_channels_of_words import BEGUN, Said, acts
from tests.laws.worlds.acting.changes import in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

pytestmark = pytest.mark.django_db

STARTS = END + timedelta(days=2)
AWAY: Said = ("away", "alice", "found", {"name": "Vezoka", "entry": "approved"})
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
STANDS: Said = ("stands", "alice", "stand_in", {"evening": "evening", "community": "away", "keeps": False})
#: What the channels are called.
CASES = ("names all communities", "those that are not told")


def pair() -> Pair:
    """Two histories that somebody cannot tell apart who is in one of the two communities."""
    first, second = (in_order(acts(*BEGUN, AWAY, EVENING, *which)) for which in ((STANDS,), ()))
    assert first != second
    assert compared(first, second, "bob", END) is not None
    return Pair(
        seed=0,
        role="member",
        viewer="bob",
        one=first,
        other=second,
        at=END,
        always=False,
        how="add",
        hidden=frozenset(),
        touched=frozenset({("evening", "evening"), ("community", "away"), ("person", "alice")}),
        seen=True,
    )


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    [channel] = [one for one in CHANNELS if case in one.name]
    closed, opened = Block(rows=channel.rows), Block(channel.opened, channel.rows)
    with canary.away(), played.opened() as world:
        before, found = differences(world, pair(), Count(), blocks=[closed, opened], budget=FEW)
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]
