"""An evening newly takes so many people without an account in an hour, whatever machine they answer from."""

from datetime import timedelta

import pytest

from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups import actions, declassified, queries
from entregent.meetups.models import Rsvp
from entregent.people import queries as people
from entregent.people.models import Person
from tests.meetups.conftest import SUNDAY


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Three people an hour, so that it takes few to reach them; the number that holds is looked at below."""
    assert declassified.VISITORS == 200
    monkeypatch.setattr(declassified, "VISITORS", 3)


def come(code, name="Zoé", guests=None, actor=ANYBODY):
    seat = actions.answer_as_guest(actor, code=code, name=name, guests=guests)
    return Viewer(person=people.holder_of(secret=seat.secret))


def test_one_too_many_is_told_to_sign_in_or_to_come_back_and_leaves_nothing(code, alice, bob):
    for _ in range(3):
        come(code)
    known = Person.objects.count()
    with pytest.raises(errors.Refused, match="sans compte") as raised:
        come(code)
    assert "Connectez-vous" in str(raised.value.message)
    assert (Rsvp.ledger.count(), Person.objects.count()) == (3, known)
    assert actions.answer(bob, code=code, audience="organisers", discreet=False) == "going"


def test_whoever_answered_before_changes_their_answer_all_the_same(code):
    first, _, _ = (come(code) for _ in range(3))
    come(code, "Zoé B.", actor=first)
    assert queries.evening(first, code).my_name == "Zoé B."
    assert actions.answer(first, code=code, answer="not_going") == "not_going"


def test_whom_they_bring_counts_and_who_is_gone_again_does_not_make_room(announce):
    code = announce(guests=2)
    come(code, guests=2)
    with pytest.raises(errors.Refused):
        come(code)
    with pytest.raises(errors.Invalid):
        come(code, guests=9)
    other = announce(guests=2)
    actions.answer(come(other), code=other, answer="not_going")
    come(other, guests=1)
    with pytest.raises(errors.Refused):
        come(other)


def test_an_hour_later_there_is_room_and_another_evening_has_its_own(code, announce):
    for _ in range(3):
        come(code)
    come(announce())
    with clock.at(SUNDAY + timedelta(minutes=59)), pytest.raises(errors.Refused):
        come(code)
    with clock.at(SUNDAY + timedelta(hours=1)):
        come(code)


def test_whoever_takes_an_account_makes_room(code, dana):
    guests = [come(code) for _ in range(3)]
    actions.adopt(guest=guests[0].me, person=dana.me)
    come(code)
    with pytest.raises(errors.Refused):
        come(code)


def test_a_large_evening_takes_twice_as_many_as_it_has_seats(announce):
    code = announce(capacity=2)
    outcomes = [actions.answer_as_guest(ANYBODY, code=code, name="Zoé").outcome for _ in range(4)]
    assert outcomes == ["going", "going", "waiting", "waiting"]
    with pytest.raises(errors.Refused):
        come(code)
