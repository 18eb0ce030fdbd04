"""A member's page and the ways to them: what they open to the viewer, and not a word more."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, ids
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.encounters import promises
from entregent.encounters import queries as book
from entregent.market import actions as market
from entregent.market import queries as positions
from entregent.meetups import actions as meetups
from entregent.meetups import gatherings, presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import actions as saved
from entregent.ties import actions as ties
from tests import cast
from tests.web import browser

TODAY = datetime(2026, 11, 22, 8, tzinfo=UTC)
PAST = datetime(2026, 9, 24, 14, 30, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(title, starts):
        with clock.at(starts - timedelta(days=20)):
            return meetups.announce(
                alice,
                community=community,
                title=title,
                starts_at=starts,
                ends_at=starts + timedelta(hours=4),
                place="Chez Zélie",
            )

    return announced


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def page(browser, viewer, more=""):
    return browser.get(f"/p/{uid(viewer)}/{more}")


def come(code, *viewers, at):
    with clock.at(at - timedelta(days=2)):
        for viewer in viewers:
            meetups.answer(viewer, code=code, audience="community", discreet=False)


def was_there(alice, code, *viewers, at):
    with clock.at(at):
        for viewer in viewers:
            presences.arrive(viewer, here=evenings.evening(alice, code).here or "", seen=True, discreet=False)


def test_a_member_s_page_shows_what_they_open_to_the_viewer(bobs, charlie, members):
    profiles.say_headline(charlie, text="Cartographe", audience=members)
    market.state_position(
        charlie, organisation="Cap Bernard", title="Cartes", audience=members, starts_on=date(2018, 4, 3)
    )
    [held] = positions.positions(charlie, charlie.me)
    market.end_position(charlie, position=held.uid, ends_on=date(2021, 10, 29))
    market.state_position(charlie, organisation="Lagon", audience=members, starts_on=date(2024, 5, 1))
    market.state_position(charlie, organisation="Filao", audience=None)
    needs.state(charlie, text="Un bureau à Saint-Paul", audience=members)
    needs.state(charlie, text="Un secret", audience=None)
    context = page(bobs, charlie).context
    assert (context["who"]["name"], context["who"]["headline"]) == ("Charlie Grondin", "Cartographe")
    assert (context["who"]["works_at"], context["who"]["since"], context["who"]["met"]) == ("Lagon", 2024, None)
    assert grouped(context) == {
        "Son travail": ["Lagon (depuis mai 2024)", "Cartes, Cap Bernard (avr. 2018 – oct. 2021)"],
        "Cherche": ["Un bureau à Saint-Paul"],
    }


def grouped(context):
    """What a page says of somebody, by what it is about: texts, words, links, facts."""
    return {
        group["title"]: [
            *([group["text"]] if "text" in group else []),
            *group.get("several", ()),
            *(f"{link['host']} {link['address']}" for link in group.get("links", ())),
            *(fact.text for fact in group.get("facts", ())),
        ]
        for group in context["groups"]
    }


def test_what_somebody_says_of_themselves_stands_by_what_it_is_about_for_whom_it_is_said(bobs, charlie, dana, members):
    said = {"seeks": "Des projets de carte", "skills": "QGIS\nCadastre", "links": "https://www.exemple.re/cartes"}
    for kind, text in said.items():
        profiles.say(charlie, kind=kind, text=text, audience=members)
    profiles.say(charlie, kind="trust", text="Un secret", audience=None)
    needs.state(charlie, text="Un bureau", audience=members)
    needs.state(charlie, text="Un cours de QGIS", offered=True, audience=members)
    answer = page(bobs, charlie)
    assert grouped(answer.context) == {
        "Cherche": ["Des projets de carte", "Un bureau"],
        "Ses savoir-faire": ["QGIS", "Cadastre"],
        "Ses liens": ["exemple.re https://www.exemple.re/cartes"],
        "Offre": ["Un cours de QGIS"],
    }
    link = '<a href="https://www.exemple.re/cartes" rel="nofollow noopener noreferrer ugc">exemple.re</a>'
    assert link in answer.content.decode()


def test_hidden_words_and_none_are_the_same_page(bobs, charlie, members):
    before = said(page(bobs, charlie))
    profiles.say(charlie, kind="trust", text="Un secret", audience=None)
    profiles.say(charlie, kind="does", text="Un autre", audience=members, discreet=True)
    assert said(page(bobs, charlie)) == before


def said(answer):
    """What an answer says, without the token that each form draws anew."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=)"\w+"', rb"\1", answer.content)


