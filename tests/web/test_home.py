"""The first page, the evening that comes next, the demonstration's door, who runs the server."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

import entregent
from entregent.common import ids
from entregent.communities import actions as communities
from entregent.exchange import demonstration
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import gatherings
from entregent.people import queries as people
from entregent.web import urls
from tests import cast
from tests.web import browser

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1"}


@pytest.fixture
def settled(community, alice, bob, charlie):
    """Everybody in the community has said where they work."""
    for viewer in (alice, bob, charlie):
        market.say_situation(viewer, answer="own")
    return community


def tonight(viewer):
    context = browser.of(viewer).get("/ce-soir/").context
    name = context["meetup"]["name"] if context["meetup"] else None
    return name, [row["meetup"]["name"] for row in context["later"]]


def test_a_visitor_reads_what_it_is_and_whoever_is_signed_in_goes_on(client, bob):
    answer = client.get("/")
    assert (answer.status_code, answer.context["demo_people"]) == (200, [])
    assert browser.of(bob).get("/")["Location"] == "/ce-soir/"


def test_the_evening_that_comes_first_is_shown_and_the_others_after_it(alice, bob, settled):
    cast.announce(alice, settled, days=9, title="Apéro 48")
    cast.announce(alice, settled, days=4, title="Apéro 47")
    assert tonight(bob) == ("Apéro 47", ["Apéro 48"])


def test_evenings_of_other_communities_come_up_once_one_has_answered(alice, bob, settled):
    other = communities.found(alice, name="Les gens du son")
    code = cast.announce(alice, other, days=1, title="Concert")
    cast.announce(alice, settled, days=4, title="Apéro 47")
    assert tonight(bob) == ("Apéro 47", [])
    meetups.answer(bob, code=code, answer="going")
    assert tonight(bob) == ("Concert", ["Apéro 47"])


def test_however_many_evenings_others_open_to_everybody_one_s_own_are_shown(alice, bob, dana, settled):
    elsewhere = communities.found(dana, name="Les gens du bruit", entry="open")
    for number in range(20):
        cast.announce(dana, elsewhere, days=1, title=f"Bruit {number}")
    cast.announce(alice, settled, days=4, title="Apéro 47")
    assert len(gatherings.upcoming(bob)) == 20
    assert tonight(bob) == ("Apéro 47", [])


def test_without_an_evening_whoever_belongs_may_open_one(bob, dana, settled):
    assert tonight(bob) == (None, [])
    assert browser.of(bob).get("/ce-soir/").context["may_open"]
    assert not browser.of(dana).get("/ce-soir/").context["may_open"]


def test_who_comes_of_those_one_may_know_is_shown_and_who_organises(alice, bob, charlie, settled):
    code = cast.announce(alice, settled, days=4, title="Apéro 47")
    for viewer in (bob, charlie):
        meetups.answer(viewer, code=code, answer="going")
    context = browser.of(bob).get("/ce-soir/").context
    assert [host["name"] for host in context["hosts"]] == ["Alice Hoareau"]
    assert [line["name"] for line in context["to_meet"]] == ["Charlie Grondin"]


def test_whoever_has_not_said_where_they_work_is_asked_first(bob, community):
    assert browser.of(bob).get("/ce-soir/")["Location"] == f"/rejoindre/{community}/"


def test_however_many_evenings_the_page_takes_as_many_statements(alice, bob, settled):
    bobs, counts = browser.of(bob), []
    cast.announce(alice, settled, days=3, title="Apéro 3")
    bobs.get("/ce-soir/")
    for days in (4, 5):
        cast.announce(alice, settled, days=days, title=f"Apéro {days}")
        with CaptureQueriesContext(connection) as statements:
            bobs.get("/ce-soir/")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 70


def test_the_server_says_who_runs_it_and_which_version(client, db, settings):
    settings.SOURCE_URL = "https://source.example/entregent"
    context = client.get("/serveur/").context
    assert (context["version"], context["source_url"]) == (entregent.__version__, "https://source.example/entregent")
    assert context["operator"] == {"name": "", "employer": "", "mail": ""}


@pytest.fixture
def demonstrated(db, settings):
    demonstration.open_on(date(2026, 11, 22))
    settings.DEMONSTRATION = True


@pytest.mark.usefixtures("demonstrated")
def test_one_click_signs_in_as_any_of_five(client):
    shown = client.get("/").context["demo_people"]
    assert [person["name"] for person in shown] == [role.name for role in demonstration.roles()]
    assert len(shown) == 5
    for role, person in zip(demonstration.roles(), shown, strict=True):
        assert client.post("/demonstration/", {"person": str(person["uid"])})["Location"] == "/"
        account = people.account_of(person=people.person_with(handle=role.handle) or 0)
        assert client.session["_auth_user_id"] == str(account)


@pytest.mark.usefixtures("demonstrated")
def test_the_click_is_for_the_five_and_by_post(client):
    nadege = people.uid_of(person=people.person_with(handle="nadege") or 0)
    tries = [client.post("/demonstration/", {"person": str(uid)}).status_code for uid in (nadege, ids.new(), "")]
    assert (tries, client.get("/demonstration/").status_code) == ([404] * 3, 405)
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demonstrated")
def test_the_click_works_from_the_machine_itself_only(client):
    uid = client.get("/").context["demo_people"][0]["uid"]
    assert client.get("/", **ELSEWHERE).context["demo_people"] == []
    assert client.post("/demonstration/", {"person": str(uid)}, **ELSEWHERE).status_code == 404


@pytest.mark.usefixtures("demonstrated")
def test_there_is_no_click_but_in_a_demonstration(client, settings):
    uid = client.get("/").context["demo_people"][0]["uid"]
    settings.DEMONSTRATION = False
    assert client.get("/").context["demo_people"] == []
    assert client.post("/demonstration/", {"person": str(uid)}).status_code == 404


def test_what_is_hidden_and_what_never_was_are_one_page(client, alice, bob, settled):
    code = cast.announce(alice, settled, days=4, title="Entre nous", audience="community")
    assert browser.of(bob).get(f"/s/{code}/").status_code == 200
    answers = [client.get(address) for address in (f"/s/{code}/", "/s/NOSUCH00/", "/nowhere/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({_without_address(answer.content.decode()) for answer in answers}) == 1


def _without_address(page):
    """A page without its token, and without where the change of language leads back to."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r'name="next" value="[^"]*"', "", page)


@pytest.mark.parametrize("address", ["/s/{}/", "/ici/{}/", "/r/{}/", "/rejoindre/{}/", "/c/{}/"])
@pytest.mark.parametrize("what", ["%00", "%0d%0a", "a%20b", "9" * 4000, "%ED%A0%80"])
def test_an_address_of_anything_but_letters_is_the_same_404(client, db, address, what):
    answer, never = client.get(address.format(what)), client.get("/nowhere/")
    assert (answer.status_code, never.status_code) == (404, 404)
    assert _without_address(answer.content.decode()) == _without_address(never.content.decode())


def test_whoever_was_signed_out_goes_back_to_the_page_on_which_they_said_something(client, charlie, community):
    page = f"/p/{people.uid_of(person=charlie.me)}/"
    for came, back in (
        (f"http://testserver{page}", page),
        ("http://testserver/moi/qui-voit-quoi/?comme=visiteur", "/moi/qui-voit-quoi/%3Fcomme%3Dvisiteur"),
        ("http://testserver/moi/nom/", "/"),
        ("http://testserver/nowhere/", "/"),
        (f"http://elsewhere.example{page}", "/"),
        ("http://[::1", "/"),
        ("", "/"),
    ):
        answer = client.post(f"{page}bloquer/", headers={"Referer": came, "Accept-Language": "en"})
        assert (answer.status_code, answer["Location"]) == (302, f"/entrer/?next={back}")
        shown = client.get(answer["Location"], headers={"Accept-Language": "en"}).content.decode()
        assert shown.count("Nothing was changed: you are not signed in.") == 1


@pytest.mark.parametrize(("method", "address"), [("GET", "/sortir/"), ("POST", "/serveur/"), ("PUT", "/ce-soir/")])
def test_an_address_that_is_asked_by_another_method_says_so_in_a_sentence(client, db, method, address):
    told = [client.generic(method, address, headers={"Accept-Language": one}) for one in ("fr", "en")]
    assert [answer.status_code for answer in told] == [405] * 2
    french, english = (answer.content.decode() for answer in told)
    assert "Cette adresse ne s’ouvre pas ainsi" in french
    assert "This address is not opened like this" in english
    assert told[0].headers["Allow"] in {"POST", "GET, HEAD"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"])
def test_no_address_takes_another_method_for_a_page(client, db, method):
    kinds = {"UUIDConverter": ids.new(), "SlugConverter": "nothing"}
    patterns = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
    assert len(patterns) == len(urls.urlpatterns)
    for one in patterns:
        kept = {name: kinds[type(kind).__name__] for name, kind in one.pattern.converters.items()}
        address = reverse(str(one.name), kwargs=kept)
        assert (address, client.generic(method, address).status_code) == (address, 405)


def test_nothing_that_answers_is_kept_by_a_cache(client, alice, settled):
    ways = {"/": 200, "/ce-soir/": 302, "/ce-soir": 301, "/nowhere/": 404, "/sortir/": 405}
    answers = [client.get(address) for address in ways]
    answers.append(client.get("/", HTTP_HOST="elsewhere.example"))
    answers.append(Client(enforce_csrf_checks=True).post("/sortir/"))
    assert [answer.status_code for answer in answers] == [*ways.values(), 400, 403]
    assert {answer.headers.get("Cache-Control") for answer in answers} == {"private, no-store"}
