"""Several who scan squares in the same moment: nobody is lost, and nobody waits for somebody who waits for them.

So it is with time, which takes away what was taken out.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from entregent.cards import actions, due, queries
from entregent.cards.models import Card, Handed
from entregent.circles.models import Circle, Member
from entregent.common import clock, errors
from entregent.encounters import queries as book
from entregent.exchange import erasing
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


#: What one does with a card that one is shown, by its secret and a card of one's own.
TAKEN: dict[str, Callable[..., Any]] = {
    "exchange": actions.exchange,
    "take": lambda viewer, secret, card: actions.take(viewer, secret=secret),
    "leave": lambda viewer, secret, card: actions.leave(viewer, secret=secret, name="Rose", mail="rose@example.net"),
}
#: How it ends meanwhile.
ENDED: dict[str, Callable[..., Any]] = {
    "goes": lambda viewer, secret: erasing.erase(viewer.me),
    "hides": lambda viewer, secret: actions.hide(viewer, secret=secret),
}


@pytest.mark.parametrize("ended", ENDED)
@pytest.mark.parametrize("taken", TAKEN)
def test_a_card_that_ends_at_the_moment_at_which_it_is_taken_is_not_found(alice, bob, taken, ended):
    secret, own = actions.show(bob, card=kept(bob, "Bob")), kept(alice, "Alice")
    with transaction.atomic():
        ENDED[ended](bob, secret)
        [other] = begun(partial(TAKEN[taken], alice, secret=secret, card=own))
    assert (type(other.outcome), Handed.ledger.count()) == (errors.NotFound, 0)


def test_whoever_goes_at_the_moment_at_which_their_card_is_taken_leaves_it(alice, bob):
    secret = actions.show(bob, card=kept(bob, "Bob"))
    with transaction.atomic():
        actions.take(alice, secret=secret)
        [other] = begun(partial(erasing.erase, bob.me))
    assert other.outcome is None
    assert [(one.name, one.by) for one in Handed.ledger.all()] == [("Bob", None)]


def test_whoever_goes_at_the_moment_at_which_their_card_is_noted_is_a_name(alice, bob):
    actions.exchange(alice, secret=actions.show(bob, card=kept(bob, "Bob")), card=kept(alice, "Alice"))
    [waits] = queries.handed(bob)
    with transaction.atomic():
        erasing.erase(alice.me)
        [other] = begun(partial(actions.note, bob, handed=waits.uid))
    assert not isinstance(other.outcome, Exception)
    assert [(one.uid, one.name, one.person) for one in book.book(bob)] == [(other.outcome, "Alice", None)]


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


def test_a_card_that_time_takes_away_at_the_moment_at_which_it_is_put_back_is_not_found(bob):
    card = kept(bob, "Bob")
    actions.drop(bob, card=card)
    with transaction.atomic():
        due.forget(clock.now() + due.PATIENCE)
        [other] = begun(partial(actions.restore, bob, card=card))
    assert (type(other.outcome), Card.ledger.count()) == (errors.NotFound, 0)


def test_a_card_that_is_put_back_while_time_forgets_stays(bob):
    card = kept(bob, "Bob")
    actions.drop(bob, card=card)
    with transaction.atomic():
        actions.restore(bob, card=card)
        [other] = begun(partial(due.forget, clock.now() + due.PATIENCE))
    assert (other.outcome, [own.uid for own in queries.mine(bob)]) == (0, [card])
