"""Each channel by which cards could tell is noticed in a pair of its own, small enough to be read."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from tests import canary
from tests.laws.test_channels_of_words import BEGUN, TICK, Said
from tests.laws.worlds import channels_cards
from tests.laws.worlds.acting.acts import Act, Audience
from tests.laws.worlds.acting.changes import Acts, in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

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

#: For each channel: who asks, what both worlds hold, and what the one and the other hold besides.
CASES: dict[str, tuple[str, tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]] = {
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
#: How long before the end each act is done, in minutes: a card is shown for ten.
LATE = {"show": 9, "exchange": 8, "take": 7, "away": 7, "tick": 6, "out": 4, "said": 5, "block": 3}


def acts(*told: Said) -> Acts:
    """Acts in the order in which they are told, an hour apart; those of the end within minutes."""
    begin = END - timedelta(days=9)
    return tuple(
        Act(key, _at(key, begin + timedelta(hours=hour)), who, do, MappingProxyType(dict(said)))
        for hour, (key, who, do, said) in enumerate(told)
    )


def _at(key: str, early: Any) -> Any:
    return END - timedelta(minutes=LATE[key]) if key in LATE else early


def pair(case: str) -> Pair:
    """Two histories that one viewer cannot tell apart."""
    viewer, both, one, other = CASES[case]
    first, second = (in_order(acts(*BEGUN, *both, *which)) for which in (one, other))
    assert compared(first, second, viewer, END) is not None
    assert first != second
    touched = frozenset({("showing", "show"), ("crossing", "exchange"), ("person", "bob"), ("person", "carla")})
    how: dict[str, Any] = {"always": False, "how": "add", "hidden": frozenset(), "seen": True}
    return Pair(seed=0, role="member", viewer=viewer, one=first, other=second, at=END, touched=touched, **how)


def test_every_channel_of_cards_has_a_case():
    named = {one.name for one in CHANNELS if any(case in one.name for case in CASES)}
    assert len(named) == len(CASES)
    assert {*channels_cards.CARDS, *channels_cards.SHOWN} == {"me_cards", "card_shown"}


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    [channel] = [one for one in CHANNELS if case in one.name]
    with canary.away():
        with played.opened() as world:
            before = differences(world, pair(case), Count(), blocks=[Block(rows=channel.rows)], budget=FEW)[0]
        with channel.opened(), played.opened() as world:
            found = differences(world, pair(case), Count(), blocks=[Block(rows=channel.rows)], budget=FEW)[0]
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]
