"""Each channel by which the morning after could tell is noticed in a pair of its own, small enough to be read."""

import inspect
from datetime import timedelta

import pytest

from tests.laws.worlds import by_hand, channels_morning
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import BEGIN, BEGUN, TICK, Said

pytestmark = pytest.mark.django_db

#: When the evening begins: two acts after it is announced.
STARTS = BEGIN + timedelta(hours=len(BEGUN) + 2)
EVENING = by_hand.announced(STARTS, audience="everyone", pictures=True)
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


TOUCHED = (("evening", "evening"), ("picture", "shown"), ("person", "alice"), ("person", "bob"))
LATE = {"tick": END - BEGIN - timedelta(hours=100)}


def test_every_channel_of_the_morning_has_a_case():
    assert len(set(by_hand.named(CASES))) == len(CASES) == inspect.getsource(channels_morning).count("@channel(")


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    viewer, both, one = CASES[case]
    by_hand.notice(case, by_hand.of((viewer, both, one, ()), TOUCHED, TICK, late=LATE))
