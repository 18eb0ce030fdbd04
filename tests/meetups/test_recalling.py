"""Old evenings: whoever organised one makes a link, and whoever has it says themselves that they were there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, gatherings, presences, queries
from entregent.meetups.models import Meetup, Presence
from entregent.meetups.shown import MyPresence
from tests.meetups.conftest import ENDS

LATER = ENDS + timedelta(days=40)


@pytest.fixture
def recalled(alice, code):
    """The clock stands weeks after the evening; the code by which people say that they were there."""
    with clock.at(LATER):
        yield presences.ask_who_was_there(alice, code=code)


def seen(viewer, code):
    return [one.person for one in queries.present(viewer, code)]


def test_those_who_say_so_were_there_for_those_who_said_so_too(bob, charlie, dana, code, recalled):
    presences.confirm(bob, code=code, recalled=recalled.lower(), seen=True)
    presences.confirm(charlie, code=code, recalled=recalled)
    assert [seen(viewer, code) for viewer in (bob, charlie, dana)] == [[bob.me], [charlie.me, bob.me], []]
    assert queries.my_presence(charlie, code) == MyPresence(False, False, LATER)
    assert [one.code for one in gatherings.attended_by(charlie, bob.me)] == [code]


def test_saying_so_twice_changes_who_may_see_it_alone(bob, charlie, code, recalled):
    presences.confirm(bob, code=code, recalled=recalled, seen=True)
    presences.confirm(charlie, code=code, recalled=recalled)
    with clock.at(LATER + timedelta(days=1)):
        presences.confirm(bob, code=code, recalled=recalled)
        assert queries.my_presence(bob, code) == MyPresence(False, False, LATER)
        assert seen(charlie, code) == [charlie.me]
        presences.confirm(bob, code=code, recalled=recalled, seen=True)
    assert queries.my_presence(bob, code) == MyPresence(True, False, LATER + timedelta(days=1))
    assert Presence.ledger.filter(owner=bob.me).count() == 1


def test_somebody_with_an_employer_is_asked_before_being_seen(at_filao, bob, charlie, code, recalled):
    with pytest.raises(errors.Invalid) as raised:
        presences.confirm(bob, code=code, recalled=recalled, seen=True)
    assert (raised.value.field, Presence.ledger.count()) == ("discreet", 0)
    presences.confirm(charlie, code=code, recalled=recalled, seen=True, discreet=False)
    presences.confirm(bob, code=code, recalled=recalled, seen=True, discreet=True)
    assert [seen(viewer, code) for viewer in (bob, charlie)] == [[bob.me, charlie.me], [charlie.me]]


def test_one_asks_once_the_evening_is_over(alice, code):
    with pytest.raises(errors.Refused):
        presences.ask_who_was_there(alice, code=code)
    with clock.at(ENDS - timedelta(seconds=1)), pytest.raises(errors.Refused):
        presences.ask_who_was_there(alice, code=code)
    with clock.at(ENDS):
        assert queries.recalling(alice, code, presences.ask_who_was_there(alice, code=code)).code == code


def test_at_an_evening_that_was_called_off_nobody_was(alice, code):
    actions.cancel(alice, code=code)
    with clock.at(LATER), pytest.raises(errors.Refused):
        presences.ask_who_was_there(alice, code=code)


def test_those_who_organise_ask_and_nobody_else(alice, bob, code, recalled):
    for ask in (presences.ask_who_was_there, presences.ask_no_more):
        with pytest.raises(errors.Refused):
            ask(bob, code=code)
    assert [queries.evening(viewer, code).recalled for viewer in (alice, bob, ANYBODY)] == [recalled, "", ""]


def leads_nowhere(viewer, code, recalled):
    with pytest.raises(errors.NotFound):
        queries.recalling(viewer, code, recalled)
    with pytest.raises(errors.NotFound):
        presences.confirm(viewer, code=code, recalled=recalled, seen=True)


@pytest.mark.parametrize("wrong", ["", "WRONG", "none"])
def test_another_link_leads_nowhere(bob, code, recalled, wrong):
    leads_nowhere(bob, code, wrong)
    assert Presence.ledger.count() == 0


def test_the_link_of_another_evening_leads_nowhere(alice, bob, announce):
    code, other = announce(), announce(title="Apéro Web 48")
    with clock.at(LATER):
        recalled = [presences.ask_who_was_there(alice, code=one) for one in (code, other)]
        leads_nowhere(bob, code, recalled[1])
        leads_nowhere(bob, other, recalled[0])


def test_a_link_that_ended_or_was_drawn_anew_leads_nowhere(alice, bob, code, recalled):
    again = presences.ask_who_was_there(alice, code=code)
    leads_nowhere(bob, code, recalled)
    assert queries.recalling(bob, code, again).code == code
    presences.ask_no_more(alice, code=code)
    for link in (recalled, again, ""):
        leads_nowhere(bob, code, link)
    assert queries.evening(alice, code).recalled == ""


def test_whoever_does_not_see_the_evening_has_a_link_to_nothing_at_the_same_cost(alice, dana, announce):
    code = announce(audience="community")
    with clock.at(LATER):
        recalled = presences.ask_who_was_there(alice, code=code)
        counts = []
        for where in (code, "NOWHERE2"):
            with CaptureQueriesContext(connection) as context:
                leads_nowhere(dana, where, recalled)
            counts.append(len(context))
    assert counts[0] == counts[1]


def test_asking_is_no_news_of_the_evening(alice, code):
    before = Meetup.ledger.values_list("changed_at", "revised_at").get(code=code)
    with clock.at(LATER):
        presences.ask_who_was_there(alice, code=code)
        presences.ask_no_more(alice, code=code)
    assert Meetup.ledger.values_list("changed_at", "revised_at").get(code=code) == before


def test_the_first_one_to_say_so_takes_as_many_statements_as_the_second(bob, charlie, code, recalled):
    counts = []
    for viewer in (bob, charlie):
        with CaptureQueriesContext(connection) as context:
            presences.confirm(viewer, code=code, recalled=recalled, seen=True, discreet=False)
        counts.append(len(context))
    assert counts[0] == counts[1]
