"""Pages of an evening of several communities: the boxes of its form, where it is named, who an answer is for."""

import re
from datetime import datetime

import pytest
from django.core.cache import cache

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as places
from entregent.meetups import actions, gatherings, hosts, queries, sharing
from entregent.web.evening_forms import EveningForm
from tests import canary, cast
from tests.web import browser

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
TYPED = {"name": "Apéro 48", "on": "jeudi 28 janvier", "at": "18 h 30", "place": "Chez Zélie", "entry": "community"}


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def away(alice, dana):
    """A community by link, of Alice and Dana."""
    slug = communities.found(alice, name=canary.word().title(), entry="link")
    communities.join(dana, slug=slug, invite=places.community(alice, slug).invite)
    return slug


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def name(viewer, slug):
    return places.community(viewer, slug).name


def also(viewer, code):
    return [slug for slug, _name in queries.evening(viewer, code).also]


def test_whoever_is_in_one_community_is_asked_nothing(bob, community):
    page = browser.of(bob).get(f"/c/{community}/soirees/nouvelle/")
    assert ("also" in page.context["form"].fields, "Ses communautés" in text(page)) == (False, False)


def test_whoever_is_in_several_ticks_those_in_which_it_stands_and_unticks_them(alice, dana, community, away):
    alices = browser.of(alice)
    page = alices.get(f"/c/{community}/soirees/nouvelle/")
    assert page.context["form"].fields["also"].choices == [(away, name(alice, away))]
    alices.post(f"/c/{community}/soirees/nouvelle/", {**TYPED, "also": [away]})
    [one] = gatherings.upcoming(dana, community=away)
    link = f"/s/{one.code}/modifier/"
    assert alices.get(link).context["form"]["also"].value() == [away]
    assert alices.post(link, {**TYPED, "also": ["nowhere"]}).status_code == 422
    assert alices.post(link, {**TYPED, "also": [away], "name": "Apéro 49"}).status_code == 302
    assert [one.title for one in gatherings.upcoming(dana, community=away)] == ["Apéro 49"]
    alices.post(link, TYPED)
    assert gatherings.upcoming(dana) == []


def test_an_hour_that_is_doubted_leaves_all_of_them_ticked(alice, dana, community, away):
    further = communities.found(alice, name="Les agences", entry="open")
    alices, link = browser.of(alice), f"/c/{community}/soirees/nouvelle/"
    doubted = {**TYPED, "at": "16 h 30", "also": [away, further]}
    form = alices.post(link, doubted).context["form"]
    assert ("at" in form.errors, sorted(form["also"].value())) == (True, sorted([away, further]))
    meant = {**doubted, "also": form["also"].value(), "meant": form["meant"].value()}
    assert alices.post(link, meant).status_code == 302
    [one] = gatherings.upcoming(dana, community=away)
    assert sorted(also(alice, one.code)) == sorted([away, further])
    again = alices.post(f"/s/{one.code}/modifier/", {**doubted, "at": "15 h"}).context["form"]
    assert sorted(again["also"].value()) == sorted([away, further])


def test_a_doubted_hour_of_a_form_that_is_no_request_is_asked_about_as_well():
    form = EveningForm({**TYPED, "at": "16 h 30"}, zone="Indian/Reunion")
    assert (form.is_valid(), form["meant"].value(), form["name"].value()) == (False, "16:30", "Apéro 48")


def test_those_of_a_series_that_follow_stand_in_the_same(alice, dana, community, away):
    alices = browser.of(alice)
    series = {**TYPED, "repeats": "week", "times": "3", "also": [away]}
    alices.post(f"/c/{community}/soirees/nouvelle/", series)
    first, second, third = [one.code for one in gatherings.published(dana, community=away)]
    alices.post(f"/s/{second}/modifier/", {**TYPED, "on": "jeudi 4 février", "scope": "following"})
    assert [one.code for one in gatherings.published(dana, community=away)] == [first]
    assert also(alice, third) == []


def test_another_like_it_is_proposed_where_it_stood(alice, community, away):
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    page = browser.of(alice).get(f"/c/{community}/soirees/nouvelle/?comme={code}")
    assert page.context["form"]["also"].value() == [away]


def test_whoever_helps_changes_it_and_is_not_told_where_it_stands(alice, bob, community, away):
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    bobs = browser.of(bob)
    assert "also" not in bobs.get(f"/s/{code}/modifier/").context["form"].fields
    assert bobs.post(f"/s/{code}/modifier/", {**TYPED, "entry": "everyone"}).status_code == 302
    assert also(alice, code) == [away]


def test_its_page_names_those_that_the_viewer_may_know(alice, bob, dana, community, away):
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    named = [name(alice, away) in text(browser.of(viewer).get(f"/s/{code}/")) for viewer in (alice, dana, bob)]
    assert named == [True, True, False]


def test_calendars_and_feeds_of_each_hold_it_for_those_who_may_know(alice, bob, dana, community, away):
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    for page in ("soirees.ics", "soirees.atom"):
        held = [f"/s/{code}/" in browser.of(viewer).get(f"/c/{away}/{page}").content.decode() for viewer in (dana, bob)]
        assert held == [True, False]


def test_the_community_is_called_by_its_name_or_they_are_all_mine(alice, bob, dana, community, away):
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])

    def offered(viewer):
        choices = browser.of(viewer).get(f"/s/{code}/").context["audiences"]
        return next(one["words"] for one in choices if one["value"] == "community")

    assert [offered(alice), offered(dana), offered(bob)] == ["Mes communautés", name(alice, away), "La communauté"]
    actions.answer(dana, code=code, audience="community", discreet=False)
    sharing.stand_in(alice, code=code, also=[])
    assert browser.of(dana).get(f"/s/{code}/").context["audience"].words == name(alice, away)


def test_whoever_reports_chooses_who_hears_it_of_those_that_they_see(alice, bob, dana, community):
    away = communities.found(dana, name="Les agences", entry="open")
    communities.join(alice, slug=away)
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    bobs, link = browser.of(bob), f"/s/{code}/signaler/"
    assert [slug for slug, _name in bobs.get(link).context["form"].fields["community"].choices] == [community, away]
    assert bobs.post(link, {"words": "Il crie."}).status_code == 422
    assert bobs.post(link, {"words": "Il crie.", "community": away}).status_code == 302
    assert [one.words for one in places.reports(dana, away)] == ["Il crie."]


def test_it_stands_among_ones_own_with_who_knows(alice, community, away):
    sharing.stand_in(alice, code=cast.announce(alice, community), also=[away])
    page = text(browser.of(alice).get("/moi/qui-voit-quoi/"))
    assert f"vous l’annoncez aussi dans {name(alice, away)}" in page


def test_whoever_looks_after_one_takes_it_off_its_pages_with_one_tap(alice, dana, community):
    away = communities.found(dana, name="Les agences", entry="open")
    communities.join(alice, slug=away)
    code = cast.announce(alice, community)
    sharing.stand_in(alice, code=code, also=[away])
    danas, link = browser.of(dana), f"/s/{code}/sans/{away}/"
    assert [link in browser.of(viewer).get(f"/s/{code}/").content.decode() for viewer in (dana, alice)] == [True, False]
    assert danas.post(link)["Location"] == f"/c/{away}/"
    assert (also(dana, code), danas.post(link).status_code) == ([], 404)
