"""Blocking somebody from their page: everything is hidden one way, nobody is told, and it can be taken back."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import errors, ids
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.people import queries as people
from entregent.profiles import actions, queries
from tests import cast
from tests.web import browser


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def block(blocking, viewer):
    return blocking.post(f"/p/{uid(viewer)}/bloquer/")


def listed(browsing):
    return [card.name for card in browsing.get("/moi/blocages/").context["people"]]


def test_a_block_hides_the_blocker_at_the_next_request_and_not_the_other_way(bobs, bob, charlie):
    charlies = browser.of(charlie)
    assert charlies.get(f"/p/{uid(bob)}/").status_code == 200
    assert block(bobs, charlie)["Location"] == f"/p/{uid(charlie)}/"
    assert charlies.get(f"/p/{uid(bob)}/").status_code == 404
    assert bobs.get(f"/p/{uid(charlie)}/").context["blocked"] is True


def test_an_evening_of_the_blocker_s_is_not_there_for_the_blocked(bobs, bob, charlie, community):
    code, charlies = cast.announce(bob, community), browser.of(charlie)
    before = charlies.get(f"/s/{code}/").status_code
    block(bobs, charlie)
    assert (before, charlies.get(f"/s/{code}/").status_code) == (200, 404)


def test_one_tap_takes_a_block_back_and_one_more_makes_it_again(bobs, bob, charlie):
    [blocked] = get_messages(block(bobs, charlie).wsgi_request)
    ended = bobs.post(blocked.extra_tags)
    assert (ended["Location"], queries.blocked(bob)) == ("/moi/blocages/", [])
    assert [card.name for card in queries.cards(charlie, [bob.me]).values()] == ["Bob Payet"]
    [*_, taken_back] = get_messages(ended.wsgi_request)
    bobs.post(taken_back.extra_tags)
    assert listed(bobs) == ["Charlie Grondin"]


def test_the_list_is_one_s_own(bobs, alice, charlie):
    block(bobs, charlie)
    assert [listed(browsing) for browsing in (bobs, browser.of(charlie), browser.of(alice))] == [
        ["Charlie Grondin"],
        [],
        [],
    ]


def test_whoever_hides_their_name_is_off_the_list_and_still_blocked(bobs, bob, charlie, members):
    block(bobs, charlie)
    actions.call_me(charlie, text="Charlie Grondin", audience=None)
    assert (listed(bobs), queries.cards(charlie, [bob.me])) == ([], {})
    actions.call_me(charlie, text="Charlie Grondin", audience=members)
    assert listed(bobs) == ["Charlie Grondin"]


def test_somebody_hidden_is_blocked_by_nobody_and_unblocked_like_nobody_at_all(bobs, bob, dana):
    actions.call_me(dana, text="Dana", audience=None)
    unknown = (uid(dana), ids.new())
    assert [bobs.post(f"/p/{one}/bloquer/").status_code for one in unknown] == [404, 404]
    ended = [bobs.post(f"/p/{one}/debloquer/") for one in unknown]
    assert {(answer.status_code, answer["Location"]) for answer in ended} == {(302, "/moi/blocages/")}
    with pytest.raises(errors.NotFound):
        actions.block(bob, person=uid(dana))


def test_unblocking_asks_as_much_of_the_database_for_nobody_as_for_somebody_hidden(bob, dana):
    counts = []
    for one in (uid(dana), ids.new()):
        with CaptureQueriesContext(connection) as context:
            actions.unblock(bob, person=one)
        counts.append(len(context))
    assert counts[0] == counts[1]


def test_nobody_blocks_themselves(bobs, bob):
    assert block(bobs, bob).status_code == 409
    assert queries.blocked(bob) == []


def test_who_is_blocked_is_not_told(bobs, bob, charlie):
    charlies = browser.of(charlie)
    block(bobs, charlie)
    pages = [charlies.get(address) for address in ("/moi/", "/moi/blocages/", "/carnet/", "/ce-soir/")]
    assert [str(message) for page in pages for message in get_messages(page.wsgi_request)] == []
    assert all(uid(bob).hex not in page.content.decode().replace("-", "") for page in pages)


def test_the_way_to_somebody_whom_one_blocks_is_their_page(bobs, bob, charlie):
    discretion.block(bob, person=charlie.me)
    assert bobs.get(f"/p/{uid(charlie)}/chemins/")["Location"] == f"/p/{uid(charlie)}/"


def test_one_still_reads_and_writes_one_s_own_notebook_about_them(bobs, bob, charlie):
    contact = encounters.note_somebody(bob, person=uid(charlie), text="Cartes.")
    block(bobs, charlie)
    assert bobs.get(f"/carnet/{contact}/").context["person"] == uid(charlie)
    assert bobs.get(f"/p/{uid(charlie)}/").context["contact"] == contact
