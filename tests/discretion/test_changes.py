"""What changes about circles, shields and blocks holds in the next statement, for a viewer who was kept as well."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles import actions as circles
from entregent.circles.fixed import EVERYONE
from entregent.common import clock, ids
from entregent.discretion import actions
from entregent.discretion.models import Shield
from entregent.discretion.viewer import ANYBODY
from entregent.needs.models import Need

pytestmark = pytest.mark.django_db


def sees(viewer, need) -> bool:
    return Need.objects.visible_to(viewer).filter(uid=need.uid).exists()


def test_the_one_who_was_named_sees_it_and_nobody_else(alice, bob, charlie, dana, need):
    assert [sees(who, need) for who in (alice, bob, charlie, dana, ANYBODY)] == [True, False, True, False, False]


def test_whoever_is_let_in_sees_and_whoever_is_taken_out_does_not_even_through_what_was_asked_before(bob, need):
    asked = Need.objects.visible_to(bob).values_list("uid", flat=True)
    assert list(asked.all()) == []
    circles.admit(circles=[need.audience], person=bob.me, how="named")
    assert list(asked.all()) == [need.uid]
    circles.dismiss(circles=[need.audience], person=bob.me)
    assert list(asked.all()) == []


def test_a_block_holds_at_once_in_its_own_direction_and_ends_at_once(alice, charlie, need):
    answer = Need.ledger.create(owner_id=charlie.me, audience_id=EVERYONE)
    actions.block(alice, person=charlie.me)
    assert (sees(charlie, need), sees(alice, answer)) == (False, True)
    actions.unblock(alice, person=charlie.me)
    assert sees(charlie, need)


def test_a_shield_that_names_a_person_stops_even_the_one_who_was_named(alice, charlie, need):
    actions.shield(alice, person=charlie.me)
    assert not sees(charlie, need)
    actions.unshield(alice, person=charlie.me)
    assert sees(charlie, need)


def test_a_shield_of_an_organisation_lets_the_one_through_who_was_named_and_stops_who_crossed_cards(
    alice, bob, charlie, need
):
    circles.admit(circles=[need.audience], person=bob.me, how="crossed")
    assert sees(bob, need)
    for who in (bob, charlie):
        circles.admit(circles=[need.staff], person=who.me)
    assert (sees(bob, need), sees(charlie, need)) == (False, True)
    actions.unshield(alice, circle=need.staff)
    assert sees(bob, need)


def test_whoever_changes_employer_stands_with_the_new_one_at_once_and_with_the_old_one_for_a_while(bob, need):
    circles.admit(circles=[need.audience], person=bob.me, how="crossed")
    circles.admit(circles=[need.staff], person=bob.me, until=clock.now() + timedelta(days=90))
    assert not sees(bob, need)
    with clock.at(clock.now() + timedelta(days=91)):
        assert sees(bob, need)


def test_a_sister_company_stands_within_until_the_tie_ends_and_a_chain_is_not_followed(bob, need):
    circles.admit(circles=[need.audience], person=bob.me, how="crossed")
    sister, aunt = (circles.circle(kind="staff", about=ids.new()) for _ in range(2))
    circles.admit(circles=[aunt], person=bob.me)
    circles.put_within(inner=aunt, outer=sister)
    circles.put_within(inner=sister, outer=need.staff)
    assert sees(bob, need)
    circles.put_within(inner=aunt, outer=need.staff)
    assert not sees(bob, need)
    circles.take_out(inner=aunt, outer=need.staff)
    assert sees(bob, need)


def test_a_fact_ends_for_others_and_stays_its_owners(alice, charlie, need):
    Need.ledger.filter(uid=need.uid).update(until=clock.now() + timedelta(hours=1))
    assert (sees(alice, need), sees(charlie, need)) == (True, True)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert (sees(alice, need), sees(charlie, need)) == (True, False)


def test_what_is_hidden_and_what_was_never_there_are_one_answer_at_one_cost(dana, need):
    answers = []
    for uid in (need.uid, ids.new()):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Need.DoesNotExist) as raised:
            Need.objects.visible_to(dana).get(uid=uid)
        answers.append((str(raised.value), len(asked)))
    assert answers == [answers[0]] * 2
    assert answers[0][1] == 1


def test_one_statement_reads_a_list_whoever_asks(alice, need, django_assert_num_queries):
    for viewer in (alice, ANYBODY):
        with django_assert_num_queries(1):
            list(Need.objects.visible_to(viewer))


def test_what_was_kept_from_somebody_is_kept_from_who_they_turn_out_to_be_and_from_nobody_by_themselves(
    alice, bob, charlie, dana
):
    actions.block(alice, person=charlie.me)
    actions.shield(bob, person=charlie.me)
    actions.shield(bob, person=dana.me)
    actions.block(dana, person=charlie.me)
    actions.adopt(person=charlie.me, heir=dana.me)
    actions.erase(charlie.me)
    assert sorted(Shield.objects.values_list("owner", "person", "over")) == sorted(
        [(alice.me, dana.me, Shield.Over.EVERYTHING), (bob.me, dana.me, Shield.Over.DISCREET)]
    )
