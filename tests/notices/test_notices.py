"""Notices: who is to be told what and when, claimed by one worker, tried again, given up."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, ids
from entregent.notices import actions, backoff, due
from entregent.notices.models import Notice

NOW = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
ABOUT = ids.new()


@pytest.fixture(autouse=True)
def now():
    with clock.at(NOW):
        yield


def claimed(moment, **more):
    return [(one.recipient, one.kind) for one in due.claim(moment, **more)]


def test_what_is_told_is_due_at_once_and_what_is_untold_never(alice, bob):
    actions.tell(recipient=alice.me, kind="confirmed", about=ABOUT)
    actions.tell(recipient=bob.me, kind="confirmed", about=ABOUT)
    actions.tell(recipient=bob.me, kind="reminder", about=ABOUT)
    actions.untell(recipient=bob.me, kinds=["confirmed", "waiting"], about=ABOUT)
    assert claimed(NOW) == [(alice.me, "confirmed"), (bob.me, "reminder")]


def test_several_are_told_and_told_no_more_at_the_cost_of_nobody(alice, bob, charlie):
    def statements(act, recipients, **said):
        with CaptureQueriesContext(connection) as context:
            act(recipients=recipients, about=ABOUT, **said)
        return len(context)

    actions.tell(recipient=charlie.me, kind="changed", about=ABOUT)
    everybody = [alice.me, bob.me, charlie.me]
    told = [statements(actions.tell_all, some, kind="changed") for some in ([], everybody[:1], everybody)]
    assert claimed(NOW) == [(one, "changed") for one in (charlie.me, alice.me, bob.me)]
    untold = [statements(actions.untell_all, some, kinds=["changed"]) for some in ([], everybody[1:])]
    assert (set(told), set(untold)) == ({told[0]}, {untold[0]})
    assert claimed(NOW + due.CLAIM) == [(alice.me, "changed")]


def test_what_somebody_was_to_be_told_is_told_to_somebody_else_once(alice, bob):
    later = NOW + timedelta(days=1)
    for kind, due_at in (("waiting", NOW), ("changed", NOW), ("reminder", later)):
        actions.tell(recipient=alice.me, kind=kind, about=ABOUT, due_at=due_at)
        if kind == "waiting":
            due.sent(due.claim(NOW)[0], NOW)
    actions.tell(recipient=alice.me, kind="changed", about=ids.new())
    actions.tell(recipient=bob.me, kind="changed", about=ABOUT)
    [mine] = [one for one in due.claim(NOW) if (one.recipient, one.about) == (bob.me, ABOUT)]
    due.sent(mine, NOW)
    actions.hand_over(recipient=alice.me, to=bob.me, about=ABOUT)
    assert claimed(later) == [(alice.me, "changed"), (alice.me, "changed"), (bob.me, "reminder")]


def test_what_is_due_later_waits_for_its_moment(alice):
    tomorrow = NOW + timedelta(days=1)
    actions.tell(recipient=alice.me, kind="reminder", about=ABOUT, due_at=tomorrow)
    assert (claimed(tomorrow - timedelta(seconds=1)), claimed(tomorrow)) == ([], [(alice.me, "reminder")])


def test_the_same_thing_is_told_once_until_it_is_told_again(alice):
    for _ in range(2):
        actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    [first] = due.claim(NOW)
    due.sent(first, NOW)
    assert claimed(NOW + timedelta(days=1)) == []
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    assert claimed(NOW) == [(alice.me, "changed")]


def test_what_was_sent_is_not_taken_back(alice):
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    [one] = due.claim(NOW)
    due.sent(one, NOW)
    actions.untell(recipient=alice.me, kinds=["changed"], about=ABOUT)
    assert Notice.objects.get().sent_at == NOW


def test_a_claim_is_one_worker_s_until_it_ends(alice):
    actions.tell(recipient=alice.me, kind="confirmed", about=ABOUT)
    assert (claimed(NOW), claimed(NOW), claimed(NOW + due.CLAIM)) == (
        [(alice.me, "confirmed")],
        [],
        [(alice.me, "confirmed")],
    )


def test_what_is_tried_again_is_one_letter_and_what_is_told_again_another(alice):
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    [[first], [second]] = [due.claim(moment) for moment in (NOW, NOW + due.CLAIM)]
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    [third] = due.claim(NOW)
    assert (first.uid == second.uid, third.uid == first.uid, third.tries) == (True, False, 1)
    assert Notice.objects.count() == 1


def test_what_is_told_again_while_it_is_being_sent_is_sent_again(alice):
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    [first] = due.claim(NOW)
    actions.tell(recipient=alice.me, kind="changed", about=ABOUT)
    due.sent(first, NOW)
    assert claimed(NOW) == [(alice.me, "changed")]


def test_what_fails_waits_longer_each_time_and_is_given_up_at_last(alice):
    actions.tell(recipient=alice.me, kind="confirmed", about=ABOUT)
    moment, waits = NOW, []
    for wait in backoff.WAITS:
        [one] = due.claim(moment)
        assert due.put_off(one, moment)
        assert claimed(moment + wait - timedelta(seconds=1)) == []
        waits.append(wait)
        moment += wait
    [last] = due.claim(moment)
    assert (waits == sorted(waits), due.put_off(last, moment), Notice.objects.count()) == (True, False, 0)


def test_what_is_dropped_is_gone(alice):
    actions.tell(recipient=alice.me, kind="confirmed", about=ABOUT)
    [one] = due.claim(NOW)
    due.drop(one)
    assert Notice.objects.count() == 0


def test_what_was_told_is_forgotten_after_ninety_days_and_what_was_not_stays(alice, bob):
    actions.tell(recipient=alice.me, kind="confirmed", about=ABOUT)
    [one] = due.claim(NOW)
    due.sent(one, NOW)
    actions.tell(recipient=bob.me, kind="confirmed", about=ABOUT)
    long_after = NOW + timedelta(days=90)
    assert [due.forget(moment) for moment in (long_after, long_after + timedelta(seconds=1))] == [0, 1]
    assert Notice.objects.get().recipient_id == bob.me


def test_an_erased_person_is_told_nothing(alice, bob):
    for viewer in (alice, bob):
        actions.tell(recipient=viewer.me, kind="confirmed", about=ABOUT)
    actions.erase(alice.me)
    assert claimed(NOW) == [(bob.me, "confirmed")]


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_share_what_is_due_and_send_nothing_twice():
    from entregent.people.models import Person

    people = [Person.objects.create().pk for _ in range(40)]
    for person in people:
        actions.tell(recipient=person, kind="confirmed", about=ABOUT)
    found: list[int] = []

    def work() -> None:
        while claims := due.claim(NOW, limit=3):
            found.extend(one.recipient for one in claims)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(found) == people
