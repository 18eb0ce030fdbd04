"""Ways to somebody, and how strong one's own ties are: as far as the viewer may see what they are made of."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups.models import Meetup, Presence
from entregent.people import actions as people
from entregent.people.models import Account
from entregent.profiles import actions as profiles
from entregent.ties import actions, queries
from tests.cast import member
from tests.ties.asking import BETWEEN, Together, between, far_tie, hours, key, later
from tests.ties.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")


# Who is between


@pytest.mark.usefixtures("evenings")
def test_a_way_goes_through_somebody_who_lets_others_ask(bob: Viewer, dana: Viewer):
    assert between(bob, dana) == BETWEEN


@pytest.mark.usefixtures("evenings")
def test_a_way_is_as_strong_as_the_product_of_its_ties(bob: Viewer, charlie: Viewer, dana: Viewer):
    [way] = queries.ways(bob, to=dana.me)
    near, far = (queries.strengths(charlie, [bob.me, dana.me])[one.me] for one in (bob, dana))
    assert way.strength == pytest.approx(near * far, rel=1e-5)
    assert 0 < far < near < 0.26


@pytest.mark.usefixtures("evenings")
def test_a_way_has_no_more_ties_than_asked_for(bob: Viewer, dana: Viewer):
    assert between(bob, dana, longest=1) == []
    assert between(bob, dana, longest=2) == BETWEEN


@pytest.mark.usefixtures("evenings")
@pytest.mark.parametrize("silent", ["charlie", "dana"])
def test_a_tie_is_used_once_both_ends_let_others_ask(
    silent: str, bob: Viewer, dana: Viewer, members: int, request: pytest.FixtureRequest
):
    said: Viewer = request.getfixturevalue(silent)
    actions.let_ask(said, yes=False, audience=members)
    assert between(bob, dana) == []
    actions.let_ask(said, yes=True, audience=members)
    assert between(bob, dana) == BETWEEN


@pytest.mark.usefixtures("evenings")
def test_who_lets_others_ask_does_so_for_those_to_whom_it_is_said(bob: Viewer, charlie: Viewer, dana: Viewer):
    actions.let_ask(charlie, yes=True, audience=discretion.name_people(charlie, people=[dana.me]))
    assert between(bob, dana) == []
    actions.let_ask(charlie, yes=True, audience=discretion.name_people(charlie, people=[bob.me]))
    assert between(bob, dana) == BETWEEN


@pytest.mark.usefixtures("evenings")
def test_ones_own_tie_needs_nobodys_word(bob: Viewer, charlie: Viewer, members: int):
    assert between(bob, charlie) == [["Bob Payet", "Charlie Grondin"]]
    actions.let_ask(charlie, yes=False, audience=members)
    assert between(bob, charlie) == [["Bob Payet", "Charlie Grondin"]]


def test_an_imported_person_lets_others_ask_until_they_claim_who_they_are(
    bob: Viewer, dana: Viewer, together: Together, imported: Callable[[str], Viewer]
):
    emile = imported("Émile Hoarau")
    together(bob, emile)
    together(emile, dana)
    assert between(bob, dana) == [["Bob Payet", "Émile Hoarau", "Dana Técher"]]
    people.attach(person=emile.me, account=people.open_account(email="emile@example.org"))
    assert between(bob, dana) == []
    Account.objects.filter(email="emile@example.org").delete()
    assert between(bob, dana) == []


def test_an_imported_person_who_said_no_is_not_asked(
    bob: Viewer, dana: Viewer, members: int, together: Together, imported: Callable[[str], Viewer]
):
    emile = imported("Émile Hoarau")
    together(bob, emile)
    together(emile, dana)
    assert between(bob, dana) != []
    actions.let_ask(emile, yes=False, audience=members)
    assert between(bob, dana) == []


# What is hidden


@pytest.mark.usefixtures("evenings")
def test_no_way_leads_through_somebody_whose_name_is_hidden(bob: Viewer, charlie: Viewer, dana: Viewer, members: int):
    assert between(bob, dana) == BETWEEN
    profiles.call_me(charlie, text="Charlie Grondin", audience=None)
    assert between(bob, dana) == []
    profiles.call_me(charlie, text="Charlie Grondin", audience=members)
    assert between(bob, dana) == BETWEEN


@pytest.mark.usefixtures("evenings")
def test_who_hides_their_name_is_as_if_they_were_not_here(bob: Viewer, charlie: Viewer, dana: Viewer):
    assert between(bob, dana) == BETWEEN
    profiles.call_me(dana, text="Dana Técher", audience=None)
    for absent in (dana.me, 10**9):
        with pytest.raises(errors.NotFound):
            queries.ways(bob, to=absent)


@pytest.mark.parametrize("shown", ["me", "organisers"])
def test_no_way_uses_a_tie_one_half_of_which_is_hidden(
    shown: str, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    code = together(dana)
    with clock.at(SUNDAY - timedelta(days=31)):
        meetups.answer(charlie, code=code, audience=shown, discreet=False)
    assert between(bob, dana) == []
    with clock.at(SUNDAY - timedelta(days=31)):
        meetups.answer(charlie, code=code, audience="community", discreet=False)
    assert between(bob, dana) == BETWEEN


def test_a_half_that_somebody_marked_discreet_is_not_shared(
    bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    code = together(dana)
    for viewer in (bob, charlie, dana):
        market.say_situation(viewer, answer="own")
    with clock.at(SUNDAY - timedelta(days=31)):
        meetups.answer(charlie, code=code, audience="community", discreet=True)
    assert queries.strengths(dana, [charlie.me]).keys() == {charlie.me}
    assert between(bob, dana) == []


def test_halves_shown_to_different_circles_make_a_tie_for_those_who_see_both(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    together(alice, charlie)
    code = together(dana)
    with clock.at(SUNDAY - timedelta(days=31)):
        meetups.answer(charlie, code=code, audience="organisers", discreet=False)
    assert between(alice, dana) == [["Alice Hoareau", "Charlie Grondin", "Dana Técher"]]
    assert between(bob, dana) == []


def test_no_way_uses_an_evening_that_is_hidden(charlie: Viewer, dana: Viewer, community: str, together: Together):
    """Émile is one of those who come, who see who comes; of the evening itself he knows as long as he is a member."""
    for viewer, name in ((charlie, "Charlie Grondin"), (dana, "Dana Técher")):
        profiles.call_me(viewer, text=name, audience=EVERYONE)
        actions.let_ask(viewer, yes=True, audience=EVERYONE)
    emile = member("emile")
    communities.join(emile, slug=community)
    together(emile, charlie, shown="going", audience="everyone", ago=20)
    together(emile, charlie, dana, shown="going", audience="community")
    assert between(emile, dana) == [["", "Dana Técher"], ["", "Charlie Grondin", "Dana Técher"]]
    communities.leave(emile, slug=community)
    assert between(emile, charlie) == [["", "Charlie Grondin"]]
    assert between(emile, dana) == []


def test_who_sees_that_people_were_there_need_not_see_that_they_had_answered(
    bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    code = together(charlie, dana, shown="organisers")
    here = Meetup.ledger.values_list("here", flat=True).get(code=code)
    with clock.at(SUNDAY - timedelta(days=30)):
        presences.arrive(bob, here=here, seen=False)
        presences.arrive(charlie, here=here, seen=True, discreet=False)
    assert between(bob, dana) == []
    with clock.at(SUNDAY - timedelta(days=30)):
        presences.arrive(dana, here=here, seen=True, discreet=False)
    assert between(bob, dana) == [["Bob Payet", "Dana Técher"], *BETWEEN]


def test_one_evening_counts_once_for_who_sees_both_that_people_came_and_that_they_were_there(
    bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    code = together(charlie, dana)
    before = far_tie(bob, charlie, dana)
    with clock.at(SUNDAY - timedelta(days=30)):
        here = Meetup.ledger.values_list("here", flat=True).get(code=code)
        for viewer in (bob, charlie, dana):
            presences.arrive(viewer, here=here, seen=True, discreet=False)
    assert Presence.objects.visible_to(bob).count() == 3
    assert far_tie(bob, charlie, dana) == pytest.approx(before, rel=1e-5)


@pytest.mark.usefixtures("evenings")
@pytest.mark.parametrize("blocks", ["charlie", "dana"])
def test_a_block_takes_somebody_out_for_who_is_blocked_and_changes_nothing_for_others(
    blocks: str, alice: Viewer, bob: Viewer, dana: Viewer, together: Together, request: pytest.FixtureRequest
):
    together(alice, request.getfixturevalue("charlie"))
    before = queries.ways(alice, to=dana.me)
    assert (between(bob, dana), len(before)) == (BETWEEN, 1)
    discretion.block(request.getfixturevalue(blocks), person=bob.me)
    if blocks == "dana":
        with pytest.raises(errors.NotFound):
            queries.ways(bob, to=dana.me)
    else:
        assert queries.ways(bob, to=dana.me) == []
    assert queries.ways(alice, to=dana.me) == before


@pytest.mark.usefixtures("evenings")
def test_blocking_who_organised_an_evening_changes_no_way_of_one_s_own(alice: Viewer, bob: Viewer, dana: Viewer):
    discretion.block(bob, person=alice.me)
    assert between(bob, dana) == BETWEEN


def test_a_block_by_who_organised_the_evening_takes_the_tie_away_and_changes_nothing_for_others(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, community: str, together: Together
):
    emile = member("emile")
    communities.join(emile, slug=community)
    together(bob, charlie)
    together(alice, charlie)
    together(charlie, dana, by=emile)
    before = queries.ways(alice, to=dana.me)
    assert (between(bob, dana), len(before)) == (BETWEEN, 1)
    discretion.block(emile, person=bob.me)
    assert between(bob, dana) == []
    assert queries.ways(alice, to=dana.me) == before


def test_colleagues_past_and_present_are_tied_as_far_as_both_positions_are_seen(
    bob: Viewer, charlie: Viewer, dana: Viewer, members: int, together: Together
):
    together(bob, charlie)
    said: dict[str, Any] = {"organisation": "Filao", "audience": members}
    market.state_position(charlie, starts_on=date(2019, 5, 1), **said)
    apart = market.state_position(dana, starts_on=date(2015, 1, 1), ends_on=date(2018, 1, 1), **said)
    assert between(bob, dana) == []
    market.withdraw_position(dana, position=apart)
    beside = market.state_position(dana, starts_on=date(2018, 1, 1), ends_on=date(2021, 1, 1), **said)
    assert between(bob, dana) == BETWEEN
    market.show_position(dana, position=beside, audience=None)
    assert between(bob, dana) == []


def test_the_circles_that_the_graph_is_filtered_by_are_those_of_the_policy(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, members: int, together: Together
):
    together(bob, charlie)
    market.state_position(bob, organisation="Filao", audience=members)
    market.state_position(dana, organisation="Filao", audience=members, ends_on=date(2026, 10, 1))
    market.state_position(charlie, organisation="Lagon", audience=members, ends_on=date(2020, 10, 1))
    market.bind(one="Filao", other="Lagon")
    discretion.name_people(alice, people=[bob.me, dana.me])
    everywhere = list(Circle.objects.values_list("pk", flat=True))
    for viewer in (alice, bob, charlie, dana):
        for days in (0, 60):
            with later(days):
                found = queries._standing(viewer).circles.tolist()
                assert (sorted(found), len(found) > 2) == (sorted(standing.among(viewer, everywhere)), True)


# One's own


def test_ones_own_ties_are_made_of_what_one_may_see(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    together(bob, dana, shown="me")
    everybody = [one.me for one in (alice, bob, charlie, dana)]
    assert queries.strengths(bob, everybody).keys() == {charlie.me}
    assert queries.strengths(dana, everybody) == {}


def test_an_evening_ties_once_it_is_over(bob: Viewer, charlie: Viewer, together: Together):
    together(bob, charlie, ago=0)
    with later(hours(3.9)):
        assert queries.strengths(bob, [charlie.me]) == {}
    with later(hours(4.1)):
        assert queries.strengths(bob, [charlie.me]).keys() == {charlie.me}


def test_an_evening_of_very_many_ties_nobody(bob: Viewer, charlie: Viewer, together: Together):
    code = together(bob, charlie)
    assert queries.strengths(bob, [charlie.me]).keys() == {charlie.me}
    Meetup.ledger.filter(code=code).update(band=40)
    assert queries.strengths(bob, [charlie.me]) == {}


def test_an_address_book_makes_ties_of_its_owner_and_changes_nothing_for_anybody_else(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(charlie, dana)
    together(alice, charlie, ago=20)
    others = [(viewer, to) for viewer in (alice, charlie, dana) for to in (alice, bob, charlie, dana)]
    before = [queries.ways(viewer, to=to.me) for viewer, to in others]
    assert (between(bob, dana), len([ways for ways in before if ways])) == ([], 5)
    contact = encounters.note_somebody(bob, person=key(charlie), on=date(2026, 10, 1))
    assert between(bob, dana) == BETWEEN
    assert [queries.ways(viewer, to=to.me) for viewer, to in others] == before
    encounters.forget_contact(bob, contact=contact)
    assert between(bob, dana) == []


def test_ones_own_ties_are_the_same_in_whatever_order_they_were_made(bob: Viewer, dana: Viewer, together: Together):
    days = (31, 47, 200, 333, 1000)
    for ago in days:
        together(bob, dana, ago=ago)
    forwards = queries.strengths(bob, [dana.me])
    Meetup.ledger.update(cancelled_at=clock.now())
    for ago in reversed(days):
        together(bob, dana, ago=ago)
    assert queries.strengths(bob, [dana.me]) == forwards


def test_the_anonymous_visitor_has_no_ties(bob: Viewer, anonymous: Viewer):
    with pytest.raises(errors.NotFound):
        queries.ways(anonymous, to=bob.me)
    profiles.call_me(bob, text="Bob Payet", audience=EVERYONE)
    assert queries.ways(anonymous, to=bob.me) == []
    assert queries.suggest(anonymous) == []
    assert queries.strengths(anonymous, [bob.me]) == {}
