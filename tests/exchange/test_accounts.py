"""Another address to sign in with, by the operator's word: whose it is, what follows from it, and who is told."""

import pytest

from entregent.circles.models import Member
from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.exchange import accounts, domains
from entregent.market import actions as market
from entregent.market import queries
from entregent.people import actions as people
from entregent.people.models import Account, Person
from entregent.people.queries import Mailbox, mailbox

OLD, NEW = "eve@filao.example", "eve@example.org"


@pytest.fixture
def eve(db: None) -> Viewer:
    """She signs in from work."""
    viewer = Viewer(person=people.person_of(account=people.open_account(email=OLD)))
    domains.say("filao.example", organisation="Filao")
    market.recognise(viewer)
    return viewer


def stands(viewer: Viewer) -> bool:
    return Member.objects.filter(circle__kind="staff", person=viewer.me).exists()


def taken(_box: Mailbox) -> bool:
    """Every mail is."""
    return True


def unwanted(_box: Mailbox) -> bool:
    """No mail is."""
    raise AssertionError


def test_the_address_before_is_told_and_the_new_one_is_where_mails_go(eve: Viewer):
    told: list[Mailbox] = []

    def away(box: Mailbox) -> bool:
        told.append(box)
        return False

    assert not accounts.give_address(OLD, email=f" {NEW.title()} ", tell=away)
    assert (told, mailbox(person=eve.me)) == ([Mailbox(OLD, "fr")], Mailbox(NEW, "fr"))


def test_whoever_leaves_the_address_of_work_stands_there_no_longer_and_back(eve: Viewer):
    assert (stands(eve), queries.may_be_discreet(eve)) == (True, False)
    accounts.give_address(OLD, email=NEW, tell=taken)
    assert (stands(eve), queries.may_be_discreet(eve)) == (False, True)
    accounts.give_address(NEW, email=OLD, tell=taken)
    assert (stands(eve), queries.may_be_discreet(eve)) == (True, False)


def test_an_address_that_was_typed_and_never_proven_is_free(eve: Viewer):
    people.open_account(email=NEW)
    accounts.give_address(OLD, email=NEW, tell=taken)
    assert list(Account.objects.values_list("email", flat=True)) == [NEW]


def test_what_cannot_be_is_refused_and_nobody_is_told(eve: Viewer):
    Person.objects.create(handle="guest", mail_to="guest@example.org")
    people.person_of(account=people.open_account(email="bob@example.org"))
    wrong = {
        ("guest", NEW): errors.Refused,
        (OLD, "BOB@example.org"): errors.Refused,
        (OLD, OLD.upper()): errors.Refused,
        (OLD, "eve"): errors.Invalid,
        ("mallory", NEW): errors.NotFound,
    }
    for (name, email), error in wrong.items():
        with pytest.raises(error):
            accounts.give_address(name, email=email, tell=unwanted)
    assert mailbox(person=eve.me) == Mailbox(OLD, "fr")


def test_where_no_mail_can_leave_all_stays_as_it_was(eve: Viewer):
    def fails(_box: Mailbox) -> bool:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        accounts.give_address(OLD, email=NEW, tell=fails)
    assert (mailbox(person=eve.me), stands(eve)) == (Mailbox(OLD, "fr"), True)
