"""Histories and pairs are what the law needs: everything happens, and everything is hidden from everybody somewhere."""

import os
import subprocess
import sys
from collections import Counter
from itertools import islice, pairwise
from typing import Any

import pytest

from tests.laws.worlds.acting.about import KINDS_OF_FACTS
from tests.laws.worlds.acting.acts import KINDS, OPERATOR, PASSER, TIME, Act, about
from tests.laws.worlds.acting.changes import people_of
from tests.laws.worlds.acting.history import ROLES, history
from tests.laws.worlds.acting.pairs import HOWS, Pair, Tally, pairs, pieces
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.knowing.oracle import Oracle


@pytest.fixture(scope="module")
def drawn() -> tuple[list[Pair], Tally]:
    """Three hundred pairs, and what was counted."""
    tally = Tally()
    return list(islice(pairs(0, tally), 300)), tally


#: A program that prints what tells five pairs from others.
PRINTS = """
from itertools import islice
from tests.laws.worlds.acting.pairs import Tally, pairs
for pair in islice(pairs(3, Tally()), 5):
    print(pair.role, pair.how, pair.at, [(act.key, act.at, act.who) for act in (*pair.one, *pair.other)])
"""


def test_a_seed_gives_the_same_pairs_in_another_process() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", PRINTS], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != b""


def test_what_may_differ_is_tried_whole_then_in_parts_then_each_alone_and_nothing_not_at_all() -> None:
    assert ["".join(piece) for piece in pieces([*"abcde"])] == ["abcde", "abc", "de", "ab", "cd", "e", *"abcde"]
    assert [*pieces([])] == []


def test_a_history_is_in_the_order_of_time_and_ends_in_time() -> None:
    for seed in range(60):
        acts = history(seed).acts
        assert all(one.at < other.at for one, other in pairwise(acts))
        assert (acts[-1].at <= END, len({act.key for act in acts})) == (True, len(acts))


def test_everything_that_can_be_done_is_done() -> None:
    told = [act.do for seed in range(600) for act in history(seed).acts]
    assert set(told) == KINDS.keys()


def test_everybody_is_there_and_acts() -> None:
    histories = [history(seed) for seed in range(60)]
    assert set().union(*(told.roles for told in histories)) == set(ROLES)
    acting = {role for told in histories for act in told.acts for role, who in told.roles.items() if who == act.who}
    assert acting == set(ROLES) - {"anonymous"}
    entered = [len({act.who for act in told.acts if act.do == "enter"}) for told in histories]
    assert (min(entered), max(entered)) == (2, 8)


def test_a_history_is_the_same_each_time() -> None:
    assert history(7) == history(7) != history(8)


def test_pairs_are_the_same_each_time(drawn: tuple[list[Pair], Tally]) -> None:
    assert list(islice(pairs(0, Tally()), 30)) == drawn[0][:30]


def test_little_is_thrown_away_and_most_of_it_touches_what_the_viewer_sees(drawn: tuple[list[Pair], Tally]) -> None:
    found, tally = drawn
    assert tally.discarded <= 0.2 * tally.made
    assert tally.touching == sum(pair.seen for pair in found) >= 0.7 * len(found)


def test_pairs_differ_in_every_way(drawn: tuple[list[Pair], Tally]) -> None:
    hows = Counter(pair.how for pair in drawn[0])
    assert {how for how, number in hows.items() if number >= 10} == set(HOWS)
    assert Counter(pair.always for pair in drawn[0])[False] >= 5


def test_every_kind_of_fact_is_hidden_from_every_role(drawn: tuple[list[Pair], Tally]) -> None:
    cells = Counter((kind, pair.role) for pair in drawn[0] for kind in pair.hidden)
    assert cells == drawn[1].cells
    assert cells.keys() == {(kind, role) for kind in KINDS_OF_FACTS for role in ROLES}


def test_what_differs_is_nothing_that_the_viewer_did(drawn: tuple[list[Pair], Tally]) -> None:
    for pair in drawn[0]:
        one, other = ([act for act in acts if act.who in {pair.viewer, TIME}] for acts in (pair.one, pair.other))
        assert (one, pair.one != pair.other) == (other, True)


def test_the_records_of_a_pair_are_one_at_its_moment_and_all_along_where_it_says_so(
    drawn: tuple[list[Pair], Tally],
) -> None:
    for pair in drawn[0][::4]:
        one, other = Oracle(pair.one), Oracle(pair.other)
        assert one.record(pair.viewer, pair.at) == other.record(pair.viewer, pair.at)
        assert pair.always == (_told(pair, pair.one) == _told(pair, pair.other))


def _told(pair: Pair, acts: tuple[Act, ...]) -> list[frozenset[Any]]:
    """The records at every moment at which something was done in either world."""
    oracle, records, left = Oracle(), list[frozenset[Any]](), list(acts)
    for moment in sorted({act.at for act in (*pair.one, *pair.other)}):
        while left and left[0].at <= moment:
            oracle.do(left.pop(0))
        records.append(oracle.record(pair.viewer, moment))
    return records


def test_nobody_does_anything_before_they_came_or_after_they_went(drawn: tuple[list[Pair], Tally]) -> None:
    for acts in (acts for pair in drawn[0] for acts in (pair.one, pair.other)):
        here = {OPERATOR, TIME, PASSER}
        for act in acts:
            here |= people_of(act)
            assert {act.who, *about(act)} <= here
            here -= {act.who} if act.do == "erase" else set()
