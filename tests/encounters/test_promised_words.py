"""What one promised is found by its words, as a note is: with its day, by its owner alone, as long as it stands."""

from datetime import date, timedelta

import pytest

from entregent.common import clock, ids
from entregent.encounters import actions, due, promises, queries
from entregent.exchange import doctor, erasing
from entregent.people import queries as people
from entregent.search.models import Line
from tests.encounters.conftest import TODAY

SUNDAY = TODAY.date()


@pytest.fixture
def charlies(bob, charlie, community):
    return actions.note_somebody(bob, person=people.uid_of(person=charlie.me))


@pytest.fixture
def glass(bob, charlies):
    return promises.promise(bob, contact=charlies, text="Un verre au Barachois", due_on=SUNDAY + timedelta(days=7))


def found(viewer, text):
    """Whom words find in a book, and by what."""
    return [
        (entry.name, (entry.found.kind, entry.found.text, entry.found.on) if entry.found else None)
        for entry in queries.book(viewer, text)
    ]


def lines():
    return list(Line.ledger.filter(kind="promise").values_list("about", flat=True))


def healthy():
    return doctor.examine(lambda _done, _of: None).found == []


def test_a_promise_is_found_by_its_words_with_the_day_on_which_it_was_said(bob, glass):
    said = [("Charlie Grondin", ("promise", "Un verre au Barachois", SUNDAY))]
    assert (found(bob, "barachois"), found(bob, "le verre"), found(bob, "musée")) == (said, said, [])


def test_of_a_note_and_a_promise_the_one_that_answers_is_told(bob, charlies, glass):
    actions.add_note(bob, contact=charlies, text="Dessine des cartes.", on=date(2024, 11, 28))
    assert found(bob, "cartes") == [("Charlie Grondin", ("note", "Dessine des cartes.", date(2024, 11, 28)))]
    assert found(bob, "barachois") == [("Charlie Grondin", ("promise", "Un verre au Barachois", SUNDAY))]
    assert found(bob, "charlie") == [("Charlie Grondin", None)]


def test_its_line_is_its_owner_s_alone_and_leads_to_whom_the_contact_is(
    alice, bob, charlie, anonymous, charlies, glass
):
    [line] = Line.ledger.filter(kind="promise")
    assert (line.owner_id, line.audience_id, line.discreet, line.until) == (bob.me, None, False, None)
    assert (line.about, line.subject_id, line.contact) == (glass, charlie.me, charlies)
    assert len(found(bob, "barachois")) == 1
    assert [found(other, "barachois") for other in (alice, charlie, anonymous)] == [[], [], []]


def test_it_is_found_once_it_is_kept_or_put_off_too(bob, glass):
    before = found(bob, "barachois")
    promises.put_off_promise(bob, promise=glass, due_on=None)
    later = found(bob, "barachois")
    promises.keep_promise(bob, promise=glass)
    kept = found(bob, "barachois")
    promises.resume_promise(bob, promise=glass)
    assert len(before) == 1
    assert (later, kept, found(bob, "barachois")) == (before, before, before)
    assert lines() == [glass]


def test_a_promise_that_is_struck_out_is_found_no_more_until_that_is_taken_back(bob, glass):
    promises.drop_promise(bob, promise=glass)
    assert (found(bob, "barachois"), lines(), healthy()) == ([], [], True)
    promises.resume_promise(bob, promise=glass)
    assert (len(found(bob, "barachois")), lines()) == (1, [glass])


def test_it_goes_with_its_contact_and_comes_back_with_it_but_for_what_was_struck_out(bob, charlies, glass):
    other = promises.promise(bob, contact=charlies, text="Lui prêter un livre")
    promises.drop_promise(bob, promise=other)
    actions.forget_contact(bob, contact=charlies)
    assert (found(bob, "barachois"), lines(), healthy()) == ([], [], True)
    actions.keep_contact(bob, contact=charlies)
    assert (len(found(bob, "barachois")), lines()) == (1, [glass])
    actions.forget_contact(bob, contact=charlies)
    with clock.at(TODAY + 2 * due.PATIENCE):
        due.forget(clock.now())
    assert (lines(), healthy()) == ([], True)


def test_a_form_that_is_sent_twice_writes_one_line(bob, charlies):
    sent = ids.new()
    made = [promises.promise(bob, contact=charlies, text="L'appeler", once=sent) for _ in range(2)]
    assert (made, lines()) == ([sent] * 2, [sent])


def test_it_goes_with_its_owner_and_leads_to_nobody_once_whom_it_is_about_has_gone(bob, charlie, glass):
    erasing.erase(charlie.me)
    assert (found(bob, "barachois")[0][0], Line.ledger.get(about=glass).subject_id) == ("Charlie Grondin", None)
    erasing.erase(bob.me)
    assert (lines(), healthy()) == ([], True)


def test_the_doctor_says_of_a_promise_that_it_has_no_line(bob, glass):
    assert healthy()
    Line.ledger.filter(about=glass).delete()
    [fault] = doctor.examine(lambda _done, _of: None).found
    assert ("promise" in fault, str(glass) in fault) == (True, True)


def test_what_is_forgotten_and_can_be_taken_back_is_no_fault(bob, charlies, glass):
    note = actions.add_note(bob, contact=charlies, text="Dessine des cartes.")
    actions.drop_note(bob, note=note)
    struck = healthy()
    actions.forget_contact(bob, contact=charlies)
    assert (struck, healthy()) == (True, True)
