"""What is compiled once stays what it was: guarded, of this viewer, of this moment, of these values."""

import ast
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from entregent.changes.models import Gone
from entregent.circles.fixed import EVERYONE
from entregent.common import clock, ids
from entregent.discretion import policy
from entregent.discretion.guard import NoViewer
from entregent.discretion.viewer import ANYBODY, Standing, Viewer
from entregent.meetups.models import Rsvp
from entregent.needs.models import Need
from entregent.people.models import Person
from entregent.statements.prepared import Place, prepared
from entregent.statements.sql import Sql
from tests.discretion import sentence, worlds
from tests.laws import sources

pytestmark = pytest.mark.django_db


@prepared
def needs(viewer: Viewer) -> QuerySet[Any, Any]:
    return Need.objects.visible_to(viewer).order_by("pk").values_list("pk")


@prepared
def keys_of_needs(viewer: Viewer) -> QuerySet[Any, int]:
    return Need.objects.visible_to(viewer).order_by("pk").values_list("pk", flat=True)


@prepared
def whole(viewer: Viewer) -> QuerySet[Need, Need]:
    rows: QuerySet[Need] = Need.objects.visible_to(viewer)
    return rows.order_by("pk")


@prepared
def whole_with_more(viewer: Viewer) -> QuerySet[Need, Need]:
    rows: QuerySet[Need] = Need.objects.visible_to(viewer)
    return rows.select_related("owner")


@prepared
def needs_of(viewer: Viewer, people: Collection[int] | None, uids: Collection[UUID]) -> QuerySet[Any, Any]:
    which = Q() if people is None else Q(owner__in=people)
    return (
        Need.objects.visible_to(viewer).filter(which, uid__in=uids).order_by("pk").values_list("uid", "owner", "text")
    )


@prepared
def marks(before: datetime, on: date, owner: int | None) -> QuerySet[Any, Any]:
    return Gone.objects.filter(Q() if owner is None else Q(owner=owner), at__lt=before, at__gte=on).values_list("at")


@prepared
def unguarded() -> QuerySet[Any, Any]:
    return Need.objects.all().values_list("pk")


@prepared
def joined(viewer: Viewer) -> QuerySet[Any, Any]:
    return Rsvp.objects.visible_to(viewer).values_list("meetup__title")


@prepared
def nothing(viewer: Viewer) -> QuerySet[Any, Any]:
    return Need.objects.visible_to(viewer).none().values_list("pk")


@pytest.fixture
def owner() -> Viewer:
    return Viewer(person=Person.objects.create().pk)


def state(owner: Viewer, text: str, **fields: Any) -> Need:
    return Need.ledger.create(owner_id=owner.me, text=text, **{"audience_id": EVERYONE, **fields})


@pytest.mark.parametrize("seed", range(10))
def test_it_says_what_the_sentence_says_for_every_viewer_in_turn(seed):
    with clock.at(worlds.NOW):
        world = worlds.build(seed)
        for viewer in world.viewers():
            assert {key for (key,) in needs(viewer)} == sentence.seen(world, viewer)


def test_what_is_not_guarded_is_refused_each_time(owner):
    for _ in range(2):
        with pytest.raises(NoViewer):
            unguarded()
        with pytest.raises(NoViewer):
            joined(owner)


def test_the_present_is_that_of_each_call(owner):
    stranger = Viewer(person=Person.objects.create().pk)
    need = state(owner, "jusqu’à ce soir", until=clock.now() + timedelta(hours=1))
    assert needs(stranger) == [(need.pk,)]
    with clock.at(clock.now() + timedelta(hours=2)):
        assert needs(stranger) == []
    assert needs(stranger) == [(need.pk,)]


def test_the_viewer_is_that_of_each_call(owner):
    need = state(owner, "pour moi", audience_id=None)
    stranger = Viewer(person=Person.objects.create().pk)
    assert [needs(viewer) for viewer in (owner, stranger, ANYBODY, owner)] == [[(need.pk,)], [], [], [(need.pk,)]]
    imagined = Viewer(imagined=(Standing(EVERYONE),))
    opened = state(owner, "pour tous")
    assert needs(imagined) == needs(ANYBODY) == [(opened.pk,)]


def test_what_is_one_value_is_told_by_itself_to_each_viewer(owner):
    said = [state(owner, text).pk for text in ("un", "deux")]
    assert keys_of_needs(owner) == keys_of_needs(ANYBODY) == said
    assert needs(owner) == needs(ANYBODY) == [(key,) for key in said]


