"""Each channel by which words could tell is noticed in a pair of its own, small enough to be read."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from tests import canary
from tests.laws.worlds import channels_words
from tests.laws.worlds.acting.acts import TIME, Act, Audience
from tests.laws.worlds.acting.changes import Acts, in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

pytestmark = pytest.mark.django_db

#: What somebody does: the key of the act, who, which word, what it says.
Said = tuple[str, str, str, Mapping[str, Any]]
COMMUNITY = Audience("members", of="found")
BEGUN: tuple[Said, ...] = (
    *((f"enter {who}", who, "enter", {"language": "fr"}) for who in ("alice", "bob", "carla")),
    ("found", "alice", "found", {"name": "Vacoa", "entry": "open"}),
    *((f"join {who}", who, "join", {"community": "found", "name": who}) for who in ("bob", "carla")),
    *(
        (f"name {who}", who, "call_me", {"text": f"{who.title()} {name}", "audience": COMMUNITY, "discreet": False})
        for who, name in (("alice", "Kazovi"), ("bob", "Zuxeko"), ("carla", "Vexiza"))
    ),
)
WRITTEN: Said = ("word", "bob", "write_word", {"person": "alice", "text": "kivozexu", "value": "b@example.net"})
TICK: Said = ("tick", TIME, "tick", {})
EARLY: Said = ("early", TIME, "tick", {})
OF_CARLA: tuple[Said, ...] = (
    ("hers", "carla", "write_word", {"person": "alice", "text": "vuzokaxe", "value": ""}),
    ("to her", "alice", "write_word", {"person": "carla", "text": "xezakovi", "value": ""}),
)
OTHER_CARD: Said = (*WRITTEN[:3], {**WRITTEN[3], "value": "other@example.net"})
UNNAMED: Said = (
    "unnamed",
    "bob",
    "call_me",
    {"text": "Bob", "audience": Audience("named", people=("carla",)), "discreet": False},
)

#: For each channel: who asks, what both worlds hold, and what the one and the other hold besides.
CASES: dict[str, tuple[str, tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]] = {
    "blocks people": ("bob", (WRITTEN,), (("block", "alice", "block", {"person": "carla"}),), ()),
    "laid aside": ("bob", (WRITTEN, EARLY), (("leave", "alice", "let_word_be", {"word": "word"}),), ()),
    "wants none": ("bob", (), (("none", "alice", "take_words", {"yes": False}),), ()),
    "others wrote": ("bob", (), OF_CARLA, ()),
    "before its word": ("alice", (), (WRITTEN,), (OTHER_CARD,)),
    "written to besides": (
        "alice",
        (WRITTEN,),
        (("besides", "bob", "write_word", {"person": "carla", "text": "zaxukove", "value": ""}),),
        (),
    ),
    "see its writer": ("alice", (UNNAMED,), (WRITTEN,), ()),
}


def acts(*told: Said) -> Acts:
    """Acts in the order in which they are told, an hour apart; time passes at the end."""
    begin, tick = END - timedelta(days=9), 100
    return tuple(
        Act(key, begin + timedelta(hours=tick if key == "tick" else hour), who, do, MappingProxyType(dict(said)))
        for hour, (key, who, do, said) in enumerate(told)
    )


def pair(case: str) -> Pair:
    """Two histories that one viewer cannot tell apart."""
    viewer, both, one, other = CASES[case]
    first, second = (in_order(acts(*BEGUN, *both, *which, TICK)) for which in (one, other))
    assert compared(first, second, viewer, END) is not None
    assert first != second
    touched = frozenset({("written", "word"), ("written", "hers"), ("person", "alice"), ("person", "bob")})
    how: dict[str, Any] = {"always": False, "how": "add", "hidden": frozenset(), "seen": True}
    return Pair(seed=0, role="member", viewer=viewer, one=first, other=second, at=END, touched=touched, **how)


def test_every_channel_of_words_has_a_case():
    named = {one.name for one in CHANNELS if any(case in one.name for case in CASES)}
    assert len(named) == len(CASES)
    assert channels_words.WORDS


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    [channel] = [one for one in CHANNELS if case in one.name]
    closed, opened = Block(rows=channel.rows), Block(channel.opened, channel.rows)
    with canary.away():
        if channel.writing:
            with played.opened() as world:
                before = differences(world, pair(case), Count(), budget=FEW)[0]
            with channel.opened(), played.opened() as world:
                found = differences(world, pair(case), Count(), budget=FEW)[0]
        else:
            with played.opened() as world:
                before, found = differences(world, pair(case), Count(), blocks=[closed, opened], budget=FEW)
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]