def test_the_same_sentence_says_where_one_met(bobs, bob, charlie, alice, announce):
    code = announce("Apéro Web 46", PAST)
    contact = encounters.note_somebody(bob, person=uid(charlie), meetup=code, through="Mickaël")
    context = page(bobs, charlie).context
    assert (context["contact"], context["who"]["through"]) == (contact, "Mickaël")
    assert context["who"]["met"] == {"on": date(2026, 9, 24), "at": "Apéro Web 46", "town": "Chez Zélie"}


def test_evenings_are_those_where_both_are_seen(bobs, bob, charlie, alice, announce):
    past, soon, other = announce("Apéro 46", PAST), announce("Apéro 47", THURSDAY), announce("Atelier", THURSDAY)
    was_there(alice, past, bob, charlie, at=PAST)
    come(soon, bob, charlie, at=THURSDAY)
    come(other, charlie, at=THURSDAY)
    context = page(bobs, charlie).context
    assert [row["meetup"]["name"] for row in context["evenings"]] == ["Apéro 47"]
    assert [row["meetup"]["name"] for row in context["together"]] == ["Apéro 46"]


def test_five_words_make_a_page_in_the_notebook(bobs, bob, charlie):
    answer = bobs.post(f"/p/{uid(charlie)}/noter/", {"words": "Dessine des cartes."})
    [entry] = book.book(bob)
    assert (answer["Location"], entry.name, entry.note) == (
        f"/carnet/{entry.uid}/",
        "Charlie Grondin",
        "Dessine des cartes.",
    )
    [message] = get_messages(answer.wsgi_request)
    bobs.post(message.extra_tags)
    assert book.book(bob) == []


def test_noting_again_adds_words_and_offers_nothing_to_undo(bobs, bob, charlie):
    contact = encounters.note_somebody(bob, person=uid(charlie), text="Cartes.")
    answer = bobs.post(f"/p/{uid(charlie)}/noter/", {"words": "Sentiers."})
    assert len(book.contact(bob, contact).notes) == 2
    assert [message.extra_tags for message in get_messages(answer.wsgi_request)] == [""]


def test_words_that_cannot_be_kept_are_refused_on_the_page(bobs, bob, charlie):
    answer = bobs.post(f"/p/{uid(charlie)}/noter/", {"words": "a" * 4001})
    assert (answer["Location"], book.book(bob)) == (f"/p/{uid(charlie)}/", [])


def test_one_s_own_page_is_oneself(bobs, bob):
    assert page(bobs, bob)["Location"] == "/moi/"
    assert page(bobs, bob, "chemins/")["Location"] == "/moi/"


def test_hidden_and_absent_are_one_page(bobs, bob, charlie, dana, community):
    profiles.call_me(dana, text="Dana", audience=None)
    assert page(bobs, charlie).status_code == 200
    discretion.block(charlie, person=bob.me)
    sought = (uid(dana), uid(charlie), ids.new())
    answers = [bobs.get(f"/p/{each}/{more}") for each in sought for more in ("", "chemins/")]
    assert {(answer.status_code, stable(answer)) for answer in answers} == {(404, stable(answers[0]))}
    assert bobs.post(f"/p/{uid(dana)}/noter/").status_code == 404


def test_a_visitor_is_asked_to_sign_in_whoever_is_sought(charlie, community):
    for sought in (uid(charlie), ids.new()):
        assert Client().get(f"/p/{sought}/")["Location"] == f"/entrer/?next=/p/{sought}/"


def test_what_is_hidden_changes_no_byte_of_the_page(bobs, bob, charlie, members, announce):
    code = announce("Apéro 47", THURSDAY)
    come(code, bob, at=THURSDAY)
    before = stable(page(bobs, charlie)), stable(page(bobs, charlie, "chemins/"))
    needs.state(charlie, text="Un poste ailleurs", kind="job", audience=None)
    market.state_position(charlie, organisation="Filao", audience=None)
    encounters.note_somebody(charlie, person=uid(bob), text="Canari.")
    with clock.at(THURSDAY - timedelta(days=2)):
        meetups.answer(charlie, code=code, audience="organisers", discreet=True)
    assert (stable(page(bobs, charlie)), stable(page(bobs, charlie, "chemins/"))) == before
    meetups.answer(charlie, code=code, audience="community", discreet=False)
    assert stable(page(bobs, charlie)) != before[0]


def stable(answer):
    """A page without its own address, and without the tokens that are drawn anew each time."""
    html = answer.content.decode().replace(answer.wsgi_request.path, "")
    return re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"', "", html)