def test_a_row_can_be_read_whole_for_each_viewer_and_with_nothing_beside_it(owner):
    said = [state(owner, text) for text in ("un", "deux")]
    for viewer in (owner, Viewer(person=Person.objects.create().pk), ANYBODY):
        found = whole(viewer)
        assert [(one, one.uid, one.text, one.until) for one in found] == [(n, n.uid, n.text, n.until) for n in said]
    with pytest.raises(TypeError):
        whole_with_more(owner)


def test_values_of_every_kind_and_number_are_filled_in(owner):
    said = [state(owner, text) for text in ("un", "deux", "trois")]
    rows = [(need.uid, owner.me, need.text) for need in said]
    uids = [need.uid for need in said]
    assert needs_of(owner, [owner.me], uids) == needs_of(owner, None, uids) == rows
    assert needs_of(owner, {owner.me, 0}, uids[:1]) == rows[:1]
    assert needs_of(owner, [], uids) == needs_of(owner, None, [ids.new()]) == needs_of(owner, None, ()) == []
    moment = datetime(2026, 11, 22, 18, tzinfo=UTC)
    Gone.objects.create(owner=1, at=moment)
    assert marks(moment + timedelta(seconds=1), moment.date(), 1) == [(moment,)]
    assert marks(moment, moment.date(), owner=1) == marks(moment + timedelta(days=2), date(2026, 11, 23), owner=1) == []


def test_however_much_is_asked_for_the_statement_is_one_text(owner):
    texts = []

    def note(execute, sql, *rest):
        texts.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for people in ([], [owner.me], range(1, 2000)):
            needs_of(owner, people, [ids.new()])
    assert len(texts) == 3
    assert len(set(texts)) == 1


def test_what_finds_nothing_whatever_is_filled_in_asks_nothing(owner, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nothing(owner) == nothing(ANYBODY) == []


def test_nobody_is_read_for_by_a_statement_that_is_built_once(monkeypatch):
    needs(ANYBODY)
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert needs(ANYBODY) == []
    with pytest.raises(TypeError):
        needs(Viewer(imagined=(Standing(EVERYONE),)))


def test_a_place_for_one_value_is_a_parameter_and_one_for_several_a_list_in_the_words_of_either_database():
    one, several = Place("person", int), Place("uids", Collection[UUID])
    assert [one.as_sqlite(), one.as_postgresql()] == [("%s", (one,))] * 2
    assert several.as_sqlite() == ("(SELECT value FROM json_each(%s))", (several,))
    text, params = several.as_postgresql()
    assert (text.count("%s"), "::uuid" in text, params) == (1, True, (several,))


def test_another_policy_is_another_statement(owner, monkeypatch):
    class Nothing(policy.Terms):
        def may_see(self) -> Sql:
            return "1 = 0", ()

    need = state(owner, "pour tous")
    assert needs(owner) == [(need.pk,)]
    with monkeypatch.context() as patched:
        patched.setattr(policy.Condition, "terms", Nothing)
        assert needs(owner) == []
    assert needs(owner) == [(need.pk,)]


def decisions(tree: ast.Module) -> list[str]:
    """Where a prepared read decides by a value that it does not have yet, rather than by there being one."""
    reads = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and is_prepared(node)]
    return [f"{read.name}: {ast.unparse(test)}" for read in reads for test in choices_in(read) if not is_presence(test)]


def is_prepared(function: ast.FunctionDef) -> bool:
    return any(isinstance(named, ast.Name) and named.id == "prepared" for named in function.decorator_list)


def choices_in(function: ast.FunctionDef) -> list[ast.AST]:
    nodes = list(ast.walk(function))
    tests: list[ast.AST] = [
        node.test for node in nodes if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert)
    ]
    return tests + [node for node in nodes if isinstance(node, ast.BoolOp) or is_not(node)]


def is_not(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def is_presence(test: ast.AST) -> bool:
    return (
        isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.IsNot) and is_none(test.comparators[0])
    )


def is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def test_no_prepared_read_decides_by_a_value():
    prepared_reads = [tree for _, tree in sources.modules() if "@prepared" in ast.unparse(tree)]
    assert len(prepared_reads) > 4
    assert [found for tree in prepared_reads for found in decisions(tree)] == []


def test_a_planted_decision_is_found():
    planted = "@prepared\ndef needs(viewer, some, place):\n    return few(some) if some and place is None else many()\n"
    assert decisions(ast.parse(planted)) == ["needs: some and place is None"] * 2
    assert decisions(ast.parse("@prepared\ndef needs(some):\n    return all() if some is None else few(some)\n")) == []
