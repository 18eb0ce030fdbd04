"""Organising an evening together: by a link, for people of the community, until one stops or is thanked."""

from datetime import datetime, timedelta

import pytest

from entregent.circles.models import Member
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities import queries as places
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY
from entregent.exchange import doctor, erasing
from entregent.meetups import actions, declassified, gatherings, hosts, queries
from entregent.meetups.models import Organising
from entregent.people import queries as people
from tests import cast

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return cast.announce(alice, community)


@pytest.fixture
def together(alice, code):
    return hosts.ask_for_help(alice, code=code)


def helping(viewer, code):
    return [one.person for one in queries.hosts(viewer, code)]


def test_whoever_comes_by_the_link_organises_changes_and_knows_as_much(alice, bob, charlie, code, together):
    actions.answer(charlie, code=code, audience="organisers", discreet=False)
    assert queries.coming(bob, code) == []
    hosts.co_organise(bob, code=code, together=together.lower())
    assert queries.evening(bob, code).organises
    assert queries.coming(bob, code) == [charlie.me]
    assert declassified.seats(bob, code).coming == 1
    actions.edit(bob, code=code, place="Chez Marceline")
    assert queries.evening(alice, code).place == "Chez Marceline"
    assert helping(ANYBODY, code) == [bob.me]


def test_coming_twice_changes_nothing_and_whoever_announced_it_comes_to_no_help(alice, bob, code, together):
    for viewer in (bob, alice, bob):
        hosts.co_organise(viewer, code=code, together=together)
    assert helping(alice, code) == [bob.me]


@pytest.mark.parametrize("wrong", ["", "WRONG", "none"])
def test_another_link_leads_nowhere(bob, code, together, wrong):
    with pytest.raises(errors.NotFound):
        hosts.co_organise(bob, code=code, together=wrong)
    assert not queries.evening(bob, code).organises


def test_a_link_that_was_closed_or_drawn_anew_leads_nowhere(alice, bob, code, together):
    again = hosts.ask_for_help(alice, code=code)
    assert again != together
    hosts.ask_no_help(alice, code=code)
    for link in (together, again, ""):
        with pytest.raises(errors.NotFound):
            hosts.co_organise(bob, code=code, together=link)
    assert queries.evening(alice, code).together == ""


def test_the_link_is_told_to_those_who_organise_alone(alice, bob, code, together):
    assert [queries.evening(viewer, code).together for viewer in (alice, bob, ANYBODY)] == [together, "", ""]


def test_evenings_are_organised_by_people_of_the_community(dana, code, together):
    with pytest.raises(errors.Refused, match="communauté"):
        hosts.co_organise(dana, code=code, together=together)


@pytest.mark.parametrize("how", ["passée", "annulée"])
def test_what_is_done_needs_no_help(alice, bob, code, together, how):
    if how == "annulée":
        actions.cancel(alice, code=code)
    with clock.at(ENDS + timedelta(minutes=1) if how == "passée" else SUNDAY):
        for act in (
            lambda: hosts.co_organise(bob, code=code, together=together),
            lambda: hosts.ask_for_help(alice, code=code),
        ):
            with pytest.raises(errors.Refused, match=how):
                act()


def test_one_stops_and_whoever_announced_it_may_thank_one(alice, bob, charlie, code, together):
    for viewer in (bob, charlie):
        hosts.co_organise(viewer, code=code, together=together)
    bobs, charlies = sorted(queries.hosts(alice, code), key=lambda one: one.person)
    with pytest.raises(errors.Refused):
        hosts.thank(bob, code=code, organising_uid=charlies.uid)
    with pytest.raises(errors.Refused):
        hosts.stand_down(alice, code=code)
    hosts.thank(alice, code=code, organising_uid=bobs.uid)
    hosts.stand_down(charlie, code=code)
    assert (helping(alice, code), [queries.evening(who, code).organises for who in (alice, bob, charlie)]) == (
        [],
        [True, False, False],
    )
    with pytest.raises(errors.NotFound):
        hosts.thank(alice, code=code, organising_uid=bobs.uid)


