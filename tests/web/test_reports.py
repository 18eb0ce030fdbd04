"""Reporting on pages: what the reporter is told, what the stewards read, and what the one who is named does not."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import ids
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion import actions as discretion
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests import cast
from tests.web import browser

SAID = "Il a crié sur tout le monde."


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def alices(alice, community):
    return browser.of(alice)


@pytest.fixture
def code(charlie, community):
    return cast.announce(charlie, community)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def report(reporting, viewer, words=SAID, **more):
    return reporting.post(f"/p/{uid(viewer)}/signaler/", {"words": words, **more})


def heard(browsing, community):
    return [one["words"] for one in browsing.get(f"/c/{community}/").context["reports"]]


def told(answer):
    return [(answer.status_code, str(message)) for message in get_messages(answer.wsgi_request)]


def test_a_report_of_somebody_reaches_the_steward_s_page(bobs, alices, charlie, community):
    assert report(bobs, charlie)["Location"] == f"/p/{uid(charlie)}/"
    [one] = alices.get(f"/c/{community}/").context["reports"]
    assert (one["words"], one["person"].name, one["by"].name) == (SAID, "Charlie Grondin", "Bob Payet")


def test_a_report_of_an_evening_reaches_it_too(bobs, alices, community, code):
    assert bobs.post(f"/s/{code}/signaler/", {"words": SAID})["Location"] == f"/s/{code}/"
    [one] = alices.get(f"/c/{community}/").context["reports"]
    assert (one["words"], one["evening"].title, one["of_evening"]) == (SAID, "Apéro 47", True)


def test_what_the_reporter_is_told_and_sees_does_not_depend_on_who_hears_it(bobs, bob, alice, charlie, dana, community):
    other = communities.found(dana, name="Les gens du son", entry="open")
    communities.join(bob, slug=other)
    by_many = told(report(bobs, charlie, community=community))
    pages = [stable(bobs.get(f"/p/{uid(charlie)}/signaler/"))]
    communities.appoint(alice, slug=community, person=uid(charlie))
    communities.leave(alice, slug=community)
    by_nobody = told(report(bobs, charlie, community=community))
    pages.append(stable(bobs.get(f"/p/{uid(charlie)}/signaler/")))
    assert (by_many, pages[0]) == (by_nobody, pages[1])
    assert heard(browser.of(charlie), community) == []


def test_it_takes_as_many_statements_whoever_hears_it(bobs, alice, bob, charlie, community):
    heard_by_alice = statements(bobs, charlie)
    alone(alice, charlie, community)
    communities.withdraw_report(bob, report=community_of.reported(bob)[0].uid)
    assert statements(bobs, charlie) == heard_by_alice


def statements(reporting, viewer):
    """How many statements a report takes."""
    with CaptureQueriesContext(connection) as asked:
        report(reporting, viewer)
    return len(asked)


def test_the_one_who_is_named_reads_no_other_byte(bobs, alice, charlie, community, code):
    communities.appoint(alice, slug=community, person=uid(charlie))
    charlies, addresses = browser.of(charlie), (f"/c/{community}/", f"/s/{code}/", "/moi/blocages/")
    before = [stable(charlies.get(address)) for address in addresses]
    report(bobs, charlie)
    bobs.post(f"/s/{code}/signaler/", {"words": SAID})
    assert [stable(charlies.get(address)) for address in addresses] == before
    assert heard(browser.of(alice), community) == [SAID, SAID]


def test_said_again_the_form_holds_what_was_said(bobs, bob, alice, charlie, community):
    report(bobs, charlie)
    form = bobs.get(f"/p/{uid(charlie)}/signaler/").context["form"]
    assert form.initial["words"] == SAID
    report(bobs, charlie, "Encore.")
    assert heard(browser.of(alice), community) == ["Encore."]


def test_whoever_is_in_several_communities_says_which_is_to_hear_it(bobs, bob, alices, charlie, dana, community):
    other = communities.found(dana, name="Les gens du son", entry="open")
    communities.join(bob, slug=other)
    form = bobs.get(f"/p/{uid(charlie)}/signaler/").context["form"]
    assert [name for _slug, name in form.fields["community"].choices] == ["Les gens du son", "Les gens du web"]
    assert (report(bobs, charlie).status_code, heard(alices, community)) == (422, [])
    report(bobs, charlie, community=other)
    [one] = browser.of(dana).get(f"/c/{other}/").context["reports"]
    assert (one["words"], one["person"], one["by"]) == (SAID, None, None)
    assert heard(alices, community) == []


def test_words_in_which_nothing_shows_are_asked_for_again_on_the_form(bobs, alices, charlie, community, code):
    blank = "\u200b\u202e"
    for answer in (report(bobs, charlie, blank), bobs.post(f"/s/{code}/signaler/", {"words": blank})):
        form = answer.context["form"]
        assert (answer.status_code, list(form.errors), form["words"].value()) == (422, ["words"], blank)
    assert heard(alices, community) == []


def test_nothing_said_is_nothing_reported(bobs, alices, charlie, community, code):
    answers = [report(bobs, charlie, " "), bobs.post(f"/s/{code}/signaler/", {"words": ""})]
    assert ([answer.status_code for answer in answers], heard(alices, community)) == ([422, 422], [])


def test_hidden_and_absent_cannot_be_reported(bobs, bob, charlie, dana, community, code):
    profiles.call_me(dana, text="Dana", audience=None)
    discretion.block(charlie, person=bob.me)
    for about in (uid(dana), uid(charlie), ids.new()):
        assert bobs.get(f"/p/{about}/signaler/").status_code == 404
        assert bobs.post(f"/p/{about}/signaler/", {"words": SAID}).status_code == 404
    assert [bobs.get(f"/s/{one}/signaler/").status_code for one in (code, "NOWHERE2")] == [404, 404]


def test_nobody_reports_themselves_or_their_own_evening(bobs, bob, charlie, community, code):
    assert bobs.get(f"/p/{uid(bob)}/signaler/").status_code == 404
    assert browser.of(charlie).get(f"/s/{code}/signaler/").status_code == 404


def test_whoever_belongs_nowhere_reports_an_evening_and_nobody_else(alices, dana, alice, community, code):
    profiles.call_me(alice, text="Alice Hoareau", audience=1)
    danas = browser.of(dana)
    assert danas.get(f"/p/{uid(alice)}/").context["may_report"] is False
    assert danas.get(f"/p/{uid(alice)}/signaler/").status_code == 404
    danas.post(f"/s/{code}/signaler/", {"words": SAID})
    assert heard(alices, community) == [SAID]


def test_a_visitor_signs_in_first(client, community, code):
    assert client.get(f"/s/{code}/signaler/")["Location"] == f"/entrer/?next=/s/{code}/signaler/"


def test_what_is_seen_to_leaves_the_page_and_comes_back_with_one_tap(bobs, alices, charlie, community):
    report(bobs, charlie)
    [one] = alices.get(f"/c/{community}/").context["reports"]
    answer = alices.post(f"/signalements/{one['uid']}/traite/")
    [message] = get_messages(answer.wsgi_request)
    assert (answer["Location"], heard(alices, community)) == (f"/c/{community}/", [])
    alices.post(message.extra_tags)
    assert heard(alices, community) == [SAID]


def test_nobody_else_settles_it(bobs, alices, alice, charlie, community):
    report(bobs, charlie)
    [one] = alices.get(f"/c/{community}/").context["reports"]
    communities.appoint(alice, slug=community, person=uid(charlie))
    words = ("traite", "rouvrir", "retirer")
    tries = [f"/signalements/{each}/{word}/" for each in (one["uid"], ids.new()) for word in words]
    for browsing in (bobs, browser.of(charlie)):
        assert [browsing.post(address).status_code for address in tries] == [404] * 6
    assert (heard(alices, community), belongs(charlie, community)) == ([SAID], True)


def test_one_takes_one_s_own_report_back_from_one_s_own_page(bobs, alices, charlie, community):
    report(bobs, charlie)
    [said] = bobs.get("/moi/blocages/").context["reports"]
    assert (said.called, said.words, said.community) == ("Charlie Grondin", SAID, "Les gens du web")
    assert alices.post(f"/moi/signalements/{said.uid}/retirer/").status_code == 404
    assert bobs.post(f"/moi/signalements/{said.uid}/retirer/")["Location"] == "/moi/blocages/"
    assert (heard(alices, community), bobs.get("/moi/blocages/").context["reports"]) == ([], [])


def test_the_steward_takes_out_whom_it_names_from_there(bobs, alices, charlie, community):
    report(bobs, charlie)
    [one] = alices.get(f"/c/{community}/").context["reports"]
    taken_out = alices.post(f"/signalements/{one['uid']}/retirer/")
    assert (taken_out["Location"], belongs(charlie, community)) == (f"/c/{community}/", False)
    again = alices.post(f"/signalements/{one['uid']}/retirer/")
    assert (again.status_code, told(again)[-1]) == (302, told(taken_out)[-1])


def test_whoever_hides_their_name_from_the_stewards_is_taken_out_all_the_same(bobs, alices, charlie, community):
    report(bobs, charlie)
    profiles.call_me(charlie, text="Charlie Grondin", audience=None)
    [one] = alices.get(f"/c/{community}/").context["reports"]
    alices.post(f"/signalements/{one['uid']}/retirer/")
    assert (one["person"], belongs(charlie, community)) == (None, False)


def belongs(viewer, slug):
    return community_of.community(viewer, slug).belongs


def alone(alice, charlie, community):
    """Have Charlie look after the community, and nobody else."""
    communities.appoint(alice, slug=community, person=uid(charlie))
    communities.leave(alice, slug=community)


def stable(answer):
    """A page without the tokens that are drawn anew each time."""
    return re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"', "", answer.content.decode())
