"""Accounts, persons without one, and the keys in their links."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.people import actions, due, queries
from entregent.people.models import Account, Key, Person

#: Two sessions, and when each ends from now.
AGES = (("ended", -timedelta(seconds=1)), ("lasting", timedelta(days=1)))
#: Letters whose capitals are I and S, and so PostgreSQL has it.
DOTLESS, LONG = "\N{LATIN SMALL LETTER DOTLESS I}", "\N{LATIN SMALL LETTER LONG S}"


def proven(email):
    return actions.person_of(account=actions.open_account(email=email))


def test_an_address_has_one_account_whatever_its_case(db):
    assert actions.open_account(email="Alice@Example.org") == actions.open_account(email="alice@example.ORG")


@pytest.mark.parametrize("other", [f"cam{DOTLESS}lles@example.org", f"camille{LONG}@example.org"])
def test_an_address_whose_capitals_alone_are_the_same_is_another(db, other):
    address = "camilles@example.org"
    accounts = [actions.open_account(email=email) for email in (address, other, address.upper(), other)]
    camille, stranger = (actions.person_of(account=account) for account in accounts[:2])
    assert (accounts[:2] == accounts[2:], camille == stranger) == (True, False)
    assert [queries.person_with(email=email) for email in (address, other)] == [camille, stranger]
    assert [Account.objects.get_by_natural_key(email).pk for email in (address, other)] == accounts[:2]
    actions.erase(stranger)
    actions.give_address(account=accounts[0], email=other)
    assert [queries.person_with(email=email) for email in (address, other)] == [None, camille]


def test_a_mail_domain_whose_capitals_alone_are_the_same_is_another(db):
    other = f"f{DOTLESS}lao.example"
    alice, bob = proven("alice@filao.example"), proven(f"bob@{other}")
    assert [queries.people_of_domain(domain=domain) for domain in ("filao.example", other)] == [[alice], [bob]]


def test_a_known_and_a_new_address_take_the_same_statements(db):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            actions.open_account(email="alice@example.org")
        counts.append([statement["sql"].split()[0] for statement in statements])
    assert counts[0] == counts[1]


def test_somebody_without_account_is_known_by_their_secret_only(db):
    person, secret = actions.welcome(language="en", mail_to="eve@example.org")
    assert queries.holder_of(secret=secret) == person
    assert queries.holder_of(secret="another") is None
    assert Key.objects.filter(digest=secret).count() == 0
    assert queries.mailbox(person=person) == queries.Mailbox(address="eve@example.org", language="en")


def test_an_account_makes_a_person_of_somebody_known_by_a_secret(db):
    person, secret = actions.welcome()
    account = actions.open_account(email="eve@example.org")
    assert actions.attach(person=person, account=account) == person
    assert (queries.person_of(account=account), queries.holder_of(secret=secret)) == (person, None)


def test_an_account_that_has_its_person_keeps_it(db):
    held = proven("eve@example.org")
    guest, secret = actions.welcome()
    assert actions.attach(person=guest, account=actions.open_account(email="eve@example.org")) == held
    assert queries.holder_of(secret=secret) == guest


def test_a_browser_that_did_not_come_back_is_forgotten(db):
    ended, lasting = (Session(session_key=key, session_data="", expire_date=clock.now() + days) for key, days in AGES)
    Session.objects.bulk_create([ended, lasting])
    assert due.forget_browsers(clock.now()) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasting"]


def test_an_account_that_was_never_proven_goes_after_a_day(db):
    kept, lost = proven("alice@example.org"), actions.open_account(email="typo@example.org")
    assert due.forget_unproven(clock.now()) == 0
    assert due.forget_unproven(clock.now() + timedelta(days=1, seconds=1)) == 1
    assert Account.objects.filter(pk=lost).count() == 0
    assert queries.mailbox(person=kept) == queries.Mailbox(address="alice@example.org", language="fr")


def test_those_of_a_mail_domain_have_proven_an_address_there(db):
    alice, bob = proven("alice@Filao.example"), proven("bob@filao.example")
    proven("charlie@notfilao.example")
    proven("dana@pro.filao.example")
    actions.open_account(email="unproven@filao.example")
    actions.welcome(mail_to="guest@filao.example")
    assert queries.people_of_domain(domain="filao.example") == [alice, bob]
    assert queries.mail_domain(person=alice) == "filao.example"


def test_nobody_is_of_no_domain(db):
    guest, _ = actions.welcome()
    assert (queries.mail_domain(person=guest), queries.people_of_domain(domain="")) == ("", [])


def test_a_person_is_found_by_their_public_id_until_they_are_erased(db):
    person = proven("alice@example.org")
    uid = queries.uid_of(person=person)
    assert queries.person_known_as(uid=uid) == person
    actions.erase(person)
    for read in (
        lambda: queries.uid_of(person=person),
        lambda: queries.person_known_as(uid=uid),
        lambda: queries.person_known_as(uid=ids.new()),
    ):
        with pytest.raises(errors.NotFound):
            read()


def test_erasing_leaves_neither_person_nor_account_nor_key(db):
    kept = proven("bob@example.org")
    guest, _ = actions.welcome()
    for person in (proven("alice@example.org"), guest):
        actions.erase(person)
    assert [list(kind.objects.values_list("pk", flat=True)) for kind in (Person, Key)] == [[kept], []]
    assert list(Account.objects.values_list("email", flat=True)) == ["bob@example.org"]


def test_as_much_is_asked_of_a_domain_that_is_not_known(db, django_assert_num_queries):
    for domain in ("filao.example", ""):
        with django_assert_num_queries(1):
            assert queries.people_of_domain(domain=domain) == []
