"""Building, storing and revising the graph of ties, and what one viewer sees of it."""

import json
import math
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from entregent.ties import graph
from tests.ties import worlds
from tests.ties.worlds import ANY, Tie, World, built, numbers

ALICE, BOB, CHARLIE, DANA = range(4)
OPEN, CROSSED = 0, 1

EVENING: tuple[Tie, ...] = ((ALICE, BOB, OPEN, 0.3), (ALICE, BOB, CROSSED, 0.7), (BOB, CHARLIE, OPEN, 0.18))


def look(tied: graph.Graph, viewer: int, *audiences: int, hidden: tuple[int, ...] = ()) -> graph.Seen:
    return graph.seen(tied, viewer, audiences=numbers(audiences), hidden=numbers(hidden))


def listed(ties: graph.Ties) -> dict[int, float]:
    return dict(zip(ties.nodes.tolist(), ties.loads.tolist(), strict=True))


def rows(seen: graph.Seen) -> list[list[list[float]]]:
    """Everything the viewer sees, to the last bit."""
    everybody = [seen.neighbours(node) for node in range(seen.graph.nodes) if seen.open[node]]
    return [[ties.nodes.tolist(), ties.loads.tolist()] for ties in everybody]


def test_ties_for_several_audiences_add_up_for_who_may_use_them():
    tied = built(4, EVENING)
    assert listed(look(tied, ALICE, OPEN, CROSSED).neighbours(ALICE)) == {BOB: 1.0}
    assert listed(look(tied, ALICE, OPEN).neighbours(ALICE)) == {BOB: 0.3}
    assert listed(look(tied, ALICE).neighbours(ALICE)) == {}


def test_what_adds_up_is_the_same_to_the_last_bit_in_whatever_order_it_was_given():
    several: tuple[Tie, ...] = ((ALICE, BOB, OPEN, 0.1), (BOB, ALICE, 3, 0.2), (ALICE, BOB, CROSSED, 0.3))
    orders = [look(built(2, ties), ALICE, OPEN, CROSSED, 3) for ties in permutations(several)]
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)
    assert len({seen.neighbours(ALICE).loads[0] for seen in orders}) == 1


def test_a_tie_is_seen_from_both_ends():
    seen = look(built(4, EVENING), DANA, OPEN)
    assert [listed(seen.neighbours(node)) for node in (ALICE, BOB, CHARLIE, DANA)] == [
        {BOB: 0.3},
        {ALICE: 0.3, CHARLIE: 0.18},
        {BOB: 0.18},
        {},
    ]


def test_somebody_hidden_is_nobodys_neighbour():
    tied = built(4, EVENING)
    assert listed(look(tied, ALICE, OPEN, CROSSED, hidden=(CHARLIE,)).neighbours(BOB)) == {ALICE: 1.0}


def test_private_evidence_adds_to_the_ties_of_the_viewer_alone():
    own = graph.Ties(numbers([BOB, DANA]), np.array([0.25, 0.5]))
    seen = graph.seen(built(4, EVENING), ALICE, audiences=numbers([OPEN]), hidden=numbers([]), own=own, aging=0.5)
    assert listed(seen.neighbours(ALICE)) == {BOB: 0.4, DANA: 0.5}
    assert listed(seen.neighbours(BOB)) == {ALICE: 0.15, CHARLIE: 0.09}
    assert listed(seen.neighbours(DANA)) == {}


def test_no_load_is_no_tie():
    assert listed(look(built(2, ((ALICE, BOB, OPEN, 0.0),)), ALICE, OPEN).neighbours(ALICE)) == {}


def test_a_graph_of_nobody_can_be_built():
    assert built(0, ()).nodes == 0


@pytest.mark.parametrize(
    ("tie", "message"),
    [
        ((ALICE, 4, OPEN, 0.3), "a tie ends at a node that is not one of 4"),
        ((-1, BOB, OPEN, 0.3), "a tie ends at a node that is not one of 4"),
        ((BOB, BOB, OPEN, 0.3), "a node is tied to itself"),
        ((ALICE, BOB, OPEN, -0.3), "a load is negative or not a number"),
        ((ALICE, BOB, OPEN, math.nan), "a load is negative or not a number"),
    ],
)
def test_what_is_no_tie_is_refused(tie: Tie, message: str):
    with pytest.raises(ValueError, match=f"^{message}$"):
        built(4, (*EVENING, tie))


def test_arrays_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match=r"^the arrays of ties are not of one length$"):
        graph.build(4, numbers([ALICE]), numbers([BOB]), loads=np.ones(2), audience=numbers([OPEN]))


