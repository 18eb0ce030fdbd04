"""Pages of an evening: opening one, the answer with and without an account, what is shared, who may know what."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.market import actions as market
from entregent.meetups import actions, gatherings, queries
from entregent.meetups.models import Rsvp
from entregent.meetups.shown import Terms
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests import cast
from tests.web import browser

pytestmark = pytest.mark.both

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)

TYPED = {
    "name": "Apéro Web 48",
    "on": "jeudi 28 janvier",
    "at": "18 h 30",
    "place": "Chez Zélie",
    "town": "Saint-Denis",
    "capacity": "40",
    "pitch": "Une table, des gens du web.",
    "entry": "everyone",
    "shows_band": "on",
}


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(**said):
        usual = {"title": "Apéro Web 47", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie"}
        return actions.announce(alice, **{"community": community, **usual, **said})

    return announced


@pytest.fixture
def code(announce):
    return announce(town="Saint-Denis")


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def at_filao(bob):
    market.state_position(bob, organisation="Filao", audience=None)
    market.say_situation(bob, answer="employed")


def text(response):
    """The words of a page, on one line."""
    plain = re.sub(r"<script.*?</script>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(plain.replace("&#x27;", "'").split())


def unmasked(response):
    """A page without the one random token that each holds."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response.content.decode())


def field(response, name):
    """What a field of the form holds, and what is said to be wrong with it."""
    bound = response.context["form"][name]
    return bound.value(), [re.sub(r"<[^>]*>", "", str(error)) for error in bound.errors]


def says(response, words):
    return words in text(response)


def test_an_evening_is_opened_with_a_day_and_an_hour_as_people_type_them(alice, community):
    client = browser.of(alice)
    answer = client.post(f"/c/{community}/soirees/nouvelle/", TYPED)
    [evening] = gatherings.upcoming(alice)
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{evening.code}/organiser/")
    assert (evening.title, evening.starts_at.isoformat()) == ("Apéro Web 48", "2027-01-28T14:30:00+00:00")
    assert evening.ends_at - evening.starts_at == timedelta(hours=4)
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "starts_at"),
    [
        ({"on": "2026-11-28", "at": "18:30"}, "2026-11-28T14:30:00+00:00"),
        ({"on": "28/11/2026", "at": "18h30"}, "2026-11-28T14:30:00+00:00"),
        ({"on": "demain", "at": "19h"}, "2026-11-23T15:00:00+00:00"),
        ({"on": "vendredi", "at": "20 h"}, "2026-11-27T16:00:00+00:00"),
        ({"on": "samedi 5 décembre", "at": "10 h"}, "2026-12-05T06:00:00+00:00"),
        ({"on": "Thursday 3 December", "at": "6:30 pm"}, "2026-12-03T14:30:00+00:00"),
        ({"on": "1er mars", "at": "18\u00a0h\u00a030", "until": "1 h"}, "2027-03-01T14:30:00+00:00"),
    ],
)
def test_days_and_hours_are_read_however_they_are_written(alice, community, typed, starts_at):
    browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **typed})
    assert [evening.starts_at.isoformat() for evening in gatherings.upcoming(alice)] == [starts_at]


