"""Evidence as numbers: sums that are exact, pairs, and to whom a tie is open."""

import math
from datetime import date
from itertools import combinations, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entregent.market import actions as market
from entregent.ties import evidence, strength
from entregent.ties.evidence import Evidence, Facts, Openings, There, table
from entregent.ties.graph import Nodes

CLUB, TOWN, HERE, ANNOUNCER = 7, 8, 9, 55

DAYS = st.integers(min_value=date(2000, 1, 1).toordinal(), max_value=date(2026, 12, 31).toordinal())


def numbers(*values: int) -> Nodes:
    return np.array(values, dtype=np.int64)


@given(days=st.lists(DAYS, min_size=2, max_size=40), cut=st.integers(min_value=0, max_value=40))
def test_loads_add_up_to_the_same_in_any_order_and_in_any_parts(days: list[int], cut: int):
    loads = evidence.told(np.full(len(days), 0.3), numbers(*days), date(2026, 1, 1))
    exact = math.fsum(loads.tolist())
    assert sum(loads.tolist()) == sum(reversed(loads.tolist())) == exact
    assert sum(loads[:cut].tolist()) + sum(loads[cut:].tolist()) == exact


def test_without_steps_the_order_of_a_sum_would_show():
    loads = [0.1, 0.2, 0.3]
    assert len({sum(order) for order in permutations(loads)}) > 1
    assert len({sum(order) for order in permutations(evidence.stepped(np.array(loads)).tolist())}) == 1


def test_all_positions_that_two_people_may_state_at_one_place_add_up_exactly():
    pieces = np.full(market.MOST**2, strength.WEIGHTS[strength.Kind.WORKED])
    heaviest = evidence.told(pieces, numbers(date(2024, 12, 31).toordinal()), date(2024, 1, 1))
    assert math.fsum(heaviest.tolist()) < 2**53 * evidence.STEP
    assert sum(heaviest.tolist()) == math.fsum(heaviest.tolist())


@given(places=st.lists(st.integers(min_value=0, max_value=3), max_size=9).map(sorted), data=st.data())
def test_pairs_are_all_of_two_people_at_one_place_once(places: list[int], data: st.DataObject):
    people = [data.draw(st.integers(min_value=0, max_value=4)) for _ in places]
    nothing = np.zeros(len(places), dtype=np.int64)
    there = There(numbers(*places), numbers(*people), nothing, nothing)
    wanted = [
        (i, j) for i, j in combinations(range(len(places)), 2) if places[i] == places[j] and people[i] != people[j]
    ]
    assert list(zip(*(rows.tolist() for rows in there.pairs()), strict=True)) == wanted


def test_pieces_that_the_same_people_see_make_one_tie():
    facts = Facts()
    evening, club, town = (facts.number((circle, circle, 0)) for circle in (HERE, CLUB, TOWN))
    pieces = Evidence(
        people=table([(1, 2), (2, 1), (1, 2), (1, 3)], 2),
        facts=table([(evening, club, town), (evening, town, club), (evening, club, club), (evening, club, town)], 3),
        loads=np.array([0.25, 0.5, 1.0, 2.0]),
    )
    found = evidence.summed([pieces], facts.table())
    ties = zip(found.a.tolist(), found.b.tolist(), found.loads.tolist(), strict=True)
    assert sorted(ties) == [(1, 2, 0.75), (1, 2, 1.0), (1, 3, 2.0)]
    assert len(found.openings.ties) == 2


def test_no_evidence_is_no_tie():
    nothing = Evidence(table([], 2), table([], 3), np.empty(0))
    found = evidence.summed([nothing, nothing], Facts().table())
    assert (len(found.a), len(found.loads), len(found.openings.ties)) == (0, 0, 0)


def test_a_tie_is_open_to_who_sees_each_of_its_three_facts_in_one_of_two_circles():
    facts = Facts()
    evening, either, town = (facts.number(seen) for seen in ((HERE, HERE, ANNOUNCER), (CLUB, TOWN, 0), (TOWN, TOWN, 0)))
    openings = Openings(facts.table(), table([(evening, either, either), (evening, either, town)], 3))
    nobody = numbers()
    assert openings.to(numbers(HERE, TOWN), nobody).tolist() == [0, 1]
    assert openings.to(numbers(HERE, CLUB), nobody).tolist() == [0]
    assert openings.to(numbers(CLUB, TOWN), nobody).tolist() == []
    assert openings.to(numbers(HERE, TOWN), numbers(ANNOUNCER)).tolist() == []


def test_labels_that_follow_others_mean_the_same():
    first = Openings(table([(HERE, HERE, 0)], 3), table([(0, 0, 0)], 3))
    both = first.before(Openings(table([(TOWN, TOWN, 0)], 3), table([(0, 0, 0)], 3)))
    assert both.to(numbers(HERE), numbers()).tolist() == [0]
    assert both.to(numbers(TOWN), numbers()).tolist() == [1]
