"""The page of the pictures of an evening: added eight at a time, each at its own address; "Retirez-moi" in one tap."""

import io
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from entregent.common import clock
from entregent.common.pictures import LARGEST
from entregent.config.serve import BODY
from entregent.meetups import actions, albums, presences, queries
from entregent.web.pictures import FILES
from tests import cast
from tests.pictures import drawn, of_a_telephone
from tests.web import browser

STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")


@pytest.fixture
def code(alice, bob, community):
    cache.clear()
    with clock.at(STARTS - timedelta(days=4)):
        code = cast.announce(alice, community)
    with clock.at(STARTS):
        presences.arrive(bob, here=queries.evening(alice, code).here or "", seen=False)
    return code


@pytest.fixture
def page(code):
    return f"/s/{code}/photos/"


@pytest.fixture(autouse=True)
def morning():
    with clock.at(STARTS + timedelta(hours=15)):
        yield


@pytest.fixture
def alices(alice, community):
    return browser.of(alice)


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def file(**more):
    return SimpleUploadedFile("apero.jpg", drawn("JPEG", **more))


@pytest.fixture
def shown(alice, alices, page, code):
    alices.post(page, {"pictures": [file()]})
    return albums.pictures(alice, code)[0].uid


def words(answer):
    return answer.content.decode()


def test_several_files_are_shown_to_those_who_came(alice, alices, bobs, page, code):
    added = alices.post(page, {"pictures": [file(color=color) for color in ("#112233", "#445566", "#778899")]})
    uids = [one.uid for one in albums.pictures(alice, code)]
    assert (added["Location"], len(uids)) == (page, 3)
    drawn_there = words(bobs.get(page))
    assert [f'src="/photos/{uid}.jpg"' in drawn_there for uid in uids] == [True] * 3
    answer = bobs.get(f"/photos/{uids[0]}.jpg")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert Image.open(io.BytesIO(answer.content)).getexif() == {}


@pytest.mark.parametrize("sent", [{}, {"pictures": [SimpleUploadedFile("apero.gif", b"GIF89a")]}])
def test_nothing_or_no_picture_is_told_where_it_is_repaired(alice, alices, page, code, sent):
    answer = alices.post(page, sent)
    assert (answer.status_code, 'aria-invalid="true"' in words(answer)) == (422, True)
    assert albums.pictures(alice, code) == []


WANTED = (
    "Envoyez une photo comme en font les téléphones (JPEG, HEIC, PNG, WebP), de 12\u00a0Mo et 50 mégapixels au plus."
)


def test_the_good_ones_of_several_are_shown_and_the_others_named_in_one_message(alice, alices, page, code):
    names = {"notes.txt": b"Qui vient ?", "IMG_0042.HEIC": of_a_telephone("HEIC")[:300], f"{'x' * 50}.gif": b"GIF89a"}
    wrong = [SimpleUploadedFile(name, content) for name, content in names.items()]
    answer = alices.post(page, {"pictures": [file(color="#112233"), *wrong, file(color="#445566")]})
    called = f"notes.txt, IMG_0042.HEIC, {'x' * 30}…xxxxx.gif"
    assert (answer.status_code, answer.context["wrong"]) == (422, [f"Non ajoutées\u00a0: {called}. {WANTED}"])
    assert [str(message) for message in answer.context["messages"]] == [
        "2 photos\u00a0: les personnes qui étaient là peuvent les voir."
    ]
    assert [f"/photos/{one.uid}.jpg" in words(answer) for one in albums.pictures(alice, code)] == [True, True]


def test_what_is_too_many_at_a_time_is_named_and_nothing_is_shown_twice(alice, alices, page, code):
    def sent():
        several = [SimpleUploadedFile(f"{number}.jpg", drawn("JPEG")) for number in range(FILES + 2)]
        return alices.post(page, {"csrfmiddlewaretoken": "the same form", "pictures": several})

    said = "Non ajoutées\u00a0: 8.jpg, 9.jpg. On en envoie 8 à la fois\u00a0: choisissez celles-ci de nouveau."
    assert [sent().context["wrong"], sent().context["wrong"]] == [[said], [said]]
    assert len(albums.pictures(alice, code)) == FILES == 8


