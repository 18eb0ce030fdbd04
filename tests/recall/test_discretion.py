"""What somebody keeps from their employer changes no answer that the employer's people get."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.market import queries as market_read
from entregent.meetups import actions as meetups
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import queries
from entregent.search import lexicon
from tests.recall.conftest import THURSDAY

QUESTIONS = (
    "qui cherche un poste",
    "Bob",
    "qui s’ennuie chez Filao",
    "quelqu’un à débaucher à l’ouest",
    "qui vient à la soirée",
    "soirée couleurs",
    "atelier",
    "musées",
    "canari",
)


@pytest.fixture
def filao(alice, bob, charlie, members):
    """Bob and Charlie work at Filao, which is Charlie's; Alice works on her own. All have said so."""
    for viewer, title in ((bob, "Chargé de comptes"), (charlie, "Directeur")):
        market.state_position(viewer, organisation="Filao", title=title, audience=members)
        market.say_situation(viewer, answer="employed")
    market.say_situation(alice, answer="own")


def answers(viewer):
    return [queries.ask(viewer, question) for question in QUESTIONS]


def statements(viewer, question):
    with CaptureQueriesContext(connection) as context:
        queries.ask(viewer, question)
    return len(context)


def search_in_secret(bob, alice, charlie, atelier, soiree):
    """Everything that Bob would not have his employer know."""
    named = discretion.name_people(bob, people=[alice.me])
    needs.state(
        bob, text="Canari : un poste à l’ouest, je m’ennuie, débauchez-moi", kind="job", audience=named, discreet=True
    )
    meetups.answer(bob, code=soiree, audience="community", discreet=True)
    meetups.answer(bob, code=atelier, audience="community", discreet=True)
    meetups.answer(bob, code=atelier, answer="not_going")
    contact = encounters.note_somebody(
        bob, person=people.uid_of(person=charlie.me), text="Canari : mon directeur s’ennuie aux musées."
    )
    encounters.edit_contact(bob, contact=contact, name="Charlie", does="Canari")


@pytest.fixture
def evenings(announce):
    return announce("Atelier couleurs", THURSDAY), announce("Soirée couleurs", THURSDAY + timedelta(days=1))


def test_the_employer_s_people_get_the_same_answers_in_both_worlds(alice, bob, charlie, filao, evenings):
    before = answers(charlie)
    assert [answer.name for answer in queries.ask(charlie, "Bob")] == ["Bob Payet"]
    search_in_secret(bob, alice, charlie, *evenings)
    assert answers(charlie) == before
    assert "anari" not in repr(before)


def test_there_was_something_that_could_have_leaked(alice, bob, charlie, filao, evenings):
    search_in_secret(bob, alice, charlie, *evenings)
    told = {reason.text for answer in queries.ask(alice, "canari soirée couleurs") for reason in answer.reasons}
    assert {"Canari : un poste à l’ouest, je m’ennuie, débauchez-moi", "Dit oui à la Soirée couleurs"} <= told
    assert [answer.name for answer in queries.ask(bob, "canari")] == ["Charlie Grondin"]


def test_what_is_hidden_costs_no_statement(alice, bob, charlie, filao, evenings):
    before = [statements(charlie, question) for question in QUESTIONS]
    search_in_secret(bob, alice, charlie, *evenings)
    assert [statements(charlie, question) for question in QUESTIONS] == before


def test_a_declined_answer_is_told_to_nobody(alice, bob, charlie, community, evenings):
    atelier, _soiree = evenings
    meetups.answer(bob, code=atelier, audience="community", discreet=False)
    assert [answer.name for answer in queries.ask(charlie, "atelier")] == ["Bob Payet"]
    meetups.answer(bob, code=atelier, answer="not_going")
    assert [queries.ask(viewer, "atelier") for viewer in (alice, charlie)] == [[], []]


