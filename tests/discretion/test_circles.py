"""Who stands in which circle, whom somebody names, and from whom they keep what is theirs."""

import pytest
from django.db import IntegrityError, transaction

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.circles.models import Circle, Member
from entregent.common import clock, errors, ids
from entregent.discretion import actions, queries
from entregent.discretion.models import Shield
from entregent.discretion.viewer import ANYBODY, Standing, Viewer
from entregent.needs.models import Need

pytestmark = pytest.mark.django_db


def members(circle: int) -> list[tuple[int, str, object]]:
    return list(Member.objects.filter(circle=circle).order_by("person").values_list("person", "how", "until"))


def test_people_named_one_by_one_are_a_circle_of_their_own_and_known_to_whoever_named_them(alice, bob, charlie):
    first = actions.name_people(alice, people=[charlie.me, bob.me, charlie.me])
    assert members(first) == [(bob.me, "named", None), (charlie.me, "named", None)]
    second = actions.name_people(alice, people=[bob.me])
    assert queries.chosen(alice, [first, second]) == {first: [bob.me, charlie.me], second: [bob.me]}
    assert queries.chosen(alice, [second, fixed.EVERYONE]) == {second: [bob.me]}
    assert queries.chosen(bob, [first, second]) == {}


def test_whoever_stands_in_a_circle_or_in_one_within_it_stands_there(alice, bob):
    staff, around = ids.new(), ids.new()
    inner, outer = circles.circle(kind="staff", about=staff), circles.circle(kind="around", about=around)
    circles.put_within(inner=inner, outer=outer)
    circles.put_within(inner=inner, outer=outer)
    circles.admit(circles=[inner], person=alice.me)
    assert queries.stands_in(alice, "staff", staff)
    assert queries.stands_in(alice, "around", around)
    assert not queries.stands_in(bob, "staff", staff)
    assert not queries.stands_in(ANYBODY, "around", around)
    assert not queries.stands_in(alice, "around", ids.new())
    assert queries.places_of_kind(alice, "around") == [around]
    assert queries.places_of_kind(bob, "around") == []
    assert queries.among(alice, [inner, outer, fixed.EVERYONE, fixed.DECLARED]) == {inner, outer, fixed.EVERYONE}
    assert queries.among(ANYBODY, [inner, fixed.EVERYONE]) == {fixed.EVERYONE}
    imagined = Viewer(imagined=(Standing(inner),))
    assert queries.among(imagined, [inner, outer]) == {inner, outer}


def test_whoever_has_said_where_they_work_has_declared(alice, bob):
    circles.admit(circles=[fixed.DECLARED], person=alice.me)
    assert [queries.declared(who) for who in (alice, bob, ANYBODY)] == [True, False, False]


def test_a_shield_and_a_block_are_read_by_their_owner_alone(alice, bob):
    about = ids.new()
    actions.shield(alice, circle=circles.circle(kind="around", about=about))
    actions.shield(alice, person=bob.me)
    actions.shield(alice, person=bob.me)
    actions.block(alice, person=bob.me)
    assert (queries.shielded(alice, "around"), queries.shielded(alice, "staff")) == ([about], [])
    assert (queries.blocked(alice), Shield.objects.filter(person=bob.me).count()) == ([bob.me], 2)
    assert (queries.shielded(bob, "around"), queries.blocked(bob)) == ([], [])
    assert (queries.shielded_people(alice), queries.shielded_people(bob)) == ([bob.me], [])
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
        fields = {"audience_id": fixed.EVERYONE, "discreet": False, "changed_at": clock.now()}
        assert actions.stated(audience=fixed.EVERYONE, discreet=False) == fields
    assert actions.stated(audience=None, discreet=True)["discreet"]
    with pytest.raises(errors.Invalid) as refused:
        actions.stated(audience=fixed.EVERYONE, discreet=True)
    assert refused.value.field == "audience"


def test_a_line_of_a_shield_is_about_one_circle_or_one_person(alice, bob):
    club = circles.circle(kind="chosen", about=ids.new())
    for circle, person in ((None, None), (club, bob.me)):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.shield(alice, circle=circle, person=person)


def test_a_block_names_a_person(alice):
    club = circles.circle(kind="chosen", about=ids.new())
    with pytest.raises(IntegrityError, match="block_of_a_person"), transaction.atomic():
        Shield.objects.create(owner_id=alice.me, circle_id=club, over=Shield.Over.EVERYTHING)
    actions.shield(alice, circle=club)


def test_erasing_forgets_whom_somebody_kept_out_and_who_kept_them_out(alice, bob):
    club = actions.name_people(bob, people=[alice.me, bob.me])
    actions.shield(alice, circle=club)
    actions.block(alice, person=bob.me)
    actions.block(bob, person=alice.me)
    actions.shield(bob, circle=club)
    actions.erase(alice.me)
    [kept] = Shield.objects.values("owner", "circle", "person")
    assert kept == {"owner": bob.me, "circle": club, "person": None}


def test_whom_one_named_is_forgotten_once_no_fact_of_ones_own_goes_to_it(alice, bob):
    used, free, foreign = (actions.name_people(one, people=[bob.me]) for one in (alice, alice, bob))
    Need.ledger.create(owner_id=alice.me, text="pour lui", audience_id=used)
    for circle in (used, free, foreign, None):
        actions.forget_named(alice, circle=circle)
    assert set(Circle.objects.filter(kind="chosen").values_list("pk", flat=True)) == {used, foreign}
