"""The list that an organiser brings from another tool: looked at first, kept once, theirs alone, for ninety days."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors
from entregent.exchange import attendees
from entregent.exchange.contacts.attendees import Attendee
from entregent.meetups import actions, due, queries
from entregent.meetups.models import Listed
from tests import canary
from tests.exchange.contacts.test_attendees import LUMA
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser
from tests.web.test_evenings import says, text

SKIPPED = ["Ligne 4", "Ligne 5", "Ligne 6"]


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return actions.announce(
        alice, community=community, title="Apéro Web 47", place="Chez Zélie", starts_at=STARTS, ends_at=ENDS
    )


def handed(client, code, data=LUMA):
    return client.post(f"/s/{code}/liste/", {"file": SimpleUploadedFile("guests.csv", data.encode())})


def names(viewer, code):
    return [(one.name, one.mail) for one in queries.listed(viewer, code)]


def test_a_file_is_shown_with_every_line_that_is_not_taken_before_anything_is_kept(alice, code):
    shown = handed(browser.of(alice), code)
    assert (shown.status_code, Listed.ledger.count()) == (200, 0)
    assert [one["name"] for one in shown.context["roll"]["people"]] == ["Karine Payet", "Zoé"]
    assert shown.context["roll"]["skipped"] == [
        "Ligne 4\u00a0: cette personne n’y avait pas de place, ou l’a rendue",
        "Ligne 5\u00a0: cette personne n’y avait pas de place, ou l’a rendue",
        "Ligne 6\u00a0: cette personne est déjà plus haut",
    ]
    assert [says(shown, words) for words in SKIPPED] == [True] * 3


def test_what_was_shown_is_kept_once_and_twice_changes_nothing(alice, code):
    client = browser.of(alice)
    for fresh, said in ((2, "2 personnes sont nouvelles sur votre liste."), (0, "0 personne est nouvelle")):
        shown = handed(client, code)
        assert (shown.context["roll"]["fresh"], says(shown, "Personne de nouveau")) == (fresh, fresh == 0)
        kept = client.post(f"/s/{code}/liste/", {"people": shown.context["roll"]["carried"]}, follow=True)
        assert (kept.status_code, kept.redirect_chain) == (200, [(f"/s/{code}/liste/", 302)])
        assert says(kept, said)
    assert names(alice, code) == [("Karine Payet", "karine@example.org"), ("Zoé", "zoe@example.org")]
    assert says(client.get(f"/s/{code}/liste/"), "à partir du samedi 20 février 2027")


def test_a_list_is_its_organisers_alone_and_whoever_is_on_it_learns_nothing(alice, bob, charlie, dana, code):
    word = canary.word()
    attendees.bring(alice, code=code, people_of_it=[Attendee(2, word, "bob@example.org")])
    before = Listed.ledger.count()
    for viewer in (bob, charlie, dana):
        client = browser.of(viewer)
        assert client.get(f"/s/{code}/liste/").status_code == 404
        assert handed(client, code).status_code == 404
        assert (names(viewer, code), word in text(client.get(f"/s/{code}/"))) == ([], False)
        with pytest.raises(errors.NotFound):
            attendees.bring(viewer, code=code, people_of_it=[Attendee(2, "Zoé")])
    assert (before, Listed.ledger.count(), names(alice, code)) == (1, 1, [(word, "bob@example.org")])
    seats = browser.of(alice).get(f"/s/{code}/organiser/")
    assert (seats.context["coming"], seats.context["seats"], word in text(seats)) == (0, [], False)


def test_after_ninety_days_the_list_is_gone_and_letting_it_go_takes_it_at_once(alice, code):
    attendees.bring(alice, code=code, people_of_it=[Attendee(2, "Karine Payet")])
    last = SUNDAY + timedelta(days=90)
    with clock.at(last - timedelta(seconds=1)):
        assert (due.forget_listed(clock.now()), names(alice, code)) == (0, [("Karine Payet", "")])
    with clock.at(last):
        assert names(alice, code) == []
        assert (due.forget_listed(last), due.forget_listed(last), Listed.ledger.count()) == (1, 0, 0)
    attendees.bring(alice, code=code, people_of_it=[Attendee(2, "Karine Payet")])
    gone = browser.of(alice).post(f"/s/{code}/liste/", {"drop": "yes"}, follow=True)
    assert (says(gone, "La liste est effacée."), Listed.ledger.count()) == (True, 0)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choisissez d’abord un fichier."),
        ({"people": "torn"}, "Cette liste n’est plus celle qu’on vous a montrée."),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "C’est un classeur"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(alice, code, said, words):
    answer = browser.of(alice).post(f"/s/{code}/liste/", said)
    assert (answer.status_code, says(answer, words), Listed.ledger.count()) == (422, True, 0)


def test_a_list_holds_two_thousand_people_at_most(alice, code):
    many = [Attendee(number, f"n {number}") for number in range(2000)]
    assert attendees.bring(alice, code=code, people_of_it=many) == 2000
    assert attendees.bring(alice, code=code, people_of_it=many) == 0
    with pytest.raises(errors.Invalid):
        attendees.bring(alice, code=code, people_of_it=[Attendee(1, "One more")])
    assert Listed.ledger.count() == 2000


def test_the_page_takes_as_many_statements_for_many_as_for_few(alice, code):
    def statements():
        client = browser.of(alice)
        client.get(f"/s/{code}/liste/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/s/{code}/liste/").status_code == 200
        return len(captured)

    attendees.bring(alice, code=code, people_of_it=[Attendee(1, "Zoé")])
    few = statements()
    attendees.bring(alice, code=code, people_of_it=[Attendee(number, f"n {number}") for number in range(50)])
    assert statements() == few