@pytest.mark.parametrize(
    ("wrong", "name", "said"),
    [
        ({"at": "16 h 30"}, "at", "16 h 30 tombe en plein travail. Vouliez-vous dire 18 h 30 ? Oui, 18 h 30"),
        ({"at": "6h30"}, "at", "6 h 30, c’est tôt le matin. Vouliez-vous dire 18 h 30 ? Oui, 18 h 30"),
        ({"at": "le soir"}, "at", "Une heure s’écrit 18 h 30."),
        ({"at": "25 h"}, "at", "Une heure s’écrit 18 h 30."),
        (
            {"on": "jeudi 29 janvier"},
            "on",
            "Le 29 janvier 2027 est un vendredi. Vouliez-vous dire jeudi 28 janvier 2027 ? Oui, jeudi 28 janvier 2027",
        ),
        (
            {"on": "28/01/2020"},
            "on",
            "Le 28 janvier 2020 est passé. Vouliez-vous dire jeudi 28 janvier 2027 ? Oui, jeudi 28 janvier 2027",
        ),
        (
            {"on": "lundi 28/01/2020"},
            "on",
            "Le 28 janvier 2020 est passé. Vouliez-vous dire jeudi 28 janvier 2027 ? Oui, jeudi 28 janvier 2027",
        ),
        (
            {"on": "vendredi 22/11"},
            "on",
            (
                "Le 22 novembre 2026 est un dimanche. "
                "Vouliez-vous dire vendredi 27 novembre 2026 ? Oui, vendredi 27 novembre 2026"
            ),
        ),
        ({"on": "31/12/9999", "at": "21 h"}, "on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        ({"on": "lundi 31/12/9999"}, "on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        ({"on": "0000-01-28"}, "on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        ({"on": "31 février"}, "on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        ({"on": "bientôt"}, "on", "Un jour s’écrit jeudi 28 janvier, ou 28/1."),
        ({"on": "28/01/2062"}, "on", "C’est dans plus de trois ans : est-ce la bonne année ?"),
        ({"capacity": "0"}, "capacity", "Une place au moins ; laissez vide s’il n’y a pas de limite."),
    ],
)
def test_what_cannot_be_is_said_with_its_repair_and_nothing_is_lost(alice, community, wrong, name, said):
    page = browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **wrong})
    value, [error] = field(page, name)
    assert (page.status_code, str(value), error.replace("\u202f", " ").replace("\xa0", " ")) == (422, wrong[name], said)
    assert field(page, "pitch")[0] == TYPED["pitch"]
    assert gatherings.upcoming(alice) == []


def test_the_repair_is_one_tap_and_what_was_meant_is_typed_again(alice, community):
    client, address = browser.of(alice), f"/c/{community}/soirees/nouvelle/"
    asked = client.post(address, {**TYPED, "at": "16 h 30"})
    [repair] = re.findall(r'<button class="lien-bouton" name="at" value="([^"]*)">', asked.content.decode())
    client.post(address, {**TYPED, "at": ["16 h 30", repair]})
    client.post(address, {**TYPED, "at": "16 h 30", "meant": field(asked, "meant")[0], "on": "29 janvier"})
    starts = [evening.starts_at.isoformat() for evening in gatherings.upcoming(alice)]
    assert starts == ["2027-01-28T14:30:00+00:00", "2027-01-29T12:30:00+00:00"]


def test_an_evening_is_changed_on_a_page_that_shows_it_as_it_is(alice, code):
    client = browser.of(alice)
    page = client.get(f"/s/{code}/modifier/")
    shown = {name: field(page, name)[0] for name in ("on", "at", "until", "place")}
    assert shown == {
        "on": "jeudi 26\xa0novembre 2026",
        "at": "18\xa0h\xa030",
        "until": "22\xa0h\xa030",
        "place": "Chez Zélie",
    }
    answer = client.post(f"/s/{code}/modifier/", {**TYPED, **shown, "place": "Chez Marceline"})
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/")
    changed = queries.evening(alice, code)
    assert (changed.place, changed.starts_at, changed.ends_at, changed.capacity) == ("Chez Marceline", STARTS, ENDS, 40)


def test_an_evening_that_has_begun_keeps_its_day_when_a_word_is_changed(alice, code):
    client = browser.of(alice)
    with clock.at(ENDS + timedelta(days=2)):
        page = client.get(f"/s/{code}/modifier/")
        shown = {name: field(page, name)[0] for name in ("on", "at", "until")}
        answer = client.post(f"/s/{code}/modifier/", {**TYPED, **shown, "pitch": "C’était bien."})
    assert (answer.status_code, queries.evening(alice, code).words) == (302, "C’était bien.")


@pytest.mark.parametrize("page", ["modifier", "organiser", "affiche"])
def test_the_pages_of_an_organiser_are_not_there_for_others(alice, bob, dana, visitor, code, page):
    clients = [browser.of(alice), browser.of(bob), browser.of(dana), visitor]
    assert [client.get(f"/s/{code}/{page}/").status_code for client in clients] == [200, 404, 404, 302]


