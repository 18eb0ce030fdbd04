"""Many people answer, leave and move up at once, over HTTP, while offers end: no seat is sold twice, or stays empty.

A small storm; `python -m tests.laws.storm` has two hundred people and fifty evenings, twenty times.
"""

import socket
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep

import pytest

from tests.storms import hurried, judged, storm
from tests.storms.visitor import Visitor

pytestmark = pytest.mark.storm

#: How late what is due may be done, in seconds: less than a letter waits for the mail server.
LATE = 5


@contextmanager
def unheard(installed):
    """A server whose mail server takes calls and never says anything: its address, and where it calls."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        smtp = {"MAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "SMTP_HOST": "127.0.0.1"}
        smtp["SMTP_PORT"] = str(deaf.getsockname()[1])
        with storm.served(installed, **{f"ENTREGENT_{name}": value for name, value in smtp.items()}) as url:
            yield url, deaf


def test_a_storm_oversells_nothing_leaves_no_seat_free_and_shows_no_error(installed):
    with storm.served(installed) as url:
        outcome = storm.once(installed, url, storm.SMALL)
    assert outcome.wrong == []
    assert set(outcome.met.statuses) == {200, 302}
    assert outcome.met.sent.keys() == {"reponse", "rendre", "take"}
    assert min(outcome.looks, outcome.offered) > 0


def test_a_mail_server_that_does_not_answer_keeps_no_seat_from_whoever_waits(installed):
    """The first gives back the one seat, the second is offered it and does nothing: it goes to the third.

    A letter to the third, the only one with an address, is being sent all the while.
    """
    with unheard(installed) as (url, _), ExitStack() as open_lines:
        town = storm.gathered(installed, 1, 1)
        [code] = town["evenings"]
        first, second = Visitor(url, "Camille"), Visitor(url, "Noor")
        third = Visitor(url, "", session=town["sessions"][0])
        for one in (first, second, third):
            open_lines.callback(one.line.close)
        for one in (first, second):
            one.send(one.evening(code), "reponse")
        seated, mailed = first.evening(code), third.evening(code)
        assert (third.send(mailed, "reponse"), first.send(seated, "rendre")) == (302, 302)
        until = monotonic() + hurried.OFFERED + LATE
        assert [one.evening(code).stands for one in (second, third)] == ["take", "waiting"]
        while third.evening(code).stands == "waiting" and monotonic() < until:
            sleep(0.2)
        assert third.evening(code).stands == "take"


def test_a_mail_server_that_does_not_answer_keeps_no_other_duty_from_being_done(installed):
    """Three members answer and are to be told; while the mail server is called, it is a day on which nobody counted."""
    with unheard(installed) as (url, deaf), ExitStack() as open_lines:
        town = storm.gathered(installed, 1, 3)
        for member in (Visitor(url, "", session=session) for session in town["sessions"]):
            open_lines.callback(member.line.close)
            assert member.send(member.evening(town["evenings"][0]), "reponse") == 302
        deaf.settimeout(60)
        open_lines.callback(deaf.accept()[0].close)
        judged.uncount(installed)
        until = monotonic() + LATE
        while not judged.is_counted(installed) and monotonic() < until:
            sleep(0.2)
        assert judged.is_counted(installed)


@pytest.mark.parametrize("without", [["lock"], ["lock", "constraint"]], ids=" and ".join)
def test_without_the_lock_the_same_storm_is_found_wrong(installed, without):
    with storm.served(installed, *without) as url:
        outcome = storm.once(installed, url, storm.SMALL)
    assert [wrong for wrong in outcome.wrong if "taken" in wrong or "oversold" in wrong or "500" in wrong] != []
