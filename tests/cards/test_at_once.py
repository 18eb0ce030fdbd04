"""Several who scan squares in the same moment: nobody is lost, and nobody waits for somebody who waits for them."""

from functools import partial

import pytest
from django.db import transaction

from entregent.cards import actions
from entregent.circles.models import Circle, Member
from entregent.people import queries as people
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared", "community")]


def connected(viewer):
    """Who stands in the circle of those with whom somebody crossed cards."""
    about = people.uid_of(person=viewer.me)
    return set(Member.objects.filter(circle__kind="connections", circle__about=about).values_list("person", flat=True))


def kept(viewer, name):
    return actions.keep(viewer, title="Apéro", name=name, mail="somebody@example.net")


def test_of_two_who_give_a_card_for_the_same_one_at_once_both_stand_in_the_circle(alice, bob, charlie):
    secret = actions.show(bob, card=kept(bob, "Bob"))
    alices, charlies = kept(alice, "Alice"), kept(charlie, "Charlie")
    with transaction.atomic():
        actions.exchange(alice, secret=secret, card=alices)
        [other] = begun(partial(actions.exchange, charlie, secret=secret, card=charlies))
    assert not isinstance(other.outcome, Exception)
    assert connected(bob) == {alice.me, charlie.me}


def test_two_who_scan_each_other_at_once_have_each_other_s_card(alice, bob):
    cards = {viewer: kept(viewer, name) for viewer, name in ((alice, "Alice"), (bob, "Bob"))}
    secrets = {viewer: actions.show(viewer, card=card) for viewer, card in cards.items()}
    circles = [actions.connections(viewer) for viewer in (alice, bob)]
    with transaction.atomic():
        # Each comes as far as the first circle that they write.
        list(Circle.objects.select_for_update().filter(pk__in=circles))
        others = begun(
            partial(actions.exchange, alice, secret=secrets[bob], card=cards[alice]),
            partial(actions.exchange, bob, secret=secrets[alice], card=cards[bob]),
        )
    assert not [one.outcome for one in others if isinstance(one.outcome, Exception)]
    assert (connected(alice), connected(bob)) == ({bob.me}, {alice.me})
