"""The address that somebody without account leaves for an answer: for how long it is kept."""

from datetime import timedelta

from entregent.common import clock
from entregent.meetups import actions, due
from entregent.notices.models import Notice
from entregent.people import queries as people
from tests.meetups.conftest import ENDS, STARTS, SUNDAY

WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
KEPT = timedelta(days=15)


def forgotten(*moments):
    """Of how many an address goes at each of these moments."""
    counts = []
    for moment in moments:
        with clock.at(moment):
            counts.append(due.forget_addresses(moment))
    return counts


def written_to(viewer):
    mailbox = people.mailbox(person=viewer.me)
    return mailbox and mailbox.address


def test_whoever_gave_the_seat_back_and_answers_on_another_device_is_written_to(code, guest):
    phone = guest(code, mail_to="camille@example.org")
    actions.answer(phone, code=code, answer="not_going")
    laptop = guest(code, mail_to="camille@example.org")
    assert (written_to(laptop), Notice.objects.filter(recipient=laptop.me, kind="confirmed").count()) == (
        "camille@example.org",
        1,
    )


def test_an_address_that_was_left_for_another_evening_can_be_left_by_whoever_comes_back(announce, code, guest):
    """They had answered the first one without; of neither do two letters come."""
    other, further = announce(title="Autre"), announce(title="Encore")
    laptop, phone = guest(other, mail_to="camille@example.org"), guest(code)
    actions.answer_as_guest(phone, code=further, name="Camille", mail_to="Camille@example.org")
    assert [written_to(one) for one in (laptop, phone)] == ["camille@example.org", "Camille@example.org"]


def test_no_news_of_an_evening_that_one_awaits_comes_to_an_address_twice(announce, code, guest):
    """Whoever leaves it for the second evening comes to the first as well, as does whoever left it there."""
    second, after = announce(title="Autre"), announce(title="Encore", starts_at=STARTS + WEEK, ends_at=ENDS + WEEK)
    guest(code, mail_to="camille@example.org")
    noor = guest(code, "Noor")
    actions.answer_as_guest(noor, code=second, name="Noor", mail_to="camille@example.org")
    assert written_to(noor) is None
    with clock.at(ENDS):
        actions.answer_as_guest(noor, code=after, name="Noor", mail_to="camille@example.org")
    assert written_to(noor) == "camille@example.org"


def test_an_address_goes_fifteen_days_after_the_last_evening_that_was_answered(announce, guest, bob):
    first, later = announce(), announce(starts_at=STARTS + WEEK, ends_at=ENDS + WEEK)
    camille, eve = guest(first, mail_to="camille@example.org"), guest(first, "Eve", mail_to="eve@example.org")
    actions.answer_as_guest(camille, code=later, name="Camille")
    actions.answer(bob, code=first)
    over = ENDS + KEPT
    assert forgotten(over - SECOND, over) == [0, 1]
    assert [written_to(one) for one in (camille, eve, bob)] == ["camille@example.org", None, "bob@example.org"]
    assert forgotten(over + WEEK - SECOND, over + WEEK, over + 2 * WEEK) == [0, 1, 0]
    assert written_to(camille) is None


def test_an_evening_that_is_kept_from_them_keeps_no_address(announce, guest, alice):
    """When it ends now is nothing that they may know."""
    code = announce(starts_at=STARTS + 8 * WEEK, ends_at=ENDS + 8 * WEEK)
    camille = guest(code, mail_to="camille@example.org")
    assert forgotten(SUNDAY + KEPT) == [0]
    actions.edit(alice, code=code, audience="community")
    assert forgotten(SUNDAY + KEPT - SECOND, SUNDAY + KEPT) == [0, 1]
    assert written_to(camille) is None
