"""Each channel by which words could tell is noticed in a pair of its own, small enough to be read."""

from datetime import timedelta

import pytest

from tests.laws.worlds import by_hand, channels_words
from tests.laws.worlds.acting.acts import TIME, Audience
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import BEGIN, TICK, Said

pytestmark = pytest.mark.django_db

WRITTEN: Said = ("word", "bob", "write_word", {"person": "alice", "text": "kivozexu", "value": "b@example.net"})
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

#: For each channel its pair.
CASES: dict[str, by_hand.Case] = {
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


#: What the pairs are about, and when time passes: after all that is told.
TOUCHED = (("written", "word"), ("written", "hers"), ("person", "alice"), ("person", "bob"))
LATE = {"tick": END - BEGIN - timedelta(hours=100)}


def test_every_channel_of_words_has_a_case():
    assert len(by_hand.named(CASES)) == len(CASES)
    assert channels_words.WORDS


@pytest.mark.parametrize("case", CASES)
def test_an_opened_channel_is_noticed_and_a_closed_one_is_not(case):
    by_hand.notice(case, by_hand.of(CASES[case], TOUCHED, TICK, late=LATE))
