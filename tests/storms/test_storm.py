"""Many people answer, leave and move up at once, over HTTP, while offers end: no seat is sold twice, or stays empty.

A small storm; `python -m tests.laws.storm` has two hundred people and fifty evenings, twenty times.
"""

import pytest

from tests.storms import storm

pytestmark = pytest.mark.storm


def test_a_storm_oversells_nothing_leaves_no_seat_free_and_shows_no_error(installed):
    with storm.served(installed) as url:
        outcome = storm.once(installed, url, storm.SMALL)
    assert outcome.wrong == []
    assert set(outcome.met.statuses) == {200, 302}
    assert outcome.met.sent.keys() == {"reponse", "rendre", "take"}
    assert min(outcome.looks, outcome.offered) > 0


@pytest.mark.parametrize("without", [["lock"], ["lock", "constraint"]], ids=" and ".join)
def test_without_the_lock_the_same_storm_is_found_wrong(installed, without):
    with storm.served(installed, *without) as url:
        outcome = storm.once(installed, url, storm.SMALL)
    assert [wrong for wrong in outcome.wrong if "taken" in wrong or "oversold" in wrong or "500" in wrong] != []