def test_as_many_go_up_as_the_server_takes_in_one_request():
    assert BODY - FILES * LARGEST > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_a_picture_of_an_iphone_is_shown_without_where_and_by_whom_it_was_made(alice, alices, bobs, page, code):
    sent = of_a_telephone("HEIC")
    assert alices.post(page, {"pictures": [SimpleUploadedFile("IMG_0042.HEIC", sent)]})["Location"] == page
    shown = bobs.get(f"/photos/{albums.pictures(alice, code)[0].uid}.jpg")
    assert [(word in sent, word in shown.content) for word in (b"Karine", b"Exif")] == [(True, False)] * 2
    assert (Image.open(io.BytesIO(shown.content)).size, shown["Content-Type"]) == ((40, 60), "image/jpeg")
    assert ".heic" in words(alices.get(page))


def test_those_who_did_not_come_find_no_page_and_no_picture(charlie, dana, community, page, code, shown):
    for client in (browser.of(charlie), browser.of(dana), Client()):
        assert client.get(page)["Location"] == f"/s/{code}/"
        assert client.get(f"/photos/{shown}.jpg").status_code == 404
        for act in (f"{shown}/retirez-moi", f"{shown}/effacer", f"retraits/{shown}/remettre"):
            assert client.post(f"/photos/{act}/").status_code == 404


def test_whoever_came_adds_none(bobs, page, alice, code):
    assert bobs.post(page, {"pictures": [file()]}).status_code == 404
    assert albums.pictures(alice, code) == []


def test_one_tap_hides_it_from_everybody_and_one_takes_that_back(alices, bob, bobs, page, shown, code):
    assert bobs.post(f"/photos/{shown}/retirez-moi/")["Location"] == page
    hidden, [asked] = words(bobs.get(page)), albums.taken_down(bob, code)
    assert (str(shown) in hidden, hidden.count(f'action="/photos/retraits/{asked}/remettre/"')) == (False, 2)
    assert bobs.get(f"/photos/{shown}.jpg").status_code == 404
    organisers = words(alices.get(page))
    assert ("À revoir" in organisers, "Bob" in organisers) == (True, False)
    assert alices.post(f"/photos/retraits/{asked}/remettre/").status_code == 404
    assert bobs.post(f"/photos/retraits/{asked}/remettre/")["Location"] == page
    assert f"/photos/{shown}.jpg" in words(bobs.get(page))


def test_whoever_put_it_there_deletes_it(alices, bobs, page, shown):
    assert bobs.post(f"/photos/{shown}/effacer/").status_code == 404
    assert alices.post(f"/photos/{shown}/effacer/")["Location"] == page
    assert bobs.get(f"/photos/{shown}.jpg").status_code == 404


def test_the_evening_leads_to_its_pictures_where_there_are_some_for_one(alices, bobs, charlie, page, code, shown):
    evening = f"/s/{code}/"
    there = [f'href="{page}"' in words(client.get(evening)) for client in (alices, bobs, browser.of(charlie), Client())]
    assert there == [True, True, False, False]
    bobs.post(f"/photos/{shown}/retirez-moi/")
    assert [f'href="{page}"' in words(client.get(evening)) for client in (alices, bobs)] == [True, False]


def test_the_page_says_whether_pictures_are_taken_and_asks_whoever_comes(alice, bob, alices, bobs, community):
    said = {"name": "Apéro 48", "on": "28 janvier 2027", "at": "18 h 30", "place": "Chez Zélie", "entry": "everyone"}
    without = alices.post(f"/c/{community}/soirees/nouvelle/", said)["Location"].split("/")[2]
    taken = alices.post(f"/c/{community}/soirees/nouvelle/", {**said, "pictures": "on"})["Location"].split("/")[2]
    assert [queries.evening(bob, code).pictures for code in (without, taken)] == [False, True]
    asked = f'action="/s/{taken}/photos/moi/"'
    assert asked not in words(bobs.get(f"/s/{taken}/"))
    actions.answer(bob, code=taken)
    assert asked in words(bobs.get(f"/s/{taken}/"))
    assert bobs.post(f"/s/{taken}/photos/moi/", {"yes": "no"})["Location"] == f"/s/{taken}/"
    assert queries.evening(bob, taken).my_pictured is False
    assert "photos : non" in words(alices.get(f"/s/{taken}/organiser/")).replace("\u00a0", " ")
