"""Being there: the code on the table, who sees whom in the room, what is remembered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups import actions, gatherings, presences, queries
from entregent.meetups.models import Presence
from entregent.meetups.shown import MyPresence
from entregent.people import queries as people
from tests.meetups.conftest import ENDS, STARTS


@pytest.fixture
def here(alice, code):
    """The code on the table."""
    return queries.evening(alice, code).here


@pytest.fixture(autouse=True)
def evening(here):
    """The clock stands half an hour after the start."""
    with clock.at(STARTS + timedelta(minutes=30)):
        yield


def seen(viewer, code):
    return [one.person for one in queries.present(viewer, code)]


def came(viewer, code):
    """When somebody came, as they read it."""
    mine = queries.my_presence(viewer, code)
    return mine and mine.arrived_at


@pytest.mark.parametrize("now", [STARTS - timedelta(hours=3, minutes=1), ENDS + timedelta(hours=6, minutes=1)])
def test_one_is_there_on_the_evening_only(bob, here, now):
    with clock.at(now), pytest.raises(errors.Refused):
        presences.arrive(bob, here=here, seen=True)


def test_those_who_are_there_see_those_who_let_it_be_seen(bob, charlie, dana, code, here):
    assert presences.arrive(bob, here=here, seen=True) == code
    presences.arrive(charlie, here=here, seen=False)
    assert [seen(viewer, code) for viewer in (bob, charlie, dana)] == [[bob.me], [charlie.me, bob.me], []]


def test_scanning_again_changes_nothing(bob, here, code):
    presences.arrive(bob, here=here, seen=True)
    with clock.at(STARTS + timedelta(hours=2)):
        presences.arrive(bob, here=here)
    row = Presence.ledger.get(owner=bob.me)
    half_past = STARTS + timedelta(minutes=30)
    assert (row.arrived_at, queries.my_presence(bob, code)) == (half_past, MyPresence(True, False, half_past))


def test_one_tap_hides_and_one_tap_shows(bob, charlie, code, here):
    presences.arrive(charlie, here=here, seen=False)
    presences.arrive(bob, here=here, seen=True)
    presences.show_presence(bob, code=code, seen=False)
    assert seen(charlie, code) == [charlie.me]
    presences.show_presence(bob, code=code, seen=True)
    assert seen(charlie, code) == [charlie.me, bob.me]


def test_whoever_shows_themselves_later_is_there_from_then_on_for_the_others(bob, charlie, dana, code, here):
    presences.arrive(bob, here=here, seen=False)
    with clock.at(STARTS + timedelta(hours=1)):
        presences.arrive(charlie, here=here, seen=True)
    with clock.at(STARTS + timedelta(hours=2)):
        presences.arrive(dana, here=here, seen=False)
        presences.show_presence(bob, code=code, seen=True)
    assert seen(dana, code) == [dana.me, bob.me, charlie.me]
    assert queries.my_presence(bob, code) == MyPresence(True, False, STARTS + timedelta(hours=2))


def test_whoever_was_seen_already_is_there_from_when_they_came(bob, charlie, code, here):
    presences.arrive(bob, here=here, seen=True)
    with clock.at(STARTS + timedelta(hours=1)):
        presences.arrive(charlie, here=here, seen=True)
        presences.show_presence(bob, code=code, seen=True)
        presences.show_presence(charlie, code=code, seen=False)
    assert [came(viewer, code) for viewer in (bob, charlie)] == [
        STARTS + timedelta(minutes=30),
        STARTS + timedelta(hours=1),
    ]


def test_what_colleagues_may_see_from_now_on_is_of_now(at_filao, bob, charlie, code, here):
    presences.arrive(charlie, here=here, seen=True, discreet=False)
    presences.arrive(bob, here=here, seen=True, discreet=True)
    assert seen(charlie, code) == [charlie.me]
    later = STARTS + timedelta(hours=2)
    with clock.at(later):
        presences.show_presence(bob, code=code, seen=True, discreet=False)
        assert [one.arrived_at for one in queries.present(charlie, code) if one.person == bob.me] == [later]
        presences.show_presence(charlie, code=code, seen=True, discreet=True)
    assert came(charlie, code) == STARTS + timedelta(minutes=30)


def test_only_somebody_who_is_there_shows_or_hides_it(bob, code):
    with pytest.raises(errors.NotFound):
        presences.show_presence(bob, code=code, seen=True)


def test_presence_keeps_to_what_was_said_about_colleagues_when_answering(
    at_filao, declared, alice, bob, charlie, code, here
):
    actions.answer(bob, code=code, discreet=True)
    for viewer, discreet in ((alice, None), (charlie, False), (bob, None)):
        presences.arrive(viewer, here=here, seen=True, discreet=discreet)
    assert [sorted(seen(viewer, code)) for viewer in (alice, charlie)] == [
        [alice.me, bob.me, charlie.me],
        [alice.me, charlie.me],
    ]


def test_somebody_with_an_employer_is_asked_before_being_seen(at_filao, bob, code, here):
    with pytest.raises(errors.Invalid) as raised:
        presences.arrive(bob, here=here, seen=True)
    assert raised.value.field == "discreet"
    presences.arrive(bob, here=here, seen=False)
    with pytest.raises(errors.Invalid):
        presences.show_presence(bob, code=code, seen=True)
    presences.show_presence(bob, code=code, seen=True, discreet=True)
    presences.show_presence(bob, code=code, seen=False)
    presences.show_presence(bob, code=code, seen=True)
    assert queries.my_presence(bob, code) == MyPresence(True, True, clock.now())


def test_a_guest_in_the_room_is_seen_by_their_first_name(bob, code, here):
    presences.arrive(bob, here=here, seen=False)
    seat = presences.arrive_as_guest(ANYBODY, here=here, name="Camille", seen=True)
    camille = Viewer(person=people.holder_of(secret=seat.secret))
    assert seat.outcome == code
    assert [one.name for one in queries.present(bob, code)] == ["", "Camille"]
    presences.show_presence(camille, code=code, seen=False)
    assert seen(bob, code) == [bob.me]
    assert queries.present(camille, code)[0].name == "Camille"


def test_a_guest_who_turns_out_to_be_a_member_was_there(bob, code, here):
    seat = presences.arrive_as_guest(ANYBODY, here=here, name="Camille", seen=True)
    camille = Viewer(person=people.holder_of(secret=seat.secret))
    assert actions.adopt(guest=camille.me, person=bob.me) == "Camille"
    assert [(one.person, one.name) for one in queries.present(bob, code)] == [(bob.me, "")]


def test_what_both_let_be_seen_is_an_evening_together(bob, charlie, dana, code, here):
    for viewer in (bob, charlie):
        presences.arrive(viewer, here=here, seen=True)
    assert [one.code for one in gatherings.together(bob, bob.me, charlie.me)] == [code]
    assert [one.code for one in gatherings.attended_by(charlie, bob.me)] == [code]
    assert gatherings.attended_by(dana, bob.me) == []
    presences.show_presence(charlie, code=code, seen=False)
    assert gatherings.together(bob, bob.me, charlie.me) == []
    assert [one.code for one in gatherings.together(charlie, bob.me, charlie.me)] == [code]


def test_an_erased_person_was_never_there(bob, charlie, code, here):
    for viewer in (bob, charlie):
        presences.arrive(viewer, here=here, seen=True)
    actions.erase(bob.me)
    assert seen(charlie, code) == [charlie.me]


def test_the_first_one_there_takes_as_many_statements_as_the_second(bob, charlie, here):
    counts = []
    for viewer in (bob, charlie):
        with CaptureQueriesContext(connection) as context:
            presences.arrive(viewer, here=here, seen=False, discreet=False)
        counts.append(len(context))
    assert counts[0] == counts[1]
