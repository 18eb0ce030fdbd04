"""Two who act on an evening in the same moment: nobody is lost, nothing is shown again, nobody meets an error."""

import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from entregent.circles.models import Circle, Member
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities.models import Claim
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters.models import Encounter
from entregent.exchange import actions as exchange
from entregent.exchange import attendees, erasing
from entregent.exchange.models import Origin
from entregent.exchange.origins import MEMBER
from entregent.meetups import actions, albums, departures, hosts, pictures, presences, queries, seats, sharing
from entregent.meetups.models import Listed, Meetup, Organising, Picture, Takedown
from entregent.meetups.recurrence import WEEK, Recurs
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
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
    assert bool(albums.pictures(charlie, code)) is not Takedown.ledger.filter(owner=charlie.me).exists()


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


def test_nobody_waits_in_a_ring_where_one_goes_while_another_is_forgotten(alice, bob, community, code):
    """Whoever goes has the community locked, and then the evenings with which they help."""
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    with transaction.atomic():
        assert communities.stays(bob, community=Meetup.ledger.get(code=code).community_id)
        [other] = begun(partial(erasing.erase, alice.me))
        departures.leave(bob, slug=community)
    assert other.outcome is None
    assert not Meetup.ledger.filter(code=code, owner__in=[alice.me, bob.me]).exists()


@pytest.mark.parametrize("way", ["claimed", "signs in"])
def test_nobody_waits_in_a_ring_where_one_goes_while_another_turns_out_to_be_somebody(
    alice, bob, charlie, community, members, code, way
):
    imported = Viewer(person=Person.objects.create().pk)
    place = Meetup.ledger.get(code=code).community_id
    communities.enrol(community=place, people=[imported.me])
    for viewer in (imported, charlie):
        profiles.call_me(viewer, text="Camille", audience=members)
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    Meetup.ledger.filter(code=code).update(owner=imported.me)
    uid = people.uid_of(person=imported.me)
    Origin.objects.create(community_id=place, kind=MEMBER, key="m1", about=uid)
    exchange.claim(charlie, person=uid)
    exchange.accept_claim(alice, claim=Claim.ledger.get().uid)
    account = people.account_of(person=charlie.me)
    assert account is not None
    acts: dict[str, Act] = {
        "claimed": partial(exchange.give_claimed, claim=Claim.ledger.get().pk),
        "signs in": partial(exchange.take_account, imported, account=account),
    }
    with transaction.atomic():
        assert communities.stays(bob, community=place)
        [other] = begun(acts[way])
        departures.leave(bob, slug=community)
    assert not isinstance(other.outcome, Exception)
    assert not Organising.ledger.filter(owner=bob.me).exists()


def test_whoever_helps_no_more_by_then_changes_none_of_the_dates_that_follow(alice, bob, community):
    start = clock.now() + timedelta(days=3)
    said: dict[str, Any] = {"title": "Apéro", "place": "Chez Zélie", "recurs": Recurs(WEEK, times=3)}
    actions.announce(alice, community=community, starts_at=start, ends_at=start + timedelta(hours=2), **said)
    first, second, third = Meetup.ledger.order_by("starts_at").values_list("code", flat=True)
    for code in (first, second, third):
        hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    with transaction.atomic():
        hosts.organise_alone(alice, code=second)
        [other] = begun(partial(actions.edit_following, bob, code=first, title="Chez moi"))
    assert other.outcome is None
    titles = Meetup.ledger.order_by("starts_at").values_list("title", flat=True)
    assert list(titles) == ["Chez moi", "Apéro", "Chez moi"]


def test_whoever_helps_no_more_by_then_keeps_no_list_of_it(alice, bob, code):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    brought = attendees.read(b"Name,Email\nLou,lou@example.org\n").people
    with transaction.atomic():
        hosts.organise_alone(alice, code=code)
        [other] = begun(partial(attendees.bring, bob, code=code, people_of_it=brought))
    assert isinstance(other.outcome, errors.NotFound)
    assert not Listed.ledger.exists()


def test_who_was_met_at_an_evening_stays_so_that_somebody_answers_while_its_organiser_goes(alice, bob, dana, alone):
    with clock.at(queries.evening(alice, alone[0]).starts_at):
        encounters.note_somebody(bob, name="Lou", meetup=alone[0])
        with transaction.atomic():
            actions.answer(dana, code=alone[0])
            [other] = begun(partial(erasing.erase, alice.me))
    assert other.outcome is None
    assert list(Encounter.ledger.values_list("meetup", flat=True)) == [alone[1]]


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


@pytest.mark.parametrize(("audience", "refused"), [("everyone", errors.Refused), ("community", errors.NotFound)])
def test_whoever_comes_to_help_with_what_is_taken_off_their_community_does_not(
    alice, dana, community, audience, refused
):
    away = communities.found(alice, name="Café carto", entry="open")
    communities.join(dana, slug=away)
    code = cast.announce(alice, community, audience=audience)
    sharing.stand_in(alice, code=code, also=[away])
    together = hosts.ask_for_help(alice, code=code)
    with transaction.atomic():
        sharing.take_off(alice, code=code, community=away)
        [other] = begun(partial(hosts.co_organise, dana, code=code, together=together))
    assert isinstance(other.outcome, refused)
    assert queries.hosts(alice, code) == []
