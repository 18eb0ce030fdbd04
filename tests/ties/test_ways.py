"""The strongest ways, against brute force, and whom one could meet through somebody."""

import csv
import math
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entregent.ties import graph, strength, ways
from tests.ties import worlds
from tests.ties.worlds import ANY, World, all_ways, built, numbers

ALICE, BOB, CHARLIE, DANA, EVE = range(5)
OPEN, CROSSED = 0, 1
HALF = -math.log1p(-0.5)


def plain(*ties: tuple[int, int, float], viewer: int = ALICE, nodes: int = 5) -> World:
    """A world in which the viewer may use everything."""
    return World(
        nodes, tuple((a, b, OPEN, load) for a, b, load in ties), viewer, frozenset({OPEN}), frozenset(), (), 1.0
    )


def backwards(nodes: graph.Nodes) -> graph.Nodes:
    return -nodes


def the_best(world: World, target: int, longest: int, count: int) -> list[tuple[int, ...]]:
    """By brute force: strength first, then the shorter, then the higher number; strengths are equal to ten digits."""
    found = all_ways(world, target, longest)
    ranked = sorted(found, key=lambda way: (-float(f"{way[1]:.9e}"), len(way[0]), [-node for node in way[0]]))
    return [nodes for nodes, _ in ranked[:count]]


@settings(max_examples=300)
@given(world=worlds.worlds(), target=st.integers(0, 7), longest=st.integers(1, 4), count=st.integers(1, 6))
def test_the_strongest_ways_are_those_of_brute_force_in_the_same_order(
    world: World, target: int, longest: int, count: int
):
    target %= world.nodes
    found = ways.strongest(worlds.seen(world), target, longest=longest, count=count, order=backwards)
    assert [way.nodes for way in found] == the_best(world, target, longest, count)


@given(world=worlds.worlds(loads=ANY), target=st.integers(0, 7), count=st.integers(1, 6))
def test_strengths_are_those_of_brute_force_and_ways_are_real(world: World, target: int, count: int):
    target %= world.nodes
    found = ways.strongest(worlds.seen(world), target, count=count)
    expected = sorted((strong for _, strong in all_ways(world, target, 4)), reverse=True)[:count]
    assert [way.strength for way in found] == pytest.approx(expected, rel=1e-11, abs=0)
    loads = world.loads()
    real = [math.prod(strength.strength(loads[step]) for step in pairwise(way.nodes)) for way in found]
    assert [way.strength for way in found] == pytest.approx(real, rel=1e-11, abs=0)
    assert len({way.nodes for way in found}) == len(found)


@given(world=worlds.worlds(loads=ANY), target=st.integers(0, 7))
def test_what_is_hidden_changes_no_bit_of_a_way_or_a_reach(world: World, target: int):
    target %= world.nodes
    visible = world.usable()
    remaining = worlds.seen(visible, built(world.nodes, visible.ties[::-1]))
    seen = worlds.seen(world)
    assert ways.strongest(seen, target) == ways.strongest(remaining, target)
    assert reached(seen) == reached(remaining)


@given(revision=worlds.revisions(), target=st.integers(0, 7))
def test_a_revised_graph_has_the_ways_of_one_built_again(revision: tuple[World, graph.Graph], target: int):
    world, revised = revision
    target %= world.nodes
    again = worlds.seen(world)
    assert ways.strongest(worlds.seen(world, revised), target) == ways.strongest(again, target)
    assert reached(worlds.seen(world, revised)) == reached(again)


def test_there_is_something_that_could_have_changed():
    world = plain((ALICE, BOB, 0.7), (BOB, CHARLIE, 0.7), (CHARLIE, DANA, 0.7))
    hidden = replace(world, hidden=frozenset({BOB}))
    assert [way.nodes for way in ways.strongest(worlds.seen(world), DANA)] == [(ALICE, BOB, CHARLIE, DANA)]
    assert ways.strongest(worlds.seen(hidden), DANA) == []
    assert reached(worlds.seen(world)) != reached(worlds.seen(hidden)) == []