def test_only_an_organiser_calls_it_off(alice, bob, code):
    assert browser.of(bob).post(f"/s/{code}/annuler/").status_code == 404
    assert queries.evening(bob, code).state == "open"
    assert browser.of(alice).post(f"/s/{code}/annuler/").status_code == 302
    page = browser.of(bob).get(f"/s/{code}/")
    assert says(page, "Cette soirée n’aura pas lieu")


def test_an_evening_of_the_community_is_one_404_with_what_never_was(announce, visitor, dana, bob):
    hidden = announce(audience="community")
    for client in (visitor, browser.of(dana)):
        for page in ("", "apercu.png", "salle/", "modifier/" if client is not visitor else ""):
            there, never = client.get(f"/s/{hidden}/{page}"), client.get(f"/s/ZZZZZZZZ/{page}")
            assert (there.status_code, never.status_code) == (404, 404)
            assert unmasked(there).replace(hidden, "ZZZZZZZZ") == unmasked(never)
    assert browser.of(bob).get(f"/s/{hidden}/").status_code == 200


def test_reading_a_page_answers_nothing(bob, code):
    client = browser.of(bob)
    for page in ("reponse", "rendre"):
        assert client.get(f"/s/{code}/{page}/").status_code == 405
    client.get(f"/s/{code}/")
    assert queries.evening(bob, code).my_answer == ""


def test_a_member_answers_and_gives_the_seat_back(bob, code):
    client = browser.of(bob)
    assert says(client.get(f"/s/{code}/"), "Je viens")
    answer = client.post(f"/s/{code}/reponse/")
    assert (answer.status_code, answer["Location"]) == (302, f"/s/{code}/")
    page = client.get(f"/s/{code}/")
    assert (says(page, "Vous venez"), says(page, "les gens qui viennent")) == (True, True)
    page = client.post(f"/s/{code}/rendre/", follow=True)
    assert says(page, "Votre place est rendue.")
    assert queries.evening(bob, code).my_answer == "not_going"


def test_a_member_with_an_employer_is_asked_about_colleagues_before_the_answer_counts(at_filao, bob, code):
    client = browser.of(bob)
    question = "Vos collègues chez Filao peuvent-ils le voir"
    assert says(client.get(f"/s/{code}/"), question)
    refused = client.post(f"/s/{code}/reponse/")
    assert (refused.status_code, queries.evening(bob, code).my_answer) == (422, "")
    client.post(f"/s/{code}/reponse/", {"colleagues": "no"})
    page = client.get(f"/s/{code}/")
    assert (page.context["asks_colleagues"], says(page, "sauf Filao")) == (False, True)
    assert queries.terms(bob, code) == Terms("going", discreet=True)


def test_who_sees_an_answer_is_changed_on_the_evening_s_page(at_filao, bob, charlie, code):
    actions.answer(charlie, code=code)
    client = browser.of(bob)
    client.post(f"/s/{code}/reponse/", {"colleagues": "yes", "audience": "going"})
    assert queries.coming(charlie, code) == [bob.me, charlie.me]
    page = client.get(f"/s/{code}/")
    assert [(one["value"], one["chosen"]) for one in page.context["audiences"]] == [
        ("going", True),
        ("community", False),
        ("organisers", False),
        ("me", False),
    ]
    client.post(f"/s/{code}/reponse/", {"colleagues": "no", "audience": "organisers"})
    assert queries.terms(bob, code) == Terms("organisers", discreet=True)
    assert queries.coming(charlie, code) == [charlie.me]
    assert says(client.get(f"/s/{code}/"), "Les gens qui organisent")


def test_somebody_without_account_comes_with_a_first_name_and_gets_a_secret_link(visitor, code, alice):
    answer = visitor.post(f"/s/{code}/reponse/", {"name": "Camille", "email": ""})
    link = answer["Location"]
    assert (answer.status_code, link.startswith("/r/"), len(link) > 20) == (302, True, True)
    page = visitor.get(link)
    assert (says(page, "Camille, gardez ce lien"), says(page, "Vous venez")) == (True, True)
    assert [seat["name"] for seat in browser.of(alice).get(f"/s/{code}/organiser/").context["seats"]] == ["Camille"]


