"""An answer says what one promised somebody, with its day, and that one kept one's word."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.encounters import promises
from entregent.market import actions as market
from entregent.people import queries as people
from entregent.recall import queries
from entregent.ties.queries import Reason
from tests.recall.conftest import TODAY

DAY = TODAY.date()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def charlies(bob, charlie, apero):
    return encounters.note_somebody(bob, person=people.uid_of(person=charlie.me), meetup=apero)


def reasons(viewer, text):
    return [(reason.kind, reason.text, reason.on) for answer in queries.ask(viewer, text) for reason in answer.reasons]


def kept(viewer, contact, ago, text="Un verre au Barachois"):
    """Something that was promised so many days ago, and kept the day after."""
    with clock.at(TODAY - timedelta(days=ago)):
        promise = promises.promise(viewer, contact=contact, text=text)
    with clock.at(TODAY - timedelta(days=ago - 1)):
        promises.keep_promise(viewer, promise=promise)
    return promise


def test_a_need_finds_whom_one_promised_something_of_it(bob, charlies):
    promises.promise(bob, contact=charlies, text="Un verre au Barachois")
    assert reasons(bob, "boire un verre au barachois") == [
        ("met", "At Apéro Web 31, Chez Zélie, Saint-Denis", date(2024, 11, 28)),
        ("promised", "Un verre au Barachois", DAY),
    ]


def test_an_answer_says_that_one_kept_ones_word_and_when_one_last_did(bob, charlies):
    kept(bob, charlies, 40)
    kept(bob, charlies, 20, "Le plan du musée")
    encounters.add_note(bob, contact=charlies, text="Dessine des cartes.")
    assert reasons(bob, "cartographe") == [
        ("met", "At Apéro Web 31, Chez Zélie, Saint-Denis", date(2024, 11, 28)),
        ("kept", "You kept your word", DAY - timedelta(days=19)),
        ("said", "Dessine des cartes.", DAY),
    ]
    promised = [reason for reason in reasons(bob, "barachois") if reason[0] == "promised"]
    assert promised == [("promised", "Un verre au Barachois", DAY - timedelta(days=40))]


def test_nobody_else_is_told_neither_whom_it_was_promised(alice, bob, charlie, charlies, anonymous):
    kept(bob, charlies, 9)
    assert len(reasons(bob, "barachois")) == 3
    assert [queries.ask(other, "barachois") for other in (alice, charlie, anonymous)] == [[], [], []]
    encounters.note_somebody(charlie, person=people.uid_of(person=bob.me), text="Dessine des cartes.")
    assert [kind for kind, *_ in reasons(charlie, "cartographe")] == ["met", "said"]


def test_whom_one_blocks_is_no_answer_whatever_one_promised(bob, charlie, charlies):
    kept(bob, charlies, 9)
    assert len(queries.ask(bob, "barachois")) == 1
    discretion.block(bob, person=charlie.me)
    assert queries.ask(bob, "barachois") == []


def test_a_question_about_a_job_is_not_for_colleagues_whatever_one_promised_them(bob, charlie, charlies, members):
    said = "Lui parler du poste de responsable"
    promises.promise(bob, contact=charlies, text=said)
    assert ("promised", said, DAY) in reasons(bob, "un poste de responsable")
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", title="Chargé de comptes", audience=members, starts_on=DAY)
    assert queries.ask(bob, "un poste de responsable") == []


def test_of_two_who_are_no_members_the_one_to_whom_one_kept_ones_word_comes_first(bob, db):
    one, other = (encounters.note_somebody(bob, name=name, text="Du SEO.") for name in ("Valérie", "Sandrine"))
    first, second = (answer.id for answer in queries.ask(bob, "SEO"))
    kept(bob, second, 3)
    assert {first, second} == {one, other}
    assert [answer.id for answer in queries.ask(bob, "SEO")] == [second, first]
    assert Reason("kept", "You kept your word", DAY - timedelta(days=2)) in queries.ask(bob, "SEO")[0].reasons


def test_what_ties_one_to_whoever_is_between_names_the_word_that_was_kept(bob, charlie, charlies):
    before = queries.met(bob, [charlie.me])
    kept(bob, charlies, 3)
    met = Reason("met", "At Apéro Web 31, Chez Zélie, Saint-Denis", date(2024, 11, 28))
    assert before == {charlie.me: [met]}
    assert queries.met(bob, [charlie.me]) == {
        charlie.me: [met, Reason("kept", "You kept your word", DAY - timedelta(days=2))]
    }
