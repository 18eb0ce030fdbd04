"""The SQL says what the sentence says, on random worlds; and a policy that lacks anything does not."""

import pytest
from django.db import connection, transaction

from entregent.circles.fixed import EVERYONE
from entregent.common import clock
from entregent.discretion import policy
from entregent.discretion.models import Shield
from entregent.discretion.viewer import Viewer
from entregent.needs.models import Need
from entregent.people.models import Person
from tests.discretion import mutants, sentence, worlds

pytestmark = pytest.mark.django_db

#: Worlds that are compared; those in which the mutants live are the first of them.
SEEDS = range(40)


@pytest.fixture(autouse=True)
def the_present():
    with clock.at(worlds.NOW):
        yield


def read(viewer: Viewer) -> set[int]:
    return set(Need.objects.visible_to(viewer).values_list("pk", flat=True))


def keepers(viewer: Viewer) -> set[int]:
    return set(Person.objects.filter(policy.kept_off(viewer, "pk")).values_list("pk", flat=True))


def agree(world: worlds.World, viewer: Viewer) -> bool:
    return (read(viewer), keepers(viewer)) == (sentence.seen(world, viewer), sentence.keepers(world, viewer))


def disagreements(world: worlds.World) -> list[Viewer]:
    return [viewer for viewer in world.viewers() if not agree(world, viewer)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_policy_says_what_the_sentence_says(seed):
    assert disagreements(worlds.build(seed)) == []


def test_the_worlds_show_and_hide(db):
    world = worlds.build(0)
    shown = {viewer: sentence.seen(world, viewer) for viewer in world.viewers()}
    assert all(shown[Viewer(person=person)] for person in world.people)
    assert all(len(found) < len(world.facts) for found in shown.values())
    assert len({frozenset(found) for found in shown.values()}) > len(world.people)
    kept = [len(sentence.keepers(world, viewer)) for viewer in world.viewers()]
    assert min(kept) < max(kept) < len(world.people)


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_a_single_object_a_count_and_the_list_are_one_answer(seed):
    world = worlds.build(seed)
    for viewer in world.viewers():
        visible, listed = Need.objects.visible_to(viewer), read(viewer)
        assert visible.count() == len(listed)
        assert {fact.key for fact in world.facts if visible.filter(pk=fact.key).exists()} == listed


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_an_imagined_somebody_in_the_same_circles_sees_the_same(seed):
    world = worlds.build(seed)
    for person in world.people:
        about_me = {kept.owner for kept in world.kept if kept.person == person} | {person}
        others = {fact.key for fact in world.facts if fact.owner not in about_me}
        assert read(world.like(person)) & others == read(Viewer(person=person)) & others


def test_those_who_name_the_viewer_are_looked_up_by_the_viewer_and_not_for_each_fact(alice):
    people = Person.objects.bulk_create(Person() for _ in range(300))
    pairs = (Shield(owner=one, person=other) for one in people[:20] for other in people if one is not other)
    Shield.objects.bulk_create(pairs)
    Need.ledger.bulk_create(Need(owner=one, audience_id=EVERYONE, text="une salle") for one in people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # of tables that look empty, whoever looked at them last decides how they are read
    assert Need.objects.visible_to(alice).explain().count("shield_by_target") == 2


def test_whether_both_have_said_where_they_work_is_asked_before_the_shield_is_looked_through(alice):
    statement = str(Need.objects.visible_to(alice).query)
    assert statement.index("d.circle_id") < statement.index("s.circle_id")


def test_whatever_is_taken_from_the_policy_is_noticed(monkeypatch):
    alive = mutants.mutants()
    assert len(alive) > 50
    for seed in SEEDS:
        with transaction.atomic():
            world = worlds.build(seed)
            alive = {name: terms for name, terms in alive.items() if survives(terms, world, monkeypatch)}
            transaction.set_rollback(True)
        if not alive:
            break
    assert list(alive) == []


def survives(terms: type[policy.Terms], world: worlds.World, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(policy.Condition, "terms", terms)
    noticed = any(not agree(world, viewer) for viewer in world.viewers())
    monkeypatch.undo()
    return not noticed
