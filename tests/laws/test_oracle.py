"""The oracle and the product say the same: what comes of each act, and which facts each person may see.

The oracle is written from the words alone. Where the two differ, one of them is wrong.
"""

import ast
from dataclasses import replace
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from types import MappingProxyType

import pytest

from entregent.common import chance, clock
from entregent.needs.models import Need
from tests.laws.worlds.acting import changes
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.acting.history import history
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.knowing.oracle import Oracle
from tests.laws.worlds.knowing.standing import Sight
from tests.laws.worlds.playing import played, shown

ROOT = Path(__file__).parents[2]
#: What nobody does in somebody's place.
OWN = {"enter", "erase", "tick", "import_evening", "know_domain", "found", "answer_as_guest", "arrive_as_guest"}
OWN |= {"forget_domain", "give_address"}
#: A file that somebody brings again finds who is there: `tests.exchange.test_books` says so.
OWN |= {"bring"}
#: Whoever leaves a name with a card that is shown has no account.
OWN |= {"leave_card"}
#: What is done to somebody whom one keeps away from.
KEEPING = {"block", "shield_person", "report"}


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
def test_they_agree_on_who_is_blocked_and_reported_once_somebody_imported_is_a_member() -> None:
    recognised = list(islice(filter(_recognises, (history(seed).acts for seed in count(200))), 8))
    assert {word for acts in recognised for word in _recognises(acts)} == KEEPING
    for acts in recognised:
        _agree(acts, END)


def _recognises(acts: tuple[Act, ...]) -> set[str]:
    """What had been done to somebody imported before they turned out to be a member."""
    outcomes, told = Oracle(acts).outcomes, {act.key: act for act in acts}
    accepted = [act for act in acts if act.do == "accept_claim" and outcomes[act.key] == "done"]
    claimed = {told[act.said["claim"]].said["person"]: act.at for act in accepted}
    kept = [act for act in acts if act.do in KEEPING and outcomes[act.key] == "done"]
    return {act.do for act in kept if act.said.get("person") in claimed and act.at < claimed[act.said["person"]]}


@pytest.mark.django_db
def test_an_oracle_that_overlooks_blocks_is_noticed() -> None:
    with played.opened() as world:
        oracle = Oracle(told := _blocking())
        world.become(told)
        with clock.at(END):
            differ = {
                handle
                for handle in oracle.world.people
                if shown.seen(world, handle) != shown.known(_overlooking(oracle.sight(handle, END)), world)
            }
    assert differ == {"carla"}


@pytest.mark.django_db
def test_one_fact_shown_for_another_of_the_same_owner_is_noticed() -> None:
    told, needs = next(filter(None, map(_with_two_needs, range(2000))))
    with played.opened() as world:
        world.become(told)
        given = shown.given(world, "bob", END)
        assert shown.misseen(world, "bob", END, given) == []
        assert Need.ledger.filter(uid=str(world.things[needs[0]].uid)).delete()[0] == 1
        without = shown.known(Oracle(told).sight("bob", END), world)["need"]
        without.remove(("bob", str(world.things[needs[1]].uid)))
        assert shown.misseen(world, "bob", END, {**given, "need": without}) == ["need"]


def test_whether_a_seen_answer_is_discreet_belongs_to_the_record_of_whoever_sees_it() -> None:
    """No way leads by what is discreet: the ways would tell what the record does not."""
    histories = (history(seed).acts for seed in range(80))
    answers = [(acts, act) for acts in histories for act in acts[-99:] if _plain(act) and _last(acts, act)]
    pairs = [
        (act, [Oracle(_marked(acts, act, mark)).record("bob", END) for mark in (True, False)]) for acts, act in answers
    ]
    seen = [(one, other) for act, (one, other) in pairs if _holds(one, act) and _holds(other, act)]
    assert len(seen) > 4
    assert all(one != other for one, other in seen)


def test_whether_an_employer_opens_ones_mailbox_belongs_to_ones_record() -> None:
    """Whoever wants to be discreet is told so, whatever else they know of that employer."""
    histories = (history(seed).acts for seed in range(60))
    pairs = [(acts, changes.without(acts, [act])) for acts in histories for act in acts if act.do == "know_domain"]
    records = [[Oracle(acts).record("denis", END) for acts in pair] for pair in pairs]
    told = [[item for item in record if item[0] == "may be discreet"] for pair in records for record in pair]
    assert [("may be discreet", False)] in told
    assert any(one != other for one, other in zip(told[::2], told[1::2], strict=True))


def _plain(act: Act) -> bool:
    return (act.who, act.do) == ("alice", "answer") and "discreet" in act.said


def _last(acts: tuple[Act, ...], act: Act) -> bool:
    """Whether nothing else is answered to the same evening afterwards."""
    later = (one for one in acts if one.at > act.at and (one.who, one.do) == (act.who, act.do))
    return all(one.said["evening"] != act.said["evening"] for one in later)


def _marked(acts: tuple[Act, ...], act: Act, discreet: bool) -> tuple[Act, ...]:
    return changes.put(acts, [replace(act, said=MappingProxyType({**act.said, "discreet": discreet}))])


def _holds(record: frozenset[tuple[object, ...]], act: Act) -> bool:
    """Whether somebody knows that the answer of an act was given."""
    return any(item[:3] == ("going", act.said["evening"], act.who) for item in record)


def _with_two_needs(seed: int) -> tuple[tuple[Act, ...], list[str]] | None:
    """A history in which Bob says two needs that last, and their keys."""
    acts = history(seed).acts
    mine = [fact.key for fact in Oracle(acts).sight("bob", END).seen("need") if fact.owner == "bob"]
    return (acts, mine) if len(mine) >= 2 else None


#: What judges the product, and what is written from the words alone.
JUDGES = ("tests.laws.worlds.knowing.oracle", "tests.laws.revoked.model")


@pytest.mark.parametrize("judge", JUDGES)
def test_what_judges_the_product_shares_no_code_with_it(judge: str) -> None:
    modules = _reached(judge)
    assert judge in modules
    assert {name for name in modules if name.partition(".")[0] in {"entregent", "django"}} == set()


def test_a_judge_that_asks_the_product_would_be_noticed() -> None:
    assert "entregent.discretion.viewer" in _reached("tests.laws.worlds.playing.shown")


def _reached(name: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The modules of the tests that a module imports, those that these import, and whatever else each imports."""
    known |= {name}
    place = ROOT / f"{name.replace('.', '/')}.py"
    if name.startswith("tests.") and place.exists():
        for node in ast.walk(ast.parse(place.read_text())):
            for found in _imported(node):
                known = known if found in known else _reached(found, known)
    return known


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    return []


def _agree(acts: tuple[Act, ...], at: datetime) -> None:
    oracle = Oracle()
    with played.opened() as world:
        for act in acts:
            expected = oracle.do(act)
            played.play(world, act)
            assert (act, world.outcomes[act.key]) == (act, expected)
        with clock.at(at):
            for handle in ("", *oracle.world.people):
                assert (handle, shown.seen(world, handle)) == (handle, shown.known(oracle.sight(handle, at), world))


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
        if not before.world.blocks and _held(before, "carla") != _held(after, "carla"):
            return (*acts, bob)
    raise LookupError


def _held(oracle: Oracle, handle: str) -> set[str]:
    sight = oracle.sight(handle, END)
    return {fact.key for kind in shown.KINDS for fact in sight.seen(kind)}


def _overlooking(sight: Sight) -> Sight:
    sight.blockers = set()
    return sight
