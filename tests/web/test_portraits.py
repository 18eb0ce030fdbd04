"""One's portrait: shown on a page of its own, and to nobody who may not see it, whatever address they know."""

import re

import pytest
from django.core.files.base import ContentFile

from entregent.common import heif
from entregent.communities import queries as communities
from entregent.people import queries as people
from entregent.profiles import actions, queries
from tests.pictures import drawn, of_a_telephone
from tests.web import browser


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def mine(alice, community):
    """What a form calls the community."""
    return str(communities.community(alice, community).uid)


def picture_of(viewer):
    return f"/p/{people.uid_of(person=viewer.me)}/portrait.jpg"


def said(answer):
    """What an answer says, without the token that each form draws anew."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=)"\w+"', rb"\1", answer.content)


def test_a_portrait_is_sent_shown_and_taken_back(bobs, bob, alice, mine):
    file = ContentFile(drawn(), "moi.png")
    assert bobs.post("/moi/portrait/", {"picture": file, "audience": mine})["Location"] == "/moi/"
    answer = browser.of(alice).get(picture_of(bob))
    assert (answer.content, answer["Content-Type"]) == (queries.portrait(bob, bob.me), "image/jpeg")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert bobs.get("/moi/").context["portrait"]["audience"].words == "La communauté, entrée libre"
    bobs.post("/moi/portrait/retirer/")
    assert browser.of(alice).get(picture_of(bob)).status_code == 404


def test_a_picture_of_an_iphone_is_taken_and_says_nothing_of_where_it_was_made(bobs, bob, mine):
    file = of_a_telephone("HEIC")
    bobs.post("/moi/portrait/", {"picture": ContentFile(file, "IMG_0042.HEIC"), "audience": mine})
    kept = bobs.get(picture_of(bob)).content
    assert [(word in file, word in kept) for word in (b"Karine", b"Exif")] == [(True, False)] * 2
    assert (
        'accept="image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"'
        in bobs.get("/moi/portrait/").content.decode()
    )


def test_whoever_may_not_see_it_gets_what_nobody_has(bobs, bob, alice, dana, client, members):
    actions.portray(bob, picture=drawn(), audience=None)
    alices = browser.of(alice)
    hidden = alices.get(picture_of(bob))
    page = alices.get(f"/p/{people.uid_of(person=bob.me)}/").context["portrayed"]
    assert (hidden.status_code, page) == (404, False)
    actions.take_portrait_back(bob)
    assert said(alices.get(picture_of(bob))) == said(hidden)
    actions.portray(bob, picture=drawn(), audience=members)
    assert [one.get(picture_of(bob)).status_code for one in (alices, browser.of(dana), client)] == [200, 404, 302]


def test_nobody_sees_the_face_of_somebody_whose_name_they_do_not_see(bobs, bob, alice, members):
    actions.portray(bob, picture=drawn(), audience=members)
    actions.call_me(bob, text="Bob", audience=None)
    assert browser.of(alice).get(picture_of(bob)).status_code == 404


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"audience": "me"}, ["picture"]),
        ({"audience": "me", "picture": b"<svg/>"}, ["picture"]),
        ({"picture": drawn()}, ["audience"]),
        ({"picture": drawn(), "audience": "everyone", "discreet": "on"}, ["audience"]),
    ],
)
def test_what_is_no_portrait_is_asked_for_again(bobs, bob, said, wrong):
    file = {"picture": ContentFile(said["picture"], "moi.png")} if "picture" in said else {}
    answer = bobs.post("/moi/portrait/", {**said, **file})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert queries.my_portrait(bob) is None


def test_while_others_are_read_one_is_told_to_send_it_again_in_a_minute(bobs, bob, mine, monkeypatch):
    monkeypatch.setattr(heif, "WAIT", 0.01)
    with heif._turn:
        asked = bobs.post("/moi/portrait/", {"picture": ContentFile(drawn("HEIC"), "IMG_0042.HEIC"), "audience": mine})
    assert (asked.status_code, queries.my_portrait(bob)) == (422, None)
    assert "renvoyez la vôtre dans une minute" in asked.content.decode()


def test_who_sees_it_is_changed_without_sending_it_again(bobs, bob, alice, mine):
    actions.portray(bob, picture=drawn(), audience=None)
    before = queries.portrait(bob, bob.me)
    assert bobs.get("/moi/portrait/").context["form"].initial == {"audience": "me", "discreet": False}
    bobs.post("/moi/portrait/", {"audience": mine})
    assert queries.portrait(alice, bob.me) == before
