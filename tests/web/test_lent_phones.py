"""A phone that goes from hand to hand: whoever had it forgotten who they are is nobody to whoever has it next."""

from datetime import timedelta

import pytest
from django.test import Client

from entregent.common import clock
from entregent.meetups import queries
from entregent.meetups.models import Presence, Rsvp
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.people.models import Account, Person
from tests import cast

ADDRESS = "dana@example.org"


@pytest.fixture
def code(alice, community):
    return cast.announce(alice, community)


@pytest.fixture
def phone():
    """As a telephone has it: without the token of a page, nothing is taken."""
    return Client(enforce_csrf_checks=True)


def tap(phone, page, address, **said):
    """Fill in a form that is on a page."""
    phone.get(page)
    return phone.post(address, {**said, "csrfmiddlewaretoken": phone.cookies["csrftoken"].value})


def answer(phone, code, name):
    """Say on the page of an evening that one comes; the secret of the link that one gets."""
    return tap(phone, f"/s/{code}/", f"/s/{code}/reponse/", name=name)["Location"].split("/")[2]


def named(kind):
    """Who comes, or is there, without account: the first name and the person."""
    return sorted(kind.ledger.exclude(name="").values_list("name", "owner"))


def test_whoever_answers_on_a_phone_that_forgot_a_guest_is_another(phone, code):
    first = answer(phone, code, "Camille")
    assert tap(phone, f"/r/{first}/", "/sortir/").status_code == 302
    second = answer(phone, code, "Noor")
    camille, noor = (who.holder_of(secret=secret) for secret in (first, second))
    assert named(Rsvp) == [("Camille", camille), ("Noor", noor)]
    assert (first == second, camille == noor, phone.session["key"]) == (False, False, second)


def test_whoever_arrives_with_a_phone_that_forgot_a_guest_is_another(phone, alice, code):
    evening = queries.evening(alice, code)
    square = f"/ici/{evening.here}/"
    with clock.at(evening.starts_at + timedelta(minutes=30)):
        for name in ("Camille", "Noor"):
            assert tap(phone, square, square, name=name, seen="no")["Location"] == f"/s/{code}/salle/"
            tap(phone, f"/s/{code}/salle/", "/sortir/")
        (_first, camille), (_second, noor) = there = named(Presence)
    assert ([name for name, _person in there], camille == noor) == (["Camille", "Noor"], False)


def test_whoever_answers_on_a_phone_where_somebody_signed_out_is_another(phone, code):
    first = answer(phone, code, "Camille")
    person, account = Person.objects.count(), people.open_account(email=ADDRESS)
    people.person_of(account=account)
    phone.force_login(Account.objects.get(pk=account))
    tap(phone, "/moi/", "/sortir/")
    second = answer(phone, code, "Noor")
    assert (first == second, [name for name, _person in named(Rsvp)]) == (False, ["Camille", "Noor"])
    assert Person.objects.count() == person + 2


def test_whoever_leaves_for_good_leaves_no_mark_on_the_phone(phone, code, dana):
    phone.force_login(Account.objects.get(email=ADDRESS))
    phone.get("/moi/")
    mark = phone.cookies["csrftoken"].value
    gone = tap(phone, "/moi/", "/moi/effacer/", sure="on")
    assert (gone["Location"], Account.objects.filter(email=ADDRESS).exists()) == ("/", False)
    assert mark not in {"", gone.cookies["csrftoken"].value, phone.cookies["csrftoken"].value}
    assert "Tout ce qui était à vous est effacé" in phone.get("/").content.decode()
