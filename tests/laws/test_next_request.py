"""Revocation, block and change of employer hold in the next request of a browser that was open before.

A share of the histories; `python -m tests.laws.next_request` plays a thousand.
"""

import pytest

from tests.laws import next_request
from tests.laws.next_request import Outcome
from tests.laws.revoked import (
    asked,
    asked_given,
    asked_hosting,
    asked_own,
    drawn,
    drawn_cards,
    drawn_hosting,
    drawn_own,
    drawn_words,
)
from tests.laws.revoked.broken import BROKEN

pytestmark = pytest.mark.django_db

#: Histories, and how many kinds of stale answers are tried: the first of them are noticed soon.
RUNS, TRIED = 40, 6


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Hidden pages are not found, hundreds of times."""
    caplog.set_level("ERROR", logger="django.request")


def test_what_changes_holds_in_the_next_request_of_a_browser_that_was_open():
    outcome = next_request.run(RUNS, seed=0)
    assert outcome.violations == [], "\n".join(outcome.violations)
    assert (outcome.runs, outcome.acts) == (RUNS, RUNS * next_request.ACTS)
    assert well_mixed(outcome)


def well_mixed(outcome: Outcome) -> bool:
    """Whether histories open and close a lot, are seldom refused, and every page is asked for."""
    pages = {page.__name__ for page in (asked.person, asked.ways, asked.evening, asked.room, asked.community)}
    pages |= {page.__name__ for page in (asked.members, asked.need, asked.contact, asked.cards, asked.signed_out)}
    pages |= {asked.organising.__name__}
    pages |= {
        page.__name__ for page in (asked_given.words, asked_given.word, asked_given.writing, asked_given.my_cards)
    }
    pages |= {page.__name__ for page in (asked_given.card, asked_own.kept, asked_own.news, asked_own.feed)}
    pages |= {page.__name__ for page in (asked_hosting.sharing, asked_hosting.door, asked_hosting.helping)}
    pages |= {page.__name__ for page in (asked_hosting.recalling, asked_hosting.pictures, asked_hosting.picture)}
    often = min(outcome.opened, outcome.closed) > outcome.acts / 5
    return often and outcome.refused < outcome.acts / 10 and outcome.pages.keys() == pages


@pytest.mark.parametrize("how", [*BROKEN][:TRIED], ids=lambda how: how.__name__)
def test_an_answer_that_is_kept_too_long_is_noticed(how):
    assert next_request.survivors(0, [how]) == []


def test_every_act_is_drawn():
    with_weight = {act for act, weight in drawn.ACTS.items() if weight > 0}
    parts = (drawn, drawn_words, drawn_cards, drawn_own, drawn_hosting)
    defined = {act for part in parts for act in vars(part).values() if getattr(act, "__module__", "") == part.__name__}
    assert with_weight == {act for act in defined if not act.__name__.startswith("_")}
