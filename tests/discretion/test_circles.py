"""Circles are kept exactly, and say who stands where."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from entregent.common import clock, errors, ids
from entregent.discretion import actions, policy, queries
from entregent.discretion.models import Circle, Member, Shield, Within
from entregent.discretion.viewer import ANYBODY, Standing, Viewer

pytestmark = pytest.mark.django_db


def members(circle: int) -> list[tuple[int, str, object]]:
    return list(Member.objects.filter(circle=circle).order_by("person").values_list("person", "how", "until"))


def test_a_circle_about_a_thing_is_one_circle():
    about = ids.new()
    first = actions.circle(kind="members", about=about)
    assert actions.circle(kind="members", about=about) == first != actions.circle(kind="stewards", about=about)


def test_keeping_a_circle_lets_in_takes_out_and_corrects(alice, bob, charlie):
    about, soon = ids.new(), clock.now() + timedelta(days=90)
    circle = actions.keep(kind="staff", about=about, people={alice.me: None, bob.me: None})
    assert actions.keep(kind="staff", about=about, people={bob.me: soon, charlie.me: None}) == circle
    assert members(circle) == [(bob.me, "open", soon), (charlie.me, "open", None)]
    actions.keep(kind="staff", about=about, people={bob.me: soon}, how="named")
    assert members(circle) == [(bob.me, "named", soon)]


def test_keeping_a_circle_twice_changes_nothing(alice, bob):
    about, people = ids.new(), {alice.me: None, bob.me: clock.now()}
    circle = actions.keep(kind="going", about=about, people=people)
    before = list(Member.objects.order_by("pk").values())
    actions.keep(kind="going", about=about, people=people)
    assert list(Member.objects.order_by("pk").values()) == before
    assert len(members(circle)) == 2


def test_admitting_twice_keeps_the_last_way_and_the_last_end(alice):
    circle, soon = actions.circle(kind="going", about=ids.new()), clock.now() + timedelta(days=1)
    actions.admit(circle=circle, person=alice.me)
    actions.admit(circle=circle, person=alice.me, how="named", until=soon)
    assert members(circle) == [(alice.me, "named", soon)]
    actions.dismiss(circle=circle, person=alice.me)
    actions.dismiss(circle=circle, person=alice.me)
    assert members(circle) == []


def test_people_named_one_by_one_are_a_circle_of_their_own_and_known_to_whoever_named_them(alice, bob, charlie):
    first = actions.name_people(alice, people=[charlie.me, bob.me, charlie.me])
    assert members(first) == [(bob.me, "named", None), (charlie.me, "named", None)]
    second = actions.name_people(alice, people=[bob.me])
    assert queries.chosen(alice, [first, second]) == {first: [bob.me, charlie.me], second: [bob.me]}
    assert queries.chosen(alice, [second, policy.EVERYONE]) == {second: [bob.me]}
    assert queries.chosen(bob, [first, second]) == {}


def test_whoever_stands_in_a_circle_or_in_one_within_it_stands_there(alice, bob):
    staff, around = ids.new(), ids.new()
    inner, outer = actions.circle(kind="staff", about=staff), actions.circle(kind="around", about=around)
    actions.put_within(inner=inner, outer=outer)
    actions.put_within(inner=inner, outer=outer)
    actions.admit(circle=inner, person=alice.me)
    assert queries.stands_in(alice, "staff", staff)
    assert queries.stands_in(alice, "around", around)
    assert not queries.stands_in(bob, "staff", staff)
    assert not queries.stands_in(ANYBODY, "around", around)
    assert not queries.stands_in(alice, "around", ids.new())
    assert queries.places_of_kind(alice, "around") == [around]
    assert queries.places_of_kind(bob, "around") == []
    assert queries.among(alice, [inner, outer, policy.EVERYONE, policy.DECLARED]) == {inner, outer, policy.EVERYONE}
    assert queries.among(ANYBODY, [inner, policy.EVERYONE]) == {policy.EVERYONE}
    imagined = Viewer(imagined=(Standing(inner),))
    assert queries.among(imagined, [inner, outer]) == {inner, outer}


def test_whoever_has_said_where_they_work_has_declared(alice, bob):
    actions.admit(circle=policy.DECLARED, person=alice.me)
    assert [queries.declared(who) for who in (alice, bob, ANYBODY)] == [True, False, False]


def test_a_shield_and_a_block_are_read_by_their_owner_alone(alice, bob):
    about = ids.new()
    actions.shield(alice, circle=actions.circle(kind="around", about=about))
    actions.shield(alice, person=bob.me)
    actions.shield(alice, person=bob.me)
    actions.block(alice, person=bob.me)
    assert (queries.shielded(alice, "around"), queries.shielded(alice, "staff")) == ([about], [])
    assert (queries.blocked(alice), Shield.objects.filter(person=bob.me).count()) == ([bob.me], 2)
    assert (queries.shielded(bob, "around"), queries.blocked(bob)) == ([], [])
    with pytest.raises(errors.NotSignedIn):
        queries.shielded(ANYBODY, "around")


def test_those_who_block_somebody_are_known_for_masking(alice, bob, charlie, dana):
    club = actions.name_people(dana, people=[bob.me])
    for who in (dana, alice):
        actions.block(who, person=bob.me)
    actions.shield(charlie, person=bob.me)
    actions.shield(charlie, circle=club)
    assert queries.blockers(bob) == sorted([alice.me, dana.me])
    assert [queries.blockers(who) for who in (alice, ANYBODY, Viewer(imagined=(Standing(club),)))] == [[], [], []]


def test_a_discreet_fact_is_not_stated_to_everyone(alice):
    with clock.at(clock.now()):
        fields = {"audience_id": policy.EVERYONE, "discreet": False, "changed_at": clock.now()}
        assert actions.stated(audience=policy.EVERYONE, discreet=False) == fields
    assert actions.stated(audience=None, discreet=True)["discreet"]
    with pytest.raises(errors.Invalid) as refused:
        actions.stated(audience=policy.EVERYONE, discreet=True)
    assert refused.value.field == "audience"


@pytest.mark.parametrize("fixed", [policy.EVERYONE, policy.DECLARED])
def test_nothing_lies_within_a_fixed_circle(fixed):
    inner = actions.circle(kind="staff", about=ids.new())
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.put_within(inner=inner, outer=fixed)


def test_a_line_of_a_shield_is_about_one_circle_or_one_person(alice, bob):
    club = actions.circle(kind="chosen", about=ids.new())
    for circle, person in ((None, None), (club, bob.me)):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.shield(alice, circle=circle, person=person)


def test_a_block_names_a_person(alice):
    club = actions.circle(kind="chosen", about=ids.new())
    with pytest.raises(IntegrityError, match="block_of_a_person"), transaction.atomic():
        Shield.objects.create(owner_id=alice.me, circle_id=club, over=Shield.Over.EVERYTHING)
    actions.shield(alice, circle=club)


def test_erasing_forgets_where_somebody_stood_and_whom_they_kept_out(alice, bob):
    club = actions.name_people(bob, people=[alice.me, bob.me])
    actions.name_people(alice, people=[bob.me])
    actions.shield(alice, circle=club)
    actions.block(alice, person=bob.me)
    actions.block(bob, person=alice.me)
    actions.shield(bob, circle=club)
    actions.erase(alice.me)
    assert members(club) == [(bob.me, "named", None)]
    [kept] = Shield.objects.values("owner", "circle", "person")
    assert kept == {"owner": bob.me, "circle": club, "person": None}
    assert list(Circle.objects.filter(kind="chosen").values_list("pk", "owner")) == [(club, bob.me)]


def test_the_two_fixed_circles_are_there_from_the_beginning():
    assert list(Circle.objects.order_by("pk").values_list("pk", "kind")) == [
        (policy.EVERYONE, "everyone"),
        (policy.DECLARED, "declared"),
    ]
    assert Within.objects.count() == 0
