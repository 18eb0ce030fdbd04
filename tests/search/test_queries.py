"""Lines that answer a question: whole words, relatives, beginnings; only those that the viewer may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles.fixed import EVERYONE
from entregent.common import clock, ids
from entregent.discretion import actions as discretion
from entregent.needs.models import Need
from entregent.search import actions, queries
from entregent.search.stems import mended, query
from entregent.search.texts import Texts

DAY = date(2026, 11, 22)


def say(viewer, text, audience=None, **terms):
    """A need and its line."""
    fact = Need.ledger.create(owner_id=viewer.me, text=text, audience_id=audience, **terms)
    actions.write(fact=fact, kind="need", text=text, on=DAY, subject=viewer.me)
    return fact


def found(viewer, words, **more):
    return sorted(hit.text for hit in queries.lines(viewer, query(words), **more))


def test_a_hit_says_what_it_answers_and_how_well(alice):
    fact = say(alice, "Chargée de comptes, développeuse")
    contact = ids.new()
    actions.write(fact=fact, kind="note", text=fact.text, on=DAY, subject=alice.me, contact=contact)
    [hit] = queries.lines(alice, query("un développeur, un programmeur, un compte, un vélo"))
    assert (hit.kind, hit.about, hit.subject, hit.contact) == ("note", fact.uid, alice.me, contact)
    assert (hit.text, hit.on) == ("Chargée de comptes, développeuse", DAY)
    assert hit.grades == {"developpeur": 1.0, "programmeur": 0.6, "compte": 1.0}
    assert hit.length > 3


def test_nothing_asked_is_nothing_found(alice):
    say(alice, "Graphiste")
    assert [queries.lines(alice, query(words)) for words in ("", "de la", "?!", "OR AND NOT * \" ' (")] == [[]] * 4
    assert found(alice, "graphiste") == ["Graphiste"]


@pytest.mark.parametrize(
    "words", ['graphiste"', "graphiste OR", "graphiste*", "graphiste' | 'x", "NEAR(graphiste)", "graphiste:"]
)
def test_what_the_engines_read_as_an_operator_is_a_word_or_nothing(alice, words):
    say(alice, "Graphiste")
    assert found(alice, words) == ["Graphiste"]


def test_only_what_the_viewer_may_see_is_found(alice, bob, charlie, dana, anonymous, members):
    named = discretion.name_people(alice, people=[bob.me])
    say(alice, "Graphiste, pour moi")
    say(alice, "Graphiste, pour Bob", named)
    say(alice, "Graphiste, pour la communauté", members)
    say(alice, "Graphiste, pour tous", EVERYONE)
    counts = [len(found(viewer, "graphiste")) for viewer in (alice, bob, charlie, dana, anonymous)]
    assert counts == [4, 3, 2, 1, 1]


def test_what_has_ended_is_found_by_its_owner_alone(alice, bob, members):
    say(alice, "Graphiste", members, until=clock.now() + timedelta(days=1))
    assert [found(viewer, "graphiste") for viewer in (alice, bob)] == [["Graphiste"]] * 2
    with clock.at(clock.now() + timedelta(days=2)):
        assert [found(viewer, "graphiste") for viewer in (alice, bob)] == [["Graphiste"], []]


def test_kinds_narrow_what_is_found(alice):
    fact = say(alice, "Graphiste")
    actions.write(fact=Need.ledger.create(owner_id=alice.me, text="x"), kind="note", text="Graphiste aussi")
    assert (found(alice, "graphiste", kinds=["need"]), found(alice, "graphiste", kinds=["note"])) == (
        ["Graphiste"],
        ["Graphiste aussi"],
    )
    assert fact.text == "Graphiste"


def test_finding_costs_the_same_statements_whatever_is_hidden(alice, bob, members):
    def statements():
        with CaptureQueriesContext(connection) as context:
            found(bob, "graphiste")
        return len(context)

    before = statements()
    for _ in range(20):
        say(alice, "Graphiste")
    assert (statements(), found(bob, "graphiste")) == (before, [])
    say(alice, "Graphiste", members)
    assert (statements(), found(bob, "graphiste")) == (before, ["Graphiste"])


def test_plain_texts_are_found_as_lines_are(alice):
    said = [
        "Graphiste",
        "Photographe à Saint-Pierre",
        "Responsable informatique",
        "Cours de cartographie, carte, cartes",
        "Des médias. Sociaux, bien sûr : les réseaux et le web social.",
    ]
    for text in said:
        say(alice, text)
    plain = Texts((text, text) for text in said)
    for words in (
        "photographes",
        "cartographe",
        "un responsable",
        "st pierre",
        "cart",
        "un dessinateur",
        "graphisme photo",
        "websocial",
        "mediassociaux",
    ):
        terms = query(words)
        again = mended(terms, (hit.grades for hit in queries.lines(alice, terms)))
        assert sorted(plain.best(words, 10)) == sorted(hit.text for hit in queries.lines(alice, again))
    assert plain.best("websocial", 10) == [said[-1]]
