"""Whether whoever gave a card hid since or left changes nothing: waiting, entered, of somebody noted by hand or not.

Random pairs seldom have all of it: a page by hand, a card of the same member, and the one or the other.
"""

from datetime import timedelta

import pytest

from tests import canary
from tests.laws.test_channels_of_cards import card
from tests.laws.worlds import by_hand
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.asking.plan import WHOLE
from tests.laws.worlds.by_hand import TICK, Said
from tests.laws.worlds.playing import played

pytestmark = pytest.mark.django_db

HIDES: Said = ("hide", "bob", "block", {"person": "alice"})
LEAVES: Said = ("gone", "bob", "erase", {})
NOTED: Said = ("noted", "alice", "note_somebody", {"person": "bob", "text": "zuvoke"})
CARDS = (card("bob"), card("alice"))


def exchanged(number: str = "") -> tuple[Said, Said]:
    """Alice shows a card, for which Bob gives his."""
    show, exchange = f"show{number}", f"exchange{number}"
    return (
        (show, "alice", "show_card", {"card": "card alice", "evening": "", "person": ""}),
        (exchange, "bob", "exchange_cards", {"showing": show, "card": "card bob"}),
    )


#: What both worlds hold, and how they end.
CASES: dict[str, tuple[tuple[Said, ...], tuple[Said, ...]]] = {
    "one that waits": ((*CARDS, *exchanged()), ()),
    "one that waits, of somebody noted": ((*CARDS, NOTED, *exchanged()), ()),
    "one that enters, of somebody noted": ((*CARDS, NOTED, *exchanged()), (TICK,)),
    "two that enter": ((*CARDS, *exchanged(), *exchanged("2")), (TICK,)),
    "two that enter, of somebody noted": ((*CARDS, NOTED, *exchanged(), *exchanged("2")), (TICK,)),
}
#: How long before the end each act is done: a card is shown for ten minutes.
MINUTES = {"noted": 20, "show": 9, "exchange": 8, "show2": 7, "exchange2": 6, "hide": 5, "gone": 5, "tick": 4}
LATE = {key: timedelta(minutes=minutes) for key, minutes in MINUTES.items()}
TOUCHED = (("person", "bob"), ("crossing", "exchange"), ("showing", "show"), ("contact", "noted"))


@pytest.mark.parametrize("case", CASES)
def test_whether_whoever_gave_a_card_hid_or_left_changes_nothing(case):
    both, ends = CASES[case]
    asked = by_hand.of(("alice", both, (HIDES,), (LEAVES,)), TOUCHED, *ends, late=LATE)
    with canary.away(), played.opened() as world:
        [found] = differences(world, asked, Count(), blocks=[Block()], budget=WHOLE)
    assert [str(one) for one in found] == []
