"""Somebody imported who turns out to be a member is no departure: whatever was done about them is about the member."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.communities.models import Departure, Membership, Report
from entregent.discretion import actions as discretion
from entregent.discretion.models import Shield
from entregent.discretion.viewer import Viewer
from entregent.exchange import actions, doctor, origins, reports, stewards
from entregent.exchange.models import Origin
from entregent.meetups import actions as meetings
from entregent.meetups.models import Meetup
from entregent.people import actions as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from tests import cast
from tests.exchange.conftest import NOW, SLUG, agreed, brought, uid


@pytest.fixture
def dana_there(nashville, dana, charlie):
    """Dana is in the community as well, by her name, and looks after it with Alice."""
    stewards.appoint("dana@example.org", community="Nashville")
    profiles.call_me(dana, text="Dana", audience=community_of.community(dana, SLUG).members_circle)
    return dana


def proven(bob: Viewer) -> None:
    """Bob signs in with the address of the file."""
    Origin.objects.filter(key="m2").update(address="bob@example.org")
    actions.take_imported(bob)


def confirmed(bob: Viewer) -> None:
    """Bob says that he is m2, and a steward knows him."""
    actions.claim(bob, person=uid("m2"))
    agreed(Viewer(person=origins.person("alice")))


MERGES = pytest.mark.parametrize("merge", [proven, confirmed])


@MERGES
def test_a_block_holds_whoever_the_blocked_turns_out_to_be(nashville, bob, charlie, merge):
    profiles.block(charlie, person=uid("m2"))
    before = cards_seen(bob, charlie)
    merge(bob)
    assert (before, cards_seen(bob, charlie)) == (["Charlie"], [])
    assert [card.name for card in cards.blocked(charlie)] == ["Bob"]


@MERGES
def test_whoever_turns_out_to_be_the_one_whom_they_blocked_blocks_nobody(nashville, bob, charlie, merge):
    profiles.block(bob, person=uid("m2"))
    discretion.shield(bob, person=origins.person("m2"))
    for one in ("m2", "bob@example.org"):
        profiles.block(charlie, person=uid(one))
    merge(bob)
    assert list(Shield.objects.values_list("owner", "person", "over")) == [(charlie.me, bob.me, "everything")]


@MERGES
def test_a_report_names_whoever_the_named_turns_out_to_be(nashville, alice, bob, charlie, dana_there, merge):
    for about in ("m2", "m3"):
        profiles.report(charlie, person=uid(about), community=SLUG, words=f"Of {about}.")
    before, dates = community_of.reported(charlie), changed()
    with clock.at(NOW + timedelta(hours=1)):
        merge(bob)
    assert {(one.named, one.about, one.words) for one in heard(alice)} == {
        (bob.me, uid("bob@example.org"), "Of m2."),
        (origins.person("m3"), uid("m3"), "Of m3."),
    }
    assert heard(dana_there) == heard(alice)
    assert [(one.called, one.words) for one in community_of.reported(charlie)] == [
        (one.called, one.words) for one in before
    ]
    assert changed() == dates
    assert doctor.examine(lambda _done, _of: None).found == []


@MERGES
def test_an_evening_is_reported_of_whoever_its_organiser_turns_out_to_be(nashville, alice, bob, charlie, merge):
    Meetup.ledger.update(owner=origins.person("m2"))
    for code in Meetup.ledger.order_by("pk").values_list("code", flat=True)[:1]:
        meetings.report(charlie, code=code, words="Too loud.")
    about = Report.ledger.get().about
    merge(bob)
    assert [(one.named, one.about) for one in heard(alice)] == [(bob.me, about)]


@MERGES
def test_a_steward_who_turns_out_to_be_the_one_reported_hears_it_no_more(nashville, alice, bob, charlie, merge):
    communities.appoint(alice, slug=SLUG, person=uid("bob@example.org"))
    profiles.report(charlie, person=uid("m2"), community=SLUG, words="Of m2.")
    before = len(heard(bob))
    merge(bob)
    assert (before, heard(bob), len(heard(alice))) == (1, [], 1)
    assert doctor.examine(lambda _done, _of: None).found == []


@MERGES
def test_whoever_turns_out_to_be_the_one_whom_they_reported_is_heard_by_nobody(nashville, alice, bob, merge):
    profiles.report(bob, person=uid("m2"), community=SLUG, words="Of m2.")
    before = len(heard(alice))
    merge(bob)
    assert (before, heard(alice), reports.unheard()) == (1, [], [])
    [own] = community_of.reported(bob)
    communities.withdraw_report(bob, report=own.uid)
    assert doctor.examine(lambda _done, _of: None).found == []


@MERGES
def test_two_reports_of_one_who_seemed_to_be_two_are_both_heard(nashville, alice, bob, charlie, merge):
    for about in ("m2", "bob@example.org"):
        profiles.report(charlie, person=uid(about), community=SLUG, words=f"Of {about}.")
    merge(bob)
    assert {(one.named, one.words) for one in heard(alice)} == {
        (bob.me, "Of m2."),
        (bob.me, "Of bob@example.org."),
    }
    profiles.report(charlie, person=uid("bob@example.org"), community=SLUG, words="Again.")
    assert sorted(one.words for one in heard(alice)) == ["Again.", "Of m2."]


def test_what_no_steward_hears_stays_with_the_operator(nashville, alice, bob):
    profiles.report(alice, person=uid("m2"), community=SLUG, words="Of m2.")
    proven(bob)
    assert [(one.about, one.words) for one in reports.unheard()] == [(uid("bob@example.org"), "Of m2.")]


def test_a_guest_who_signs_in_stays_blocked_and_reported(nashville, alice, bob, charlie):
    guest = Viewer(person=Person.objects.create().pk)
    Meetup.ledger.filter(pk=Meetup.ledger.order_by("pk").values("pk")[:1]).update(owner=guest.me)
    meetings.report(charlie, code=Meetup.ledger.get(owner=guest.me).code, words="Too loud.")
    discretion.block(charlie, person=guest.me)
    actions.take_account(guest, account=people.open_account(email="bob@example.org"))
    assert [one.named for one in heard(alice)] == [bob.me]
    assert list(Shield.objects.values_list("owner", "person")) == [(charlie.me, bob.me)]


@MERGES
def test_what_somebody_imported_looked_after_they_look_after_themselves(nashville, alice, bob, charlie, merge):
    Membership.objects.filter(person=origins.person("m2")).update(role="steward")
    communities.keep_circles(community=community_of.community(alice, SLUG).key)
    merge(bob)
    assert [community_of.community(one, SLUG).steward for one in (alice, bob, charlie)] == [True, True, False]
    assert doctor.examine(lambda _done, _of: None).found == []


def test_nobody_is_chosen_by_chance_where_the_only_steward_signs_in_at_last(nashville, alice, bob, charlie):
    Membership.objects.filter(person=origins.person("m2")).update(role="steward")
    Membership.objects.filter(person=alice.me).update(role="member")
    communities.keep_circles(community=community_of.community(alice, SLUG).key)
    proven(bob)
    assert [community_of.community(one, SLUG).steward for one in (alice, bob, charlie)] == [False, True, False]


def test_the_first_of_a_file_to_sign_in_does_not_look_after_its_community(source, bob):
    source.bring_in(members="member_id,email\nm1,\nm2,bob@example.org\nm3,\n")
    actions.take_imported(bob)
    page = community_of.community(bob, SLUG)
    assert (page.belongs, page.steward) == (True, False)
    assert doctor.examine(lambda _done, _of: None).found == []


def test_signing_in_takes_as_many_statements_whatever_was_reported(nashville, bob, charlie):
    Origin.objects.filter(key="m2").update(address="bob@example.org")
    counts = []
    for about in ((), ("m1", "m3")):
        for one in about:
            profiles.report(charlie, person=uid(one), community=SLUG, words=f"Of {one}.")
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                actions.take_imported(bob)
            transaction.set_rollback(True)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_evening_to_come_goes_to_somebody_who_can_call_it_off(nashville, alice, bob):
    code = cast.announce(alice, nashville)
    actions.erase_me(alice)
    assert Meetup.ledger.get(code=code).owner_id == bob.me
    meetings.cancel(bob, code=code)


def leaving(_alice: Viewer, bob: Viewer) -> None:
    communities.leave(bob, slug=SLUG)


def removed(alice: Viewer, _bob: Viewer) -> None:
    communities.remove(alice, slug=SLUG, person=uid("bob@example.org"))


def reported(alice: Viewer, _bob: Viewer) -> None:
    charlie = Viewer(person=origins.person("charlie@example.org"))
    profiles.report(charlie, person=uid("bob@example.org"), community=SLUG, words="Of Bob.")
    communities.remove_named(alice, report=heard(alice)[0].uid)


def expelled(alice: Viewer, bob: Viewer) -> None:
    communities.expel(community=community_of.community(alice, SLUG).key, person=bob.me)


@pytest.mark.parametrize("depart", [leaving, removed, reported, expelled])
def test_whoever_went_stays_out_whatever_an_import_says(nashville, source, alice, bob, depart):
    depart(alice, bob)
    source.bring_in(members="member_id,email\nm1,\nm2,\nm3,\nm7,bob@example.org\n")
    actions.take_imported(bob)
    assert (brought("m7"), community_of.community(bob, SLUG).belongs) == (bob.me, False)
    communities.join(bob, slug=SLUG, invite=community_of.community(alice, SLUG).invite)
    source.bring_in(members="member_id,email\nm1,\nm2,\nm3,\nm7,\nm8,bob@example.org\n")
    actions.take_imported(bob)
    assert community_of.community(bob, SLUG).belongs


def test_somebody_imported_who_was_taken_out_is_out_once_they_sign_in(nashville, source, alice, dana):
    communities.remove(alice, slug=SLUG, person=uid("m2"))
    for key in ("m2", "m7"):
        source.bring_in(members=f"member_id,email\nm1,\nm2,\nm3,\n{key},\n")
        Origin.objects.filter(key=key).update(address="dana@example.org")
        actions.take_imported(dana)
    assert (brought("m7"), community_of.community(dana, SLUG).belongs) == (dana.me, False)


def test_whoever_is_in_stays_in_when_they_claim_somebody_who_was_taken_out(nashville, alice, bob):
    actions.claim(bob, person=uid("m2"))
    communities.remove(alice, slug=SLUG, person=uid("m2"))
    proven(bob)
    key = community_of.community(alice, SLUG).key
    communities.enrol(community=key, people=[bob.me])
    assert (community_of.community(bob, SLUG).belongs, Departure.objects.count()) == (True, 0)


def cards_seen(viewer: Viewer, *others: Viewer) -> list[str]:
    return [card.name for card in cards.cards(viewer, [other.me for other in others]).values()]


def heard(viewer: Viewer):
    return community_of.reports(viewer, SLUG)


def changed():
    return list(Report.ledger.order_by("pk").values_list("changed_at", flat=True))
