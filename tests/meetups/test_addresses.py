"""The address that somebody without account leaves for an answer: for how long it is kept."""

from datetime import timedelta

from entregent.common import clock
from entregent.meetups import actions, due
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
