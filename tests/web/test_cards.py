"""Cards on pages: kept, changed, taken out and put back; and along with a word."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from entregent.cards import actions, queries
from entregent.cards.queries import Face
from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.exchange import books
from entregent.meetups import queries as evenings
from entregent.needs import queries as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.writing import queries as words
from tests import cast
from tests.web import browser


def text(answer):
    """A page without the token of its forms, which is drawn anew each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


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


@pytest.fixture
def shown(bob, community):
    """The address of a card that Bob shows."""
    card = actions.keep(bob, title="Apéro", name="Bob Payet", does="Dev, front", telephone="0692 12 34 56")
    return f"/carte/{actions.show(bob, card=card)}/"


def test_a_card_is_shown_as_a_square_that_its_owner_reads_for_longer_and_puts_away(bobs, bob, shown):
    [card] = queries.mine(bob)
    address = bobs.post(f"/moi/cartes/{card.uid}/montrer/")["Location"]
    page = bobs.get(address)
    assert page.templates[0].name == "card_showing.html"
    assert 'role="img" aria-label="Carré à scanner' in page.content.decode()
    assert bobs.post(f"{address}encore/")["Location"] == address
    bobs.post(f"{address}fermer/")
    assert bobs.get(address).context["shown"].over
    assert "ne mène plus nulle part" in bobs.get(address).content.decode()
    assert bobs.post(f"{address}encore/").status_code == 404


def test_whoever_has_no_account_reads_the_card_and_takes_it_as_a_file(client, shown):
    page = client.get(shown)
    assert (page.status_code, page.templates[0].name) == (200, "card_shown.html")
    file = client.get(f"{shown[:-1]}.vcf")
    assert file["Content-Type"] == "text/vcard; charset=utf-8"
    book = books.read(file.content)
    [said] = book.said
    assert (said.name, said.title, said.telephones) == ("Bob Payet", "Dev, front", ("0692 12 34 56",))
    assert set(client.cookies) == {"csrftoken"}


def test_whoever_has_no_account_leaves_a_way_to_reach_them(client, bobs, shown):
    wrong = client.post(f"{shown}laisser/", {"name": "Zoé", "way": "demain"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["way"])
    left = client.post(f"{shown}laisser/", {"name": "Zoé", "way": "zoe@example.org"})
    assert (left.status_code, left.context["left"]) == (200, True)
    [got] = bobs.get(shown).context["got"]
    assert (got.face, got.waits) == (Face("Zoé", mail="zoe@example.org"), True)
    back = undo(bobs.post(f"/moi/cartes/recues/{got.uid}/laisser/"))
    assert bobs.get("/moi/cartes/").context["handed"] == []
    bobs.post(back)
    contact = bobs.post(f"/moi/cartes/recues/{got.uid}/carnet/")["Location"]
    assert "Zoé" in bobs.get(contact).content.decode()
    assert set(client.cookies) == {"csrftoken"}


def test_a_member_writes_a_card_comes_back_and_exchanges_in_one_tap(alice, bob, bobs, shown):
    alices, key = browser.of(alice), shown.split("/")[2]
    page = alices.get(shown)
    assert (page.context["cards"], f"?carte={key}" in page.content.decode()) == ([], True)
    form = {"title": "Apéro", "name": "Alice Hoareau", "mail": "alice@example.net", "shown": key}
    assert alices.get(f"/moi/cartes/nouvelle/?carte={key}").context["form"]["shown"].value() == key
    assert alices.post("/moi/cartes/nouvelle/", form)["Location"] == shown
    [card] = alices.get(shown).context["cards"]
    answer = alices.post(f"{shown}echanger/", {"card": str(card.uid)})
    assert "Bob Payet" in alices.get(answer["Location"]).content.decode()
    assert [got.face.name for got in bobs.get(shown).context["got"]] == ["Alice Hoareau"]
    assert alices.get(shown).context["got"][0].contact
    alices.post(undo(answer))
    assert [(one.name, one.withdrawn) for one in queries.crossed(alice)] == [("Bob Payet", True)]
    assert [one.withdrawn for one in queries.crossed(bob)] == [False]


def test_a_member_takes_a_card_and_gives_none(alice, bobs, shown):
    alices = browser.of(alice)
    assert alices.post(f"{shown}echanger/", {"card": "nothing"}).status_code == 422
    contact = alices.post(f"{shown}prendre/")["Location"]
    assert "0692 12 34 56" in alices.get(contact).content.decode()
    assert bobs.get(shown).context["got"] == []


def test_blocked_ended_and_never_there_are_one_page(alice, bob, bobs, shown):
    alices = browser.of(alice)
    discretion.block(bob, person=alice.me)
    gone = [alices.get(address) for address in (shown, "/carte/never/")]
    bobs.post(f"{shown}fermer/")
    gone += [Client().get(shown), Client().get(f"{shown[:-1]}.vcf"), Client().get("/carte/never/")]
    gone += [alices.post(f"{address}{act}/") for address in (shown, "/carte/never/") for act in ("echanger", "prendre")]
    assert {answer.status_code for answer in gone} == {404}
    told = [text(answer).replace(answer.request["PATH_INFO"], "") for answer in gone]
    assert told[0] == told[1]
    assert told[2] == told[3] == told[4]


def test_the_room_shows_the_card_that_was_shown_last_with_the_evening(alice, bob, bobs, community):
    with clock.at(clock.now() - timedelta(days=4)):
        code = cast.announce(alice, community)
    here = f"/ici/{evenings.evening(alice, code).here}/"
    bobs.post(here, {"seen": "yes"})
    room = f"/s/{code}/salle/"
    assert "/moi/cartes/nouvelle/" in bobs.get(room).content.decode()
    card = actions.keep(bob, title="Apéro", name="Bob Payet")
    assert f"/moi/cartes/{card}/montrer/" in bobs.get(room).content.decode()
    address = bobs.post(f"/moi/cartes/{card}/montrer/", {"evening": code})["Location"]
    assert bobs.get(address).context["shown"].title == "Apéro 47"
    guest = Client()
    guest.post(here, {"name": "Zoé", "seen": "yes"})
    assert guest.get(room).context["cards"] is None