def test_whoever_taps_twice_on_a_bad_network_takes_one_seat(announce):
    """Both answers leave before the first page comes back: the second has the token, and no session yet."""
    code = announce(capacity=1)
    phone = Client(enforce_csrf_checks=True)
    form = phone.get(f"/s/{code}/").content.decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', form))
    links = []
    for _ in range(2):
        phone.cookies.pop("sessionid", None)
        links.append(phone.post(f"/s/{code}/reponse/", {"csrfmiddlewaretoken": token, "name": "Camille"})["Location"])
    assert (links[0] == links[1], Rsvp.ledger.count()) == (True, 1)
    assert says(Client().get(links[0]), "Vous venez")
    assert Client(enforce_csrf_checks=True).post(f"/s/{code}/reponse/", {"name": "Camille"}).status_code == 403


def test_the_phone_knows_its_guest_again_and_so_does_the_link_elsewhere(visitor, code):
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})["Location"]
    assert says(visitor.get(f"/s/{code}/"), "Vous venez")
    other_phone = Client()
    assert says(other_phone.get(f"/s/{code}/"), "Je viens")
    assert says(other_phone.get(link), "Vous venez")
    other_phone.post(f"{link}ici/")
    assert says(other_phone.get(f"/s/{code}/"), "Vous venez")


def test_one_tap_on_the_link_gives_the_seat_back(visitor, announce):
    code = announce(capacity=1)
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})["Location"]
    assert says(Client().get(f"/s/{code}/"), "Je me mets sur la liste")
    page = Client().post(f"{link}rendre/", follow=True)
    assert says(page, "Votre place est rendue")
    assert says(Client().get(f"/s/{code}/"), "Je viens")
    visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})
    assert says(visitor.get(link), "Vous venez")


def test_a_guest_of_two_evenings_acts_on_the_one_whose_page_it_is(visitor, announce):
    """Camille comes to the first, and waits nowhere: what is given back on the second's page is the second's seat."""
    first, second = announce(), announce(title="Apéro Web 48")
    for code in (first, second):
        page = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"}, follow=True)
        assert (says(page, "Vous venez"), page.context["meetup"]["code"]) == (True, code)
    [form] = set(re.findall(r'action="([^"]+/rendre/)"', visitor.get(f"/s/{second}/").content.decode()))
    page = visitor.post(form, {"evening": second}, follow=True)
    assert (page.context["meetup"]["code"], says(page, "Vous venez")) == (second, False)
    assert [says(visitor.get(f"/s/{code}/"), "Vous venez") for code in (first, second)] == [True, False]
    assert visitor.post(form, {"evening": announce(title="Apéro Web 49")}).status_code == 404


def test_a_wrong_link_is_not_there(visitor, code):
    assert [visitor.get("/r/never-there/").status_code, visitor.post("/r/never-there/rendre/").status_code] == [
        404,
        404,
    ]


def test_a_first_name_is_wanted_and_an_address_is_whole(visitor, code):
    page = visitor.post(f"/s/{code}/reponse/", {"name": "", "email": "camille@"})
    assert (page.status_code, field(page, "name")[1], field(page, "email")[1]) == (
        422,
        ["Un prénom suffit, celui que vous voulez."],
        ["L’adresse est-elle entière\u202f? nom@exemple.org"],
    )
    assert Rsvp.ledger.count() == 0


def test_when_seats_are_taken_one_waits_and_sees_where(announce, visitor):
    code = announce(capacity=1)
    Client().post(f"/s/{code}/reponse/", {"name": "Camille"})
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Sacha"})["Location"]
    assert says(visitor.get(link), "Vous êtes en tête de liste")
    third = Client()
    third.post(f"/s/{code}/reponse/", {"name": "Dominique"})
    assert says(third.get(f"/s/{code}/"), "Vous êtes 2e sur la liste")


def test_an_evening_that_is_over_says_so_and_takes_no_answer(bob, code):
    client = browser.of(bob)
    with clock.at(ENDS):
        assert says(client.get(f"/s/{code}/"), "Cette soirée est passée")
        refused = client.post(f"/s/{code}/reponse/")
    assert (refused.status_code, says(refused, "Cette soirée est passée.")) == (409, True)


