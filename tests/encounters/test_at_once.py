"""Time and somebody act on a notebook in the same moment: what is kept after all stays, what is put off comes."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Q

from entregent.circles.fixed import EVERYONE
from entregent.common import clock
from entregent.encounters import actions, adoptions, due, pages, promises, queries
from entregent.encounters.models import FollowUp
from entregent.exchange import erasing
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests.encounters.conftest import TODAY
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]


def test_whoever_is_kept_after_all_while_time_forgets_stays_with_all_about_them(bob):
    contact = actions.note_somebody(bob, name="Karine", text="Cartes")
    actions.forget_contact(bob, contact=contact)
    with transaction.atomic():
        actions.keep_contact(bob, contact=contact)
        [other] = begun(partial(due.forget, TODAY + due.PATIENCE))
    assert other.outcome == 0
    assert [(one.name, one.note) for one in queries.book(bob)] == [("Karine", "Cartes")]


def test_what_is_put_off_while_time_reminds_is_called_to_mind_on_its_day(bob):
    contact, day = actions.note_somebody(bob, name="Karine"), TODAY.date()
    call = promises.promise(bob, contact=contact, text="L'appeler", due_on=day)
    with transaction.atomic():
        promises.put_off_promise(bob, promise=call, due_on=day + timedelta(days=1))
        [other] = begun(partial(due.remind, TODAY))
    assert other.outcome in {0, 1}
    assert FollowUp.ledger.get(uid=call).reminded_on is None
    with clock.at(TODAY + timedelta(days=1)):
        assert due.remind(clock.now()) == 1


def test_whoever_leaves_while_the_book_in_which_they_are_is_handed_over_is_a_name(bob, charlie, dana):
    profiles.call_me(charlie, text="Charlie Grondin", audience=EVERYONE)
    actions.note_somebody(dana, person=people.uid_of(person=charlie.me), text="Cartes")
    with transaction.atomic():
        erasing.erase(charlie.me)
        [other] = begun(partial(adoptions.adopt, guest=dana.me, person=bob.me))
    assert other.outcome is None
    assert [(one.name, one.note, one.person) for one in queries.book(bob)] == [("Charlie Grondin", "Cartes", None)]


def test_whoever_leaves_while_the_book_is_handed_over_waits_for_nobody_who_waits_for_them(bob, charlie, dana):
    """The older page of the two is kept first, whoever comes: each would wait for the other else."""
    profiles.call_me(charlie, text="Charlie Grondin", audience=EVERYONE)
    own, guests = (actions.note_somebody(one, person=people.uid_of(person=charlie.me)) for one in (bob, dana))
    with transaction.atomic():
        pages.lock(Q(uid=own))
        [other] = begun(partial(adoptions.adopt, guest=dana.me, person=bob.me))
        pages.lock(Q(uid=guests))
        actions.erase(charlie.me)
    assert other.outcome is None
    assert [(one.name, one.person) for one in queries.book(bob)] == [("Charlie Grondin", None)] * 2
