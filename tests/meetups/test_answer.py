"""Answering an evening: seats, the queue, who sees the answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from entregent.circles.fixed import EVERYONE
from entregent.common import clock, errors
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import copies
from entregent.market import actions as market
from entregent.meetups import actions, declassified, due, gatherings, queries, times
from entregent.meetups.models import Meetup, Rsvp
from entregent.meetups.shown import Terms
from entregent.notices.models import Notice
from entregent.people import actions as accounts
from entregent.people import queries as people
from tests.meetups.conftest import ENDS, STARTS, SUNDAY


def told(viewer):
    """The kinds of things that somebody is to be told."""
    return set(Notice.objects.filter(recipient=viewer.me).values_list("kind", flat=True))


def standing(viewer, code):
    """Where somebody stands: their answer, and their place in the queue."""
    evening = queries.evening(viewer, code)
    return evening.my_answer, evening.my_place_in_queue


def taken(code):
    return Meetup.ledger.values_list("taken", flat=True).get(code=code)


def test_seats_go_first_come_first_served_and_the_next_one_waits(announce, bob, charlie, dana):
    code = announce(capacity=1)
    assert [actions.answer(viewer, code=code) for viewer in (bob, charlie, dana)] == ["going", "waiting", "waiting"]
    assert [standing(viewer, code) for viewer in (bob, charlie, dana)] == [
        ("going", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    assert (queries.evening(ANYBODY, code).state, taken(code)) == ("waiting", 1)


@pytest.fixture
def full(announce, bob, charlie, dana):
    """The code of an evening with one seat, which Bob has; Charlie waits, then Dana."""
    code = announce(capacity=1)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    return code


def test_whoever_is_offered_a_seat_while_their_page_is_read_has_the_place_that_they_had(full, dana):
    read, meetup = Rsvp.ledger.get(meetup__code=full, owner=dana.me), Meetup.ledger.get(code=full)
    for _turn in range(2):
        assert declassified.place_in_queue(meetup, read) == 2
        Rsvp.ledger.filter(pk=read.pk).update(answer=Rsvp.Answer.OFFERED)


def test_a_seat_given_back_is_offered_to_whoever_waits_first_who_is_told(full, bob, charlie, dana):
    assert actions.answer(bob, code=full, answer="not_going") == "not_going"
    assert [standing(viewer, full) for viewer in (bob, charlie, dana)] == [
        ("not_going", None),
        ("offered", None),
        ("waiting", 1),
    ]
    assert [told(viewer) for viewer in (bob, charlie, dana)] == [set(), {"offered"}, {"waiting"}]
    assert queries.evening(charlie, full).my_offer_until == SUNDAY + times.AT_LEISURE
    assert (taken(full), queries.evening(ANYBODY, full).state, queries.coming(charlie, full)) == (1, "waiting", [])


def test_a_seat_that_is_offered_counts_as_taken_for_the_doctor_too(full, bob):
    actions.answer(bob, code=full, answer="not_going")
    assert list(copies.seats(print)) == []
    Meetup.ledger.filter(code=full).update(taken=0)
    assert len(list(copies.seats(print))) == 1


def test_whoever_is_offered_a_seat_takes_it_with_one_tap(full, bob, charlie, dana):
    actions.answer(bob, code=full, answer="not_going")
    assert actions.answer(dana, code=full) == "waiting"
    assert actions.answer(charlie, code=full) == "going"
    assert (standing(charlie, full), standing(dana, full), taken(full)) == (("going", None), ("waiting", 1), 1)
    assert (told(charlie), queries.coming(charlie, full)) == ({"confirmed", "reminder"}, [charlie.me])


def test_a_seat_that_is_left_goes_to_the_next_one(full, bob, charlie, dana):
    actions.answer(bob, code=full, answer="not_going")
    actions.answer(charlie, code=full, answer="not_going")
    assert [standing(viewer, full)[0] for viewer in (charlie, dana)] == ["not_going", "offered"]
    assert (told(charlie), taken(full)) == (set(), 1)


def test_an_offer_that_nobody_took_goes_to_the_next_one_and_is_not_made_again(full, bob, charlie, dana):
    actions.answer(bob, code=full, answer="not_going")
    over = SUNDAY + times.AT_LEISURE
    with clock.at(over):
        assert standing(charlie, full) == ("lapsed", None)
        assert (due.end_offers(over), due.end_offers(over)) == (1, 0)
        assert [standing(viewer, full)[0] for viewer in (charlie, dana)] == ["lapsed", "offered"]
        assert [told(viewer) for viewer in (charlie, dana)] == [set(), {"offered"}]
        actions.answer(dana, code=full, answer="not_going")
        assert (standing(charlie, full)[0], taken(full), queries.evening(ANYBODY, full).state) == ("lapsed", 0, "open")


def test_an_offer_of_an_evening_that_is_called_off_or_over_is_passed_on_to_nobody(full, announce, alice, bob, charlie):
    other = announce(capacity=1)
    actions.answer(charlie, code=other)
    actions.answer(bob, code=other)
    actions.answer(bob, code=full, answer="not_going")
    actions.answer(charlie, code=other, answer="not_going")
    actions.cancel(alice, code=full)
    assert [due.end_offers(now) for now in (ENDS, SUNDAY + times.AT_LEISURE)] == [0, 1]


def test_whoever_let_an_offer_pass_and_asks_again_stands_at_the_end(full, bob, charlie, dana):
    actions.answer(bob, code=full, answer="not_going")
    with clock.at(SUNDAY + times.AT_LEISURE):
        assert actions.answer(charlie, code=full) == "waiting"
        assert (standing(dana, full)[0], standing(charlie, full)) == ("offered", ("waiting", 1))
        assert queries.terms(charlie, full).audience == "going"


def test_a_late_answer_passes_on_what_was_not_taken_before_the_worker_comes(full, alice, bob, charlie, dana):
    actions.answer(bob, code=full, answer="not_going")
    with clock.at(SUNDAY + times.AT_LEISURE):
        assert actions.answer(alice, code=full) == "waiting"
        assert [standing(viewer, full) for viewer in (charlie, dana, alice)] == [
            ("lapsed", None),
            ("offered", None),
            ("waiting", 1),
        ]


def test_on_the_day_itself_an_offer_lasts_half_an_hour(full, bob, charlie):
    with clock.at(STARTS - timedelta(hours=5)):
        actions.answer(bob, code=full, answer="not_going")
        assert queries.evening(charlie, full).my_offer_until == clock.now() + timedelta(minutes=30)


def test_shortly_before_the_start_the_first_tap_has_the_seat(full, bob, charlie, dana):
    with clock.at(STARTS - timedelta(hours=1)):
        actions.answer(bob, code=full, answer="not_going")
        assert [standing(viewer, full) for viewer in (charlie, dana)] == [("waiting", 1), ("waiting", 2)]
        assert [told(viewer) for viewer in (charlie, dana)] == [{"free"}, {"free"}]
        assert queries.evening(charlie, full).state == "open"
        assert [actions.answer(viewer, code=full) for viewer in (dana, charlie)] == ["going", "waiting"]
        assert [standing(viewer, full) for viewer in (charlie, dana)] == [("waiting", 1), ("going", None)]
        assert (taken(full), told(dana)) == (1, {"confirmed"})


def test_whoever_comes_back_stands_at_the_end_of_the_queue(announce, bob, charlie, dana):
    code = announce(capacity=1)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    actions.answer(charlie, code=code, answer="not_going")
    with clock.at(SUNDAY + timedelta(minutes=1)):
        assert actions.answer(charlie, code=code) == "waiting"
        assert [standing(viewer, code)[1] for viewer in (dana, charlie)] == [1, 2]


def test_more_seats_are_offered_in_the_order_of_the_list_and_without_a_limit_all_have_one(
    alice, announce, bob, charlie, dana
):
    code = announce(capacity=1)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    actions.edit(alice, code=code, capacity=2)
    assert [standing(viewer, code) for viewer in (charlie, dana)] == [("offered", None), ("waiting", 1)]
    actions.edit(alice, code=code, capacity=None)
    assert ([standing(viewer, code)[0] for viewer in (charlie, dana)], taken(code)) == (["going", "going"], 3)
    assert told(dana) == {"seated", "reminder"}


def test_fewer_seats_than_are_taken_are_refused(alice, announce, bob, charlie):
    code = announce(capacity=5)
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    with pytest.raises(errors.Invalid) as raised:
        actions.edit(alice, code=code, capacity=1)
    assert (raised.value.field, queries.evening(alice, code).capacity) == ("capacity", 5)


def test_answering_twice_changes_nothing(announce, bob, charlie):
    code = announce(capacity=1)
    for viewer in (bob, bob, charlie, charlie):
        actions.answer(viewer, code=code)
    assert (taken(code), standing(bob, code), standing(charlie, code)) == (1, ("going", None), ("waiting", 1))
    for _ in range(2):
        actions.answer(bob, code=code, answer="not_going")
    assert (taken(code), standing(charlie, code)) == (1, ("offered", None))


def test_the_constraint_is_the_last_guard_against_one_seat_too_many(announce):
    code = announce(capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meetup.ledger.filter(code=code).update(taken=2)


def test_an_evening_that_is_over_refuses(bob, code):
    with clock.at(ENDS), pytest.raises(errors.Refused):
        actions.answer(bob, code=code)


def test_nobody_answers_without_saying_who(code):
    with pytest.raises(errors.NotSignedIn):
        actions.answer(ANYBODY, code=code)


def test_those_who_come_see_who_comes_and_others_do_not(alice, bob, charlie, dana, code):
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    assert queries.coming(bob, code) == [bob.me, charlie.me]
    assert queries.coming(alice, code) == [bob.me, charlie.me]
    assert queries.coming(dana, code) == []
    actions.answer(bob, code=code, answer="not_going")
    assert queries.coming(bob, code) == []


def test_those_who_wait_are_not_among_those_who_come(announce, bob, charlie):
    code = announce(capacity=1)
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    assert [queries.coming(viewer, code) for viewer in (bob, charlie)] == [[bob.me], []]


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [("going", "alice charlie"), ("community", "alice charlie dora"), ("organisers", "alice"), ("me", "")],
)
def test_an_answer_is_seen_by_its_audience_and_nobody_else(
    audience, seen_by, alice, bob, charlie, dana, code, community
):
    """Charlie comes; Dora is in the community and does not; Dana is nowhere."""
    from entregent.communities import actions as communities

    dora = Viewer(person=accounts.person_of(account=accounts.open_account(email="dora@example.org")))
    communities.join(dora, slug=community)
    actions.answer(bob, code=code, audience=audience)
    actions.answer(charlie, code=code, audience="me")
    cast = {"alice": alice, "charlie": charlie, "dora": dora, "dana": dana}
    assert [name for name, viewer in cast.items() if bob.me in queries.coming(viewer, code)] == seen_by.split()


def test_an_answer_is_not_seen_by_somebody_who_does_not_see_the_evening(alice, bob, charlie, community, announce):
    from entregent.communities import actions as communities

    code = announce(audience="community")
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    assert queries.coming(charlie, code) == [bob.me, charlie.me]
    communities.leave(charlie, slug=community)
    assert queries.coming(charlie, code) == []


def test_somebody_with_an_employer_is_asked_once_whether_colleagues_may_see_it(at_filao, announce, bob):
    first, second = announce(), announce(title="Apéro Web 48")
    assert queries.terms(bob, first) == Terms(audience="going", discreet=None)
    with pytest.raises(errors.Invalid) as raised:
        actions.answer(bob, code=first)
    assert (raised.value.field, taken(first)) == ("discreet", 0)
    actions.answer(bob, code=first, discreet=True)
    actions.answer(bob, code=second)
    assert [queries.terms(bob, code).discreet for code in (first, second)] == [True, True]


def test_somebody_without_employer_is_not_asked_until_they_have_one(announce, bob):
    first, second = announce(), announce(title="Apéro Web 48")
    actions.answer(bob, code=first)
    market.state_position(bob, organisation="Filao", audience=None)
    with pytest.raises(errors.Invalid):
        actions.answer(bob, code=second)
    assert queries.terms(bob, first).discreet is False


def test_a_discreet_answer_does_not_reach_a_colleague_who_comes(at_filao, declared, alice, bob, charlie, code):
    actions.answer(charlie, code=code, discreet=False)
    actions.answer(bob, code=code, discreet=False)
    assert (queries.coming(charlie, code), queries.coming(alice, code)) == ([bob.me, charlie.me],) * 2
    actions.answer(bob, code=code, discreet=True)
    assert (queries.coming(charlie, code), queries.coming(alice, code)) == ([charlie.me], [bob.me, charlie.me])


def test_the_last_choice_is_kept_for_the_next_evening(announce, bob):
    first, second = announce(), announce(title="Apéro Web 48")
    actions.answer(bob, code=first, audience="organisers")
    assert queries.terms(bob, second) == Terms(audience="organisers", discreet=False)
    actions.answer(bob, code=second, audience="going")
    assert queries.terms(bob, first).audience == "organisers"


def test_changing_who_sees_it_keeps_seat_and_audience(at_filao, announce, bob, charlie):
    code = announce(capacity=1)
    actions.answer(bob, code=code, audience="organisers", discreet=False)
    actions.answer(charlie, code=code, audience="me")
    actions.answer(charlie, code=announce(title="Apéro Web 48"), audience="going", discreet=False)
    actions.answer(bob, code=code, discreet=True)
    assert queries.terms(bob, code) == Terms(audience="organisers", discreet=True)
    assert (standing(bob, code), standing(charlie, code), taken(code)) == (("going", None), ("waiting", 1), 1)


def test_an_answer_for_oneself_alone_asks_nothing_until_it_is_shown(at_filao, bob, code):
    actions.answer(bob, code=code, audience="me")
    with pytest.raises(errors.Invalid) as raised:
        actions.answer(bob, code=code, audience="going")
    assert raised.value.field == "discreet"


def test_an_audience_that_does_not_exist_is_refused(bob, code):
    with pytest.raises(errors.Invalid) as raised:
        actions.answer(bob, code=code, audience="friends")
    assert raised.value.field == "audience"


def test_seats_given_leave_no_trace_on_the_evening_that_others_could_compare(bob, code):
    before = Meetup.ledger.values_list("changed_at", flat=True).get(code=code)
    with clock.at(SUNDAY + timedelta(hours=1)):
        actions.answer(bob, code=code)
    assert taken(code) == 1
    assert Meetup.ledger.values_list("changed_at", flat=True).get(code=code) == before


def test_a_guest_comes_with_a_first_name_known_to_the_organiser_alone(alice, bob, code, guest):
    camille = guest(code, "  Camille  ")
    actions.answer(bob, code=code)
    row = Rsvp.ledger.get(owner=camille.me)
    assert (row.name, row.answer, row.audience_id is None) == ("Camille", "going", False)
    assert [Rsvp.objects.visible_to(viewer).filter(pk=row.pk).count() for viewer in (alice, bob)] == [1, 0]
    assert queries.evening(camille, code).my_name == "Camille"
    assert queries.coming(alice, code) == [bob.me]


def test_a_guest_gives_the_seat_back_by_the_link_and_takes_it_again(code, guest):
    camille = guest(code)
    assert actions.answer(camille, code=code, answer="not_going") == "not_going"
    assert taken(code) == 0
    assert actions.answer(camille, code=code) == "going"
    assert (queries.terms(camille, code).audience, taken(code)) == ("organisers", 1)


def test_the_same_phone_is_the_same_guest(code, guest):
    camille = guest(code)
    actions.answer_as_guest(camille, code=code, name="Camille H.")
    assert (taken(code), queries.evening(camille, code).my_name) == (1, "Camille H.")


@pytest.mark.parametrize(("field", "said"), [("name", {"name": " "}), ("mail_to", {"mail_to": "camille@"})])
def test_what_a_guest_cannot_say_is_said_with_the_field(code, field, said):
    with pytest.raises(errors.Invalid) as raised:
        actions.answer_as_guest(ANYBODY, code=code, **{"name": "Camille", **said})
    assert (raised.value.field, taken(code)) == (field, 0)


def test_an_address_gets_the_reminders_of_one_guest_only(code, guest):
    camille, other = (guest(code, mail_to=address) for address in ("c@example.org", "C@example.org"))
    assert people.mailbox(person=camille.me) == people.Mailbox(address="c@example.org", language="fr")
    assert people.mailbox(person=other.me) is None


def test_an_address_with_a_letter_of_the_same_capital_is_another_one(code, guest):
    guest(code, mail_to="camille@example.org")
    other = guest(code, mail_to="cam\N{LATIN SMALL LETTER DOTLESS I}lle@example.org")
    mailbox = people.mailbox(person=other.me)
    assert mailbox is not None
    assert mailbox.address == "cam\N{LATIN SMALL LETTER DOTLESS I}lle@example.org"


def test_a_guest_who_gets_an_account_keeps_the_seat_and_loses_the_first_name(alice, code, guest):
    camille = guest(code)
    assert actions.adopt(guest=camille.me, person=camille.me) == "Camille"
    assert (standing(camille, code), queries.evening(camille, code).my_name) == (("going", None), "")


def test_a_guest_who_turns_out_to_be_a_member_hands_their_seat_over(announce, bob, guest):
    code, both = announce(capacity=1), announce(title="Apéro Web 48", capacity=2)
    camille = guest(code)
    actions.answer_as_guest(camille, code=both, name="Camille")
    actions.answer(bob, code=both)
    assert actions.adopt(guest=camille.me, person=bob.me) == "Camille"
    assert [(standing(bob, c), taken(c)) for c in (code, both)] == [(("going", None), 1)] * 2
    assert not Rsvp.ledger.filter(owner=camille.me).exists()
    assert queries.coming(bob, code) == [bob.me]


def test_an_erased_person_gives_the_seat_back(announce, bob, charlie):
    code = announce(capacity=1)
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    actions.erase(bob.me)
    assert (standing(charlie, code), taken(code)) == (("offered", None), 1)
    assert not Rsvp.ledger.filter(owner=bob.me).exists()


def test_a_guest_has_a_name_that_shows_and_turns_nothing_around(alice, anonymous, code):
    actions.answer_as_guest(anonymous, code=code, name="\u202eCamille\n\u200bP.")
    assert "Camille P." in [seat.name for seat in declassified.seats(alice, code).lines]
    with pytest.raises(errors.Invalid):
        actions.answer_as_guest(anonymous, code=code, name="\u200b")


def test_one_reads_the_terms_of_all_that_one_said_of_evenings(announce, alice, bob):
    code = announce(audience="everyone")
    actions.answer(bob, code=code, audience="me")
    assert [(own.kind, own.answer, own.audience, own.discreet) for own in gatherings.mine(bob)] == [
        ("Rsvp", "going", None, False)
    ]
    [own] = gatherings.mine(alice)
    assert (own.kind, own.audience, own.evening and own.evening.code) == ("Meetup", EVERYONE, code)


def test_what_one_said_of_an_evening_that_one_no_longer_sees_is_still_there(announce, alice, dana):
    code = announce(audience="everyone")
    actions.answer(dana, code=code)
    actions.edit(alice, code=code, audience="community")
    assert [(own.kind, own.answer, own.evening) for own in gatherings.mine(dana)] == [("Rsvp", "going", None)]
