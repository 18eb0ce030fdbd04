"""The oracle and the product say the same: what comes of each act, and which facts each person may see.

The oracle is written from the words alone. Where the two differ, one of them is wrong.
"""

from dataclasses import replace
from datetime import datetime

import pytest

from entregent.common import chance, clock
from tests.laws.worlds import changes, played, shown
from tests.laws.worlds.acts import Act
from tests.laws.worlds.history import history
from tests.laws.worlds.oracle import Oracle
from tests.laws.worlds.pen import END
from tests.laws.worlds.standing import Sight

#: What nobody does in somebody's place.
OWN = {"enter", "erase", "tick", "import_evening", "know_domain", "found", "answer_as_guest", "arrive_as_guest"}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_the_oracle_and_the_product_agree_on_every_act_and_on_what_everybody_sees(seed: int) -> None:
    _agree(history(seed).acts, END)


@pytest.mark.django_db
def test_they_agree_on_what_is_refused() -> None:
    clumsy = [_clumsy(seed) for seed in range(100, 105)]
    outcomes = {outcome for acts in clumsy for outcome in Oracle(acts).outcomes.values()}
    assert outcomes == {"done", "NotFound", "Refused", "Invalid"}
    for acts in clumsy:
        _agree(acts, END)


@pytest.mark.django_db
def test_an_oracle_that_overlooks_blocks_is_noticed() -> None:
    with played.opened() as world:
        oracle = Oracle(told := _blocking())
        world.become(told)
        with clock.at(END):
            differ = {
                handle
                for handle in oracle.world.people
                if shown.seen(world, handle) != shown.known(_overlooking(oracle.sight(handle, END)))
            }
    assert differ == {"carla"}


def _agree(acts: tuple[Act, ...], at: datetime) -> None:
    oracle = Oracle()
    with played.opened() as world:
        for act in acts:
            expected = oracle.do(act)
            played.play(world, act)
            assert (act, world.outcomes[act.key]) == (act, expected)
        with clock.at(at):
            for handle in ("", *oracle.world.people):
                assert (handle, shown.seen(world, handle)) == (handle, shown.known(oracle.sight(handle, at)))


def _clumsy(seed: int) -> tuple[Act, ...]:
    """A history in which people also try what others did: what is not theirs, what is over, what is done already."""
    told = history(seed).acts
    with chance.seeded(("clumsy", seed)) as draw:
        tried = [act for act in told if act.do not in OWN] * 2
        for number, act in enumerate(tried):
            at = changes.between(draw, told, act.at, END)
            who = draw.choice(changes.here(told, at))
            tried[number] = replace(act, key=f"!{number}-{act.do}", at=at, who=who)
        return changes.in_order((*told, *{act.at: act for act in tried}.values()))


def _blocking() -> tuple[Act, ...]:
    """Bob blocks Carla, in a history in which she sees him."""
    for seed in range(50):
        acts = history(seed).acts
        bob = Act("block", END.replace(minute=29), "bob", "block", {"person": "carla"})
        before, after = Oracle(acts), Oracle((*acts, bob))
        if not before.world.blocks and shown.known(before.sight("carla", END)) != shown.known(
            after.sight("carla", END)
        ):
            return (*acts, bob)
    raise LookupError


def _overlooking(sight: Sight) -> Sight:
    sight.blockers = set()
    return sight
