"""Mails about words: under the name that the receiver was shown, nobody's name in the subject, none that is settled."""

from datetime import timedelta

import pytest

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.mail import letters, sending
from entregent.people import actions as accounts
from entregent.people import queries as people
from entregent.writing import actions, due
from tests.mail.conftest import SUNDAY

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("community")


def uid(viewer):
    return people.uid_of(person=viewer.me)


def pass_on(moment=SUNDAY + MINUTE):
    with clock.at(moment):
        due.relay(moment)
        return sending.send_due(moment)


def test_a_word_is_mailed_with_who_wrote_and_what_and_a_subject_that_tells_neither(mailboxes, alice, bob, settings):
    word = actions.write(bob, person=uid(alice), text="Un café jeudi ?", mail="bob@example.net")
    assert (sending.send_due(SUNDAY), pass_on()) == (0, 1)
    [message] = mailboxes.to("alice@example.org")
    plain, drawn = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert message["Subject"] == "Un mot pour vous"
    for words in ("Bob Payet", "Un café jeudi ?", f"{settings.BASE_URL}/mots/{word}/"):
        assert (words in plain, words in drawn) == (True, True)
    assert "bob@example.net" not in plain + drawn


def test_an_answer_is_mailed_with_the_card(mailboxes, alice, bob):
    word = actions.write(bob, person=uid(alice), text="Un café ?")
    pass_on()
    accounts.speak(person=bob.me, language="en")
    actions.answer(alice, word=word, telephone="0692 12 34 56")
    pass_on()
    [message] = mailboxes.to("bob@example.org")
    plain = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Your word has an answer"
    assert ("Alice Hoareau" in plain, "Here is my card." in plain, "0692 12 34 56" in plain) == (True, True, True)


def test_nothing_is_mailed_of_a_word_that_reaches_nobody(mailboxes, alice, bob):
    actions.write(bob, person=uid(alice), text="Un café ?")
    discretion.block(alice, person=bob.me)
    assert (pass_on(), mailboxes.messages) == (0, [])


def test_a_word_that_was_settled_on_the_page_is_not_mailed_any_more(alice, bob):
    word = actions.write(bob, person=uid(alice), text="Un café ?")
    with clock.at(SUNDAY + MINUTE):
        due.relay(SUNDAY + MINUTE)
    assert letters.letter(alice.me, "word", word) is not None
    actions.let_be(alice, word=word)
    assert letters.letter(alice.me, "word", word) is None
    for viewer in (bob, alice):
        assert letters.letter(viewer.me, "word_back", word) is None