def test_whoever_was_thanked_does_not_come_back_by_the_same_link(alice, bob, code, together):
    hosts.co_organise(bob, code=code, together=together)
    [bobs] = queries.hosts(alice, code)
    hosts.thank(alice, code=code, organising_uid=bobs.uid)
    with pytest.raises(errors.NotFound):
        hosts.co_organise(bob, code=code, together=together)
    assert queries.evening(alice, code).together == ""


def test_organising_alone_ends_it_for_those_whom_one_does_not_see(alice, bob, charlie, code, together):
    for viewer in (bob, charlie):
        hosts.co_organise(viewer, code=code, together=together)
    discretion.block(bob, person=alice.me)
    assert (helping(alice, code), queries.evening(bob, code).organises) == ([charlie.me], True)
    for viewer, refusal in ((charlie, errors.Refused), (ANYBODY, errors.DomainError)):
        with pytest.raises(refusal):
            hosts.organise_alone(viewer, code=code)
    hosts.organise_alone(alice, code=code)
    assert [queries.evening(who, code).organises for who in (alice, bob, charlie)] == [True, False, False]
    with pytest.raises(errors.NotFound):
        declassified.seats(bob, code)
    assert (queries.evening(alice, code).together, Organising.ledger.count()) == ("", 0)
    assert doctor.examine(lambda _done, _of: None).found == []


def test_whoever_sees_the_evening_may_know_and_nobody_else(alice, bob, dana, code, together):
    hosts.co_organise(bob, code=code, together=together)
    actions.edit(alice, code=code, audience="community")
    assert (helping(dana, code), Organising.objects.visible_to(dana).count()) == ([], 0)
    actions.edit(alice, code=code, audience="everyone")
    discretion.block(bob, person=dana.me)
    assert (helping(dana, code), helping(ANYBODY, code)) == ([], [bob.me])


def test_no_report_of_an_evening_comes_to_those_who_organise_it(alice, bob, charlie, community, code, together):
    communities.appoint(alice, slug=community, person=people.uid_of(person=bob.me))
    actions.report(charlie, code=code, words="On y crie.")
    assert len(places.reports(bob, community)) == 1
    hosts.co_organise(bob, code=code, together=together)
    assert places.reports(bob, community) == []
    hosts.stand_down(bob, code=code)
    communities.appoint(alice, slug=community, person=people.uid_of(person=charlie.me))
    actions.report(charlie, code=code, words="On y crie encore.")
    assert places.reports(bob, community) == []
    assert doctor.examine(lambda _done, _of: None).found == []


def test_whoever_organises_it_reports_it_to_nobody(bob, code, together):
    hosts.co_organise(bob, code=code, together=together)
    with pytest.raises(errors.Refused):
        actions.report(bob, code=code, words="On y crie.")


def test_an_evening_goes_on_with_whoever_organised_it_too(alice, bob, charlie, community, code, together):
    communities.appoint(alice, slug=community, person=people.uid_of(person=bob.me))
    hosts.co_organise(charlie, code=code, together=together)
    erasing.erase(alice.me)
    assert queries.evening(charlie, code).owner == charlie.me
    assert helping(charlie, code) == []
    assert doctor.examine(lambda _done, _of: None).found == []


def test_the_doctor_counts_those_who_came_to_help(bob, code, together):
    hosts.co_organise(bob, code=code, together=together)
    assert doctor.examine(lambda _done, _of: None).found == []
    Member.objects.filter(circle__kind="organisers", person=bob.me).delete()
    assert len(doctor.examine(lambda _done, _of: None).found) == 1


def test_it_is_in_the_calendar_of_those_who_organise_it(bob, code, together):
    assert gatherings.planned(bob) == []
    hosts.co_organise(bob, code=code, together=together)
    assert [(one.evening.code, one.sure, one.hidden) for one in gatherings.planned(bob)] == [(code, True, False)]
