"""Seats by the book: the product and a reference of plain Python stand alike after each act of random histories.

A share of them; `python -m tests.laws.answers` plays ten thousand.
"""

import re

import pytest

from tests.laws import answers
from tests.laws.answering import acts, broken

pytestmark = pytest.mark.django_db

#: Histories; where people stand in them, and what doors say.
RUNS = 110
STANDS = ("going", "waiting", "offered", "lapsed", "released", "not_going")
VERDICTS = ("in", "already", "given_back", "unknown")


def test_seats_are_where_the_book_has_them_after_each_act():
    outcome = answers.run(RUNS, seed=0)
    assert outcome.violations == [], "\n".join(outcome.violations)
    assert (outcome.runs, outcome.acts) == (RUNS, RUNS * acts.ACTS)
    assert outcome.refused < outcome.acts / 3
    assert min(outcome.stood[stands] for stands in STANDS) > RUNS / 10
    assert min(outcome.stood[f"door: {verdict}"] for verdict in VERDICTS) > 0


@pytest.mark.parametrize("how", broken.BROKEN, ids=lambda how: how.__name__)
def test_a_rule_that_is_taken_out_is_missed(how):
    assert answers.survivors(0, [how]) == []


def test_a_history_that_differs_is_told_as_short_as_it_still_differs():
    with broken.broken(broken.a_seat_that_nobody_is_offered):
        [told] = answers.run(1, seed=0, first=broken.BROKEN[broken.a_seat_that_nobody_is_offered], enough=1).violations
    assert re.findall(r"evening 0: (.*)", told) == [
        "3 seats, bring 0",
        "noor come",
        "bob come",
        "camille come",
        "charlie come organisers 0",
        "noor decline",
    ]


def test_every_rule_that_can_be_taken_out_is_tried():
    defined = {how for how in vars(broken).values() if callable(how) and how.__module__ == broken.__name__}
    assert set(broken.BROKEN) == {how for how in defined if not how.__name__.startswith("_")} - {broken.broken}
