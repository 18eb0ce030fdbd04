"""The worker: what is due is done at each tick, and what fails keeps nothing else back."""

import threading
from datetime import datetime, timedelta
from typing import Any

from django.core import mail

from entregent.common import clock
from entregent.config import worker
from entregent.discretion.viewer import ANYBODY
from entregent.mail import sending
from entregent.meetups import actions, queries

NOW = datetime.fromisoformat("2026-11-22T08:00:00+00:00")


def test_one_tick_counts_bands_and_sends_mails(alice, bob, community):
    starts_at = NOW + timedelta(days=4)
    said: Any = {
        "title": "Apéro",
        "place": "Chez Zélie",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
    }
    with clock.at(NOW):
        code = actions.announce(alice, community=community, **said)
        for number in range(12):
            actions.answer_as_guest(ANYBODY, code=code, name=f"Guest {number}")
        actions.answer(bob, code=code)
        worker.tick(NOW)
        assert [message.to for message in mail.outbox] == [["bob@example.org"]]
    with clock.at(NOW + timedelta(days=1)):
        worker.tick(NOW + timedelta(days=1))
        assert queries.evening(bob, code).band == (10, 19)


def test_a_duty_that_fails_is_logged_and_keeps_no_other_back(caplog):
    done: list[datetime] = []

    def broken(now):
        raise RuntimeError("out of order")

    worker.tick(NOW, (broken, done.append))
    assert done == [NOW]
    [record] = caplog.records
    assert record.getMessage().endswith("broken failed")


def test_a_worker_ticks_until_it_is_told_to_end():
    ticks: list[datetime] = []
    enough = threading.Event()

    def duty(now):
        ticks.append(now)
        if len(ticks) == 3:
            enough.set()

    one = worker.Worker((duty,), pause=0.01)
    one.start()
    assert enough.wait(10)
    one.end(10)
    assert (one.is_alive(), ticks == sorted(ticks)) == (False, True)


def test_letters_have_a_worker_of_their_own_as_has_news_and_whatever_is_due_has_one():
    letters, news = (
        [share for share in worker.SHARES if duty in share] for duty in (sending.send_due, sending.send_news)
    )
    assert (letters, news) == ([(sending.send_due,)], [(sending.send_news,)])
    assert {duty for share in worker.SHARES for duty in share} == set(worker.DUTIES)
