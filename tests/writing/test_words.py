"""A word is relayed once, as a gift; an answer crosses the cards; silence says nothing, whatever it is made of."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.notices.models import Notice
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.writing import actions, due, queries
from entregent.writing.models import Given, Written
from entregent.writing.queries import Card
from tests import cast

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("community")


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(NOW):
        yield


def uid(viewer: Viewer):
    return people.uid_of(person=viewer.me)


def write(actor, to, text="Un café jeudi ?", **said):
    return actions.write(actor, person=uid(to), text=text, **said)


def relay(after=MINUTE):
    with clock.at(NOW + after):
        return due.relay(NOW + after)


def given(viewer):
    return [(one.name, one.text, one.card) for one in queries.got(viewer)]


def told(viewer):
    return list(Notice.objects.filter(recipient=viewer.me).values_list("kind", flat=True))


def test_a_word_waits_a_minute_then_it_is_given_under_the_name_that_its_receiver_sees(alice, bob):
    word = write(bob, alice, mail="bob@example.net")
    assert (relay(timedelta(seconds=59)), given(alice), told(alice)) == (0, [], [])
    assert (relay(), relay(2 * MINUTE)) == (1, 0)
    assert (given(alice), told(alice)) == ([("Bob Payet", "Un café jeudi ?", None)], ["word"])
    [mine] = queries.sent(bob)
    assert (mine.uid, mine.name, mine.member, mine.gone, mine.answered) == (
        word,
        "Alice Hoareau",
        uid(alice),
        True,
        False,
    )


def test_an_answer_crosses_the_cards_and_both_are_told(alice, bob):
    word = write(bob, alice, mail="bob@example.net")
    relay()
    actions.answer(alice, word=word, text="Volontiers", telephone="0692 12 34 56")
    assert [one.card for one in queries.got(alice)] == [Card(mail="bob@example.net")]
    assert relay() == 1
    assert (given(bob), told(bob)) == (
        [("Alice Hoareau", "Volontiers", Card(telephone="0692 12 34 56"))],
        ["word_back"],
    )
    [mine] = queries.sent(bob)
    assert mine.answered
    with pytest.raises(errors.Refused):
        actions.answer(alice, word=word, text="Encore")


def test_a_crossed_card_is_copied_into_the_book_once(alice, bob):
    word = write(bob, alice)
    relay()
    actions.answer(alice, word=word, text="Oui", telephone="0692 12 34 56", mail="alice@example.net")
    relay()
    [back] = queries.got(bob)
    contact = actions.keep_card(bob, word=back.uid)
    assert actions.keep_card(bob, word=back.uid) == contact
    page = book.contact(bob, contact)
    assert (page.name, page.member) == ("Alice Hoareau", uid(alice))
    assert [(one.kind, one.value) for one in page.channels] == [
        ("mail", "alice@example.net"),
        ("telephone", "0692 12 34 56"),
    ]


def test_a_card_is_copied_into_a_page_that_has_as_many_ways_as_it_takes(alice, bob, monkeypatch):
    word = write(bob, alice)
    relay()
    actions.answer(alice, word=word, text="Oui", telephone="0692 12 34 56", mail="alice@example.net")
    relay()
    monkeypatch.setattr(encounters, "MOST", 1)
    contact = encounters.note_somebody(bob, person=uid(alice))
    encounters.add_channel(bob, contact=contact, kind="telephone", value="0692 99 99 99")
    [back] = queries.got(bob)
    assert actions.keep_card(bob, word=back.uid) == contact
    assert [one.value for one in book.contact(bob, contact).channels] == ["0692 99 99 99"]


def test_a_word_that_cannot_go_keeps_no_other_back(alice, bob, charlie):
    stuck, _word = write(bob, alice), write(bob, charlie)
    Written.ledger.filter(uid=stuck).update(at=NOW - MINUTE)
    Given.ledger.create(uid=stuck, owner_id=bob.me, name="Bob Payet")  # it was given before, says the database
    assert relay() == 1
    assert (given(charlie), given(alice)) == ([("Bob Payet", "Un café jeudi ?", None)], [])


def test_a_card_is_closed_until_its_word_is_answered(alice, bob):
    word = write(bob, alice, mail="bob@example.net")
    relay()
    with pytest.raises(errors.NotFound):
        actions.keep_card(alice, word=word)


def test_one_word_until_it_is_answered(alice, bob, charlie):
    word = write(bob, alice)
    with pytest.raises(errors.Refused):
        write(bob, alice)
    write(bob, charlie)
    relay()
    actions.answer(alice, word=word, text="Non merci")
    relay()
    write(bob, alice, "Dommage, bonne suite")
    assert len(queries.sent(bob)) == 3


def test_the_same_form_sent_twice_writes_one_word(alice, bob):
    once = ids.new()
    assert write(bob, alice, once=once) == write(bob, alice, once=once) == once
    assert Written.ledger.count() == 1


def test_a_word_is_taken_back_until_it_has_gone_and_a_gift_is_not(alice, bob):
    actions.take_back(bob, word=write(bob, alice))
    assert (relay(), queries.sent(bob), given(alice)) == (0, [], [])
    word = write(bob, alice)
    relay()
    with pytest.raises(errors.Refused):
        actions.take_back(bob, word=word)
    for viewer in (alice, Viewer(person=bob.me)):
        with pytest.raises(errors.NotFound):
            actions.take_back(viewer, word=ids.new())


def block(alice, bob):
    discretion.block(alice, person=bob.me)


def close(alice, bob):
    actions.take_words(alice, yes=False)


def leave(alice, bob):
    erasing.erase(alice.me)


def hide(alice, bob):
    profiles.call_me(alice, text="Alice", audience=None)
    discretion.block(alice, person=bob.me)


@pytest.mark.parametrize("meanwhile", [block, close, leave, hide])
def test_a_word_that_reaches_nobody_looks_like_one_that_nobody_answers(alice, bob, meanwhile):
    write(bob, alice, mail="bob@example.net")
    meanwhile(alice, bob)
    assert relay() == 0
    assert Given.ledger.count() == 0
    [mine] = queries.sent(bob)
    assert (mine.gone, mine.answered, mine.text) == (True, False, "Un café jeudi ?")


def test_writing_costs_the_same_whatever_the_receiver_decided(alice, bob, charlie):
    actions.take_words(charlie, yes=False)
    costs = []
    for receiver in (alice, charlie):
        with CaptureQueriesContext(connection) as asked:
            write(bob, receiver)
        costs.append([re.sub(r"'[^']*'|\b\d+\b|\"s\d+_x\d+\"", "?", one["sql"]) for one in asked])
    assert costs[0] == costs[1]
    assert len(costs[0]) > 1


def test_whoever_is_hidden_is_not_found_and_nobody_writes_to_themselves(alice, bob, dana):
    with pytest.raises(errors.NotFound):
        write(bob, dana)
    discretion.block(alice, person=bob.me)
    with pytest.raises(errors.NotFound):
        write(bob, alice)
    with pytest.raises(errors.Refused):
        write(bob, bob)


def test_nobody_writes_to_whom_they_block(alice, bob):
    discretion.block(bob, person=alice.me)
    with pytest.raises(errors.Refused):
        write(bob, alice)


def test_a_word_is_signed(alice, bob):
    profiles.call_me(bob, text="Bob", audience=None)
    with pytest.raises(errors.Refused):
        write(bob, alice)


def test_a_name_that_its_receiver_does_not_see_is_not_handed_over(alice, bob, members):
    for viewer, firm in ((alice, "Filao"), (bob, "Filao")):
        market.state_position(viewer, organisation=firm, audience=None)
    profiles.call_me(bob, text="Bob Payet", audience=members, discreet=True)
    write(bob, alice)
    assert (relay(), given(alice), [one.gone for one in queries.sent(bob)]) == (0, [], [True])


def test_an_answer_falls_silent_for_whoever_blocks_its_writer_who_is_not_told(alice, bob):
    word = write(bob, alice, mail="bob@example.net")
    relay()
    discretion.block(bob, person=alice.me)
    actions.answer(alice, word=word, text="Volontiers")
    relay()
    assert (given(bob), [one.card for one in queries.got(alice)]) == ([], [Card(mail="bob@example.net")])


def test_an_answer_comes_from_whom_was_written_to_even_without_a_name_by_then(alice, bob, community):
    word = write(bob, alice)
    relay()
    profiles.call_me(alice, text="Alice", audience=None)
    actions.answer(alice, word=word, text="Oui")
    relay()
    assert given(bob) == [("Alice Hoareau", "Oui", Card())]


def test_a_gift_stays_when_its_giver_goes_and_leads_to_nobody(alice, bob):
    word = write(bob, alice, mail="bob@example.net")
    relay()
    erasing.erase(bob.me)
    assert [(one.name, one.text, one.member) for one in queries.got(alice)] == [("Bob Payet", "Un café jeudi ?", None)]
    actions.answer(alice, word=word, text="Oui")
    assert (relay(), [one.gone for one in queries.sent(alice)]) == (0, [True])
    contact = actions.keep_card(alice, word=word)
    assert (book.contact(alice, contact).name, book.contact(alice, contact).member) == ("Bob Payet", None)


def test_letting_a_word_be_is_told_to_nobody_and_can_be_taken_back(alice, bob):
    word = write(bob, alice)
    relay()
    before = queries.sent(bob)
    actions.let_be(alice, word=word)
    assert ([one.waits for one in queries.got(alice)], queries.sent(bob)) == ([False], before)
    actions.take_up(alice, word=word)
    assert [one.waits for one in queries.got(alice)] == [True]


def test_what_is_given_is_its_receiver_s_alone(alice, bob, charlie):
    word = write(bob, alice)
    relay()
    for viewer in (bob, charlie):
        with pytest.raises(errors.NotFound):
            queries.one_got(viewer, word)
        with pytest.raises(errors.NotFound):
            actions.answer(viewer, word=word, text="Oui")
    for viewer in (alice, charlie):
        with pytest.raises(errors.NotFound):
            queries.one_sent(viewer, word)


def crowd(community, members, number):
    for place in range(number):
        one = cast.member(f"somebody{place}")
        communities.join(one, slug=community)
        profiles.call_me(one, text=f"Somebody {place}", audience=members)
        yield one


def test_the_sixth_word_of_a_day_waits_until_tomorrow(bob, community, members):
    *first, last = crowd(community, members, actions.DAILY + 1)
    for one in first:
        write(bob, one)
    with pytest.raises(errors.Refused):
        write(bob, last)
    with clock.at(NOW + timedelta(days=1)):
        write(bob, last)


def test_the_limits_count_what_was_written_whoever_it_was_for(bob, community, members):
    *first, last = crowd(community, members, actions.DAILY + 1)
    for one in first:
        word = write(bob, one)
    erasing.erase(first[0].me)
    discretion.block(first[1], person=bob.me)
    with pytest.raises(errors.Refused):
        write(bob, last)
    actions.take_back(bob, word=word)
    write(bob, last)


def test_twenty_words_of_a_month_may_wait(bob, community, members):
    some = list(crowd(community, members, actions.OUTSTANDING + 1))
    for place, one in enumerate(some[:-1]):
        with clock.at(NOW + timedelta(days=place // actions.DAILY)):
            write(bob, one)
    with clock.at(NOW + timedelta(days=9)), pytest.raises(errors.Refused):
        write(bob, some[-1])
    with clock.at(NOW + actions.MONTH + timedelta(days=9)):
        write(bob, some[-1])


@pytest.mark.parametrize("said", [{"text": " \n"}, {"text": "a" * 501}, {"mail": "bob@"}, {"telephone": "demain"}])
def test_what_is_no_word_and_no_card_is_not_taken(alice, bob, said):
    with pytest.raises(errors.Invalid) as refused:
        write(bob, alice, **said)
    assert (refused.value.field, Written.ledger.count()) == (next(iter(said)), 0)


def test_the_last_card_is_remembered(alice, bob, charlie):
    assert queries.card(bob) is None
    write(bob, alice, mail="bob@example.net")
    assert queries.card(bob) == Card(mail="bob@example.net")
