"""Closed questions on the pages of an evening: asked by its organiser, answered with it, told in tenths."""

from datetime import timedelta

import pytest
from django.test import Client

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, gatherings, queries
from tests.cast import member
from tests.web import browser
from tests.web.test_evenings import ENDS, STARTS, SUNDAY, TYPED, field, text

ASKED = {
    "question_1": "Végétarien ?",
    "choices_1": "oui, non",
    "question_2": "Par où ?",
    "choices_2": "bus, pied, auto",
}


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return actions.announce(
        alice,
        community=community,
        title="Apéro Web 47",
        starts_at=STARTS,
        ends_at=ENDS,
        place="Chez Zélie",
        questions=[("Végétarien ?", ("oui", "non")), ("Par où ?", ("bus", "pied", "auto"))],
    )


def mine(viewer, code):
    return [asked.mine for asked in queries.evening(viewer, code).questions]


def test_an_organiser_types_questions_with_their_answers_and_reads_them_back(alice, community):
    client = browser.of(alice)
    client.post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **ASKED})
    [line] = gatherings.upcoming(alice)
    assert [(one.text, one.choices) for one in queries.evening(alice, line.code).questions] == [
        ("Végétarien ?", ("oui", "non")),
        ("Par où ?", ("bus", "pied", "auto")),
    ]
    form = client.get(f"/s/{line.code}/modifier/")
    assert {name: field(form, name)[0] for name in ASKED} == ASKED
    client.post(f"/s/{line.code}/modifier/", TYPED)
    assert queries.evening(alice, line.code).questions == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"question_1": "Seul ?", "choices_1": "oui"}, "choices_1"),
        ({"question_2": "", "choices_2": "oui, non"}, "question_2"),
        ({"question_3": "Sept ?", "choices_3": "a, b, c, d, e, f, g"}, "question_3"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(alice, community, typed, wrong):
    answer = browser.of(alice).post(f"/c/{community}/soirees/nouvelle/", {**TYPED, **ASKED, **typed})
    assert (answer.status_code, len(field(answer, wrong)[1])) == (422, 1)
    assert "<details open>" in answer.content.decode()


def test_a_member_answers_them_and_changes_an_answer(dana, code):
    client, address = browser.of(dana), f"/s/{code}/"
    page = text(client.get(address))
    assert ("Végétarien ?" in page, "combien sur dix ont choisi quoi" in page) == (True, True)
    client.post(f"{address}reponse/", {"question-1": "0", "question-2": ""})
    assert mine(dana, code) == [0, None]
    client.post(f"{address}reponse/", {"question-2": "2"})
    assert mine(dana, code) == [0, 2]
    assert "Je change mes réponses" in text(client.get(address))
    client.post(f"{address}rendre/")
    assert mine(dana, code) == [None, None]


def test_somebody_without_account_answers_them_and_changes_an_answer_by_the_link(code):
    visitor = Client()
    link = visitor.post(f"/s/{code}/reponse/", {"name": "Camille", "question-1": "1"})["Location"]
    page = visitor.get(link)
    assert [asked.mine for asked in page.context["questions"]] == [1, None]
    visitor.post(f"{link}prendre/", {"question-1": "0"})
    assert [asked.mine for asked in visitor.get(link).context["questions"]] == [0, None]


def test_an_answer_that_is_no_longer_there_is_refused_and_nobody_comes_by_it(dana, code):
    refused = browser.of(dana).post(f"/s/{code}/reponse/", {"question-1": "5"})
    assert (refused.status_code, "Les questions ont changé" in text(refused)) == (422, True)
    assert queries.evening(dana, code).my_answer == ""


def test_the_organiser_reads_tenths_of_five_answers_and_no_name_beside_them(alice, code):
    keys = [one.key for one in queries.evening(ANYBODY, code).questions]
    share, client = f"/s/{code}/organiser/", browser.of(alice)
    for number in range(4):
        actions.answer(member(f"rose{number}"), code=code, picks={keys[0]: 0})
    assert "oui trop peu de réponses" in text(client.get(share))
    with clock.at(SUNDAY + timedelta(hours=1)):
        actions.answer(member("rose5"), code=code, picks={keys[0]: 1})
        page = text(client.get(share))
    assert ("oui 8 sur dix" in page, "non 2 sur dix" in page, "bus trop peu de réponses" in page) == (True,) * 3


def test_what_one_chose_stands_among_what_is_private(dana, code):
    client = browser.of(dana)
    assert "Ce que vous avez répondu aux questions" not in text(client.get("/moi/qui-voit-quoi/"))
    client.post(f"/s/{code}/reponse/", {"question-1": "1"})
    assert "Ce que vous avez répondu aux questions" in text(client.get("/moi/qui-voit-quoi/"))
