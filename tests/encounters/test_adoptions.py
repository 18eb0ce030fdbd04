"""What a guest noted is in the book of the member who they turn out to be: nothing is lost, nothing stands twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles.fixed import EVERYONE
from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters import actions, adoptions, followups, promises, queries
from entregent.encounters.models import Contact, Encounter, Note
from entregent.exchange import actions as exchange
from entregent.exchange import erasing
from entregent.meetups import presences
from entregent.meetups import queries as meetups
from entregent.notices.models import Notice
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.profiles import actions as profiles
from entregent.search.models import Line
from tests import cast
from tests.encounters.conftest import TODAY


@pytest.fixture
def tonight(alice, community):
    """The code of an evening that goes on."""
    with clock.at(TODAY - timedelta(days=5)):
        return cast.announce(alice, community, days=5)


@pytest.fixture
def guest(alice, charlie, tonight):
    """Bob, whose phone was signed out, is there under a first name; the others show theirs to everyone."""
    for viewer, name in ((alice, "Alice Hoarau"), (charlie, "Charlie Grondin")):
        profiles.call_me(viewer, text=name, audience=EVERYONE)
    here = meetups.evening(alice, tonight).here or ""
    return Viewer(person=who.holder_of(secret=presences.arrive_as_guest(ANYBODY, here=here, name="Bobby").secret))


def uid(viewer):
    return who.uid_of(person=viewer.me)


def note(viewer, other, evening, text=""):
    return actions.note_somebody(viewer, person=uid(other), meetup=evening, text=text)


def become(guest, viewer):
    account = who.account_of(person=viewer.me)
    assert account is not None
    exchange.take_account(guest, account=account)


def book(viewer):
    """Names, where each was met, how often, and what was written of them, the oldest first."""
    pages = [queries.contact(viewer, entry.uid) for entry in queries.book(viewer)]
    return sorted((page.name, len(page.encounters), sorted(note.text for note in page.notes)) for page in pages)


def lines(viewer):
    """What finds the people of a book: kind, words, the page and the member that they lead to."""
    found = Line.ledger.filter(owner=viewer.me, kind__in=["contact", "encounter", "note", "promise"])
    pages = dict(Contact.ledger.filter(owner=viewer.me).values_list("uid", "name"))
    return sorted((line.kind, line.text, pages[line.contact or line.about], line.subject_id) for line in found)


def test_whom_a_guest_noted_is_in_the_book_of_whoever_they_turn_out_to_be(alice, bob, charlie, guest, tonight):
    note(guest, alice, tonight, "Cherche un duplex")
    promises.promise(guest, contact=note(guest, charlie, tonight, "Des cartes"), text="Un verre")
    actions.note_somebody(guest, name="Noor", meetup=tonight)
    before = lines(guest)
    become(guest, bob)
    assert book(bob) == [
        ("Alice Hoarau", 1, ["Cherche un duplex"]),
        ("Charlie Grondin", 1, ["Des cartes"]),
        ("Noor", 1, []),
    ]
    assert (lines(bob), len(before)) == (before, 9)
    assert not Contact.ledger.exclude(owner=bob.me).exists()


def test_a_page_that_they_have_takes_what_the_guest_s_says_and_nothing_twice(alice, bob, guest, tonight, apero):
    page = note(bob, alice, apero, "Il y a deux ans")
    note(bob, alice, tonight, "Ce soir")
    actions.add_channel(bob, contact=page, kind="mail", value="alice@example.net")
    actions.label(bob, contacts=[page], text="Web")
    theirs = note(guest, alice, tonight, "Cherche un duplex")
    actions.meet_again(guest, contact=theirs, on=TODAY.date() - timedelta(days=30))
    promises.promise(guest, contact=theirs, text="L'appeler")
    for value in ("alice@example.net", "alice@example.com"):
        actions.add_channel(guest, contact=theirs, kind="mail", value=value)
    for text in ("Web", "Duplex"):
        actions.label(guest, contacts=[theirs], text=text)
    become(guest, bob)
    assert book(bob) == [("Alice Hoarau", 3, ["Ce soir", "Cherche un duplex", "Il y a deux ans"])]
    held = queries.contact(bob, page)
    assert sorted(way.value for way in held.channels) == ["alice@example.com", "alice@example.net"]
    assert sorted(label.text for label in held.labels) == ["Duplex", "Web"]
    assert [(one.text, one.contact) for one in followups.open_ones(bob)] == [("L'appeler", page)]
    assert [entry.uid for entry in queries.book(bob, "appeler")] == [page]
    assert {(kind, to) for kind, _text, _page, to in lines(bob)} == {
        (kind, alice.me) for kind in ("contact", "encounter", "note", "promise")
    }
    said = [(kind, text) for kind, text, *_ in lines(bob)]
    assert (len(said), ("contact", "Alice Hoarau Web Duplex") in said) == (8, True)


def test_a_page_that_they_had_struck_out_is_a_new_one(alice, bob, guest, tonight, apero):
    actions.forget_contact(bob, contact=note(bob, alice, apero, "Il y a deux ans"))
    note(guest, alice, tonight, "Cherche un duplex")
    become(guest, bob)
    assert book(bob) == [("Alice Hoarau", 1, ["Cherche un duplex"])]
    assert (Note.ledger.count(), Encounter.ledger.count()) == (1, 1)


#: How somebody's name is no longer shown to another.
GONE = {
    "blocks": lambda viewer, other: discretion.block(viewer, person=other.me),
    "hides": lambda viewer, _other: profiles.call_me(viewer, text="Charlie Grondin", audience=None),
    "leaves": lambda viewer, _other: erasing.erase(viewer.me),
}


@pytest.mark.parametrize("gone", GONE)
def test_somebody_who_hides_is_two_pages_as_is_somebody_who_left(bob, charlie, guest, tonight, apero, gone):
    note(bob, charlie, apero, "Il y a deux ans")
    note(guest, charlie, tonight, "Des cartes")
    GONE[gone](charlie, bob)
    become(guest, bob)
    assert book(bob) == [("Charlie Grondin", 1, ["Des cartes"]), ("Charlie Grondin", 1, ["Il y a deux ans"])]
    assert [entry.note for entry in queries.book(bob, "cartes")] == ["Des cartes"]


@pytest.mark.parametrize("gone", GONE)
def test_the_page_of_somebody_who_hides_or_left_is_taken_back_for_a_while(bob, charlie, guest, tonight, apero, gone):
    page = note(bob, charlie, apero, "Il y a deux ans")
    note(guest, charlie, tonight, "Des cartes")
    actions.forget_contact(bob, contact=page)
    GONE[gone](charlie, bob)
    become(guest, bob)
    assert [notes for _name, _met, notes in book(bob)] == [["Des cartes"]]
    actions.keep_contact(bob, contact=page)
    assert [notes for _name, _met, notes in book(bob)] == [["Des cartes"], ["Il y a deux ans"]]


def test_somebody_who_shows_their_name_again_is_known_by_the_page_that_one_had(bob, charlie, guest, tonight, apero):
    note(bob, charlie, apero, "Il y a deux ans")
    note(guest, charlie, tonight, "Des cartes")
    discretion.block(charlie, person=bob.me)
    become(guest, bob)
    discretion.unblock(charlie, person=bob.me)
    known = {entry.note: queries.contact(bob, entry.uid).member for entry in queries.book(bob)}
    assert known == {"Des cartes": None, "Il y a deux ans": uid(charlie)}
    led = Line.ledger.filter(owner=bob.me, kind="note").values_list("text", "subject")
    assert dict(led) == {"Des cartes": None, "Il y a deux ans": charlie.me}


def test_somebody_who_shows_their_name_again_is_known_by_the_page_that_the_guest_had(bob, charlie, guest, tonight):
    note(guest, charlie, tonight, "Des cartes")
    discretion.block(charlie, person=bob.me)
    become(guest, bob)
    discretion.unblock(charlie, person=bob.me)
    [entry] = queries.book(bob)
    assert queries.contact(bob, entry.uid).member == uid(charlie)
    assert {subject for *_, subject in lines(bob)} == {charlie.me}


def test_what_they_noted_of_themselves_is_in_nobody_s_book(bob, guest, tonight):
    profiles.call_me(bob, text="Bob Payet", audience=EVERYONE)
    note(guest, bob, tonight, "C'est moi")
    become(guest, bob)
    assert (book(bob), Contact.ledger.count(), Note.ledger.count(), lines(bob)) == ([], 0, 0, [])


def test_they_are_asked_in_the_morning_once(alice, bob, charlie, guest, tonight):
    note(guest, alice, tonight)
    asked = Notice.objects.filter(kind="morning")
    [told] = asked.values_list("about", "due_at")
    note(bob, charlie, tonight)
    become(guest, bob)
    assert list(asked.values_list("recipient", "about", "due_at")) == [(bob.me, *told)]


def test_they_are_asked_in_the_morning_for_what_the_guest_noted(alice, bob, guest, tonight):
    note(guest, alice, tonight)
    become(guest, bob)
    assert list(Notice.objects.filter(kind="morning").values_list("recipient", flat=True)) == [bob.me]


def test_whoever_gets_an_account_of_their_own_keeps_their_book(alice, guest, tonight):
    note(guest, alice, tonight, "Cherche un duplex")
    before = lines(guest)
    exchange.take_account(guest, account=people.open_account(email="bobby@example.org"))
    assert (book(guest), lines(guest)) == ([("Alice Hoarau", 1, ["Cherche un duplex"])], before)


def test_it_costs_as_much_for_somebody_who_hides_as_for_somebody_who_left(alice, bob, charlie, guest, tonight, apero):
    """Bob has a page of each of the two."""
    counts = []
    for other in (alice, charlie):
        note(bob, other, apero, "Il y a deux ans")
    for other, gone in ((alice, "blocks"), (charlie, "leaves")):
        note(guest, other, tonight, "Des cartes")
        GONE[gone](other, bob)
        with CaptureQueriesContext(connection) as asked:
            adoptions.adopt(guest=guest.me, person=bob.me)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(queries.book(bob)) == 4


def test_it_costs_as_much_whoever_was_noted_and_whatever_they_do(alice, bob, charlie, dana, guest, tonight):
    """Alice blocks Bob, hides her name and has him in her book; Charlie does nothing."""
    counts = []
    for other in (alice, charlie):
        actions.note_somebody(guest, person=uid(other), meetup=tonight, text="Des cartes")
        if other == alice:
            actions.note_somebody(alice, person=uid(bob))
            discretion.block(alice, person=bob.me)
            profiles.call_me(alice, text="Alice Hoarau", audience=None)
        with CaptureQueriesContext(connection) as asked:
            adoptions.adopt(guest=guest.me, person=bob.me)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert {entry.name for entry in queries.book(bob)} == {"Alice Hoarau", "Charlie Grondin"}
