"""The letter of the morning after: for whoever was there and noted somebody; its subject names a day and nobody."""

from datetime import timedelta

import pytest

from entregent.common import clock
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters import actions
from entregent.mail import sending
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.notices.models import Notice
from entregent.people import queries as people
from tests.mail.conftest import STARTS

#: Friday at nine, on La Réunion.
NINE = STARTS + timedelta(hours=14, minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def code(announce):
    return announce()


@pytest.fixture
def here(alice, code):
    return evenings.evening(alice, code).here


def there(viewer, here):
    with clock.at(STARTS):
        presences.arrive(viewer, here=here, seen=False)


def noted(viewer, code, name="Karine Payet", at=STARTS):
    with clock.at(at):
        return actions.note_somebody(viewer, name=name, meetup=code)


def sent(moment):
    with clock.at(moment):
        return sending.send_due(moment)


def test_it_comes_once_at_nine_the_next_morning(mailboxes, bob, code, here, settings):
    there(bob, here)
    for name in ("Karine Payet", "Zoé"):
        noted(bob, code, name)
    assert [sent(moment) for moment in (NINE - MINUTE, NINE, NINE + timedelta(days=1))] == [0, 1, 0]
    [message] = mailboxes.to("bob@example.org")
    assert message["Subject"] == "Après jeudi 26 novembre : soixante secondes"
    for part in ("plain", "html"):
        said = message.get_body((part,)).get_content()
        assert (f"{settings.BASE_URL}/s/{code}/lendemain/" in said, "Zoé" in said) == (True, False)


def test_whoever_was_not_there_or_noted_nobody_gets_none(mailboxes, bob, charlie, code, here):
    noted(bob, code)
    there(charlie, here)
    assert (sent(NINE), Notice.objects.count()) == (0, 0)


def test_whoever_forgot_everybody_whom_they_noted_gets_none(mailboxes, bob, code, here):
    there(bob, here)
    actions.forget_contact(bob, contact=noted(bob, code))
    assert sent(NINE) == 0


def test_somebody_without_account_has_no_notebook_to_write_in(mailboxes, code, here):
    with clock.at(STARTS - timedelta(hours=1)):
        seat = meetups.answer_as_guest(ANYBODY, code=code, name="Rose", mail_to="rose@example.org")
    rose = Viewer(person=people.holder_of(secret=seat.secret))
    sent(STARTS - timedelta(minutes=30))
    with clock.at(STARTS):
        presences.arrive_as_guest(rose, here=here, name="Rose")
    noted(rose, code)
    assert (sent(NINE), len(mailboxes.to("rose@example.org"))) == (0, 1)


def test_an_evening_that_was_called_off_or_is_long_over_is_not_asked_about(mailboxes, alice, bob, code, here):
    there(bob, here)
    noted(bob, code)
    with clock.at(STARTS + timedelta(hours=1)):
        meetups.cancel(alice, code=code)
    assert sent(NINE) == 0
    assert (noted(bob, code, at=NINE + MINUTE), sent(NINE + timedelta(days=1)))[1] == 0


def test_a_letter_that_waited_for_days_is_not_sent_any_more(mailboxes, bob, code, here):
    there(bob, here)
    noted(bob, code)
    assert sent(NINE + timedelta(days=3)) == 0
