"""Each channel by which cards could tell is noticed in a pair of its own, small enough to be read."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.laws.worlds import by_hand, channels_cards
from tests.laws.worlds.acting.acts import Audience
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import TICK, Said

pytestmark = pytest.mark.django_db


def card(who: str) -> Said:
    said = {"title": "Tivoxe", "name": f"{who.title()} Xovita", "does": "", "value": f"{who}@example.net"}
    return f"card {who}", who, "keep_card", said


def show(to: str = "", evening: str = "") -> Said:
    return "show", "bob", "show_card", {"card": "card bob", "evening": evening, "person": to}


CARDS = (card("bob"), card("alice"), card("carla"))
EXCHANGED: Said = ("exchange", "alice", "exchange_cards", {"showing": "show", "card": "card alice"})
EVENING: Mapping[str, Any] = {
    "community": "found",
    "title": "Zuvokexi",
    "place": "Nuvo",
    "starts_at": END - timedelta(hours=1),
    "ends_at": END + timedelta(hours=2),
    "audience": "community",
    "capacity": None,
    "shows_band": True,
}
STRANGER: Said = ("enter ines", "ines", "enter", {"language": "fr"})
CROSSED = Audience("crossed")

#: For each channel its pair.
CASES: dict[str, by_hand.Case] = {
    "the other one withdrew theirs": (
        "alice",
        (*CARDS, show("alice"), EXCHANGED, TICK),
        (("out", "bob", "withdraw_card", {"person": "alice"}),),
        (),
    ),
    "takes it from both circles": (
        "alice",
        (
            *(*CARDS, show("alice"), EXCHANGED, TICK),
            ("said", "bob", "say_headline", {"text": "voxizeku", "audience": CROSSED, "discreet": False}),
            ("out", "alice", "withdraw_card", {"person": "bob"}),
        ),
        (("block", "carla", "block", {"person": "bob"}),),
        (),
    ),
    "how many others": ("alice", (*CARDS, show()), (("take", "carla", "take_card", {"showing": "show"}),), ()),
    "that its reader does not see": (
        "ines",
        (STRANGER, *CARDS, ("evening", "alice", "announce", EVENING)),
        (show(evening="evening"),),
        (show(),),
    ),
    "that was put away": (
        "alice",
        CARDS,
        (show("alice"), ("away", "bob", "hide_showing", {"showing": "show"})),
        (),
    ),
}
#: How long before the end each act is done: a card is shown for ten minutes.
MINUTES = {"show": 9, "exchange": 8, "take": 7, "away": 7, "tick": 6, "out": 4, "said": 5, "block": 3}
LATE = {key: timedelta(minutes=minutes) for key, minutes in MINUTES.items()}
TOUCHED = (("showing", "show"), ("crossing", "exchange"), ("person", "bob"), ("person", "carla"))


def test_every_channel_of_cards_has_a_case():
    assert len(set(by_hand.named(CASES))) == len(CASES)
    assert {*channels_cards.CARDS, *channels_cards.SHOWN} == {"me_cards", "card_shown"}


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    by_hand.notice(case, by_hand.of(CASES[case], TOUCHED, late=LATE))
