"""Somebody is erased while they do something in another tab: the one waits for the other, and both end well."""

from functools import partial

import pytest
from django.db import transaction

from entregent.cards import actions as cards
from entregent.cards.models import Card
from entregent.common import errors
from entregent.exchange import erasing
from entregent.people.models import Person
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared", "community")]


def keep(viewer):
    return cards.keep(viewer, title="Apéro", name="Bob")


def test_what_somebody_does_in_another_tab_is_erased_with_them(bob):
    with transaction.atomic():
        keep(bob)
        [other] = begun(partial(erasing.erase, bob.me))
    assert other.outcome is None
    assert not Person.objects.filter(pk=bob.me).exists()


def test_what_waited_for_the_erasing_of_whoever_does_it_finds_nobody(bob):
    with transaction.atomic():
        erasing.erase(bob.me)
        [other] = begun(partial(keep, bob))
    assert isinstance(other.outcome, errors.NotSignedIn)
    assert not Card.ledger.exists()
