"""A share of the policy's mutants, others each day, is noticed by the law of two worlds; `make laws` looks for all."""

import logging

import pytest
from django.db import connection

from entregent.common import clock
from entregent.ties import declassified
from tests.laws.worlds import survivors
from tests.laws.worlds.acting.pairs import pairs
from tests.laws.worlds.lawful import Share

pytestmark = pytest.mark.django_db

#: To how many days the policy's mutants are dealt on each database.
DAYS = {"sqlite": 8, "postgresql": 16}


@pytest.fixture(autouse=True)
def quiet():
    """Hidden pages are not found, thousands of times."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


def test_a_policy_that_lacks_a_condition_is_noticed_in_pairs_of_worlds():
    policy = [one for one in survivors.everyone() if one.name.startswith("policy")]
    today, days = clock.now().date().toordinal(), DAYS[connection.vendor]
    chosen = policy[today % days :: days]
    outcome = survivors.run(chosen, today)
    assert len(chosen) > 2
    assert [one.name for one in outcome.survivors] == []


def test_no_further_pair_is_drawn_once_every_mutant_is_caught(monkeypatch):
    drawn: list[int] = []

    def counted(seed, tally):
        for number, pair in enumerate(pairs(seed, tally)):
            drawn.append(number)
            yield pair

    monkeypatch.setattr(survivors, "pairs", counted)
    [mutant] = [one for one in survivors.everyone() if "not_(self.blocked()) without not" in one.name]
    outcome = survivors.run([mutant], 0)
    assert outcome.survivors == []
    assert len(drawn) == mutant.tried


def test_fewer_mutants_are_dealt_by_turns_so_that_each_is_tried_and_none_twice():
    some = survivors.everyone()
    shares = [Share.read(said) for said in ("0-4/7", "5-6/7")]
    turns = [one.name for seed in range(6) for share in shares for one in share.deal(some, 6, seed)]
    assert sorted(turns) == sorted(one.name for one in some)
    assert max(len(shares[1].deal(some, 6, seed)) for seed in range(6)) < len(some) / 12


def test_every_mutant_has_a_name_of_its_own_and_those_that_change_nothing_are_there():
    names = [one.name for one in survivors.everyone()]
    assert sorted(names) == sorted(set(names))
    assert set(survivors.EQUIVALENT) <= set(names)
    assert sum(name.startswith("channel") for name in names) >= 15


@pytest.mark.parametrize("mutant", survivors.everyone(), ids=lambda one: one.name)
def test_what_a_mutant_spoils_is_there(mutant):
    with mutant.block.opened():
        pass


def test_a_statement_that_was_prepared_before_a_channel_was_opened_is_another_within_it():
    raw = next(one for one in survivors.everyone() if "raw table" in one.name)
    asked: list[str] = []

    def noted(execute, sql, *more):
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(noted):
        declassified.people()
        with raw.block.opened():
            declassified.people()
        declassified.people()
    third = len(asked) // 3
    before, within, after = asked[:third], asked[third : 2 * third], asked[2 * third :]
    assert before == after != within
