"""The channel by which the link of a past evening could tell of it is noticed in a pair of its own."""

from datetime import timedelta

import pytest

from tests.laws.worlds import by_hand
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.by_hand import Said

pytestmark = pytest.mark.django_db

#: For the community, in which Dana is not.
HERE: tuple[Said, ...] = (
    ("enter dana", "dana", "enter", {"language": "fr"}),
    by_hand.announced(END - timedelta(days=3), audience="community"),
)
ASKED: Said = ("asked", "alice", "ask_who_was_there", {"evening": "evening", "person": "dana"})
TOUCHED = (("evening", "evening"), ("recalled", "asked"))
LATE = {"asked": timedelta(days=1)}


def test_a_link_that_tells_of_an_evening_is_noticed_and_one_that_does_not_is_not():
    by_hand.notice("link to a past evening", by_hand.of(("dana", HERE, (ASKED,), ()), TOUCHED, late=LATE))
