"""A book takes so many people from files and no more: one clear error, nothing changed, however many come at once."""

import threading
import time
from uuid import UUID

import pytest
from django.db import connection
from django.utils import translation

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions, queries
from entregent.encounters.models import Contact
from entregent.exchange import books as shelf
from entregent.exchange import bounds, uploads
from entregent.people.models import Person
from tests.exchange import books

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of forty, so that it is full soon."""
    monkeypatch.setattr(bounds, "PEOPLE", 40)


def bring(actor: Viewer, text: str) -> UUID:
    return shelf.bring(actor, book=shelf.read(text.encode()), file="carnet.vcf")


def refused(actor: Viewer, text: str) -> str:
    with pytest.raises(errors.Invalid) as refusal:
        bring(actor, text)
    return str(refusal.value.message)


def test_a_book_is_filled_to_its_last_page_and_then_takes_nobody_new(bob, dump):
    bring(bob, books.cards(39))
    before = dump()
    assert refused(bob, books.connections(2)) == (
        "These would be 2 new people, and this notebook has room for one more: files bring 40 at most. "
        "Bring fewer, forget some pages, or take an earlier file back."
    )
    assert dump() == before
    bring(bob, books.connections(1))
    before = dump()
    assert refused(bob, books.FRENCH) == (
        "This notebook is full: files bring 40 people into it at most. "
        "Forget some pages, or take an earlier file back, before others come in."
    )
    assert (dump(), queries.size(bob)) == (before, 40)


def test_it_is_said_in_french_with_numbers_as_one_writes_them(bob, monkeypatch):
    monkeypatch.setattr(bounds, "PEOPLE", 20_000)
    with translation.override("fr"):
        assert str(bounds.short(held=17_500, fresh=9000)) == (
            "Cela ferait 9\u00a0000 personnes de plus, et ce carnet a encore de la place pour 2\u00a0500\u00a0: les "
            "fichiers y en amènent 20\u00a0000 au plus. Apportez-en moins, oubliez quelques pages, ou retirez un "
            "fichier déjà apporté."
        )


def test_whoever_is_in_the_book_already_needs_no_room_and_several_lines_about_one_need_it_once(bob):
    bring(bob, books.cards(39))
    bring(bob, books.cards(39))
    bring(bob, "BEGIN:VCARD\nFN:Zoé\nEMAIL:zoe@example.org\nEND:VCARD\n" * 3)
    assert queries.size(bob) == 40


def test_how_many_fit_is_said_beforehand_of_people_and_not_of_lines(bob):
    bring(bob, books.cards(38))
    said = shelf.read((books.FRENCH + "Karine;Hoareau;Lagon Studio;karine@example.org;\r\n" * 9).encode()).said
    assert shelf.beforehand(bob, said).short is None
    said = shelf.read((books.CARDS + books.cards(38)).encode()).said
    assert shelf.beforehand(bob, said).short == bounds.Short(left=2, fresh=3)


def test_a_page_that_goes_makes_room_at_once_and_so_does_a_file_that_is_taken_back(bob):
    brought = bring(bob, books.cards(20))
    bring(bob, books.connections(20))
    actions.forget_contact(bob, contact=queries.book(bob)[0].uid)
    assert "room for one more" in refused(bob, books.CARDS)
    bring(bob, books.FRENCH)
    shelf.undo(bob, brought=brought)
    bring(bob, books.CARDS)
    assert queries.size(bob) <= 40


def test_whoever_is_noted_by_hand_finds_room_in_a_full_book(bob):
    bring(bob, books.cards(40))
    actions.note_somebody(bob, name="Zoé")
    assert queries.size(bob) == 41
    bring(bob, books.cards(40))
    assert "full" in refused(bob, books.FRENCH)


def test_the_books_of_others_take_no_room(alice, bob):
    bring(alice, books.cards(40))
    bring(bob, books.cards(40))
    assert (queries.size(alice), queries.size(bob)) == (40, 40)


def test_a_file_of_which_too_many_were_chosen_goes_on_waiting(bob, dump):
    bring(bob, books.cards(38))
    upload = uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    before = dump()
    with pytest.raises(errors.Invalid):
        uploads.bring_upload(bob, upload=upload, lines=[1, 17, 29])
    assert dump() == before
    uploads.bring_upload(bob, upload=upload, lines=[1, 29])
    assert queries.size(bob) == 40


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_do_not_pass_together():
    bob = Viewer(person=Person.objects.create().pk)
    written, came = threading.Event(), dict[str, str]()

    def write(who: str, text: str, *, pause: float) -> None:
        def advance(_count: int) -> None:
            written.set()
            time.sleep(pause)

        try:
            shelf.bring(bob, book=shelf.read(text.encode()), file="carnet.vcf", advance=advance)
            came[who] = "brought"
        except errors.Invalid:
            came[who] = "refused"
        finally:
            connection.close()

    first = threading.Thread(target=write, args=("first", books.cards(30)), kwargs={"pause": 0.5})
    second = threading.Thread(target=write, args=("second", books.connections(30)), kwargs={"pause": 0})
    first.start()
    assert written.wait(timeout=60)
    second.start()
    for one in (first, second):
        one.join()
    # Whoever is through says so after the other may have gone on: what counts is what came to whom.
    assert came == {"first": "brought", "second": "refused"}
    assert Contact.ledger.filter(owner=bob.me).count() == 30
