"""Each channel by which an evening could tell in which communities it stands is noticed in a pair of its own."""

from datetime import timedelta

import pytest

from tests.laws.worlds import by_hand
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import Said

pytestmark = pytest.mark.django_db

EVENING = by_hand.announced(END + timedelta(days=2))
AWAY: Said = ("away", "alice", "found", {"name": "Vezoka", "entry": "approved"})
STANDS: Said = ("stands", "alice", "stand_in", {"evening": "evening", "community": "away", "keeps": False})
TOUCHED = (("evening", "evening"), ("community", "away"), ("person", "alice"))
#: What the channels are called.
CASES = ("names all communities", "those that are not told")


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    by_hand.notice(case, by_hand.of(("bob", (AWAY, EVENING), (STANDS,), ()), TOUCHED))