def test_whoever_is_blocked_finds_what_they_wrote_themselves_and_nothing_else(bob, charlie, members):
    profiles.say_headline(bob, text="Photographe", audience=members)
    encounters.note_somebody(charlie, person=people.uid_of(person=bob.me), text="Des portraits.")
    assert [answer.kind for answer in queries.ask(charlie, "photographe portraits")] == ["person"]
    discretion.block(bob, person=charlie.me)
    [answer] = queries.ask(charlie, "photographe portraits")
    assert (answer.kind, answer.name, answer.does, answer.person) == ("contact", "Bob Payet", "", None)
    assert [reason.text for reason in answer.reasons] == ["Dans votre carnet", "Des portraits."]
    assert queries.ask(charlie, "photographe") == []


def test_whose_name_is_hidden_is_not_found_by_what_else_they_show(bob, charlie, members):
    profiles.say_headline(bob, text="Photographe", audience=members)
    assert [answer.name for answer in queries.ask(charlie, "photographe")] == ["Bob Payet"]
    profiles.call_me(bob, text="Bob Payet", audience=None)
    assert queries.ask(charlie, "photographe") == []


def test_what_is_shown_without_a_name_costs_no_statement(bob, charlie, members):
    nothing = statements(charlie, "photographe")
    profiles.say_headline(bob, text="Photographe", audience=members)
    profiles.call_me(bob, text="Bob Payet", audience=None)
    assert statements(charlie, "photographe") == nothing
    profiles.call_me(bob, text="Bob Payet", audience=members)
    assert statements(charlie, "photographe") > nothing


def test_a_need_that_ended_is_no_answer_any_more(bob, charlie, members):
    needs.state(bob, text="Photographe", audience=members, until=clock.now() + timedelta(days=1))
    assert len(queries.ask(charlie, "photographe")) == 1
    with clock.at(clock.now() + timedelta(days=2)):
        assert queries.ask(charlie, "photographe") == []


def test_what_is_hidden_or_has_no_name_makes_no_word_right(alice, bob, charlie, members):
    profiles.say_headline(bob, text="Graphiste", audience=members)
    assert [answer.name for answer in queries.ask(charlie, "grphiste")] == ["Bob Payet"]
    needs.state(alice, text="Grphiste")
    assert [answer.name for answer in queries.ask(charlie, "grphiste")] == ["Bob Payet"]
    profiles.say_headline(alice, text="Grphiste", audience=members)
    assert [answer.name for answer in queries.ask(charlie, "grphiste")] == ["Alice Hoareau"]
    profiles.call_me(alice, text="Alice Hoareau", audience=None)
    assert [answer.name for answer in queries.ask(charlie, "grphiste")] == ["Bob Payet"]


def test_a_question_about_a_job_leaves_out_those_before_whom_the_asker_s_shield_stands(bob, charlie, filao, members):
    needs.state(charlie, text="Un poste de graphiste responsable", offered=True, audience=members)
    assert queries.ask(bob, "je m’ennuie, un poste plus responsable") == []
    assert [answer.name for answer in queries.ask(bob, "un graphiste responsable")] == ["Charlie Grondin"]
    market.unshield(bob, organisation="filao")
    assert [answer.name for answer in queries.ask(bob, "un poste plus responsable")] == ["Charlie Grondin"]
    discretion.shield(bob, person=charlie.me)
    assert queries.ask(bob, "un poste plus responsable") == []


@pytest.mark.parametrize("keep_off", [discretion.block, discretion.shield])
def test_of_whom_one_keeps_off_one_s_own_book_tells_not_whether_they_hid_or_left(bob, charlie, filao, keep_off):
    """Blocked, named by the shield, or a colleague: they are an answer of the book, as somebody who left it is."""
    encounters.note_somebody(bob, person=people.uid_of(person=charlie.me), text="Elle parlait d’un poste.")
    keep_off(bob, person=charlie.me)
    assert queries.ask(bob, "un poste") == []
    worlds = []
    for go in (lambda: profiles.call_me(charlie, text="Charlie", audience=None), lambda: erasing.erase(charlie.me)):
        with transaction.atomic():
            go()
            worlds.append((queries.ask(bob, "un poste"), statements(bob, "un poste")))
            transaction.set_rollback(True)
    hid, left = worlds
    assert hid == left
    assert [(answer.kind, answer.name) for answer in hid[0]] == [("contact", "Charlie Grondin")]