@pytest.fixture
def reached(alice, bob, charlie, dana, announce, community, members):
    """Bob and Charlie were at one evening, Charlie and Dana at another; all let others ask through them."""
    communities.join(dana, slug=community)
    profiles.call_me(dana, text="Dana Técher", audience=members)
    for viewer in (alice, bob, charlie, dana):
        ties.let_ask(viewer, yes=True, audience=members)
    come(announce("Apéro 45", PAST - timedelta(days=60)), bob, charlie, at=PAST - timedelta(days=60))
    come(announce("Apéro 46", PAST), charlie, dana, at=PAST)
    return dana


def test_one_person_is_between(bobs, reached):
    context = page(bobs, reached, "chemins/").context
    assert (context["target"]["first_name"], context["direct"]) == ("Dana", None)
    [way] = context["ways"]
    assert (way["through"]["name"], way["through"]["contact"]) == ("Charlie Grondin", None)
    assert [(reason.kind, reason.text, reason.on) for reason in way["mine"]] == [
        ("met", "Vous aviez aussi dit oui à l’Apéro 45", date(2026, 7, 26))
    ]
    assert [(reason.text, reason.on) for reason in way["theirs"]] == [
        ("Avaient dit oui à l’Apéro 46", date(2026, 9, 24))
    ]


def test_whoever_is_between_is_somebody_to_whom_one_kept_ones_word(bobs, bob, charlie, reached):
    promise = promises.promise(bob, contact=encounters.note_somebody(bob, person=uid(charlie)), text="L’appeler")
    promises.keep_promise(bob, promise=promise)
    answer = page(bobs, reached, "chemins/")
    [way] = answer.context["ways"]
    assert [(reason.kind, reason.text) for reason in way["mine"]] == [
        ("met", "Dans votre carnet"),
        ("kept", "Vous avez tenu parole"),
    ]
    assert [reason.kind for reason in page(bobs, charlie, "chemins/").context["direct"]] == ["met", "kept"]
    assert "Vous avez tenu parole" in answer.content.decode()


def test_whom_one_met_needs_no_way(bobs, bob, charlie, reached):
    context = page(bobs, charlie, "chemins/").context
    assert [reason.text for reason in context["direct"]] == ["Vous aviez aussi dit oui à l’Apéro 45"]


def test_two_who_worked_at_one_place_are_tied_by_it(bobs, charlie, reached, members):
    for viewer in (charlie, reached):
        market.state_position(viewer, organisation="Cap Bernard", audience=members, starts_on=date(2019, 1, 1))
    [way] = page(bobs, reached, "chemins/").context["ways"]
    assert [reason.text for reason in way["theirs"]] == [
        "Avaient dit oui à l’Apéro 46",
        "Ont travaillé chez Cap Bernard",
    ]


def test_nobody_between_says_the_next_evening_where_both_are_expected(bobs, bob, charlie, announce):
    code = announce("Apéro 47", THURSDAY)
    come(code, bob, charlie, at=THURSDAY)
    context = page(bobs, charlie, "chemins/").context
    assert (context["ways"], context["direct"], context["meets"]["code"]) == ([], None, code)


def test_a_page_costs_the_same_however_many_evenings_one_comes_to(bobs, bob, charlie, announce):
    saved.keep(bob, text="un photographe")
    saved.keep(bob, text="une salle")
    pages, cost = (f"/p/{uid(charlie)}/", f"/p/{uid(charlie)}/chemins/", "/besoin/gardes/"), []
    for number in range(3):
        code = announce(f"Apéro {number}", THURSDAY + timedelta(days=number))
        for viewer in (bob, charlie):
            meetups.answer(viewer, code=code, audience="going")
        for page in pages * (2 if number == 0 else 1):
            with CaptureQueriesContext(connection) as asked:
                answer = bobs.get(page)
            cost.append((answer.status_code, len(asked)))
    assert [len(found) for found in gatherings.company(bob).values()] == [3, 3]
    assert cost[3:6] == cost[6:9] == cost[9:12]


def test_however_many_evenings_others_open_one_s_own_are_the_next_to_meet_at(bobs, bob, charlie, dana, announce):
    elsewhere = communities.found(dana, name="Les gens du bruit", entry="open")
    for number in range(20):
        cast.announce(dana, elsewhere, days=1, title=f"Bruit {number}")
    code = announce("Apéro 47", THURSDAY)
    come(code, bob, charlie, at=THURSDAY)
    assert page(bobs, charlie, "chemins/").context["meets"]["code"] == code
    assert [row["meetup"]["code"] for row in page(bobs, charlie).context["evenings"]] == [code]