def test_pages_take_as_many_statements_for_many_as_for_few(alice, bob, charlie, code):
    def statements():
        counts = []
        for viewer, page in ((bob, ""), (alice, "organiser/")):
            client = browser.of(viewer)
            client.get(f"/s/{code}/{page}")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/s/{code}/{page}").status_code == 200
            counts.append(len(captured))
        return counts

    actions.answer(bob, code=code)
    few = statements()
    actions.answer(charlie, code=code)
    for number in range(20):
        actions.answer_as_guest(ANYBODY, code=code, name=f"Guest {number}")
    assert statements() == few


def test_the_organiser_s_page_names_those_who_may_be_seen_and_no_company(at_filao, alice, bob, charlie, code, visitor):
    """Alice has not said where she works: what is discreet does not reach her."""
    actions.answer(bob, code=code, discreet=True)
    actions.answer(charlie, code=code)
    visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})
    page = browser.of(alice).get(f"/s/{code}/organiser/")
    named = {seat["name"] for seat in page.context["seats"] if not seat["alias"]}
    assert named == {"Charlie Grondin", "Camille"}
    assert (page.context["coming"], len(page.context["seats"])) == (3, 3)
    assert [says(page, word) for word in ("Bob", "Payet", "Filao")] == [False, False, False]
    assert browser.of(bob).get(f"/s/{code}/").content.count(b"Filao") > 0


def test_two_seats_of_one_name_stand_in_an_order_that_tells_nothing_of_who_was_here_first(alice, code, visitor):
    visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})
    late = cast.member("camille")
    profiles.call_me(late, text="Camille", audience=1)
    actions.answer(late, code=code, audience="organisers", discreet=False)
    seats = browser.of(alice).get(f"/s/{code}/organiser/").context["seats"]
    assert [(seat["name"], seat["guest"]) for seat in seats] == [("Camille", False), ("Camille", True)]


def test_what_is_sent_holds_date_place_and_address_and_nobody_s_name(alice, visitor, code, settings):
    share = browser.of(alice).get(f"/s/{code}/organiser/").context["share"]
    assert share["text"].replace("\xa0", " ") == (
        "Jeudi 26 novembre à partir de 18 h 30, on se retrouve : Chez Zélie. "
        f"Un prénom suffit pour dire oui : {settings.BASE_URL}/s/{code}/"
    )
    page = visitor.get(f"/s/{code}/").content.decode()
    told = dict(re.findall(r'<meta property="og:(title|description|image|url)" content="([^"]*)"', page))
    assert {name: value.replace("\xa0", " ") for name, value in told.items()} == {
        "title": "Apéro Web 47",
        "description": "Jeudi 26 novembre, 18 h 30 · Chez Zélie, Saint-Denis",
        "image": f"{settings.BASE_URL}/s/{code}/apercu.png",
        "url": f"{settings.BASE_URL}/s/{code}/",
    }


def test_the_picture_is_as_large_as_messengers_want_it(visitor, code):
    answer = visitor.get(f"/s/{code}/apercu.png")
    picture = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (1200, 630))


def test_the_poster_holds_the_address_of_the_table(alice, code):
    here = queries.evening(alice, code).here
    page = browser.of(alice).get(f"/s/{code}/affiche/")
    assert page.context["here_address"].endswith(f"/ici/{here}/")
    assert says(page, f"/ici/{here}/")


def test_a_visitor_sees_who_organises_only_where_they_may(alice, bob, visitor, code):
    """Alice's name is for the community."""
    assert says(browser.of(bob).get(f"/s/{code}/"), "Alice Hoareau")
    assert not says(visitor.get(f"/s/{code}/"), "Alice")


def test_a_guest_who_signs_in_keeps_the_seat(visitor, code, bob):
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille"})["Location"]
    camille = Viewer(person=people.holder_of(secret=link.split("/")[2]))
    actions.adopt(guest=camille.me, person=bob.me)
    assert queries.evening(bob, code).my_answer == "going"
