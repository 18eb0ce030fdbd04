"""Two who found, join or leave in the same moment: nobody is lost, nobody is put back, nobody meets an error."""

from functools import partial
from uuid import UUID

import pytest
from django.db import transaction

from entregent.circles.models import Circle, Member
from entregent.common import errors
from entregent.communities import actions, queries
from entregent.communities.models import Community, Membership, Report
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests.together import Act, begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]


def place(slug: str) -> Community:
    return Community.objects.get(slug=slug)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def hold(kind: str, about: UUID) -> None:
    """Let nobody keep a circle until the transaction ends: whoever does comes as far as that."""
    assert Circle.objects.select_for_update().get(kind=kind, about=about)


def stand(kind: str, about: UUID) -> set[int]:
    return set(Member.objects.filter(circle__kind=kind, circle__about=about).values_list("person", flat=True))


def belong(slug: str) -> set[int]:
    """Who belongs to a community; the circle holds the same."""
    found = set(Membership.objects.filter(community__slug=slug).values_list("person", flat=True))
    assert stand("members", place(slug).uid) == found
    return found


def test_of_two_communities_of_one_name_at_once_the_second_has_another_address(alice, bob):
    with transaction.atomic():
        first = actions.found(alice, name="Café carto")
        [other] = begun(partial(actions.found, bob, name="Café carto"))
    assert (first, other.outcome) == ("cafe-carto", "cafe-carto-2")
    assert (belong(first), belong(other.outcome)) == ({alice.me}, {bob.me})


def test_whoever_joins_while_the_doctor_mends_is_in(dana, community):
    mended = place(community)
    with transaction.atomic():
        hold("members", mended.uid)
        actions.join(dana, slug=community)
        [other] = begun(partial(actions.keep_circles, community=mended.pk))
    assert other.outcome is None
    assert dana.me in belong(community)


def test_whoever_leaves_while_the_doctor_mends_is_out(charlie, community):
    mended = place(community)
    with transaction.atomic():
        hold("members", mended.uid)
        actions.leave(charlie, slug=community)
        [other] = begun(partial(actions.keep_circles, community=mended.pk))
    assert other.outcome is None
    assert charlie.me not in belong(community)


def test_whoever_leaves_while_an_import_goes_on_is_not_put_back(charlie, community):
    with transaction.atomic():
        actions.leave(charlie, slug=community)
        [other] = begun(partial(actions.enrol, community=place(community).pk, people=[charlie.me]))
    assert other.outcome is None
    assert charlie.me not in belong(community)


def test_whoever_is_no_steward_any_more_hears_no_report_that_the_doctor_mends(alice, bob, charlie, community):
    actions.appoint(alice, slug=community, person=uid(bob))
    profiles.report(charlie, person=uid(alice), community=community, words="Trop de bruit")
    told = Report.ledger.get()
    assert stand("hearing", told.uid) == {bob.me, charlie.me}
    with transaction.atomic():
        hold("hearing", told.uid)
        actions.remove(alice, slug=community, person=uid(bob))
        [other] = begun(partial(actions.keep_hearing, report=told.pk))
    assert other.outcome is None
    assert stand("hearing", told.uid) == {charlie.me}


@pytest.fixture
def asking(alice, bob, dana, community):
    """The public id of Dana's request to come in, which Alice answers, or Bob."""
    actions.appoint(alice, slug=community, person=uid(bob))
    actions.edit(alice, slug=community, entry="approved")
    actions.join(dana, slug=community, name="Dana")
    return queries.requests(alice, community)[0].uid


@pytest.mark.parametrize("answer", [actions.approve, actions.decline])
@pytest.mark.parametrize("first", ["approves", "declines", "withdraws"])
def test_a_request_that_is_answered_or_taken_back_meanwhile_is_not_found(
    alice, bob, dana, community, asking, first, answer
):
    acts: dict[str, Act] = {
        "approves": partial(actions.approve, alice, request=asking),
        "declines": partial(actions.decline, alice, request=asking),
        "withdraws": partial(actions.withdraw_request, dana, slug=community),
    }
    with transaction.atomic():
        acts[first]()
        [other] = begun(partial(answer, bob, request=asking))
    assert isinstance(other.outcome, errors.NotFound)
    assert (dana.me in belong(community), queries.requests(alice, community)) == (first == "approves", [])


def test_a_request_that_is_taken_back_while_it_is_answered_was_answered(alice, dana, community, asking):
    with transaction.atomic():
        actions.approve(alice, request=asking)
        [other] = begun(partial(actions.withdraw_request, dana, slug=community))
    assert other.outcome is None
    assert (dana.me in belong(community), queries.asked(dana)) == (True, [])