@given(world=worlds.worlds())
def test_neighbours_are_the_ends_of_usable_ties_with_summed_loads(world: World):
    seen, loads = worlds.seen(world), world.loads()
    for node in set(range(world.nodes)) - world.hidden:
        expected = {end: load for (start, end), load in loads.items() if start == node}
        assert listed(seen.neighbours(node)) == expected


@given(world=worlds.worlds(loads=ANY))
def test_what_is_hidden_changes_no_bit_of_what_is_seen(world: World):
    visible = world.usable()
    remaining = worlds.seen(replace(visible, hidden=world.hidden), built(world.nodes, visible.ties[::-1]))
    assert rows(worlds.seen(world)) == rows(remaining)


def test_there_is_something_that_could_have_changed():
    tied = built(4, EVENING)
    assert rows(look(tied, ALICE, OPEN)) != rows(look(tied, ALICE, OPEN, CROSSED))


@given(worlds.revisions())
def test_a_revised_graph_answers_as_if_built_again(revision: tuple[World, graph.Graph]):
    world, revised = revision
    assert rows(worlds.seen(world, revised)) == rows(worlds.seen(world))


def test_what_somebody_who_changed_had_before_is_gone():
    revised = worlds.revised(built(4, EVENING), frozenset({BOB}), ((BOB, 4, OPEN, 0.5),))
    seen = look(revised, ALICE, OPEN, CROSSED)
    assert [listed(seen.neighbours(node)) for node in range(revised.nodes)] == [{}, {4: 0.5}, {}, {}, {BOB: 0.5}]


def test_a_tie_between_two_who_did_not_change_is_refused():
    with pytest.raises(ValueError, match=r"^a tie is given between two nodes that did not change$"):
        worlds.revised(built(4, EVENING), frozenset({DANA}), ((ALICE, BOB, OPEN, 0.5),))


def test_a_stored_graph_comes_back_with_what_was_stored_beside_it(tmp_path: Path):
    tied, people = built(4, EVENING), np.array([b"alice", b"bob", b"charlie", b"dana"])
    graph.save(tied, tmp_path / "ties", beside={"people": people})
    loaded, beside = graph.load(tmp_path / "ties")
    assert rows(look(loaded, ALICE, OPEN, CROSSED)) == rows(look(tied, ALICE, OPEN, CROSSED))
    assert {name: array.tolist() for name, array in beside.items()} == {"people": people.tolist()}


def test_a_loaded_graph_is_mapped_and_cannot_be_written(tmp_path: Path):
    graph.save(built(4, EVENING), tmp_path, beside={})
    loaded, _ = graph.load(tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        loaded.loads[0] = 1.0


def test_a_reader_keeps_its_version_while_others_are_stored(tmp_path: Path):
    versions = [built(2, ((ALICE, BOB, OPEN, load),)) for load in (0.1, 0.2, 0.3)]
    graph.save(versions[0], tmp_path, beside={})
    reader, _ = graph.load(tmp_path)
    for version in versions[1:]:
        graph.save(version, tmp_path, beside={})
    assert [tied.loads[0] for tied in (reader, graph.load(tmp_path)[0])] == [0.1, 0.3]


def test_the_current_version_and_the_one_before_are_kept(tmp_path: Path):
    for _ in range(4):
        graph.save(built(4, EVENING), tmp_path, beside={})
    pointer = json.loads((tmp_path / "current.json").read_text())
    assert {file.name for file in tmp_path.iterdir()} == {"current.json", pointer["current"], pointer["before"]}


def test_storing_that_fails_leaves_everything_as_it_was(tmp_path: Path):
    graph.save(built(4, EVENING), tmp_path, beside={})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        graph.save(built(4, ()), tmp_path, beside={"people": np.array([object()])})
    assert sorted(tmp_path.rglob("*")) == before
    assert listed(look(graph.load(tmp_path)[0], ALICE, OPEN).neighbours(ALICE)) == {BOB: 0.3}


def test_a_pointer_that_cannot_be_read_is_replaced(tmp_path: Path):
    (tmp_path / "current.json").write_text("{")
    graph.save(built(4, EVENING), tmp_path, beside={})
    assert graph.load(tmp_path)[0].nodes == 4


def test_nothing_stored_is_not_found(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        graph.load(tmp_path / "ties")


def test_a_graph_of_another_format_is_refused(tmp_path: Path):
    (tmp_path / "current.json").write_text(json.dumps({"format": 0, "current": "graph"}))
    with pytest.raises(ValueError, match=r"^the graph is stored in format 0, not 1$"):
        graph.load(tmp_path)


def test_a_truncated_array_is_refused(tmp_path: Path):
    graph.save(built(4, EVENING), tmp_path, beside={})
    [stored] = tmp_path.glob("*/loads.npy")
    stored.write_bytes(stored.read_bytes()[:-8])
    with pytest.raises(ValueError, match="mmap length is greater than file size"):
        graph.load(tmp_path)
