"""Whoever crossed cards is in the circle of the other: by words with a card on each side; out again without a word."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.cards import actions, queries
from entregent.circles.models import Circle, Member
from entregent.common import clock, errors
from entregent.discretion import actions as discretion
from entregent.exchange import doctor, erasing
from entregent.market import actions as market
from entregent.needs import actions as needs
from entregent.needs.models import Need
from entregent.people import queries as people
from entregent.writing import actions as writing
from entregent.writing import due as relaying

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("community")


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(NOW):
        yield


def uid(viewer):
    return people.uid_of(person=viewer.me)


def connected(viewer):
    """Who stands in the circle of those with whom somebody crossed cards, and how."""
    return set(
        Member.objects.filter(circle__kind="connections", circle__about=uid(viewer)).values_list("person", "how")
    )


def talk(one, other, mail="one@example.net", back="other@example.net"):
    """One writes, the other answers, each with a card or without."""
    word = writing.write(one, person=uid(other), text="Un café ?", mail=mail)
    relaying.relay(NOW + relaying.PATIENCE)
    writing.answer(other, word=word, text="Oui", mail=back)
    return relaying.relay(NOW + relaying.PATIENCE)


def faults():
    return doctor.examine(lambda _done, _of: None).found


def test_an_answer_with_a_card_on_each_side_lets_each_into_the_circle_of_the_other(alice, bob, charlie):
    talk(bob, alice)
    assert (connected(alice), connected(bob)) == ({(bob.me, "crossed")}, {(alice.me, "crossed")})
    [mine], [theirs] = queries.crossed(bob), queries.crossed(alice)
    assert (mine.name, mine.member, theirs.name) == ("Alice Hoareau", uid(alice), "Bob Payet")
    assert (connected(charlie), queries.crossed(charlie), faults()) == (set(), [], [])


@pytest.mark.parametrize(("mail", "back"), [("", "other@example.net"), ("one@example.net", "")])
def test_whoever_answers_without_a_card_or_to_none_crosses_none(alice, bob, mail, back):
    assert talk(bob, alice, mail, back) == 1
    assert (connected(alice), connected(bob), queries.crossed(alice)) == (set(), set(), [])


def test_a_job_search_goes_to_those_whose_cards_were_crossed_and_past_no_shield(alice, bob, charlie):
    talk(bob, alice)
    talk(bob, charlie)
    market.state_position(bob, organisation="Filao", audience=None)
    market.state_position(charlie, organisation="Filao", audience=None)
    search = needs.state(bob, text="Un poste plus calme", kind="job", audience=actions.connections(bob))

    def seen(viewer):
        return Need.objects.visible_to(viewer).filter(uid=search).exists()

    # Alice has not said where she works: cards were crossed all the same. Charlie is a colleague.
    assert [seen(viewer) for viewer in (bob, alice, charlie)] == [True, True, False]


def test_a_card_is_withdrawn_on_one_s_own_side_and_put_back(alice, bob):
    talk(bob, alice)
    [mine] = queries.crossed(bob)
    actions.withdraw(bob, crossing=mine.uid)
    assert (connected(bob), connected(alice)) == (set(), {(bob.me, "crossed")})
    assert [one.withdrawn for one in (*queries.crossed(bob), *queries.crossed(alice))] == [True, False]
    assert faults() == []
    for act in (actions.withdraw, actions.rejoin):
        with pytest.raises(errors.NotFound):
            act(alice, crossing=mine.uid)
    actions.rejoin(bob, crossing=mine.uid)
    assert connected(bob) == {(alice.me, "crossed")}


def test_whoever_answered_has_crossed_cards_even_where_the_answer_reaches_nobody(alice, bob):
    word = writing.write(bob, person=uid(alice), text="Un café ?", mail="bob@example.net")
    relaying.relay(NOW + relaying.PATIENCE)
    discretion.block(bob, person=alice.me)
    writing.answer(alice, word=word, text="Oui", mail="alice@example.net")
    relaying.relay(NOW + relaying.PATIENCE)
    assert [one.name for one in queries.crossed(alice)] == ["Bob Payet"]
    assert (connected(bob), queries.crossed(bob)) == (set(), [])


def test_whoever_is_gone_is_remembered_by_name_and_stands_in_no_circle(alice, bob, charlie):
    talk(bob, alice)
    talk(charlie, bob)
    erasing.erase(alice.me)
    assert connected(bob) == {(charlie.me, "crossed")}
    assert {(one.name, one.member) for one in queries.crossed(bob)} == {
        ("Alice Hoareau", None),
        ("Charlie Grondin", uid(charlie)),
    }
    assert faults() == []
    erasing.erase(bob.me)
    assert not Circle.objects.filter(kind="connections").exclude(about=uid(charlie)).exists()
    assert (connected(charlie), faults()) == (set(), [])


def test_the_doctor_finds_who_is_missing_and_who_stands_there_for_nothing(alice, bob, charlie):
    talk(bob, alice)
    [mine] = Circle.objects.filter(kind="connections", about=uid(bob))
    Member.objects.filter(circle=mine).update(person=charlie.me)
    [fault] = faults()
    assert ("connections" in fault, str(uid(bob)) in fault) == (True, True)
    doctor.repair(lambda _done, _of: None)
    assert (connected(bob), faults()) == ({(alice.me, "crossed")}, [])


def test_letting_somebody_in_is_as_much_work_whoever_they_are(alice, bob, charlie):
    talk(bob, alice)
    costs = []
    for person in (alice.me, charlie.me, None):
        with CaptureQueriesContext(connection) as asked:
            actions.cross(owner=bob.me, person=person, name="Quelqu’un")
        costs.append(len(asked))
    assert len(set(costs)) == 1
    assert connected(bob) == {(alice.me, "crossed"), (charlie.me, "crossed")}


def test_crossing_again_puts_a_withdrawn_card_back(alice, bob):
    talk(bob, alice)
    [mine] = queries.crossed(bob)
    actions.withdraw(bob, crossing=mine.uid)
    with clock.at(NOW + timedelta(days=40)):
        actions.cross(owner=bob.me, person=alice.me, name="Alice")
    [again] = queries.crossed(bob)
    assert (again.uid, again.name, again.withdrawn, again.at) == (mine.uid, "Alice", False, NOW + timedelta(days=40))
