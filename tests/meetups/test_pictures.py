"""Pictures of an evening: seen by those who came, hidden at once when one of them asks, shown by nobody else again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, heif, ids
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import erasing
from entregent.meetups import actions, albums, declassified, hosts, pictures, presences, queries
from entregent.meetups.models import Picture, Takedown
from entregent.meetups.shown import Pictured
from entregent.people import queries as people
from tests.meetups.conftest import STARTS
from tests.pictures import drawn

HOUR = timedelta(hours=1)


@pytest.fixture
def here(alice, code):
    return queries.evening(alice, code).here


@pytest.fixture
def came(bob, charlie, here):
    """Bob and Charlie were there."""
    with clock.at(STARTS):
        for viewer in (bob, charlie):
            presences.arrive(viewer, here=here, seen=False)


@pytest.fixture
def shown(alice, code):
    """A picture that Alice shows of it."""
    with clock.at(STARTS + HOUR):
        return pictures.add_picture(alice, code=code, file=drawn())


def seen(viewer, code):
    return [one.uid for one in albums.pictures(viewer, code)]


def test_those_who_came_see_it_and_nobody_else(alice, bob, charlie, dana, anonymous, code, came, shown):
    assert [seen(viewer, code) for viewer in (alice, bob, charlie)] == [[shown]] * 3
    assert [seen(viewer, code) for viewer in (dana, anonymous)] == [[], []]
    assert albums.picture(bob, shown).startswith(b"\xff\xd8")
    for viewer in (dana, anonymous):
        with pytest.raises(errors.NotFound):
            albums.picture(viewer, shown)


def test_whoever_says_that_they_come_sees_none_until_they_are_there(bob, code, shown, here):
    actions.answer(bob, code=code)
    assert seen(bob, code) == []
    with clock.at(STARTS):
        presences.arrive(bob, here=here, seen=False)
    assert seen(bob, code) == [shown]


def test_only_whoever_organises_shows_pictures_once_the_evening_has_begun(alice, bob, code, came):
    with pytest.raises(errors.Refused):
        pictures.add_picture(alice, code=code, file=drawn())
    with clock.at(STARTS), pytest.raises(errors.Refused):
        pictures.add_picture(bob, code=code, file=drawn())
    with clock.at(STARTS), pytest.raises(errors.Invalid):
        pictures.add_picture(alice, code=code, file=b"GIF89a")
    assert Picture.ledger.count() == 0


def test_a_file_that_is_sent_twice_is_one_picture_and_there_is_an_end_to_them(alice, code, monkeypatch):
    sent = ids.new()
    with clock.at(STARTS):
        assert {pictures.add_picture(alice, code=code, file=drawn(), once=sent) for _ in range(2)} == {sent}
        monkeypatch.setattr(pictures, "PICTURES", 1)
        with pytest.raises(errors.Invalid):
            pictures.add_picture(alice, code=code, file=drawn())


def test_while_others_are_read_one_sends_it_again(alice, code, monkeypatch):
    monkeypatch.setattr(heif, "WAIT", 0.01)
    with clock.at(STARTS):
        with heif._turn, pytest.raises(errors.Invalid, match="dans une minute"):
            pictures.add_picture(alice, code=code, file=drawn("HEIC"))
        assert pictures.add_picture(alice, code=code, file=drawn("HEIC")) in seen(alice, code)


def test_how_many_one_shows_is_bounded_by_ones_own_whatever_was_taken_down_of_others(
    alice, bob, charlie, code, came, monkeypatch
):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    monkeypatch.setattr(pictures, "PICTURES", 1)
    with clock.at(STARTS + HOUR):
        pictures.take_picture_down(charlie, picture=pictures.add_picture(bob, code=code, file=drawn()))
        assert seen(alice, code) == []
        mine = pictures.add_picture(alice, code=code, file=drawn())
    assert seen(alice, code) == [mine]


def test_whoever_came_takes_it_down_for_everybody_and_nobody_learns_who(alice, bob, charlie, code, came, shown):
    asked = pictures.take_picture_down(bob, picture=shown)
    assert (seen(bob, code), seen(charlie, code)) == ([], [])
    for viewer in (bob, charlie):
        with pytest.raises(errors.NotFound):
            albums.picture(viewer, shown)
    assert albums.pictures(alice, code) == [Pictured(shown, mine=True, down=True)]
    assert [albums.taken_down(viewer, code) for viewer in (alice, bob, charlie)] == [[], [asked], []]


def test_asking_twice_is_asking_once_and_only_whoever_asked_takes_it_back(alice, bob, charlie, code, came, shown):
    [asked] = {pictures.take_picture_down(bob, picture=shown) for _ in range(2)}
    for viewer in (alice, charlie):
        with pytest.raises(errors.NotFound):
            pictures.put_picture_back(viewer, takedown=asked)
    assert seen(charlie, code) == []
    pictures.put_picture_back(bob, takedown=asked)
    assert (seen(charlie, code), albums.taken_down(bob, code)) == ([shown], [])
    with pytest.raises(errors.NotFound):
        pictures.put_picture_back(bob, takedown=asked)


def test_taking_it_back_costs_as_much_where_somebody_else_asked(bob, charlie, code, came, shown):
    costs = {}
    for other in (False, True):
        asked = pictures.take_picture_down(bob, picture=shown)
        if other:  # in the same moment
            meetup = Picture.ledger.values_list("meetup", flat=True).get()
            Takedown.ledger.create(owner_id=charlie.me, meetup_id=meetup, about=shown)
        with CaptureQueriesContext(connection) as statements:
            pictures.put_picture_back(bob, takedown=asked)
        costs[other] = len(statements)
        assert seen(bob, code) == ([] if other else [shown])
    assert costs[False] == costs[True]


def test_whoever_put_it_there_asks_nothing_of_it(alice, bob, code, came, shown):
    with pytest.raises(errors.NotFound):
        pictures.take_picture_down(alice, picture=shown)
    assert (seen(bob, code), Takedown.ledger.count()) == ([shown], 0)


def test_it_stays_down_once_somebody_who_asked_is_gone(bob, charlie, code, came, shown):
    pictures.take_picture_down(bob, picture=shown)
    meetup = Picture.ledger.values_list("meetup", flat=True).get()
    other = Takedown.ledger.create(owner_id=charlie.me, meetup_id=meetup, about=shown)
    erasing.erase(bob.me)
    pictures.put_picture_back(charlie, takedown=other.uid)
    assert (seen(charlie, code), Takedown.ledger.count()) == ([], 0)


def test_whoever_was_not_there_takes_nothing_down(dana, anonymous, code, came, shown):
    with pytest.raises(errors.NotFound):
        pictures.take_picture_down(dana, picture=shown)
    assert (Takedown.ledger.count(), Picture.ledger.filter(audience=None).count()) == (0, 0)


def test_somebody_without_account_who_was_there_sees_it_and_takes_it_down(charlie, code, came, shown, here):
    with clock.at(STARTS):
        seat = presences.arrive_as_guest(ANYBODY, here=here, name="Rose")
    rose = Viewer(person=people.holder_of(secret=seat.secret))
    assert seen(rose, code) == [shown]
    asked = pictures.take_picture_down(rose, picture=shown)
    assert (seen(charlie, code), albums.taken_down(rose, code)) == ([], [asked])
    actions.adopt(guest=rose.me, person=charlie.me)
    assert albums.taken_down(charlie, code) == [asked]


def test_it_is_deleted_by_whoever_put_it_there_with_what_was_asked(alice, bob, code, came, shown):
    pictures.take_picture_down(bob, picture=shown)
    with pytest.raises(errors.NotFound):
        pictures.delete_picture(bob, picture=shown)
    pictures.delete_picture(alice, picture=shown)
    assert (Picture.ledger.count(), Takedown.ledger.count(), albums.taken_down(bob, code)) == (0, 0, [])


def test_it_goes_with_whoever_put_it_there_and_stays_hidden_when_whoever_asked_goes(
    alice, bob, charlie, code, came, shown
):
    pictures.take_picture_down(bob, picture=shown)
    erasing.erase(bob.me)
    assert (seen(charlie, code), Takedown.ledger.count()) == ([], 0)
    erasing.erase(alice.me)
    assert Picture.ledger.count() == 0


def test_a_block_hides_it(alice, bob, code, came, shown):
    discretion.block(alice, person=bob.me)
    assert seen(bob, code) == []
    with pytest.raises(errors.NotFound):
        pictures.take_picture_down(bob, picture=shown)


def test_whoever_comes_says_whether_they_want_to_be_on_pictures_beside_their_name_alone(
    alice, bob, charlie, dana, announce
):
    code = announce(pictures=True)
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code, audience="me")
    for viewer in (bob, charlie):
        actions.say_pictured(viewer, code=code, yes=False)
        assert queries.evening(viewer, code).my_pictured is False
    lines = {(seat.person, seat.pictured) for seat in declassified.seats(alice, code).lines}
    assert lines == {(bob.me, False), (None, None)}
    actions.answer(bob, code=code, audience="community")
    assert queries.evening(bob, code).my_pictured is False
    for viewer in (dana, alice):
        with pytest.raises(errors.NotFound):
            actions.say_pictured(viewer, code=code, yes=True)
    assert queries.evening(dana, code).pictures is True
