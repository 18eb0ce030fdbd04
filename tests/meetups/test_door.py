"""The door: each seat lets in once whatever doors there are, with a reason for whoever is not let in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.communities.models import Membership
from entregent.meetups import actions, admissions, declassified, presences, queries
from entregent.meetups.models import Admission, Meetup, Presence, Rsvp
from entregent.meetups.shown import Entry
from entregent.meetups.tickets import hidden
from tests import canary
from tests.meetups.conftest import ENDS, STARTS, SUNDAY

#: Half an hour after the start.
NOW = STARTS + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def evening(sunday):
    with clock.at(NOW):
        yield


@pytest.fixture
def announce(announce):
    """Evenings are announced on the Sunday before."""

    def announced(**said):
        with clock.at(SUNDAY):
            return announce(**said)

    return announced


def come(viewer, code, **terms):
    """Somebody answers on the Sunday before; their ticket."""
    with clock.at(SUNDAY):
        actions.answer(viewer, code=code, **terms)
    return queries.ticket(viewer, code).code


def outcome(alice, code, ticket, **noted):
    return admissions.let_in(alice, code=code, ticket=ticket, **noted).outcome


def numbers(alice, code):
    seats = declassified.seats(alice, code)
    return seats.coming, seats.came


def test_a_ticket_lets_in_once_and_its_owner_is_told_when(alice, bob, code):
    ticket = come(bob, code)
    first = admissions.let_in(alice, code=code, ticket=ticket, door="left")
    assert (first.outcome, first.at, first.here) == ("in", NOW, True)
    assert queries.ticket(bob, code).let_in_at == NOW
    with clock.at(NOW + timedelta(minutes=5)):
        again = [admissions.let_in(alice, code=code, ticket=ticket, door=door) for door in ("left", "right")]
    assert again == [Entry("already", NOW, here, first.uid) for here in (True, False)]
    assert numbers(alice, code) == (1, 1)


def test_a_ticket_is_read_however_it_is_typed(alice, bob, code):
    ticket = come(bob, code)
    assert outcome(alice, code, f" {ticket[:4].lower()}-{ticket[4:9]} {ticket[9:]} ") == "in"


def test_what_a_door_sends_twice_is_told_twice_and_counted_once(alice, bob, code):
    ticket, once = come(bob, code), ids.new()
    assert [outcome(alice, code, ticket, once=once) for _ in range(2)] == ["in", "in"]
    drawn = [ids.new(), ids.new()]
    walked = [admissions.let_walk_in(alice, code=code, name="Lou", once=one) for one in (*drawn, drawn[0])]
    assert (walked[2], walked[1] != walked[0], numbers(alice, code)) == (walked[0], True, (1, 3))


def test_what_a_door_drew_meets_no_door_of_another_evening(alice, bob, announce, code):
    other, once = announce(title="Apéro Web 48"), ids.new()
    costs, entries = [], []
    theirs = admissions.let_walk_in(alice, code=other, name="Lou", once=once)
    for drawn in (once, theirs.uid, ids.new()):
        with CaptureQueriesContext(connection) as statements:
            entries.append(admissions.let_walk_in(alice, code=code, name="Lou", once=drawn))
            assert admissions.let_walk_in(alice, code=code, name="Lou", once=drawn) == entries[-1]
        costs.append(len(statements))
    assert (len({theirs.uid, *(entry.uid for entry in entries)}), numbers(alice, code)) == (4, (0, 3))
    assert len({*costs}) == 1


def test_a_ticket_that_nobody_was_given_does_not_let_in(alice, bob, announce):
    code, other = announce(), announce(title="Apéro Web 48")
    forged, elsewhere = "YXA2U8DGRQUJU9RF", come(bob, other)
    assert [outcome(alice, code, ticket) for ticket in (forged, elsewhere, "")] == ["unknown"] * 3
    assert numbers(alice, code) == (0, 0)


def test_a_seat_that_was_given_back_lets_in_no_more_until_it_is_taken_again(alice, bob, charlie, announce):
    code = announce(capacity=1)
    ticket = come(bob, code)
    actions.answer(bob, code=code, answer="not_going")
    assert outcome(alice, code, ticket) == "given_back"
    with clock.at(NOW + timedelta(minutes=1)):
        actions.answer(bob, code=code)
        fresh = queries.ticket(bob, code).code
        assert [outcome(alice, code, one) for one in (ticket, fresh)] == ["unknown", "in"]


def test_whoever_waits_is_not_let_in_by_what_was_their_ticket(alice, bob, charlie, announce):
    code = announce(capacity=1)
    come(bob, code)
    with clock.at(SUNDAY):
        actions.answer(charlie, code=code)
        seat = Rsvp.ledger.get(owner=charlie.me)
    assert admissions.let_in(alice, code=code, line=seat.uid).outcome == "unknown"
    assert numbers(alice, code) == (1, 0)


def test_a_line_lets_in_whose_answer_the_organiser_sees(alice, bob, charlie, code):
    come(bob, code)
    come(charlie, code, audience="me")
    seats = {row.owner_id: row.uid for row in Rsvp.ledger.all()}
    found = [admissions.let_in(alice, code=code, line=seats[viewer.me]).outcome for viewer in (bob, charlie)]
    assert found == ["in", "unknown"]


def test_the_list_names_who_may_be_named_and_hides_every_ticket(alice, bob, charlie, guest, code):
    tickets = [come(bob, code), come(charlie, code, audience="me")]
    with clock.at(SUNDAY):
        camille = guest(code, canary.word("a guest at the door"))
    tickets.append(queries.ticket(camille, code).code)
    admissions.let_in(alice, code=code, ticket=tickets[1], door="left")
    door = declassified.door(alice, code, salt="once", door="right")
    by_key = {line.key: line for line in door.lines}
    lines = [by_key[hidden("once", ticket)] for ticket in tickets]
    assert [(line.person, bool(line.name), line.entry is not None) for line in lines] == [
        (bob.me, False, False),
        (None, False, True),
        (camille.me, True, False),
    ]
    entry = lines[1].entry
    assert entry is not None
    assert (entry.at, entry.here, len(set(door.aliases))) == (NOW, False, 3)
    assert not {line.key for line in declassified.door(alice, code, salt="twice").lines} & by_key.keys()


def test_being_let_in_shows_nobody_to_those_present(alice, bob, charlie, code):
    ticket = come(bob, code, discreet=True)
    presences.arrive(charlie, here=queries.evening(alice, code).here or "", seen=True, discreet=False)
    admissions.let_in(alice, code=code, ticket=ticket)
    assert [one.person for one in queries.present(charlie, code)] == [charlie.me]
    assert (Presence.ledger.filter(owner=bob.me).count(), numbers(alice, code)) == (0, (1, 2))


def test_whoever_says_that_they_are_there_and_is_let_in_came_once(alice, bob, code):
    ticket = come(bob, code)
    admissions.let_in(alice, code=code, ticket=ticket)
    presences.arrive(bob, here=queries.evening(alice, code).here or "", seen=False)
    assert numbers(alice, code) == (1, 1)


def test_an_entry_is_taken_back_and_made_again(alice, bob, code):
    ticket = come(bob, code)
    for _ in range(2):
        entry = admissions.let_in(alice, code=code, ticket=ticket)
        assert (entry.outcome, numbers(alice, code)) == ("in", (1, 1))
        assert entry.uid is not None
        for _ in range(2):
            admissions.let_out(alice, code=code, entry=entry.uid)
        assert numbers(alice, code) == (1, 0)


def test_only_those_who_organise_stand_at_the_door(bob, dana, alice, code):
    ticket = come(bob, code)
    for viewer in (bob, dana):
        with pytest.raises(errors.Refused):
            admissions.let_in(viewer, code=code, ticket=ticket)
        with pytest.raises(errors.NotFound):
            declassified.door(viewer, code)
        with pytest.raises(errors.NotFound):
            declassified.presented(viewer, code, ticket=ticket)


def test_the_door_is_there_from_the_day_before_until_six_hours_after_the_end(alice, bob, code):
    ticket = come(bob, code)
    for moment in (STARTS - timedelta(hours=24, seconds=1), ENDS + timedelta(hours=6)):
        with clock.at(moment), pytest.raises(errors.Refused):
            admissions.let_in(alice, code=code, ticket=ticket)
    with clock.at(STARTS - timedelta(hours=24)):
        assert outcome(alice, code, ticket) == "in"


def test_the_door_is_told_of_nobody_at_another_hour_whoever_asks(alice, bob, code):
    ticket, early = come(bob, code), STARTS - timedelta(hours=24)
    asked = [
        lambda: declassified.door(alice, code).inside,
        lambda: declassified.presented(alice, code, ticket=ticket).entry.outcome,
    ]
    for moment in (early - timedelta(seconds=1), ENDS + timedelta(hours=6)):
        for ask in asked:
            with clock.at(moment), pytest.raises(errors.Refused):
                ask()
    with clock.at(early):
        assert [ask() for ask in asked] == [0, "in"]
    with clock.at(ENDS + timedelta(hours=53)):  # a door without network noted it in time
        assert declassified.presented(alice, code, ticket=ticket, at=NOW).entry.outcome == "in"
    actions.cancel(alice, code=code)
    for ask in asked:
        with pytest.raises(errors.Refused):
            ask()


def test_what_was_noted_without_network_counts_at_its_hour_for_two_days(alice, bob, charlie, code):
    tickets = [come(viewer, code) for viewer in (bob, charlie)]
    with clock.at(ENDS + timedelta(hours=54)), pytest.raises(errors.Refused):
        admissions.let_in(alice, code=code, ticket=tickets[0], at=NOW)
    with clock.at(ENDS + timedelta(hours=53)):
        assert admissions.let_in(alice, code=code, ticket=tickets[0], at=NOW).at == NOW
    ahead = admissions.let_in(alice, code=code, ticket=tickets[1], at=NOW + timedelta(hours=1))
    assert ahead.at == NOW


def test_an_evening_that_is_called_off_has_no_door(alice, bob, code):
    ticket = come(bob, code)
    actions.cancel(alice, code=code)
    with pytest.raises(errors.Refused):
        admissions.let_in(alice, code=code, ticket=ticket)


def test_a_constraint_is_the_last_guard(alice, bob, code):
    come(bob, code)
    seat = Rsvp.ledger.get(owner=bob.me)
    for number in range(2):
        row = Admission(meetup_id=seat.meetup_id, seat=seat, owner_id=alice.me)
        if number:
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()
        else:
            row.save()


def test_a_guest_who_turns_out_to_be_somebody_who_answered_was_let_in_once(alice, bob, guest, code):
    with clock.at(SUNDAY):
        camille = guest(code)
    ticket = queries.ticket(camille, code).code
    come(bob, code)
    admissions.let_in(alice, code=code, ticket=ticket)
    actions.adopt(guest=camille.me, person=bob.me)
    assert (queries.ticket(bob, code).let_in_at, numbers(alice, code)) == (NOW, (1, 1))


def test_whoever_is_erased_was_not_let_in_and_what_an_organiser_noted_goes_with_the_evening(alice, bob, charlie, code):
    tickets = [come(viewer, code) for viewer in (bob, charlie)]
    for ticket in tickets:
        admissions.let_in(alice, code=code, ticket=ticket)
    admissions.let_walk_in(alice, code=code, name="Lou")
    actions.erase(bob.me)
    assert numbers(alice, code) == (1, 2)
    actions.erase(alice.me)
    heirs = {*Admission.ledger.values_list("owner", flat=True), *Meetup.ledger.values_list("owner", flat=True)}
    assert (len(heirs), Admission.ledger.count()) == (1, 2)


def test_an_evening_that_nobody_was_part_of_goes_with_its_organiser_and_its_door(alice, code):
    Membership.objects.exclude(person=alice.me).delete()
    admissions.let_walk_in(alice, code=code, name="Lou")
    actions.erase(alice.me)
    assert (Meetup.ledger.count(), Admission.ledger.count()) == (0, 0)
