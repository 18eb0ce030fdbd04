"""The code of conduct: a community's own or the product's, on each page where somebody is about to come."""

import pytest
from django.utils import translation

from entregent.communities import actions, queries
from entregent.market import actions as market
from entregent.web import conduct
from tests import cast
from tests.web import browser

OWN = "On arrive quand on veut.\n\nOn ne présente rien."


@pytest.fixture
def code(alice, community):
    return cast.announce(alice, community)


def shown(browsing, community, code):
    addresses = (f"/s/{code}/", f"/c/{community}/", f"/rejoindre/{community}/")
    return [browsing.get(address).context["conduct"] for address in addresses]


def test_a_community_that_wrote_none_shows_the_product_s_to_anybody(client, community, code):
    with translation.override("fr"):
        usual = conduct.lines("")
    assert (len(usual), shown(client, community, code)) == (5, [usual] * 3)


def test_a_steward_writes_one_on_the_page_of_the_community(client, alice, community, code):
    said = {"name": "Les gens du web", "zone": "Indian/Reunion", "entry": "open", "conduct": OWN}
    alices = browser.of(alice)
    alices.post(f"/c/{community}/modifier/", said)
    assert queries.community(alice, community).conduct == OWN
    assert shown(client, community, code) == [["On arrive quand on veut.", "On ne présente rien."]] * 3
    assert alices.get(f"/c/{community}/modifier/").context["form"].initial["conduct"] == OWN
    alices.post(f"/c/{community}/modifier/", {**said, "conduct": ""})
    assert shown(client, community, code)[0] == conduct.lines("")


def test_it_stands_on_the_page_of_the_next_evening_too(bob, community, code):
    market.say_situation(bob, answer="own")
    assert browser.of(bob).get("/ce-soir/").context["conduct"] == conduct.lines("")


def test_it_is_kept_to_a_page_of_lines_that_show_what_they_say(alice, community):
    actions.edit(alice, slug=community, conduct="Bonjour.\r\n\u202eOn parle." + "a" * 3000)
    kept = queries.community(alice, community).conduct
    assert (kept[:18], len(kept)) == ("Bonjour.\nOn parle.", 2000)
