"""The letter on the day of a promise: one a day at most, its owner's own words, and nothing told in its subject."""

from datetime import timedelta

import pytest

from entregent.common import clock
from entregent.encounters import actions, due, promises
from entregent.mail import sending
from entregent.notices.models import Notice
from entregent.people import actions as accounts
from tests.mail.conftest import SUNDAY

#: Monday at eight, on La Réunion.
MORNING = SUNDAY + timedelta(hours=20)
DAY = timedelta(days=1)


@pytest.fixture
def karine(bob):
    return actions.note_somebody(bob, name="Karine Payet")


@pytest.fixture
def call(bob, karine):
    return promises.promise(bob, contact=karine, text="L'appeler pour ce verre", due_on=MORNING.date() + DAY)


def worked(moment):
    """How many letters leave where the worker does what is due."""
    with clock.at(moment):
        due.remind(moment)
        return sending.send_due(moment)


def parts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_it_comes_at_eight_on_the_day_and_once(mailboxes, call, settings):
    hours = [MORNING + timedelta(hours=number) for number in (0, 23, 24, 25, 48)]
    assert [worked(moment) for moment in hours] == [0, 0, 1, 0, 0]
    [message] = mailboxes.to("bob@example.org")
    assert message["Subject"] == "Ce que vous vouliez faire aujourd’hui"
    plain, drawn = parts(message)
    for words in ("Karine Payet", f"{settings.BASE_URL}/carnet/a-faire/"):
        assert (words in plain, words in drawn) == (True, True)
    assert "L'appeler pour ce verre" in plain
    assert "<" not in plain


def test_it_speaks_the_language_of_its_reader(mailboxes, call, bob):
    accounts.speak(person=bob.me, language="en")
    worked(MORNING + DAY)
    [message] = mailboxes.to("bob@example.org")
    assert (message["Subject"], message["Content-Language"]) == ("What you meant to do today", "en")


def test_all_that_is_due_is_one_letter_and_what_comes_later_that_day_waits(mailboxes, call, bob, karine):
    tuesday = MORNING + DAY
    promises.promise(bob, contact=karine, text="Un livre", due_on=tuesday.date())
    with clock.at(tuesday):
        first = worked(tuesday)
        promises.promise(bob, contact=karine, text="Un plan", due_on=tuesday.date())
    assert (first, worked(tuesday + timedelta(hours=1)), worked(tuesday + DAY)) == (1, 0, 1)
    said = [[words in parts(message)[0] for words in ("verre", "livre", "plan")] for message in mailboxes.messages]
    assert said == [[True, True, False], [True, True, True]]


def test_what_is_done_or_put_off_before_it_leaves_is_no_letter(mailboxes, call, bob):
    tuesday = MORNING + DAY
    with clock.at(tuesday):
        due.remind(tuesday)
        promises.put_off_promise(bob, promise=call, due_on=tuesday.date() + DAY)
    assert (sending.send_due(tuesday), Notice.objects.count()) == (0, 0)
    assert worked(tuesday + DAY) == 1
    with clock.at(tuesday + DAY):
        promises.put_off_promise(bob, promise=call, due_on=tuesday.date() + 3 * DAY)
        promises.keep_promise(bob, promise=call)
    assert worked(tuesday + 3 * DAY) == 0


def test_what_is_owed_to_somebody_who_was_forgotten_is_no_letter(mailboxes, call, bob, karine):
    actions.forget_contact(bob, contact=karine)
    assert (worked(MORNING + DAY), Notice.objects.count()) == (0, 0)
