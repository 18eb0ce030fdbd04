"""A word goes, and is taken back in the same moment: whoever wrote it is told what holds."""

from functools import partial

import pytest
from django.db import transaction

from entregent.common import clock, errors
from entregent.people import queries as people
from entregent.writing import actions, due, queries
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared", "community")]


def test_a_word_that_goes_while_it_is_taken_back_has_gone(alice, bob):
    word = actions.write(bob, person=people.uid_of(person=alice.me), text="Un café ?")
    with transaction.atomic():
        assert due.relay(clock.now() + due.PATIENCE) == 1
        [other] = begun(partial(actions.take_back, bob, word=word))
    assert isinstance(other.outcome, errors.Refused)
    assert [[one.uid for one in words] for words in (queries.sent(bob), queries.got(alice))] == [[word], [word]]


def test_a_word_that_is_taken_back_while_it_goes_does_not_go(alice, bob):
    word = actions.write(bob, person=people.uid_of(person=alice.me), text="Un café ?")
    with transaction.atomic():
        actions.take_back(bob, word=word)
        [other] = begun(partial(due.relay, clock.now() + due.PATIENCE))
    assert other.outcome == 0
    assert (queries.sent(bob), queries.got(alice)) == ([], [])
