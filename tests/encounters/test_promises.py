"""What one promised somebody: noted, due, done, put off, struck out; nobody else's ever."""

from datetime import date, timedelta

import pytest

from entregent.common import clock, errors, ids
from entregent.encounters import actions, due, followups, promises, queries
from entregent.encounters.models import Contact, FollowUp
from entregent.meetups import queries as meetups
from tests.encounters.conftest import TODAY

DAY = timedelta(days=1)
SUNDAY = TODAY.date()


@pytest.fixture
def karine(bob):
    return actions.note_somebody(bob, name="Karine")


@pytest.fixture
def call(bob, karine):
    return promises.promise(bob, contact=karine, text="  L'appeler\n pour ce verre ", due_on=SUNDAY + DAY)


def told(viewer):
    return [(one.text, one.due_on) for one in followups.open_ones(viewer)]


def test_a_promise_is_kept_on_one_line_with_its_day_and_whom_it_is_for(bob, karine, call):
    [one] = followups.open_ones(bob)
    assert one == followups.Promise(call, "L'appeler pour ce verre", SUNDAY, SUNDAY + DAY, karine, "Karine", TODAY)
    assert followups.one(bob, call) == one


def test_they_stand_by_the_day_and_some_day_is_last(bob, karine, call):
    for text, due_on in (("Un jour", None), ("Aujourd'hui", SUNDAY)):
        promises.promise(bob, contact=karine, text=text, due_on=due_on)
    assert [text for text, _ in told(bob)] == ["Aujourd'hui", "L'appeler pour ce verre", "Un jour"]
    assert [one.text for one in followups.due(bob, SUNDAY)] == ["Aujourd'hui"]


def test_a_form_that_is_sent_twice_promises_once(bob, karine):
    sent = ids.new()
    uids = {promises.promise(bob, contact=karine, text="L'appeler", once=sent) for _ in range(2)}
    assert (uids, len(told(bob))) == ({sent}, 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " \u200b"}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"text": "L'appeler", "due_on": SUNDAY - DAY}, "due_on"),
        ({"text": "L'appeler", "due_on": date(2199, 1, 1)}, "due_on"),
    ],
)
def test_what_says_nothing_or_is_due_on_no_day_to_come_is_refused(bob, karine, said, field):
    with pytest.raises(errors.Invalid) as refused:
        promises.promise(bob, contact=karine, **said)
    assert (refused.value.field, told(bob)) == (field, [])


def test_one_person_is_owed_a_page_of_things_at_most(bob, karine):
    for number in range(promises.MOST):
        promises.promise(bob, contact=karine, text=f"n° {number}")
    with pytest.raises(errors.Invalid):
        promises.promise(bob, contact=karine, text="encore")
    promises.keep_promise(bob, promise=followups.open_ones(bob)[0].uid)
    promises.promise(bob, contact=karine, text="encore")
    assert len(told(bob)) == promises.MOST


def test_what_is_done_or_struck_out_is_not_listed_until_that_is_taken_back(bob, karine, call):
    for act in (promises.keep_promise, promises.drop_promise):
        assert (act(bob, promise=call), told(bob)) == (karine, [])
        with pytest.raises(errors.NotFound):
            act(bob, promise=call)
        with pytest.raises(errors.NotFound):
            followups.one(bob, call)
        promises.resume_promise(bob, promise=call)
        assert len(told(bob)) == 1


def test_what_was_struck_out_is_gone_after_an_hour_and_what_was_done_stays(bob, karine, call):
    other = promises.promise(bob, contact=karine, text="Un livre")
    promises.drop_promise(bob, promise=call)
    promises.keep_promise(bob, promise=other)
    assert due.forget(TODAY + due.PATIENCE) == 1
    with pytest.raises(errors.NotFound):
        promises.resume_promise(bob, promise=call)
    assert promises.resume_promise(bob, promise=other) == karine


def test_putting_off_moves_the_day_and_not_into_the_past(bob, call):
    promises.put_off_promise(bob, promise=call, due_on=SUNDAY + 7 * DAY)
    moved = told(bob)
    promises.put_off_promise(bob, promise=call, due_on=None)
    assert (moved, told(bob)) == (
        [("L'appeler pour ce verre", SUNDAY + 7 * DAY)],
        [("L'appeler pour ce verre", None)],
    )
    with pytest.raises(errors.Invalid):
        promises.put_off_promise(bob, promise=call, due_on=SUNDAY - DAY)


def test_nobody_else_reads_or_changes_it(alice, bob, anonymous, karine, call):
    assert (told(alice), told(anonymous), followups.due(anonymous, SUNDAY + DAY)) == ([], [], [])
    for act in (promises.keep_promise, promises.drop_promise, promises.resume_promise):
        with pytest.raises(errors.NotFound):
            act(alice, promise=call)
    with pytest.raises(errors.NotFound):
        promises.promise(alice, contact=karine, text="L'appeler")
    for viewer in (alice, anonymous):
        with pytest.raises(errors.NotFound):
            followups.one(viewer, call)


def test_it_goes_with_its_contact_and_comes_back_with_it(bob, karine, call):
    actions.forget_contact(bob, contact=karine)
    assert told(bob) == []
    with pytest.raises(errors.NotFound):
        promises.keep_promise(bob, promise=call)
    actions.keep_contact(bob, contact=karine)
    assert len(told(bob)) == 1
    actions.forget_contact(bob, contact=karine)
    with clock.at(TODAY + 2 * due.PATIENCE):
        due.forget(clock.now())
    assert (FollowUp.ledger.count(), Contact.ledger.count()) == (0, 0)


def test_what_was_said_at_an_evening_is_noted_with_it(bob, karine, apero):
    actions.meet_again(bob, contact=karine, meetup=apero)
    actions.add_note(bob, contact=karine, text="Cherche un relieur.", meetup=apero)
    [note] = queries.contact(bob, karine).notes
    assert (note.on, note.title) == (date(2024, 11, 28), "Apéro Web 31")


def test_those_noted_at_an_evening_are_listed_by_name_for_their_owner_alone(alice, bob, karine, apero):
    actions.meet_again(bob, contact=karine, meetup=apero)
    gone = actions.note_somebody(bob, name="Zoé", meetup=apero)
    actions.note_somebody(bob, name="Ève", meetup=apero)
    actions.note_somebody(bob, name="Paule", on=SUNDAY)
    actions.note_somebody(alice, name="Yann", meetup=apero)
    actions.forget_contact(bob, contact=gone)
    assert [entry.name for entry in followups.met_at(bob, meetups.evening(bob, apero))] == ["Karine", "Ève"]
    assert [entry.name for entry in followups.met_at(alice, meetups.evening(alice, apero))] == ["Yann"]
