"""Two who come in the same moment: they are one person where they are one, and nobody meets an error."""

from functools import partial

import pytest
from django.db import transaction

from entregent.people import actions, queries
from entregent.people.models import Key, Person
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]


def test_two_first_requests_for_an_account_are_one_person():
    account = actions.open_account(email="alice@example.org", language="en")
    with transaction.atomic():
        first = actions.person_of(account=account)
        [other] = begun(partial(actions.person_of, account=account))
    assert (other.outcome, queries.language_of(person=first)) == (first, "en")
    assert Person.objects.count() == 1


def test_whoever_taps_twice_without_account_is_one_person():
    with transaction.atomic():
        first = actions.welcome(secret="drawn by the door")
        [other] = begun(partial(actions.welcome, secret="drawn by the door"))
    assert other.outcome == first
    assert [kind.objects.count() for kind in (Person, Key)] == [1, 1]


def test_of_two_guests_who_become_one_account_at_once_the_first_holds_it():
    account = actions.open_account(email="eve@example.org")
    guests = [actions.welcome() for _ in range(2)]
    with transaction.atomic():
        first = actions.attach(person=guests[0][0], account=account)
        [other] = begun(partial(actions.attach, person=guests[1][0], account=account))
    assert other.outcome == first == guests[0][0]
    assert [queries.holder_of(secret=secret) for _person, secret in guests] == [None, guests[1][0]]


def test_a_guest_who_becomes_an_account_while_it_gets_its_person_is_left_as_they_were():
    account = actions.open_account(email="eve@example.org")
    guest, secret = actions.welcome()
    with transaction.atomic():
        first = actions.person_of(account=account)
        [other] = begun(partial(actions.attach, person=guest, account=account))
    assert (other.outcome, queries.holder_of(secret=secret)) == (first, guest)
