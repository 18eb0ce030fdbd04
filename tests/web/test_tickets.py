"""The page of a ticket: for its owner, with and without an account, without anybody's name."""

import html
import re

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, queries
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests import cast
from tests.meetups.conftest import SUNDAY
from tests.web import browser


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return cast.announce(alice, community)


def test_a_member_shows_a_square_and_a_code_without_a_name(bob, members, code):
    profiles.call_me(bob, text="Bob Zafimahova", audience=members)
    actions.answer(bob, code=code)
    page = browser.of(bob).get(f"/s/{code}/billet/")
    held = queries.ticket(bob, code).code
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert page.context["scanned"].endswith(f"/s/{code}/porte/?billet={held}")
    assert [code.replace(" ", "") for code in re.findall(r"<code>([^<]*)</code>", page.content.decode())] == [held]
    assert "Zafimahova" not in html.unescape(page.content.decode())


def test_somebody_without_account_has_it_by_the_link_and_on_their_phone(code):
    phone = Client()
    link = phone.post(f"/s/{code}/reponse/", {"name": "Rose"})["Location"]
    pages = [phone.get(f"/s/{code}/billet/"), Client().get(f"{link}billet/")]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].context["scanned"] == pages[1].context["scanned"]
    assert f"{link}billet/?soiree={code}" in phone.get(link).content.decode()
    phone.post(f"{link}rendre/")
    assert [phone.get(f"/s/{code}/billet/").status_code, Client().get(f"{link}billet/").status_code] == [404, 404]


def test_somebody_without_account_has_the_ticket_of_each_evening_that_they_answered(alice, community, code):
    later = cast.announce(alice, community, days=9, title="Apéro 48")
    phone = Client()
    link = phone.post(f"/s/{code}/reponse/", {"name": "Rose"})["Location"]
    phone.post(f"/s/{later}/reponse/", {"name": "Rose"})
    guest = Viewer(person=people.holder_of(secret=link.split("/")[2]))
    shown = [phone.get(f"{link}billet/{query}").context["scanned"] for query in ("", f"?soiree={later}")]
    assert [address.partition("=")[2] for address in shown] == [
        queries.ticket(guest, one).code for one in (code, later)
    ]
    assert phone.get(f"{link}billet/?soiree=NOWHERE2").status_code == 404


def test_a_ticket_of_several_says_that_it_is_for_all_of_them(bob, alice, code):
    actions.edit(alice, code=code, guests=2)
    actions.answer(bob, code=code, guests=1)
    assert "Un billet pour vous et pour qui vous amenez." in browser.of(bob).get(f"/s/{code}/billet/").content.decode()


def test_for_everybody_else_there_is_no_ticket(alice, bob, code):
    actions.answer(bob, code=code)
    for client in (Client(), browser.of(alice)):
        assert client.get(f"/s/{code}/billet/").status_code == 404
