"""What no steward hears comes to the operator, and nothing else does."""

from datetime import timedelta

import pytest

from entregent.common import clock, errors, ids
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.communities.models import Membership, Report
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.exchange import reports
from entregent.meetups import actions as meetups
from entregent.people import actions as people_known
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests import cast

SAID = "Il a crié sur tout le monde."


def report(viewer, about, slug, words=SAID):
    profiles.report(viewer, person=people.uid_of(person=about.me), community=slug, words=words)


def words():
    return [one.words for one in reports.unheard()]


def dates():
    return list(Report.ledger.order_by("pk").values_list("uid", "said_at", "changed_at"))


def test_what_a_steward_hears_is_not_for_the_operator(bob, charlie, community):
    report(bob, charlie, community)
    assert words() == []


def test_a_report_of_the_only_steward_is(alice, bob, community):
    report(bob, alice, community)
    [one] = reports.unheard()
    assert (one.kind, one.about, one.called, one.community) == (
        "person",
        people.uid_of(person=alice.me),
        "Alice Hoareau",
        "Les gens du web",
    )
    assert (one.by, one.by_name, one.words) == (people.uid_of(person=bob.me), "Bob Payet", SAID)


def test_so_is_one_of_an_evening_that_the_only_steward_organises(alice, bob, community):
    code = cast.announce(alice, community)
    meetups.report(bob, code=code, words=SAID)
    assert [(one.kind, one.called) for one in reports.unheard()] == [("evening", "Apéro 47")]


def test_so_is_what_the_only_steward_reports_or_is_kept_from(alice, bob, charlie, community):
    report(alice, bob, community, "De la part d’Alice.")
    report(bob, charlie, community, "De la part de Bob.")
    heard = words()
    discretion.shield(charlie, person=alice.me)
    assert (heard, words()) == (["De la part d’Alice."], ["De la part d’Alice.", "De la part de Bob."])


def test_a_steward_who_cannot_sign_in_hears_nothing(alice, bob, charlie, community):
    imported = Viewer(person=people_known.welcome()[0])
    place = community_of.community(alice, community).key
    communities.entrust(community=place, person=imported.me)
    Membership.objects.filter(person=alice.me).delete()
    communities.keep_circles(community=place)
    report(bob, charlie, community)
    assert words() == [SAID]


def test_what_was_seen_to_is_off_the_list(alice, bob, charlie, community):
    report(bob, alice, community)
    report(bob, charlie, community, "Autre chose.")
    [one] = reports.unheard()
    [heard] = community_of.reports(alice, community)
    reports.see_to(one.uid)
    assert words() == []
    for other in (one.uid, heard.uid, ids.new()):
        with pytest.raises(errors.NotFound):
            reports.see_to(other)


def test_whoever_sees_to_it_leaves_the_date_of_the_report_as_it_was(alice, bob, charlie, community):
    report(bob, alice, community)
    report(bob, charlie, community, "Autre chose.")
    [one], [heard] = reports.unheard(), community_of.reports(alice, community)
    before = dates()
    with clock.at(clock.now() + timedelta(days=1)):
        reports.see_to(one.uid)
        communities.see_to(alice, report=heard.uid)
        assert (dates(), Report.ledger.filter(seen_to_at=None).count()) == (before, 0)
        communities.settle(report=Report.ledger.get(uid=heard.uid).pk, seen_to_at=None)
    assert (dates(), community_of.reports(alice, community)) == (before, [heard])


def test_whom_a_report_names_is_taken_out_once_somebody_else_looks_after_the_community(alice, bob, charlie, community):
    report(bob, alice, community)
    [one] = reports.unheard()
    with pytest.raises(errors.Refused):
        reports.take_out(one.uid)
    communities.entrust(community=community_of.community(alice, community).key, person=bob.me)
    reports.take_out(one.uid)
    assert [community_of.community(viewer, community).belongs for viewer in (alice, bob)] == [False, True]
    with pytest.raises(errors.NotFound):
        reports.take_out(ids.new())
