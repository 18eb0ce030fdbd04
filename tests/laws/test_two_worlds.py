"""The law of two worlds on a share of its pairs, others each day; `make laws` compares thousands.

What is hidden from a viewer changes nothing that this viewer can obtain: what they ask for, nor what they are sent.
"""

import logging

import pytest
from django.db import connection

from entregent.common import clock
from entregent.encounters.models import Label
from entregent.people.models import Person
from tests.laws.worlds import lawful
from tests.laws.worlds.acting.history import history
from tests.laws.worlds.acting.pairs import Pair, Tally, pairs
from tests.laws.worlds.asking.compared import Count, differences
from tests.laws.worlds.asking.plan import SHARE
from tests.laws.worlds.playing import played
from tests.laws.worlds.playing.draws import keyed

pytestmark = pytest.mark.django_db

#: How many pairs a run of the tests compares on each database.
PAIRS = {"sqlite": 80, "postgresql": 24}


@pytest.fixture(autouse=True)
def quiet():
    """Hidden pages are not found, thousands of times."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


def test_whoever_asks_cannot_tell_two_worlds_apart_that_differ_in_what_is_hidden_from_them(capsys):
    number, seed = PAIRS[connection.vendor], clock.now().date().toordinal()
    report = lawful.run(number, seed, budget=SHARE)
    with capsys.disabled():
        print(f"\ntwo worlds, seed {seed}:", *lawful.summary(report), sep="\n  ")  # noqa: T201 which pairs is news
    assert report.pairs == number
    assert report.differences == [], "\n".join(lawful.found(report))


def test_a_world_that_goes_back_and_on_is_the_one_that_was_played_at_once():
    acts = history(1).acts
    first = Pair(1, "member", "", acts, acts, acts[-1].at, False, "", frozenset(), frozenset(), False)
    with played.opened() as world:
        world.become(acts)
        known, outcomes = dict(world.things), dict(world.outcomes)
        world.become(acts[: len(acts) // 2])
        world.become(acts)
        assert (world.things, world.outcomes) == (known, outcomes)
        assert differences(world, first, Count()) == [[]]


@pytest.mark.parametrize("first", [0, 1])
def test_what_one_act_makes_for_several_is_the_same_whoever_comes_first(first):
    with keyed("enter"):
        people = [Person.objects.create() for _ in range(2)]
    with keyed("tick", apart=True):
        made = [(owner, Label(owner=owner).uid) for owner in (people[first], people[1 - first])]
    with keyed("tick", apart=True):
        assert dict(made) == {owner: Label(owner=owner).uid for owner in people}


def test_what_is_shown_of_a_fact_in_one_world_alone_is_a_difference():
    tally = Tally()
    pair = next(one for one in pairs(0, tally) if one.viewer and one.how in {"remove", "add"})
    everything = Pair(
        *(pair.seed, pair.role, pair.viewer, pair.one, pair.one[: len(pair.one) // 3], pair.at),
        *(False, "remove", frozenset(), pair.touched, True),
    )
    with played.opened() as world:
        [found] = differences(world, everything, Count())
    assert len(found) > 0