@settings(max_examples=300)
@given(ties=worlds.ties(6, st.sampled_from([HALF, HALF, math.inf])), count=st.integers(1, 4))
def test_equally_strong_ways_are_shorter_first_and_then_in_the_given_order(ties: tuple[worlds.Tie, ...], count: int):
    world = plain(*((a, b, load) for a, b, _, load in ties), nodes=6)
    found = ways.strongest(worlds.seen(world), 5, count=count, order=backwards)
    assert [way.nodes for way in found] == the_best(world, 5, 4, count)


@given(ties=worlds.ties(8, st.just(HALF)), count=st.integers(1, 4))
def test_equally_strong_ways_of_four_ties_are_in_the_given_order(ties: tuple[worlds.Tie, ...], count: int):
    here, there = {(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (2, 4)}, {(3, 5), (3, 6), (4, 5), (4, 6), (5, 7), (6, 7)}
    world = plain(*((a, b, load) for a, b, _, load in ties if (a, b) in here | there), nodes=8)
    found = ways.strongest(worlds.seen(world), 7, count=count, order=backwards)
    assert [way.nodes for way in found] == the_best(world, 7, 4, count)


def test_of_equally_strong_ways_the_first_node_between_decides():
    high = [(0, 2), (2, 4), (4, 5), (5, 7)]
    low = [(0, 1), (1, 3), (3, 6), (6, 7)]
    world = plain(*((a, b, HALF) for a, b in (*high, *low)), nodes=8)
    [way] = ways.strongest(worlds.seen(world), 7, count=1, order=backwards)
    assert way == ways.Way((0, 2, 4, 5, 7), 0.0625)


def test_no_way_is_longer_than_four_ties():
    chain = plain((0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0), (4, 5, 1.0), nodes=6)
    seen = worlds.seen(chain)
    assert [way.nodes for way in ways.strongest(seen, 4)] == [(0, 1, 2, 3, 4)]
    assert ways.strongest(seen, 5) == []


def test_nobody_has_a_way_to_themself_or_to_somebody_hidden():
    world = plain((ALICE, BOB, 1.0))
    assert ways.strongest(worlds.seen(world), ALICE) == []
    assert [way.nodes for way in ways.strongest(worlds.seen(world), BOB)] == [(ALICE, BOB)]
    assert ways.strongest(worlds.seen(replace(world, hidden=frozenset({BOB}))), BOB) == []


def test_a_tie_is_as_strong_as_its_load_says_today():
    world = replace(plain((ALICE, BOB, 0.7)), aging=0.5, own=((BOB, 0.3),))
    [way] = ways.strongest(worlds.seen(world), BOB)
    assert way.strength == pytest.approx(strength.strength(0.65), rel=1e-12)


def test_somebody_elses_way_does_not_use_the_private_evidence_of_the_target():
    world = replace(plain((ALICE, BOB, 0.7)), own=((CHARLIE, 3.0),))
    assert [way.nodes for way in ways.strongest(worlds.seen(world), CHARLIE)] == [(ALICE, CHARLIE)]
    assert ways.strongest(worlds.seen(replace(world, viewer=BOB, own=())), CHARLIE) == []


@pytest.mark.parametrize(("longest", "count"), [(0, 5), (5, 5), (4, 0)])
def test_a_question_outside_the_bounds_is_refused(longest: int, count: int):
    with pytest.raises(ValueError, match=r"^a way has 1 to 4 ties, and one way is the least to ask for$"):
        ways.strongest(worlds.seen(plain((ALICE, BOB, 1.0))), BOB, longest=longest, count=count)


def reached(seen: graph.Seen) -> list[tuple[int, float, int]]:
    """Whom the viewer could meet, how surely, through whom."""
    reach = ways.second_degree(seen, order=backwards)
    return list(zip(reach.nodes.tolist(), reach.scores.tolist(), reach.connectors.tolist(), strict=True))


def through_somebody(world: World) -> list[tuple[int, float, int]]:
    """The same by brute force."""
    answers = []
    for target in range(world.nodes):
        found = all_ways(world, target, 2)
        if found and all(len(nodes) == 3 for nodes, _ in found):
            [best, *_] = the_best(world, target, 2, 1)
            answers.append((target, 1 - math.prod(1 - strong for _, strong in found), best[1]))
    return answers


@given(world=worlds.worlds())
def test_the_second_degree_is_that_of_brute_force(world: World):
    found, expected = reached(worlds.seen(world)), through_somebody(world)
    assert [(node, connector) for node, _, connector in found] == [(node, best) for node, _, best in expected]
    assert [score for _, score, _ in found] == pytest.approx([score for _, score, _ in expected], rel=1e-9, abs=1e-11)


def test_two_connectors_are_surer_than_one_and_the_stronger_is_named():
    world = plain((ALICE, BOB, HALF), (ALICE, CHARLIE, HALF), (BOB, DANA, HALF), (CHARLIE, DANA, 0.1), (BOB, EVE, HALF))
    [(dana, through_both, bob), (eve, through_one, same)] = reached(worlds.seen(world))
    assert (dana, bob, eve, same) == (DANA, BOB, EVE, BOB)
    assert through_one == pytest.approx(0.25, rel=1e-11)
    assert through_both == pytest.approx(1 - 0.75 * (1 - 0.5 * strength.strength(0.1)), rel=1e-11)


@pytest.fixture
def law_firm() -> Path:
    """Where the three networks of Lazega's law firm lie, if they lie beside the checkout."""
    shared = Path(os.environ.get("ENTREGENT_SHARED", Path(__file__).parents[3] / "shared"))
    networks = shared / "data" / "classic_social_graphs"
    if not networks.is_dir():
        pytest.skip(f"there is no {networks.name} beside the checkout, nor where ENTREGENT_SHARED says")
    return networks


def matrix(file: Path) -> graph.Floats:
    """Strengths drawn in file order, the strongest of parallel ties, 0 where there is none: (nodes, nodes)."""
    with file.open() as lines:
        pairs = np.array([[int(row["source"]), int(row["target"])] for row in csv.DictReader(lines)])
    pairs -= pairs.min()
    strengths = np.zeros((pairs.max() + 1, pairs.max() + 1))
    np.maximum.at(strengths, tuple(pairs.T), np.random.default_rng(0).uniform(0.05, 1, len(pairs)))
    np.fill_diagonal(strengths, 0)
    return np.maximum(strengths, strengths.T)


@pytest.mark.parametrize("network", ["advice", "cowork", "friends"])
def test_every_best_way_through_a_law_firm_is_exact_and_real(law_firm: Path, network: str):
    strengths = matrix(law_firm / f"law_{network}_edges.csv")
    a, b = np.nonzero(np.triu(strengths))
    tied = graph.build(len(strengths), a, b, loads=-np.log1p(-strengths[a, b]), audience=np.zeros(len(a), dtype=int))
    best = np.maximum(strengths, np.eye(len(strengths)))
    for _ in range(2):  # the best walks of at most 2, then of at most 4 ties, which go through nobody twice
        best = (best[:, :, np.newaxis] * best[np.newaxis, :, :]).max(axis=1)
    for source in range(len(strengths)):
        seen = graph.seen(tied, source, audiences=numbers([0]), hidden=numbers([]))
        found = [ways.strongest(seen, target, count=1) for target in range(len(strengths))]
        shown = [found_one[0].strength if found_one else 0.0 for found_one in found]
        real = [math.prod(strengths[step] for step in pairwise(way.nodes)) for [way] in filter(None, found)]
        others = np.arange(len(strengths)) != source
        assert np.array(shown)[others] == pytest.approx(best[source][others], rel=1e-9, abs=0)
        assert [strong for strong in shown if strong] == pytest.approx(real, rel=1e-9, abs=0)
