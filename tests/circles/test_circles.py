"""Circles are kept exactly."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from entregent.circles import actions, fixed
from entregent.circles.models import Circle, Member, Within
from entregent.common import clock, ids
from entregent.discretion import actions as discretion

pytestmark = pytest.mark.django_db


def members(circle: int) -> list[tuple[int, str, object]]:
    return list(Member.objects.filter(circle=circle).order_by("person").values_list("person", "how", "until"))


def test_a_circle_about_a_thing_is_one_circle():
    about = ids.new()
    first = actions.circle(kind="members", about=about)
    assert actions.circle(kind="members", about=about) == first != actions.circle(kind="stewards", about=about)


def test_keeping_a_circle_lets_in_takes_out_and_corrects(alice, bob, charlie):
    about, soon = ids.new(), clock.now() + timedelta(days=90)
    circle = actions.keep(kind="staff", about=about, people=lambda: {alice.me: None, bob.me: None})
    assert actions.keep(kind="staff", about=about, people=lambda: {bob.me: soon, charlie.me: None}) == circle
    assert members(circle) == [(bob.me, "open", soon), (charlie.me, "open", None)]
    actions.keep(kind="staff", about=about, people=lambda: {bob.me: soon}, how="named")
    assert members(circle) == [(bob.me, "named", soon)]


def test_keeping_a_circle_twice_changes_nothing(alice, bob):
    about, people = ids.new(), {alice.me: None, bob.me: clock.now()}
    circle = actions.keep(kind="going", about=about, people=lambda: people)
    before = list(Member.objects.order_by("pk").values())
    actions.keep(kind="going", about=about, people=lambda: people)
    assert list(Member.objects.order_by("pk").values()) == before
    assert len(members(circle)) == 2


def test_admitting_twice_keeps_the_last_way_and_the_last_end(alice):
    circle, soon = actions.circle(kind="going", about=ids.new()), clock.now() + timedelta(days=1)
    actions.admit(circles=[circle], person=alice.me)
    actions.admit(circles=[circle], person=alice.me, how="named", until=soon)
    assert members(circle) == [(alice.me, "named", soon)]
    actions.dismiss(circles=[circle], person=alice.me)
    actions.dismiss(circles=[circle], person=alice.me)
    assert members(circle) == []


def test_exactly_those_circles_lie_within_another_that_are_said_to_in_as_many_statements():
    outer, *inner = (actions.circle(kind="members", about=ids.new()) for _ in range(4))
    counts, held = [], []
    for some in ([], inner[:1], inner, inner[1:], []):
        with CaptureQueriesContext(connection) as asked:
            actions.surround(outer=outer, inner=some)
        counts.append(len(asked))
        held.append(set(Within.objects.filter(outer=outer).values_list("inner", flat=True)))
    assert held == [set(), {inner[0]}, set(inner), set(inner[1:]), set()]
    assert len(set(counts)) == 1


def test_no_circle_but_one_stays_within_others_in_as_many_statements():
    one, other, kept, gone = (actions.circle(kind="members", about=ids.new()) for _ in range(4))
    actions.surround(outer=one, inner=[kept, gone])
    actions.surround(outer=other, inner=[gone])
    counts, held = [], []
    for outer in ([], [one], [one, other]):
        with CaptureQueriesContext(connection) as asked:
            actions.leave_within(outer=outer, inner=kept)
        counts.append(len(asked))
        held.append(set(Within.objects.values_list("outer", "inner")))
    before = {(one, kept), (one, gone), (other, gone)}
    assert held == [before, {(one, kept), (other, gone)}, {(one, kept)}]
    assert len(set(counts)) == 1


def test_keeping_a_circle_takes_as_many_statements_whoever_is_or_is_to_be_in_it(alice, bob, charlie):
    about, counts = ids.new(), []
    for people in ([alice, bob], [alice, bob], [bob, charlie], [bob], [], []):
        with CaptureQueriesContext(connection) as asked:
            actions.keep(kind="hearing", about=about, people=partial(dict.fromkeys, [one.me for one in people]))
        counts.append(len(asked))
    assert counts == counts[:1] * 6


def test_somebody_comes_into_several_circles_and_goes_with_as_many_statements_as_for_one(alice, bob):
    one, other, third = (actions.circle(kind="hearing", about=ids.new()) for _ in range(3))
    with CaptureQueriesContext(connection) as asked:
        actions.admit(circles=[one], person=bob.me)
    counts = [len(asked)]
    for change in (actions.admit, actions.dismiss):
        with CaptureQueriesContext(connection) as asked:
            change(circles=[one, other, third], person=alice.me)
        counts.append(len(asked))
        held = [members(circle) for circle in (one, other, third)]
        mine = [(alice.me, "open", None)] if change is actions.admit else []
        assert held == [sorted([*mine, (bob.me, "open", None)]), mine, mine]
    assert counts == counts[:1] * 3


def test_one_person_comes_into_each_of_several_circles_with_as_many_statements_as_nobody(alice, bob):
    about, counts = [ids.new(), ids.new()], []
    there = actions.circle(kind="organisers", about=about[0])
    for people in (dict(zip(about, [alice.me, bob.me], strict=True)), {}):
        with CaptureQueriesContext(connection) as asked:
            actions.admit_each(kind="organisers", people=people)
        counts.append(len(asked))
    fresh = actions.circle(kind="organisers", about=about[1])
    assert [members(there), members(fresh)] == [[(alice.me, "open", None)], [(bob.me, "open", None)]]
    assert counts[0] == counts[1]


def test_several_people_come_into_one_circle_with_as_many_statements_as_nobody(alice, bob, charlie):
    circle = actions.keep(kind="going", about=ids.new(), people=lambda: {charlie.me: None})
    counts, held = [], []
    for people in ([], [alice.me], [alice.me, bob.me]):
        with CaptureQueriesContext(connection) as asked:
            actions.admit_all(circle=circle, people=people)
        counts.append(len(asked))
        held.append({person for person, _how, _until in members(circle)})
    assert held == [{charlie.me}, {alice.me, charlie.me}, {alice.me, bob.me, charlie.me}]
    assert len(set(counts)) == 1


def test_one_person_goes_out_of_each_of_several_circles_with_as_many_statements_as_nobody(alice, bob):
    about, counts = [ids.new(), ids.new()], []
    both = {alice.me: None, bob.me: None}
    keys = [actions.keep(kind="organisers", about=one, people=lambda: both) for one in about]
    for people in (set(zip(about, [alice.me, bob.me], strict=True)), set()):
        with CaptureQueriesContext(connection) as asked:
            actions.dismiss_each(kind="organisers", people=people)
        counts.append(len(asked))
    assert [members(key) for key in keys] == [[(bob.me, "open", None)], [(alice.me, "open", None)]]
    assert counts[0] == counts[1]


def test_whom_somebody_names_is_a_circle_of_theirs(alice, bob, charlie):
    one = actions.choose(owner=alice.me, people=[bob.me, charlie.me, bob.me])
    other = actions.choose(owner=alice.me, people=[])
    assert (members(one), members(other)) == ([(bob.me, "named", None), (charlie.me, "named", None)], [])
    held = Circle.objects.filter(pk__in=[one, other]).values_list("kind", "owner")
    assert list(held) == [("chosen", alice.me)] * 2


def test_a_circle_is_emptied_or_taken_away_and_no_other(alice):
    kept, gone, emptied = ids.new(), ids.new(), ids.new()
    keys = [
        actions.keep(kind="hearing", about=about, people=lambda: {alice.me: None}) for about in (kept, gone, emptied)
    ]
    namesake = actions.keep(kind="going", about=gone, people=lambda: {alice.me: None})
    actions.put_within(inner=keys[1], outer=namesake)
    actions.close(kinds=["hearing"], about=[gone, ids.new()])
    actions.empty(circles=keys[2:])
    actions.empty(circles=[])
    held = {key: [(alice.me, "open", None)] for key in (keys[0], namesake)} | {keys[2]: []}
    left = Circle.objects.exclude(pk__in=[fixed.EVERYONE, fixed.DECLARED]).values_list("pk", flat=True)
    assert {key: members(key) for key in left} == held
    assert Within.objects.count() == 0


@pytest.mark.parametrize("outer", [fixed.EVERYONE, fixed.DECLARED])
def test_nothing_lies_within_a_fixed_circle(outer):
    inner = actions.circle(kind="staff", about=ids.new())
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.put_within(inner=inner, outer=outer)


def test_the_two_fixed_circles_are_there_from_the_beginning():
    assert list(Circle.objects.order_by("pk").values_list("pk", "kind")) == [
        (fixed.EVERYONE, "everyone"),
        (fixed.DECLARED, "declared"),
    ]
    assert Within.objects.count() == 0


def test_those_who_have_said_where_they_work_have_an_index_of_their_own():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Member._meta.db_table)["member_declared"]
    assert (found["columns"], found["unique"]) == (["person_id", "until"], False)


def test_erasing_forgets_where_somebody_stood_and_whom_they_named(alice, bob):
    club = discretion.name_people(bob, people=[alice.me, bob.me])
    discretion.name_people(alice, people=[bob.me])
    actions.erase(alice.me)
    assert members(club) == [(bob.me, "named", None)]
    assert list(Circle.objects.filter(kind="chosen").values_list("pk", "owner")) == [(club, bob.me)]
