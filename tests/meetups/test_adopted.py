"""What somebody answered with a first name, once it is theirs in full name: told as they chose before, or to nobody."""

import pytest

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups import actions, hosts, presences, queries
from entregent.meetups.models import Presence, Rsvp
from entregent.notices.models import Notice
from entregent.people import queries as people
from tests.meetups.conftest import STARTS


@pytest.fixture
def rose(alice, code):
    """Somebody who answered, came and showed themselves, as Rose."""
    seat = actions.answer_as_guest(ANYBODY, code=code, name="Rose")
    guest = Viewer(person=people.holder_of(secret=seat.secret))
    with clock.at(STARTS):
        presences.arrive_as_guest(guest, here=queries.evening(alice, code).here or "", name="Rose", seen=True)
    return guest


def news():
    """Of what whom is still to be told, by the key of a person."""
    return set(Notice.objects.filter(sent_at=None).values_list("recipient", "kind"))


def test_whoever_takes_an_account_is_told_what_was_not_told_them_yet(announce, alice, bob, guest):
    code = announce()
    rose = guest(code)
    actions.edit(alice, code=code, place="Ailleurs")
    before = {(rose.me, kind) for kind in ("confirmed", "changed", "reminder")}
    assert news() == before
    actions.adopt(guest=rose.me, person=rose.me)
    assert news() == before
    actions.adopt(guest=rose.me, person=bob.me)
    assert news() == {(bob.me, kind) for kind in ("confirmed", "changed", "reminder")}


def test_whoever_takes_an_account_is_told_that_the_evening_was_called_off(alice, bob, code, guest):
    rose = guest(code)
    actions.cancel(alice, code=code)
    actions.adopt(guest=rose.me, person=bob.me)
    assert news() == {(bob.me, "cancelled")}


def told():
    """Who is told of the one answer and the one presence, and whether they are discreet."""
    return [kind.ledger.values_list("audience__kind", "discreet", "name").get() for kind in (Rsvp, Presence)]


def test_somebody_without_an_employer_is_told_to_whom_the_guest_was(bob, rose):
    actions.adopt(guest=rose.me, person=bob.me)
    assert told() == [("organisers", False, ""), ("attended", False, "")]


def test_somebody_who_was_never_asked_about_colleagues_is_told_to_nobody(at_filao, bob, rose):
    actions.adopt(guest=rose.me, person=bob.me)
    assert told() == [(None, False, "")] * 2


def test_whoever_wants_to_be_discreet_is_so_before_a_colleague_who_organises(
    at_filao, announce, alice, bob, charlie, code
):
    actions.answer(bob, code=announce(title="Autre"), audience="organisers", discreet=True)
    together = hosts.ask_for_help(alice, code=code)
    hosts.co_organise(charlie, code=code, together=together)
    seat = actions.answer_as_guest(ANYBODY, code=code, name="Rose")
    actions.adopt(guest=people.holder_of(secret=seat.secret) or 0, person=bob.me)
    assert queries.evening(bob, code).my_answer == "going"
    assert (queries.coming(charlie, code), Rsvp.ledger.get(meetup__code=code).discreet) == ([], True)
