"""Two who act on an evening in the same moment: nobody is lost, nothing is shown again, nobody meets an error."""

import threading
from functools import partial

import pytest
from django.db import transaction

from entregent.circles.models import Circle, Member
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.exchange import erasing
from entregent.meetups import actions, departures, hosts, pictures, presences, queries, seats
from entregent.meetups.models import Meetup, Picture, Takedown
from entregent.people import queries as people
from tests import cast
from tests.meetups.conftest import STARTS
from tests.pictures import drawn
from tests.together import Act, begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]

PATIENCE = 120


@pytest.fixture
def alone(alice):
    """The code of an evening of Alice's in a community that is hers alone, and its key."""
    code = cast.announce(alice, communities.found(alice, name="Café carto", entry="open"))
    return code, Meetup.ledger.get(code=code).pk


def test_a_picture_is_hidden_as_long_as_somebody_asks_for_that(alice, bob, charlie, code):
    with clock.at(STARTS):
        for viewer in (bob, charlie):
            presences.arrive(viewer, here=queries.evening(alice, code).here or "", seen=False)
        shown = pictures.add_picture(alice, code=code, file=drawn())
    asked, enough = threading.Event(), threading.Event()

    def ask():
        try:
            with transaction.atomic():
                pictures.take_picture_down(charlie, picture=shown)
                asked.set()
                enough.wait(PATIENCE)
        finally:
            asked.set()

    with transaction.atomic():
        # Charlie saw the picture, and comes no further before Bob asked, too.
        assert Picture.ledger.select_for_update().get(meetup=seats.locked(Meetup.ledger.get(code=code).pk))
        [other] = begun(ask)
        mine = pictures.take_picture_down(bob, picture=shown)
    assert asked.wait(PATIENCE)
    [back] = begun(partial(pictures.put_picture_back, bob, takedown=mine))
    enough.set()
    assert (back.outcome, type(other.outcome) in {type(None), errors.NotFound}) == (None, True)
    assert bool(queries.pictures(charlie, code)) is not Takedown.ledger.filter(owner=charlie.me).exists()


def test_an_evening_that_goes_while_somebody_answers_is_not_found(alice, dana, alone):
    with transaction.atomic():
        erasing.erase(alice.me)
        [other] = begun(partial(actions.answer, dana, code=alone[0]))
    assert isinstance(other.outcome, errors.NotFound)


def test_an_evening_that_somebody_answers_while_its_organiser_goes_is_theirs(alice, dana, alone):
    with transaction.atomic():
        actions.answer(dana, code=alone[0])
        [other] = begun(partial(erasing.erase, alice.me))
    assert other.outcome is None
    assert Meetup.ledger.get(pk=alone[1]).owner_id == dana.me


def test_whoever_answers_while_the_doctor_mends_is_among_those_who_come(bob, code):
    meetup = Meetup.ledger.get(code=code)
    with transaction.atomic():
        assert Circle.objects.select_for_update().get(kind="going", about=meetup.uid)
        actions.answer(bob, code=code)
        [other] = begun(partial(actions.keep_circles, meetup=meetup.pk))
    assert other.outcome is None
    assert Member.objects.filter(circle__kind="going", circle__about=meetup.uid, person=bob.me).exists()


def test_evenings_are_locked_in_one_order_by_whoever_goes(alice, bob, alone, community):
    other_code = cast.announce(bob, community)
    actions.answer(alice, code=other_code)
    with transaction.atomic():
        seats.locked(alone[1])
        [other] = begun(partial(erasing.erase, alice.me))
        assert seats.locked(Meetup.ledger.get(code=other_code).pk)
    assert other.outcome is None


@pytest.mark.parametrize("act", ["announces", "helps"])
def test_whoever_is_taken_out_while_they_come_to_organise_does_not(alice, bob, community, code, act):
    together = hosts.ask_for_help(alice, code=code)
    acts: dict[str, Act] = {
        "announces": partial(cast.announce, bob, community),
        "helps": partial(hosts.co_organise, bob, code=code, together=together),
    }
    with transaction.atomic():
        departures.remove(alice, slug=community, person=people.uid_of(person=bob.me))
        [other] = begun(acts[act])
    assert isinstance(other.outcome, errors.Refused)
    assert not Meetup.ledger.filter(owner=bob.me).exists()
    assert queries.hosts(alice, code) == []
