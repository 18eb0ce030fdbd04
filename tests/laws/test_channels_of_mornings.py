"""Each channel by which the morning after could tell is noticed in a pair of its own, small enough to be read."""

import inspect
from datetime import timedelta
from typing import Any

import pytest

from tests import canary
from tests.laws.test_channels_of_words import BEGUN, TICK, Said, acts
from tests.laws.worlds import channels_morning
from tests.laws.worlds.acting.changes import in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

pytestmark = pytest.mark.django_db

#: When the evening begins: two acts after it is announced.
STARTS = END - timedelta(days=9) + timedelta(hours=len(BEGUN) + 2)
EVENING: Said = (
    "evening",
    "alice",
    "announce",
    {
        "community": "found",
        "title": "Vezaku",
        "place": "Kuzavo",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=3),
        "audience": "everyone",
        "pictures": True,
    },
)
PICTURE: Said = ("shown", "alice", "add_picture", {"evening": "evening", "picture": 7})
NOTED: Said = ("noted", "bob", "note_somebody", {"person": "alice"})
PROMISED: Said = ("promised", "bob", "promise", {"contact": "noted", "text": "vuzokaxe"})


def there(who: str) -> Said:
    """Somebody is at the evening, and shows it to nobody."""
    return (f"there {who}", who, "arrive", {"evening": "evening", "seen": False, "discreet": False})


#: For each channel: who asks, what both worlds hold, and what the one holds besides.
CASES: dict[str, tuple[str, tuple[Said, ...], tuple[Said, ...]]] = {
    "others promised": (
        "alice",
        (NOTED,),
        (PROMISED,),
    ),
    "what anybody promised": ("carla", (NOTED,), (PROMISED,)),
    "kept their word": (
        "alice",
        (NOTED, PROMISED),
        (("kept", "bob", "keep_promise", {"promise": "promised"}),),
    ),
    "noted oneself": (
        "alice",
        (EVENING, there("alice"), there("bob")),
        ((*NOTED[:3], {**NOTED[3], "evening": "evening"}),),
    ),
    "place that is left": (
        "carla",
        (EVENING, there("bob"), there("carla")),
        (PICTURE, ("down", "bob", "take_picture_down", {"picture": "shown"})),
    ),
    "whether it wants pictures": (
        "alice",
        (EVENING, ("answer", "bob", "answer", {"evening": "evening", "audience": "me"})),
        (("no", "bob", "say_pictured", {"evening": "evening", "yes": False}),),
    ),
    "by its address": ("carla", (EVENING, there("bob")), (PICTURE,)),
}


def pair(case: str) -> Pair:
    """Two histories that one viewer cannot tell apart."""
    viewer, both, one = CASES[case]
    first, second = (in_order(acts(*BEGUN, *both, *which, TICK)) for which in (one, ()))
    assert compared(first, second, viewer, END) is not None
    touched = frozenset({("evening", "evening"), ("picture", "shown"), ("person", "alice"), ("person", "bob")})
    how: dict[str, Any] = {"always": False, "how": "add", "hidden": frozenset(), "seen": True}
    return Pair(seed=0, role="member", viewer=viewer, one=first, other=second, at=END, touched=touched, **how)


def test_every_channel_of_the_morning_has_a_case():
    named = {one.name for one in CHANNELS if any(case in one.name for case in CASES)}
    assert len(named) == len(CASES) == inspect.getsource(channels_morning).count("@channel(")


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    [channel] = [one for one in CHANNELS if case in one.name]
    closed, opened = Block(rows=channel.rows), Block(channel.opened, channel.rows)
    with canary.away(), played.opened() as world:
        before, found = differences(world, pair(case), Count(), blocks=[closed, opened], budget=FEW)
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]
