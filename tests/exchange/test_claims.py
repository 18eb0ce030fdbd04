"""Somebody imported becomes the member who they are: by the word of a steward, or by the address in the file."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.communities.models import Claim
from entregent.discretion.viewer import Viewer
from entregent.exchange import actions, doctor, due, erasing, history, origins, queries, stewards
from entregent.exchange.history import Counts
from entregent.exchange.models import Origin
from entregent.market import actions as market
from entregent.meetups import queries as meetups
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.people import actions as people_actions
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.search.models import Line
from tests.exchange.conftest import NOW, SLUG, Dump, agreed, brought, pending, uid
from tests.together import before

ADDRESSED = "member_id;email\nm1;\nm2;Bob@Example.org\nm3;no address\n"


def asked(viewer: Viewer) -> list[tuple[str, str]]:
    return [(one.name, one.of) for one in queries.claims(viewer, SLUG)]


def test_a_claim_is_the_stewards_to_see_and_nobody_else_s(nashville, alice, bob, charlie):
    number = uid("m2")
    actions.claim(bob, person=number)
    assert [asked(viewer) for viewer in (alice, bob, charlie)] == [[("Bob", "n°\u00a02")], [], []]
    found = [queries.unclaimed(viewer, number) for viewer in (alice, bob, charlie)]
    assert [one and one.asked for one in found] == [False, True, False]


def test_a_claim_of_somebody_whose_name_the_steward_may_not_see_costs_as_much_as_none(
    nashville, alice, bob, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert asked(alice) == []
    actions.claim(bob, person=uid("m2"))
    profiles.call_me(bob, text="Bob", audience=None)
    with django_assert_num_queries(1):
        assert asked(alice) == []


def test_whoever_hides_their_name_while_a_steward_looks_claims_nothing_there(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    with before('"profiles_name"', partial(profiles.call_me, bob, text="Bob", audience=None), turn=2):
        assert asked(alice) == []


def test_the_boss_learns_nothing_of_a_claim(nashville, bob, charlie):
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", audience=None)
    before = [queries.unclaimed(charlie, uid("m2")), asked(charlie), list(Claim.objects.visible_to(charlie))]
    actions.claim(bob, person=uid("m2"))
    after = [queries.unclaimed(charlie, uid("m2")), asked(charlie), list(Claim.objects.visible_to(charlie))]
    assert (before == after, Claim.ledger.count()) == (True, 1)
    for decide in (actions.accept_claim, actions.decline_claim):
        with pytest.raises(errors.NotFound):
            decide(charlie, claim=pending())


def test_an_accepted_claim_gives_the_evenings_to_the_claimant(nashville, source, alice, bob):
    imported, mine = (
        origins.person("m2"),
        set(Rsvp.ledger.filter(owner=origins.person("m2")).values_list("meetup", "audience")),
    )
    Presence.ledger.create(owner_id=imported, meetup_id=min(mine)[0], audience_id=min(mine)[1])
    actions.claim(bob, person=uid("m2"))
    assert agreed(alice) == SLUG
    assert set(Rsvp.ledger.filter(owner=bob.me).values_list("meetup", "audience")) == mine
    assert len(mine) == 2
    assert list(Presence.ledger.values_list("owner", "audience")) == [(bob.me, min(mine)[1])]
    assert (Person.objects.filter(pk=imported).exists(), Claim.ledger.count()) == (False, 0)
    with pytest.raises(errors.NotFound, match="Nobody here is called m2"):
        origins.person("m2")  # which would tell whoever reads a way to Bob who Bob was
    assert doctor.examine(lambda _done, _of: None).found == []


def test_agreeing_costs_the_same_whatever_the_claimant_answered(nashville, alice, bob, charlie):
    costs = []
    for viewer in (charlie, bob):
        actions.claim(viewer, person=uid("m2"))
        if viewer == bob:
            Rsvp.ledger.filter(owner=origins.person("m3")).update(owner=bob.me)
        with CaptureQueriesContext(connection) as asked_for:
            actions.accept_claim(alice, claim=pending())
        costs.append(len(asked_for))
        actions.withdraw_claim(viewer, person=uid("m2"))
    assert costs[0] == costs[1]


def test_what_was_agreed_to_is_off_every_steward_s_table_and_goes_on_as_it_was_for_the_claimant(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    [own] = queries.claimed(bob)
    before = queries.unclaimed(bob, uid("m2")), list(Claim.objects.visible_to(bob).values_list("changed_at"))
    actions.accept_claim(alice, claim=own.uid)
    after = queries.unclaimed(bob, uid("m2")), list(Claim.objects.visible_to(bob).values_list("changed_at"))
    assert (asked(alice), queries.claimed(bob), before == after) == ([], [own], True)
    for decide in (actions.accept_claim, actions.decline_claim):
        with pytest.raises(errors.NotFound):
            decide(alice, claim=own.uid)


def test_a_claim_that_is_withdrawn_before_the_worker_comes_by_gives_nothing(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    key, there = Claim.ledger.get().pk, origins.person("m2")
    actions.accept_claim(alice, claim=pending())
    actions.withdraw_claim(bob, person=uid("m2"))
    assert (due.give_claimed(clock.now()), actions.give_claimed(claim=key), origins.person("m2")) == (0, False, there)


def test_a_claim_that_is_withdrawn_while_the_worker_looks_gives_nothing(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    there = origins.person("m2")
    actions.accept_claim(alice, claim=pending())
    with before("communities_community", partial(actions.withdraw_claim, bob, person=uid("m2"))):
        assert due.give_claimed(clock.now()) == 0
    assert origins.person("m2") == there


def test_of_two_that_were_agreed_to_the_first_is_made_so(nashville, alice, bob, charlie):
    for viewer in (bob, charlie):
        actions.claim(viewer, person=uid("m2"))
    for viewer, at in ((charlie, NOW), (bob, NOW + timedelta(seconds=1))):
        with clock.at(at):
            actions.accept_claim(alice, claim=queries.claimed(viewer)[0].uid)
    assert (due.give_claimed(clock.now()), brought("m2"), Claim.ledger.count()) == (1, charlie.me, 0)


def test_one_that_cannot_be_given_keeps_no_other_back(nashville, alice, bob, charlie, caplog):
    for viewer, key, at in ((bob, "m2", NOW), (charlie, "m3", NOW + timedelta(seconds=1))):
        actions.claim(viewer, person=uid(key))
        with clock.at(at):
            actions.accept_claim(alice, claim=queries.claimed(viewer)[0].uid)
    with before("communities_community", _break), caplog.at_level("ERROR"):
        assert due.give_claimed(clock.now()) == 1
    assert (brought("m3"), Claim.ledger.get().owner_id) == (charlie.me, bob.me)
    assert f"What is claimed by {pending()} is not given" in caplog.text


def _break():
    raise RuntimeError


def test_whoever_organised_organises_and_the_lines_follow(nashville, alice, bob):
    evenings = Meetup.ledger.filter(owner=origins.person("m1"))
    known = set(evenings.values_list("uid", flat=True))
    actions.claim(bob, person=uid("m1"))
    agreed(alice)
    assert set(Meetup.ledger.filter(owner=bob.me).values_list("uid", flat=True)) == known
    assert set(Line.ledger.filter(owner=bob.me, kind="evening").values_list("about", flat=True)) == known
    assert len(known) == 2
    assert [
        meetups.evening(bob, code).organises
        for code in Meetup.ledger.filter(owner=bob.me).values_list("code", flat=True)
    ] == [True, True]
    assert doctor.examine(lambda _done, _of: None).found == []


def test_importing_again_after_a_claim_changes_nothing(nashville, source, alice, bob, dump: Callable[[], Dump]):
    actions.claim(bob, person=uid("m2"))
    agreed(alice)
    before = dump()
    assert source.bring_in().new == Counts()
    assert dump() == before


def test_whoever_claimed_two_comes_once_to_an_evening_that_both_answered(nashville, source, alice, bob):
    for key in ("m2", "m3"):
        actions.claim(bob, person=uid(key))
        agreed(alice)
    more = "event_id,member_id\ne1,m1\ne1,m2\ne2,m2\ne2,m4\ne3,m2\ne3,m3\n"
    assert source.bring_in(rsvps=more).new == Counts(answers=1)
    assert source.bring_in(rsvps=more).new == Counts()
    assert Rsvp.ledger.filter(owner=bob.me, meetup__title="Up the hill").count() == 1


def test_a_declined_claim_leaves_everything_and_tells_nobody(nashville, alice, bob):
    number = uid("m2")
    actions.claim(bob, person=number)
    before = queries.unclaimed(bob, number), list(Claim.objects.visible_to(bob).values_list("changed_at"))
    actions.decline_claim(alice, claim=pending())
    after = queries.unclaimed(bob, number), list(Claim.objects.visible_to(bob).values_list("changed_at"))
    assert (asked(alice), before == after) == ([], True)
    actions.withdraw_claim(bob, person=number)
    actions.claim(bob, person=number)
    assert asked(alice) == [("Bob", "n°\u00a02")]


def test_a_steward_does_not_decide_on_their_own_claim(nashville, alice, bob):
    actions.claim(alice, person=uid("m2"))
    assert asked(alice) == []
    with pytest.raises(errors.Refused, match="Another steward"):
        actions.accept_claim(alice, claim=pending())
    communities.appoint(alice, slug=SLUG, person=people.uid_of(person=bob.me))
    assert asked(bob) == [("Alice", "n°\u00a02")]


def test_a_claim_that_is_not_on_a_steward_s_table_is_no_claim(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    profiles.call_me(bob, text="Bob", audience=None)
    for decide in (actions.accept_claim, actions.decline_claim):
        with pytest.raises(errors.NotFound):
            decide(alice, claim=pending())
    profiles.call_me(bob, text="Bob", audience=community_of.community(alice, SLUG).members_circle)
    actions.decline_claim(alice, claim=pending())
    with pytest.raises(errors.NotFound):
        actions.accept_claim(alice, claim=pending())
    assert asked(alice) == []


def test_a_claimant_who_left_is_given_nothing(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    communities.leave(bob, slug=SLUG)
    assert asked(alice) == []
    with pytest.raises(errors.NotFound):
        actions.accept_claim(alice, claim=pending())


def test_hidden_absent_with_an_account_and_from_elsewhere_are_one_answer(nashville, bob, charlie, dana):
    someone, _secret = people_actions.welcome()
    profiles.call_me(Viewer(person=someone), text="Camille", audience=1)
    attempts = [
        (dana, uid("m2")),
        (bob, people.uid_of(person=charlie.me)),
        (bob, people.uid_of(person=dana.me)),
        (bob, people.uid_of(person=someone)),
        (bob, ids.new()),
    ]
    for viewer, person in attempts:
        with pytest.raises(errors.NotFound):
            actions.claim(viewer, person=person)
    assert Claim.ledger.count() == 0


def test_the_claim_of_an_imported_person_of_another_community_is_not_found(nashville, source, bob):
    history.bring_in(source.read(), community="Memphis", zone="UTC", tell=lambda _d, _of: None)
    [there] = Origin.objects.filter(community__name="Memphis", kind="member", key="m2").values_list("about", flat=True)
    profiles.call_me(Viewer(person=Person.objects.get(uid=there).pk), text="n° 2", audience=1)
    assert queries.unclaimed(bob, there) is None


def test_whoever_proves_the_address_in_the_file_has_what_came_with_it(source, bob, dump):
    source.bring_in(members=ADDRESSED)
    assert dict(Origin.objects.exclude(address="").values_list("key", "address")) == {"m2": "bob@example.org"}
    evenings = set(Rsvp.ledger.filter(owner=origins.person("m2")).values_list("meetup", flat=True))
    assert people.mailbox(person=origins.person("m2")) is None
    actions.take_imported(bob)
    assert brought("m2") == bob.me
    assert set(Rsvp.ledger.filter(owner=bob.me).values_list("meetup", flat=True)) == evenings
    assert community_of.community(bob, SLUG).belongs
    assert Origin.objects.exclude(address="").count() == 0
    before = dump()
    actions.take_imported(bob)
    assert (source.bring_in(members=ADDRESSED).new, dump() == before) == (Counts(), True)


def test_an_address_that_is_not_in_the_file_gives_nothing(source, charlie, dump):
    source.bring_in(members=ADDRESSED)
    before = dump()
    actions.take_imported(charlie)
    assert dump() == before


def test_erasing_forgets_the_address_and_the_claims(nashville, bob, charlie):
    Origin.objects.filter(key="m2").update(address="somebody@example.org")
    actions.claim(bob, person=uid("m2"))
    erasing.erase(origins.person("m2"))
    assert (Claim.ledger.count(), Origin.objects.exclude(address="").count()) == (0, 0)
    actions.claim(charlie, person=uid("m3"))
    erasing.erase(charlie.me)
    assert Claim.ledger.count() == 0


def test_the_operator_appoints_somebody_who_signs_in(nashville, dana):
    stewards.appoint("dana@example.org", community="Nashville")
    stewards.appoint("dana@example.org", community="nashville")
    page = community_of.community(dana, SLUG)
    assert (page.belongs, page.steward) == (True, True)
    with pytest.raises(errors.Refused, match="m2 has no account"):
        stewards.appoint("m2", community="Nashville")
    with pytest.raises(errors.NotFound, match="No community here is called Memphis"):
        stewards.appoint("dana@example.org", community="Memphis")


def test_whoever_claims_reads_what_they_claim_as_before_whatever_was_decided(nashville, alice, bob, charlie):
    actions.claim(bob, person=uid("m2"))
    [own] = queries.claimed(bob)
    assert (own.person, own.name, queries.claimed(charlie)) == (uid("m2"), "n°\u00a02", [])
    actions.decline_claim(alice, claim=own.uid)
    assert queries.claimed(bob) == [own]
    profiles.call_me(Viewer(person=origins.person("m2")), text="n° 2", audience=None)
    assert [(one.person, one.name) for one in queries.claimed(bob)] == [(None, "")]
