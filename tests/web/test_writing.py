"""Writing on pages: a draft for the channel that is known, else one relayed word; words that one was given."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.contrib.messages import get_messages

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.people import queries as people
from entregent.writing import actions, due, queries
from entregent.writing.queries import Card
from tests.web import browser

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(NOW):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def relay():
    with clock.at(NOW + timedelta(minutes=1)):
        due.relay(NOW + timedelta(minutes=1))


def text(answer):
    return unescape(answer.content.decode())


@pytest.fixture
def noted(bob, alice, community):
    """Bob has Alice in his book, with where they met and a number."""
    contact = encounters.note_somebody(bob, person=uid(alice), on=NOW.date(), place="Le Barachois")
    encounters.add_channel(bob, contact=contact, kind="telephone", value="0692 12 34 56")
    encounters.add_channel(bob, contact=contact, kind="mail", value="alice@example.net")
    return contact


def test_a_channel_is_offered_with_a_draft_from_the_need_that_led_here(bobs, alice, noted):
    page = bobs.post(f"/ecrire/{uid(alice)}/", {"need": "une salle le mardi"})
    assert [(one.kind, one.value) for one in page.context["letters"]] == [
        ("whatsapp", "0692 12 34 56"),
        ("sms", "0692 12 34 56"),
        ("mail", "alice@example.net"),
    ]
    draft = page.context["form"]["text"].value()
    assert "une salle le mardi" in draft
    assert draft.startswith("Bonjour Alice")
    assert page.status_code == 200


@pytest.mark.parametrize("address", ["ecrire", "carnet"])
def test_a_choice_leads_to_one_link_that_leaves_with_the_message_and_keeps_nothing(bobs, bob, alice, noted, address):
    page = f"/ecrire/{uid(alice)}/" if address == "ecrire" else f"/carnet/{noted}/ecrire/"
    chosen = bobs.post(page, {"text": "Un café ?", "way": "whatsapp 0692 12 34 56", "subject": ""})
    assert chosen.context["address"] == "https://wa.me/262692123456?text=Un%20caf%C3%A9%20%3F"
    assert 'rel="noreferrer noopener"' in text(chosen)
    again = bobs.post(page, {"text": "Un café ?", "again": "yes"})
    assert again.context["form"]["text"].value() == "Un café ?"
    assert queries.sent(bob) == []


def test_a_way_that_is_not_theirs_leads_nowhere(bobs, alice, noted):
    page = bobs.post(f"/ecrire/{uid(alice)}/", {"text": "Oui", "way": "mail somebody@example.net"})
    assert (page.status_code, page.templates[0].name) == (422, "write.html")
    empty = bobs.post(f"/ecrire/{uid(alice)}/", {"text": "", "way": "mail alice@example.net"})
    assert (empty.status_code, empty.context["form"].errors.keys()) == (422, {"text"})


def test_without_a_channel_one_word_is_relayed_and_one_tap_takes_it_back(bobs, bob, alice):
    page = f"/ecrire/{uid(alice)}/"
    assert bobs.get(page).context["form"]["mail"].value() == "bob@example.org"
    sent = bobs.post(page, {"text": "Un café ?", "mail": "", "telephone": "0692 00 11 22", "relay": "yes"})
    assert sent["Location"] == "/mots/"
    [mine] = queries.sent(bob)
    assert (mine.text, mine.card) == ("Un café ?", Card(telephone="0692 00 11 22"))
    assert bobs.get(page).context["before"] == mine
    [said] = get_messages(sent.wsgi_request)
    bobs.post(said.extra_tags)
    assert queries.sent(bob) == []


@pytest.mark.parametrize("said", [{"text": ""}, {"text": "a" * 501}, {"text": "Oui", "mail": "bob@"}])
def test_what_is_to_be_repaired_is_told_in_the_form_as_it_was_filled_in(bobs, bob, alice, said):
    page = bobs.post(f"/ecrire/{uid(alice)}/", {"relay": "yes", "mail": "", "telephone": "", **said})
    assert (page.status_code, page.context["form"]["text"].value(), queries.sent(bob)) == (422, said["text"], [])


def test_a_word_is_read_answered_and_the_cards_cross(bobs, bob, alice):
    alices, word = browser.of(alice), actions.write(bob, person=uid(alice), text="Un café ?", mail="bob@example.net")
    relay()
    assert [one.name for one in alices.get("/mots/").context["waiting"]] == ["Bob Payet"]
    assert "bob@example.net" not in text(alices.get(f"/mots/{word}/"))
    alices.post(f"/mots/{word}/", {"text": "Volontiers", "mail": "", "telephone": "0692 12 34 56"})
    assert "bob@example.net" in text(alices.get(f"/mots/{word}/"))
    relay()
    [back] = queries.got(bob)
    assert "0692 12 34 56" in text(bobs.get(f"/mots/{back.uid}/"))
    assert [one.kind for one in bobs.get(f"/ecrire/{uid(alice)}/").context["letters"]] == ["whatsapp", "sms"]
    kept = bobs.post(f"/mots/{back.uid}/carnet/")
    assert "0692 12 34 56" in text(bobs.get(kept["Location"]))


def test_who_was_written_to_is_led_to_the_word_that_waits(bobs, bob, alice):
    word, alices = actions.write(bob, person=uid(alice), text="Un café ?"), browser.of(alice)
    relay()
    assert alices.get(f"/ecrire/{uid(bob)}/").context["theirs"].uid == word


def test_a_word_is_laid_aside_and_taken_up_again(bob, alice, community):
    word, alices = actions.write(bob, person=uid(alice), text="Un café ?"), browser.of(alice)
    relay()
    [said] = get_messages(alices.post(f"/mots/{word}/laisser/").wsgi_request)
    assert alices.get("/mots/").context["waiting"] == []
    alices.post(said.extra_tags)
    assert [one.uid for one in alices.get("/mots/").context["waiting"]] == [word]


def test_the_writer_s_pages_are_the_same_whatever_became_of_the_word(bobs, bob, alice, charlie):
    answers = []
    for receiver in (alice, charlie):
        word = actions.write(bob, person=uid(receiver), text="Un café ?")
        if receiver is charlie:
            actions.take_words(charlie, yes=False)
        relay()
        if receiver is alice:
            actions.let_be(alice, word=word)
        page = text(bobs.get(f"/mots/{word}/"))
        answers.append(page[page.index("<article") : page.index("</main>")])
    name, other = str(uid(alice)), str(uid(charlie))
    assert answers[0].replace(name, other) == answers[1]


def test_somebody_else_s_words_and_hidden_people_are_not_found(bobs, bob, alice, charlie, dana):
    word = actions.write(alice, person=uid(charlie), text="Un café ?")
    relay()
    for address in (f"/mots/{word}/", f"/ecrire/{uid(dana)}/"):
        assert bobs.get(address).status_code == 404
    for address in ("laisser", "reprendre", "retirer", "carnet"):
        assert bobs.post(f"/mots/{word}/{address}/").status_code == 404
    discretion.block(alice, person=bob.me)
    assert bobs.get(f"/ecrire/{uid(alice)}/").status_code == 404


def test_first_words_are_switched_off_and_on(bobs, bob):
    for yes in ("no", "yes"):
        bobs.post("/mots/recevoir/", {"yes": yes})
        assert queries.is_closed(bob) == (yes == "no")
        assert bobs.get("/mots/").context["closed"] == (yes == "no")


def test_whom_one_blocks_is_not_written_to(bobs, bob, alice):
    discretion.block(bob, person=alice.me)
    assert bobs.get(f"/ecrire/{uid(alice)}/").context["blocked"] is True
    sent = bobs.post(f"/ecrire/{uid(alice)}/", {"text": "Oui", "mail": "", "telephone": "", "relay": "yes"})
    assert (sent.status_code, queries.sent(bob)) == (422, [])


def test_a_page_of_the_notebook_without_a_channel_says_what_to_do(bobs, bob):
    contact = encounters.note_somebody(bob, name="Valérie")
    assert f'href="/carnet/{contact}/"' in text(bobs.get(f"/carnet/{contact}/ecrire/"))


def test_nobody_writes_to_themselves(bobs, bob):
    assert bobs.get(f"/ecrire/{uid(bob)}/")["Location"] == "/moi/"
