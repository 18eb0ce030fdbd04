"""Those who organise free the seats of people who answered without an account."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.discretion import actions as discretion
from entregent.discretion import queries as places
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import copies
from entregent.meetups import actions, declassified, hosts, queries, releases, tally
from entregent.meetups.models import Meetup, Pick, Rsvp
from entregent.notices.models import Notice
from entregent.people import queries as people
from tests.cast import member
from tests.meetups.conftest import ENDS, STARTS, SUNDAY

VIN = ("Vin ?", ("oui", "non"))


def come(code, name="Zoé", *, at=SUNDAY, **said):
    """Somebody answers without an account."""
    with clock.at(at):
        seat = actions.answer_as_guest(ANYBODY, code=code, name=name, **said)
    return Viewer(person=people.holder_of(secret=seat.secret))


def answer_of(viewer, code):
    return Rsvp.ledger.values_list("uid", flat=True).get(owner=viewer.me, meetup__code=code)


def release(actor, code, *guests):
    releases.release(actor, code=code, answers=[answer_of(one, code) for one in guests])


def stands(code):
    """Where everybody stands, the first one first; how many seats are taken."""
    rows = Rsvp.ledger.filter(meetup__code=code).order_by("answered_at", "pk")
    return list(rows.values_list("answer", flat=True)), Meetup.ledger.values_list("taken", flat=True).get(code=code)


def told(viewer, code):
    about = Meetup.ledger.values_list("uid", flat=True).get(code=code)
    return set(Notice.objects.filter(recipient=viewer.me, about=about).values_list("kind", flat=True))


def test_the_seat_goes_to_whoever_waits_first_and_both_are_told(announce, alice, bob):
    code = announce(capacity=1)
    zoe = come(code)
    actions.answer(bob, code=code)
    release(alice, code, zoe)
    assert stands(code) == (["released", "offered"], 1)
    assert [queries.evening(viewer, code).my_answer for viewer in (zoe, bob)] == ["released", "offered"]
    assert (told(zoe, code), told(bob, code)) == ({"released"}, {"offered"})
    assert list(copies.seats(print)) == []


def test_whoever_waits_behind_a_party_that_goes_is_offered_what_was_kept_for_it(announce, alice, bob, charlie):
    code = announce(capacity=2, guests=1)
    actions.answer(charlie, code=code)
    zoe = come(code, guests=1)
    actions.answer(bob, code=code)
    assert stands(code) == (["going", "waiting", "waiting"], 1)
    release(alice, code, zoe)
    assert stands(code) == (["going", "released", "offered"], 2)


def test_several_go_at_once_with_whom_they_bring_and_whoever_waits_among_them_is_offered_nothing(announce, alice, bob):
    code = announce(capacity=3, guests=2)
    first, second = come(code, guests=1), come(code, "Yann")
    waits = come(code, "Lou")
    actions.answer(bob, code=code)
    release(alice, code, first, second, waits)
    assert stands(code) == (["released", "released", "released", "offered"], 1)
    assert (told(waits, code), told(bob, code)) == ({"released"}, {"offered"})
    assert queries.evening(first, code).my_guests == 0


def test_whoever_had_a_seat_is_no_more_among_those_who_come_and_what_they_chose_is_forgotten(announce, alice, bob):
    code = announce(questions=(VIN,))
    zoe = come(code, picks={tally.key_of(*VIN): 0})
    actions.answer(bob, code=code, picks={tally.key_of(*VIN): 1})
    release(alice, code, zoe)
    about = Meetup.ledger.values_list("uid", flat=True).get(code=code)
    assert [places.stands_in(who, "going", about) for who in (zoe, bob)] == [False, True]
    assert list(Pick.ledger.values_list("owner", flat=True)) == [bob.me]
    assert "reminder" not in told(zoe, code)


def test_doing_it_twice_changes_nothing_and_whoever_gave_theirs_back_stays_as_they_are(announce, alice, bob):
    code = announce(capacity=2)
    zoe, yann = come(code), come(code, "Yann")
    actions.answer(bob, code=code)
    actions.answer(yann, code=code, answer="not_going")
    release(alice, code, zoe)
    Notice.objects.update(sent_at=SUNDAY)
    before = stands(code)
    release(alice, code, zoe, yann)
    assert (stands(code), before) == ((["released", "not_going", "offered"], 1), before)
    assert not Notice.objects.filter(sent_at=None).exists()


def test_they_are_not_kept_out_and_answer_again_as_the_same_person(announce, alice, code):
    zoe = come(code)
    release(alice, code, zoe)
    assert actions.answer_as_guest(zoe, code=code, name="Zoé").outcome == "going"
    assert (stands(code), [one.name for one in queries.visitors(alice, code)]) == ((["going"], 1), ["Zoé"])
    assert "confirmed" in told(zoe, code)


def test_they_do_not_answer_again_once_answers_are_closed(announce, alice):
    code = announce(closes_at=SUNDAY + timedelta(hours=2))
    zoe = come(code)
    with clock.at(SUNDAY + timedelta(hours=3)):
        release(alice, code, zoe)
        with pytest.raises(errors.Refused, match="closes"):
            actions.answer_as_guest(zoe, code=code, name="Zoé")


def test_it_is_for_those_who_organise_whoever_announced_it(alice, bob, charlie, code):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    zoe, yann = come(code), come(code, "Yann")
    for viewer, refusal in ((charlie, errors.Refused), (zoe, errors.Refused), (ANYBODY, errors.DomainError)):
        with pytest.raises(refusal):
            release(viewer, code, yann)
    assert stands(code)[0] == ["going", "going"]
    release(bob, code, zoe)
    assert stands(code)[0] == ["released", "going"]


@pytest.mark.parametrize("whose", ["member", "adopted", "elsewhere", "nobody"])
def test_nobody_else_s_seat_is_given_back_and_then_no_seat_is(announce, alice, bob, code, whose):
    zoe, other = come(code), announce()
    if whose == "member":
        actions.answer(bob, code=code, audience="organisers", discreet=False)
    elif whose == "adopted":
        actions.adopt(guest=come(code, "Bob").me, person=bob.me)
    else:
        actions.answer_as_guest(zoe, code=other, name="Zoé")
    asked = {"elsewhere": (zoe, other), "nobody": None}.get(whose, (bob, code))
    with pytest.raises(errors.NotFound):
        releases.release(alice, code=code, answers=[answer_of(zoe, code), answer_of(*asked) if asked else ids.new()])
    assert set(Rsvp.ledger.values_list("answer", flat=True)) == {"going"}


def test_what_is_over_or_called_off_keeps_its_answers(announce, alice):
    over, off = announce(), announce()
    guests = {code: come(code) for code in (over, off)}
    actions.cancel(alice, code=off)
    with pytest.raises(errors.Refused):
        release(alice, off, guests[off])
    with clock.at(ENDS), pytest.raises(errors.Refused):
        release(alice, over, guests[over])
    with clock.at(ENDS - timedelta(seconds=1)):
        release(alice, over, guests[over])
    assert [stands(code)[0] for code in (over, off)] == [["released"], ["going"]]


def test_shortly_before_the_start_a_waiting_visitor_who_goes_frees_nothing_and_nobody_is_told_twice(
    announce, alice, bob, charlie
):
    code = announce(capacity=2)
    zoe, yann = come(code), come(code, "Yann")
    waits = come(code, "Lou")
    actions.answer(bob, code=code)
    with clock.at(STARTS - timedelta(hours=1)):
        release(alice, code, waits)
        assert told(bob, code) == {"waiting"}
        release(alice, code, zoe)
        assert told(bob, code) == {"free"}
        Notice.objects.update(sent_at=clock.now())
        release(alice, code, zoe, waits)
    assert (stands(code)[1], Notice.objects.filter(sent_at=None).count()) == (1, 0)
    assert queries.evening(yann, code).my_answer == "going"


def test_the_latest_who_answered_without_an_account_come_first(announce, alice, bob):
    code = announce(capacity=3, guests=1)
    first = come(code, "Zoé", guests=1)
    come(code, "Yann", at=SUNDAY + timedelta(minutes=1))
    come(code, "Lou", at=SUNDAY + timedelta(minutes=2))
    gone = come(code, "Rose", at=SUNDAY + timedelta(minutes=3))
    actions.answer(gone, code=code, answer="not_going")
    actions.answer(bob, code=code, audience="organisers", discreet=False)
    shown = [(one.name, one.comes, one.guests) for one in queries.visitors(alice, code)]
    assert shown == [("Lou", False, 0), ("Yann", True, 0), ("Zoé", True, 1)]
    assert queries.visitors(bob, code) == queries.visitors(ANYBODY, code) == []
    assert [one.name for one in queries.visitors(first, code)] == ["Zoé"]


def test_whoever_let_an_offer_pass_is_on_the_page_no_more_and_stays_as_they_are(announce, alice, bob):
    code = announce(capacity=1)
    actions.answer(bob, code=code)
    zoe = come(code)
    actions.answer(bob, code=code, answer="not_going")
    assert [one.comes for one in queries.visitors(alice, code)] == [False]
    with clock.at(SUNDAY + timedelta(hours=13)):
        assert queries.visitors(alice, code) == []
        release(alice, code, zoe)
    assert (stands(code), told(zoe, code)) == ((["not_going", "lapsed"], 0), set())


def test_those_who_organise_see_the_seat_gone_in_what_they_are_told(announce, alice, code):
    zoe = come(code)
    release(alice, code, zoe)
    known = declassified.seats(alice, code)
    assert (known.coming, known.waiting, known.lines) == (0, 0, ())


def statements(act, *given):
    with CaptureQueriesContext(connection) as context:
        act(*given)
    return len(context)


@pytest.mark.parametrize("hidden", [(), ("first",), ("first", "second", "third")])
@pytest.mark.parametrize("before", [timedelta(days=2), timedelta(hours=1)])
def test_it_costs_as_much_whoever_waits_unseen(announce, alice, hidden, before):
    codes = [announce(capacity=2) for _ in range(2)]
    guests = [[come(code), come(code, "Yann")] for code in codes]
    for name in hidden:
        actions.answer(member(name), code=codes[1], audience="me", discreet=False)
    with clock.at(STARTS - before):
        costs = [statements(release, alice, code, *theirs) for code, theirs in zip(codes, guests, strict=True)]
    assert costs[0] == costs[1]


@pytest.mark.parametrize("before", [timedelta(days=1), timedelta(hours=2) - timedelta(minutes=1)])
def test_it_costs_as_much_whether_one_waits_or_is_offered_a_seat_and_chose_something_or_did_not(
    announce, alice, before
):
    """Those who organise are told that somebody waits, not that a seat is offered to them."""
    said = {"capacity": 1, "questions": (VIN,)}
    waiting, offered = announce(**said), announce(**said)
    holds = [come(code) for code in (waiting, offered)]
    waits = [come(waiting, "Yann"), come(offered, "Yann", picks={tally.key_of(*VIN): 0})]
    with clock.at(STARTS - max(before, timedelta(hours=2)) - timedelta(minutes=1)):
        actions.answer(holds[1], code=offered, answer="not_going")
    with clock.at(STARTS - before):
        seen = [
            [one.comes for one in queries.visitors(alice, code) if one.name == "Yann"] for code in (waiting, offered)
        ]
        costs = [statements(release, alice, code, one) for code, one in zip((waiting, offered), waits, strict=True)]
    assert (seen, stands(offered)[0]) == ([[False], [False]], ["not_going", "released"])
    assert costs[0] == costs[1]


def test_a_block_keeps_no_organiser_from_their_visitors(alice, code):
    zoe = come(code)
    discretion.block(alice, person=zoe.me)
    release(alice, code, zoe)
    assert stands(code)[0] == ["released"]
