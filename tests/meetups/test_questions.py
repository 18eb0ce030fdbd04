"""Closed questions that go with the answer to an evening: asked, chosen, changed, withdrawn, and what is told."""

import pytest

from entregent.common import errors
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups import actions, declassified, queries
from entregent.meetups.models import Pick
from entregent.people import queries as people
from tests.cast import member

MEAT = ("Végétarien ?", ("oui", "non"))
ROAD = ("Vous venez comment ?", ("à pied", "en bus", "en voiture"))


@pytest.fixture
def asking(announce):
    """The code of an evening that asks two questions."""
    return announce(questions=[MEAT, ROAD])


def keys(code):
    return [asked.key for asked in queries.evening(ANYBODY, code).questions]


def choose(viewer, code, *places, **more):
    """Come, and choose at each question in turn; None is no answer."""
    picks = {key: place for key, place in zip(keys(code), places, strict=False) if place is not None}
    return actions.answer(viewer, code=code, picks=picks, **more)


def mine(viewer, code):
    return [asked.mine for asked in queries.evening(viewer, code).questions]


def guests(code, *choices):
    """People without an account, who each choose at the first question."""
    for number, choice in enumerate(choices):
        actions.answer_as_guest(ANYBODY, code=code, name=f"Rose {number}", picks={keys(code)[0]: choice})


def members(code, *choices):
    """People with an account, who each choose at the first question."""
    for number, choice in enumerate(choices):
        choose(member(f"m{number}"), code, choice)


def told(viewer, code):
    return [[share for _choice, share in choices] for _text, choices in declassified.shares(viewer, code)]


def test_an_evening_shows_its_questions_to_whoever_sees_it(asking, dana):
    assert [(one.text, one.choices, one.mine) for one in queries.evening(dana, asking).questions] == [
        (*MEAT, None),
        (*ROAD, None),
    ]


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("questions", [MEAT, ROAD, ("Et ?", ("a", "b")), ("Quoi ?", ("a", "b"))]),
        ("question_1", [("", ("oui", "non"))]),
        ("question_1", [("q" * 121, ("oui", "non"))]),
        ("question_2", [MEAT, ("Seul ?", ("oui",))]),
        ("question_1", [("Sept ?", tuple("abcdefg"))]),
        ("question_1", [("Deux fois ?", ("oui", "Oui"))]),
        ("question_1", [("Vide ?", ("oui", " "))]),
        ("question_1", [("Long ?", ("oui", "n" * 61))]),
    ],
)
def test_what_cannot_be_asked_is_said_with_the_question(announce, field, asked):
    with pytest.raises(errors.Invalid) as raised:
        announce(questions=asked)
    assert raised.value.field == field


def test_one_chooses_changes_it_and_takes_it_back_with_the_answer(asking, bob):
    choose(bob, asking, 0, None)
    assert mine(bob, asking) == [0, None]
    choose(bob, asking, None, 2)
    assert mine(bob, asking) == [0, 2]
    choose(bob, asking, 1, None)
    assert mine(bob, asking) == [1, 2]
    actions.answer(bob, code=asking, audience="me")
    assert mine(bob, asking) == [1, 2]
    actions.answer(bob, code=asking, answer="not_going")
    assert (mine(bob, asking), Pick.ledger.count()) == ([None, None], 0)


@pytest.mark.parametrize("picks", [{"nothing": 0}, {"0": 9}, {"0": -1}])
def test_what_was_not_asked_cannot_be_chosen_and_nobody_comes_by_it(asking, bob, picks):
    picks = {keys(asking)[int(key)] if key.isdigit() else key: place for key, place in picks.items()}
    with pytest.raises(errors.Invalid):
        actions.answer(bob, code=asking, picks=picks)
    assert (queries.evening(bob, asking).my_answer, Pick.ledger.count()) == ("", 0)


def test_nobody_else_sees_what_somebody_chose(asking, alice, bob, charlie):
    choose(bob, asking, 0)
    choose(charlie, asking, 1)
    assert [Pick.objects.visible_to(viewer).count() for viewer in (alice, bob, charlie, ANYBODY)] == [0, 1, 1, 0]
    assert [mine(viewer, asking) for viewer in (alice, bob, ANYBODY)] == [[None, None], [0, None], [None, None]]


def test_the_organiser_learns_tenths_from_five_answers_on_and_nobody_else_does(asking, alice, bob, dana):
    members(asking, 0, 0, 0, 1)
    assert told(alice, asking) == [[None, None], [None, None, None]]
    choose(bob, asking, 1)
    assert told(alice, asking) == [[6, 4], [None, None, None]]
    for viewer in (bob, dana, ANYBODY):
        with pytest.raises(errors.NotFound):
            declassified.shares(viewer, asking)


def test_never_all_or_none_below_ten(asking, alice, bob):
    members(asking, *[0] * 9)
    assert told(alice, asking)[0] == [9, 1]
    choose(bob, asking, 0)
    assert told(alice, asking)[0] == [10, 0]


def test_guests_that_somebody_may_have_invented_and_organisers_make_nobody_told(asking, alice, bob):
    guests(asking, *[0] * 9)
    choose(alice, asking, 0)
    members(asking, 0, 0, 0)
    choose(bob, asking, 1)
    assert told(alice, asking)[0] == [None, None]
    choose(member("dora"), asking, 0)
    assert told(alice, asking)[0] == [9, 1]


def test_only_those_who_come_are_counted(announce, alice, bob):
    code = announce(capacity=5, questions=[MEAT])
    members(code, 0, 0, 0, 0)
    choose(bob, code, 1)
    guests(code, 1)
    assert told(alice, code) == [[8, 2]]
    actions.answer(bob, code=code, answer="not_going")
    assert told(alice, code) == [[None, None]]


def test_a_question_whose_words_change_is_asked_anew(asking, alice, bob):
    choose(bob, asking, 0, 1)
    actions.edit(alice, code=asking, questions=[ROAD, ("Végétarien ?", ("oui", "non", "presque"))])
    assert mine(bob, asking) == [1, None]
    actions.edit(alice, code=asking, questions=[])
    assert (queries.evening(bob, asking).questions, declassified.shares(alice, asking)) == ((), [])


def test_what_a_guest_chose_is_theirs_once_they_have_an_account(asking, bob, charlie):
    for viewer, choice in ((bob, 0), (charlie, 1)):
        seat = actions.answer_as_guest(ANYBODY, code=asking, name="Rose", picks={keys(asking)[0]: choice})
        guest = people.holder_of(secret=seat.secret)
        assert guest is not None
        if viewer == charlie:
            choose(charlie, asking, 0)
        actions.adopt(guest=guest, person=viewer.me)
        assert Pick.ledger.filter(owner=guest).count() == 0
        assert mine(Viewer(person=viewer.me), asking) == [0, None]
