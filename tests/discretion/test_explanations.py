"""An explanation is the policy taken apart: put together again, its conditions say what the policy says."""

import pytest
from django.db.models import Value

from entregent.circles import fixed
from entregent.common import clock, errors, ids
from entregent.discretion import policy, queries
from entregent.discretion.viewer import ANYBODY, Standing, Viewer
from entregent.needs.models import Need
from tests.discretion import sentence, worlds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_present():
    with clock.at(worlds.NOW):
        yield


def put_together(its: dict[str, bool]) -> bool:
    """The sentence, over what an explanation says of each condition."""
    declared = its["viewer_declared"] and its["owner_declared"]
    unshielded = its["named"] or (not its["shielded_circle"] and (its["crossed"] or declared))
    passes = not its["discreet"] or (not its["shielded_person"] and unshielded)
    return its["mine"] or (its["current"] and its["in_audience"] and not its["blocked"] and passes)


@pytest.mark.parametrize("seed", range(8))
def test_the_conditions_put_together_say_what_the_policy_says(seed):
    world = worlds.build(seed)
    for viewer in world.viewers():
        terms = {f"_{term}": policy.Condition(viewer, term) for term in policy.TERMS}
        rows = Need.ledger.annotate(number=Value(1), **terms).values("pk", *terms)
        found = {row.pop("pk"): {name[1:]: bool(value) for name, value in row.items()} for row in rows}
        assert {key for key, its in found.items() if put_together(its)} == sentence.seen(world, viewer)


@pytest.mark.parametrize("seed", range(4))
def test_an_explanation_of_ones_own_fact_says_who_sees_it(seed):
    world = worlds.build(seed)
    for fact in world.facts[:12]:
        uid = Need.ledger.values_list("uid", flat=True).get(pk=fact.key)
        for seen_by in (viewer for viewer in world.viewers() if viewer.person is None):
            told = queries.explain(Viewer(person=fact.owner), "needs.Need", [uid], seen_by)[uid]
            assert tuple(told.conditions) == policy.TERMS
            assert told.seen == put_together(told.conditions) == sentence.may_see(world, seen_by, fact)


def test_nothing_is_explained_of_somebody_elses_fact_nor_of_one_that_is_not_there(alice, bob, need):
    assert queries.explain(bob, "needs.Need", [need.uid], ANYBODY) == {}
    assert list(queries.explain(alice, "needs.Need", [need.uid, ids.new()], ANYBODY)) == [need.uid]
    with pytest.raises(errors.NotSignedIn):
        queries.explain(ANYBODY, "needs.Need", [need.uid], ANYBODY)


def test_one_sees_as_a_role_and_never_as_a_person(alice, bob, need):
    with pytest.raises(ValueError, match="never as a person"):
        queries.explain(alice, "needs.Need", [need.uid], bob)
    with pytest.raises(ValueError, match="nobody in particular"):
        Viewer(person=bob.me, imagined=(Standing(circle=fixed.EVERYONE),))


def test_somebody_of_my_employer_is_told_apart_from_somebody_named(alice, need):
    staff, chosen = need.staff, need.audience
    colleague = Viewer(imagined=(Standing(fixed.DECLARED), Standing(staff)))
    told = queries.explain(alice, "needs.Need", [need.uid], colleague)[need.uid]
    assert (told.seen, told.conditions["in_audience"], told.conditions["shielded_circle"]) == (False, False, True)
    friend = Viewer(imagined=(Standing(staff), Standing(chosen, "named")))
    told = queries.explain(alice, "needs.Need", [need.uid], friend)[need.uid]
    assert (told.seen, told.conditions["named"], told.conditions["shielded_circle"]) == (True, True, True)


def test_somebody_imagined_may_stand_in_a_thousand_places(alice, need):
    elsewhere = [Standing(-number) for number in range(1, 1000)]
    many = Viewer(imagined=(*elsewhere, Standing(need.audience, "named")))
    few = Viewer(imagined=(Standing(need.audience, "named"),))
    others = [Need.ledger.create(owner_id=alice.me, text="a room", audience_id=need.audience) for _ in range(1000)]
    told = [queries.explain(alice, "needs.Need", [one.uid for one in others], who) for who in (many, few)]
    assert told[0] == told[1]
    assert all(one.seen for one in told[0].values())


def test_however_many_facts_are_explained_it_takes_one_statement(alice, need, django_assert_num_queries):
    other = Need.ledger.create(owner_id=alice.me, text="a room")
    with django_assert_num_queries(1):
        told = queries.explain(alice, "needs.Need", [need.uid, other.uid], ANYBODY)
    assert {uid: one.conditions["in_audience"] for uid, one in told.items()} == {need.uid: False, other.uid: False}


def test_the_kind_of_a_circle_is_told_by_its_key(alice, need):
    assert queries.kinds(alice, [need.staff, need.audience]) == {need.staff: "staff", need.audience: "chosen"}
