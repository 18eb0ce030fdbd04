"""Transactions on SQLite begin in the order in which threads ask for them, whatever becomes of the one before."""

import threading
from time import sleep

import pytest

from entregent.config.queued.turns import Line


def test_whoever_waits_longest_goes_first():
    line, came = Line(), list[int]()

    def pass_through(number):
        assert line.enter(10)
        came.append(number)
        line.leave()

    assert line.enter(1)
    crowd = [threading.Thread(target=pass_through, args=[number]) for number in range(8)]
    for number, one in enumerate(crowd, start=1):
        one.start()
        while len(line._waiting) < number:
            sleep(0.001)
    line.leave()
    for one in crowd:
        one.join(10)
    assert came == [*range(8)]


def test_whoever_gives_up_keeps_nobody_back():
    line = Line()
    assert [line.enter(1), line.enter(0.01)] == [True, False]
    line.leave()
    assert line.enter(0.01) is True


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_ends_its_turn():
    from django.db import connection, transaction

    def fail():
        with transaction.atomic():
            assert getattr(connection, "_in_turn", True)
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()
        assert not getattr(connection, "_in_turn", False)
