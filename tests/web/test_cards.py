"""Cards on pages: kept, changed, taken out and put back; and along with a word."""

import pytest
from django.contrib.messages import get_messages

from entregent.cards import actions, queries
from entregent.cards.queries import Face
from entregent.needs import queries as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.writing import queries as words
from tests.web import browser


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def undo(answer):
    """Where what was done is taken back."""
    return [message.extra_tags for message in get_messages(answer.wsgi_request)][-1]


def test_a_first_card_begins_with_what_one_says_of_oneself(bobs, bob, members):
    assert "Aucune carte" in bobs.get("/moi/cartes/").content.decode()
    profiles.say_headline(bob, text="Dev front", audience=members)
    form = bobs.get("/moi/cartes/nouvelle/").context["form"]
    assert [form[name].value() for name in ("name", "does", "mail")] == ["Bob Payet", "Dev front", "bob@example.org"]
    answer = bobs.post("/moi/cartes/nouvelle/", {"title": "Apéro", "name": "Bob", "telephone": "0692 12 34 56"})
    assert (answer.status_code, answer["Location"]) == (302, "/moi/cartes/")
    assert [own.face for own in queries.mine(bob)] == [Face("Bob", telephone="0692 12 34 56")]


def test_what_is_to_be_repaired_stands_at_its_field(bobs, bob):
    answer = bobs.post("/moi/cartes/nouvelle/", {"title": "Apéro", "name": "Bob", "telephone": "demain"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["telephone"])
    assert queries.mine(bob) == []


def test_a_card_is_changed_taken_out_and_put_back(bobs, bob):
    card = actions.keep(bob, title="Apéro", name="Bob", mail="bob@example.net")
    page = f"/moi/cartes/{card}/"
    assert bobs.get(page).context["form"]["mail"].value() == "bob@example.net"
    bobs.post(page, {"title": "Clients", "name": "Robert"})
    assert [(own.title, own.face) for own in queries.mine(bob)] == [("Clients", Face("Robert"))]
    back = undo(bobs.post(f"{page}retirer/"))
    assert (queries.mine(bob), bobs.get(page).status_code) == ([], 404)
    bobs.post(back)
    assert [own.uid for own in queries.mine(bob)] == [card]


def test_a_word_takes_a_card_along_that_one_keeps(bobs, bob, alice):
    page = f"/ecrire/{people.uid_of(person=alice.me)}/"
    assert "card" not in bobs.get(page).context["form"].fields
    clients = actions.keep(bob, title="Clients", name="Bob", mail="clients@example.net")
    card = actions.keep(bob, title="Apéro", name="Bob", mail="bob@example.net", telephone="0692 12 34 56")
    form = bobs.get(page).context["form"]
    assert form["card"].value() == str(card)
    typed = {"text": "Un café ?", "mail": "typed@example.net", "telephone": "", "relay": "yes"}
    bobs.post(page, {**typed, "card": str(clients)})
    [sent] = words.sent(bob)
    assert sent.card == words.Card(mail="clients@example.net")


def test_a_card_of_somebody_else_goes_nowhere(bobs, bob, alice, charlie):
    actions.keep(bob, title="Apéro", name="Bob")
    theirs = actions.keep(charlie, title="Apéro", name="Charlie", mail="charlie@example.net")
    said = {"text": "Un café ?", "mail": "", "telephone": "", "relay": "yes", "card": str(theirs)}
    answer = bobs.post(f"/ecrire/{people.uid_of(person=alice.me)}/", said)
    assert (answer.status_code, words.sent(bob)) == (422, [])


def test_crossed_cards_are_an_audience_and_one_s_own_is_withdrawn_and_put_back(bobs, bob, alice):
    actions.cross(owner=bob.me, person=alice.me, name="Alice Hoareau")
    form = {"offered": "", "kind": "job", "text": "Un poste plus calme", "audience": "connections"}
    assert bobs.post("/moi/besoins/", form).status_code == 302
    [search] = needs.mine(bob)
    assert (search.audience, search.discreet) == (actions.connections(bob), True)
    assert bobs.get(f"/moi/besoins/{search.said.uid}/").context["form"]["audience"].value() == "connections"
    assert [one.person for one in needs.heard(alice)] == [bob.me]
    [crossed] = bobs.get("/moi/cartes/").context["crossed"]
    back = undo(bobs.post(f"/moi/cartes/echangees/{crossed.uid}/retirer/"))
    assert (needs.heard(alice), bobs.get("/moi/cartes/").context["crossed"][0].withdrawn) == ([], True)
    bobs.post(back)
    assert [one.person for one in needs.heard(alice)] == [bob.me]