@pytest.mark.parametrize(
    "words",
    [
        {"organisation": "FILAO"},
        {"organisation": "Filao Océan Indien"},
        {"title": "Directrice de Filao"},
        {"does": "Chez Filao depuis vingt ans"},
    ],
)
def test_a_question_about_a_job_leaves_out_whom_one_s_own_book_places_behind_the_shield(bob, filao, words):
    contact = encounters.note_somebody(bob, name="Valérie", text="Elle parlait d’un poste de graphiste.")
    encounters.note_somebody(bob, name="Loïc", text="Un poste de graphiste chez Filaos et Cie.")
    assert {answer.name for answer in queries.ask(bob, "un poste")} == {"Valérie", "Loïc"}
    encounters.edit_contact(bob, contact=contact, name="Valérie", **words)
    assert [answer.name for answer in queries.ask(bob, "un poste")] == ["Loïc"]
    assert {answer.name for answer in queries.ask(bob, "un graphiste")} == {"Valérie", "Loïc"}
    market.unshield(bob, organisation="filao")
    assert {answer.name for answer in queries.ask(bob, "un poste")} == {"Valérie", "Loïc"}


def test_a_member_whom_one_s_own_book_places_behind_the_shield_is_no_answer_about_a_job(bob, alice, filao, members):
    needs.state(alice, text="Un poste de graphiste", offered=True, audience=members)
    contact = encounters.note_somebody(bob, person=people.uid_of(person=alice.me))
    assert [answer.name for answer in queries.ask(bob, "un poste")] == ["Alice Hoareau"]
    encounters.edit_contact(bob, contact=contact, name="Alice", organisation="Filao")
    assert queries.ask(bob, "un poste") == []
    assert [answer.name for answer in queries.ask(bob, "un graphiste")] == ["Alice Hoareau"]


def test_the_post_office_is_no_job(bob, charlie, filao, members):
    profiles.say_headline(charlie, text="Facteur, puis bureau de poste du Tampon", audience=members)
    assert queries.ask(bob, "un poste au Tampon") == []
    assert [answer.name for answer in queries.ask(bob, "qui connaît la poste ?")] == ["Charlie Grondin"]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Plusieurs emplois de graphiste", "emplois"),
        ("Un boulot de graphiste", "boulto"),
        ("Une embauche de graphiste", "embauhce"),
        ("Un recrutement de graphiste", "recrutemet"),
        ("Un nouveau taff de graphiste", "un nouveau taff"),
        ("Un poste de graphiste", "work"),
        ("Après un licenciement", "des licenciements"),
        ("Une carrière de graphiste", "changer de carrière"),
        ("A career in design", "careers"),
    ],
)
def test_a_job_is_asked_for_in_any_words_and_with_slips_of_the_finger(bob, charlie, filao, members, said, question):
    needs.state(charlie, text=said, offered=True, audience=members)
    assert queries.ask(bob, question) == []
    market.unshield(bob, organisation="filao")
    assert [answer.name for answer in queries.ask(bob, question)] == ["Charlie Grondin"]


def test_a_job_is_asked_for_in_a_language_of_the_lexicon(bob, charlie, filao, members, settings, tmp_path):
    settings.LEXICON = tmp_path / "lexicon.json"
    lexicon.write(settings.LEXICON, {"stel": {"emploi": 0.9}})
    needs.state(charlie, text="Un emploi de graphiste", offered=True, audience=members)
    assert queries.ask(bob, "Stelle") == []
    market.unshield(bob, organisation="filao")
    assert [answer.name for answer in queries.ask(bob, "Stelle")] == ["Charlie Grondin"]


def test_where_somebody_works_who_does_not_show_it_leaves_them_among_the_answers(bob, charlie, filao, members):
    needs.state(charlie, text="Un poste de graphiste", offered=True, audience=members)
    assert queries.ask(bob, "un poste") == []
    [held] = market_read.positions(charlie, charlie.me)
    market.show_position(charlie, position=held.uid, audience=None)
    assert [answer.name for answer in queries.ask(bob, "un poste")] == ["Charlie Grondin"]
