"""The need: one box, people with dated reasons and the best next act; nothing is kept of what was asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.encounters import actions as encounters
from entregent.meetups import actions as meetups
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.ties import actions as ties
from tests.cast import member
from tests.web import browser

TODAY = datetime(2026, 11, 22, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
NEED = "je m’ennuie dans mon agence, je cherche un poste plus responsable"


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def announce(alice, community):
    def announced(starts):
        with clock.at(starts - timedelta(days=20)):
            ends = starts + timedelta(hours=4)
            return meetups.announce(
                alice, community=community, title="Apéro", starts_at=starts, ends_at=ends, place="Chez Zélie"
            )

    return announced


def come(code, *viewers, at):
    with clock.at(at - timedelta(days=2)):
        for viewer in viewers:
            meetups.answer(viewer, code=code, audience="community", discreet=False)


def ask(browser, text):
    return browser.post("/besoin/", {"q": text})


def lines(answer):
    return [(line["name"], line["act"]) for line in answer.context["answers"]]


def test_the_box_alone_asks_nothing(bobs):
    context = bobs.get("/besoin/").context
    assert (context["text"], context["answers"], context["form"], context["needs"]) == ("", [], None, [])


def test_four_leads_are_shown_and_the_others_on_demand(bobs, bob):
    for number in range(6):
        encounters.note_somebody(bob, name=f"Graphiste {number}", text="Fait du graphisme.")
    answer = ask(bobs, "un graphiste")
    shown, others = ({line["name"] for line in answer.context[name]} for name in ("answers", "others"))
    assert (len(shown), len(others), len(shown | others), answer.context["leads"]) == (4, 2, 6, 6)
    html = answer.content.decode()
    first = html.index("<details")
    assert all((html.index(f"{name}</a>") > first) == (name in others) for name in shown | others)
    assert "Six pistes" in html[:first]
    assert "Deux autres pistes" in html[first:]


def test_whoever_was_met_comes_with_the_evening_and_is_written_to(bobs, bob, charlie, announce, members):
    past = THURSDAY - timedelta(days=728)
    code = announce(past)
    profiles.say_headline(charlie, text="Directrice de clientèle", audience=members)
    contact = encounters.note_somebody(
        bob, person=people.uid_of(person=charlie.me), meetup=code, text="Le jour où tu t’ennuies, appelle-moi."
    )
    answer = ask(bobs, NEED)
    [line] = answer.context["answers"]
    assert (line["contact"], line["met"], line["fact"]) == (contact, True, "Directrice de clientèle")
    assert (line["on"], line["act"]) == (
        date(2024, 11, 28),
        {"kind": "write", "address": f"/ecrire/{people.uid_of(person=charlie.me)}/"},
    )
    html = answer.content.decode()
    assert 'À l’Apéro, Chez Zélie <span class="quand">(' in html
    assert "Le jour où tu t’ennuies, appelle-moi." in html
    assert f'href="/carnet/{contact}/"' in html


def test_whoever_is_expected_at_one_s_next_evening_is_met_there(bobs, bob, charlie, announce, members):
    profiles.say_headline(charlie, text="Photographe", audience=members)
    code = announce(THURSDAY)
    come(code, bob, charlie, at=THURSDAY)
    assert lines(ask(bobs, "un photographe")) == [
        ("Charlie Grondin", {"kind": "meet", "code": code, "at": THURSDAY, "zone": "Indian/Reunion"})
    ]


def test_whoever_is_reached_through_somebody_is_asked_for(bobs, alice, bob, charlie, announce, community, members):
    dana = member("erin")
    communities.join(dana, slug=community)
    profiles.call_me(dana, text="Erin Técher", audience=members)
    profiles.say_headline(dana, text="Photographe", audience=members)
    for viewer in (alice, bob, charlie, dana):
        ties.let_ask(viewer, yes=True, audience=members)
    first, second = THURSDAY - timedelta(days=90), THURSDAY - timedelta(days=60)
    come(announce(first), bob, charlie, at=first)
    come(announce(second), charlie, dana, at=second)
    answer = ask(bobs, "un photographe")
    assert lines(answer) == [("Erin Técher", {"kind": "ask", "through": "Charlie"})]
    assert "Par Charlie Grondin" in answer.content.decode()


def test_nobody_between_and_no_evening_leaves_a_word(bobs, charlie, members):
    profiles.say_headline(charlie, text="Photographe", audience=members)
    word = {"kind": "write", "address": f"/ecrire/{people.uid_of(person=charlie.me)}/"}
    assert lines(ask(bobs, "un photographe")) == [("Charlie Grondin", word)]


def test_somebody_of_the_notebook_alone_is_written_to_where_a_channel_is_noted(bobs, bob):
    contact = encounters.note_somebody(bob, name="Zoé", text="Photographe")
    assert lines(ask(bobs, "un photographe")) == [("Zoé", {"kind": "open"})]
    encounters.add_channel(bob, contact=contact, kind="mail", value="zoe@example.net")
    assert lines(ask(bobs, "un photographe")) == [("Zoé", {"kind": "write", "address": f"/carnet/{contact}/ecrire/"})]


def test_nothing_found_says_the_next_evening_and_offers_to_say_it(bobs):
    answer = ask(bobs, "un souffleur de verre")
    begun = {"text": "un souffleur de verre", "audience": "me"}
    assert (answer.context["answers"], answer.context["form"].initial) == ([], begun)
    assert 'href="/ce-soir/"' in answer.content.decode()


def test_one_s_own_needs_stand_below(bobs, bob, members):
    needs.state(bob, text="Un graphiste", audience=members)
    [row] = bobs.get("/besoin/").context["needs"]
    assert (row["text"], row["audience"].words) == ("Un graphiste", "La communauté, entrée libre")


def test_nothing_is_kept_of_what_was_asked(bobs, charlie, community):
    def rows():
        tables = [table for table in connection.introspection.table_names() if "fts" not in table]
        with connection.cursor() as cursor:
            return {table: counted(cursor, table) for table in tables}

    def counted(cursor, table):
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()

    before, session = rows(), dict(Session.objects.get().get_decoded())
    answer = ask(bobs, "Charlie")
    assert [line["name"] for line in answer.context["answers"]] == ["Charlie Grondin"]
    assert (rows(), dict(Session.objects.get().get_decoded())) == (before, session)
    assert (answer["Cache-Control"], answer.wsgi_request.GET) == ("private, no-store", {})


def test_asking_by_address_asks_nothing(bobs, community):
    assert bobs.get("/besoin/", {"q": "Charlie"}).context["text"] == ""


def test_the_employer_reads_nothing_of_a_job_search(bobs, alice, bob, charlie, announce, members):
    charlies = browser.of(charlie)
    before = [ask(charlies, text).context["answers"] for text in ("poste responsable", "Bob")]
    named = people.uid_of(person=alice.me)
    encounters.note_somebody(bob, person=named, text="Un poste responsable, canari.")
    needs.state(bob, text="Un poste responsable, canari", kind="job", audience=None)
    assert lines(ask(bobs, "canari")) == [("Alice Hoareau", {"kind": "write", "address": f"/ecrire/{named}/"})]
    assert [ask(charlies, text).context["answers"] for text in ("poste responsable", "Bob")] == before
    assert "canari" not in ask(charlies, "poste responsable").content.decode()


def test_a_visitor_is_asked_to_sign_in(community):
    assert Client().get("/besoin/")["Location"] == "/entrer/?next=/besoin/"


def test_asking_costs_the_same_statements_whatever_is_hidden(bobs, charlie, members):
    def statements():
        with CaptureQueriesContext(connection) as context:
            ask(bobs, "photographe")
        return len(context)

    profiles.say_headline(charlie, text="Photographe", audience=members)
    ask(bobs, "photographe")
    before = statements()
    for number in range(10):
        hidden = member(f"hidden{number}")
        profiles.say_headline(hidden, text="Photographe", audience=members)
    assert statements() == before
    assert before <= 50
