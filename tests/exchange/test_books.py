"""Bringing one's own address book: into one's own pages alone, once, and back out."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions, due, imports, pages, queries
from entregent.encounters.models import Channel, Contact, Encounter, Import, Label, Note, Upload
from entregent.exchange import books as shelf
from entregent.exchange import copies, evenings, uploads
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import CHANNELS, WORDS
from entregent.people import queries as people
from entregent.search.models import Line
from tests.exchange import books

pytestmark = pytest.mark.django_db


def bring(actor: Viewer, text: str, **said: object) -> UUID:
    return shelf.bring(actor, book=shelf.read(text.encode()), file="carnet.csv", **said)  # type: ignore[arg-type]


def named(actor: Viewer, name: str) -> queries.Page:
    (uid,) = (entry.uid for entry in queries.book(actor) if entry.name == name)
    return queries.contact(actor, uid)


def names(entries: Sequence[queries.Entry]) -> list[str]:
    return [entry.name for entry in entries]


def everything() -> list[tuple[str, int]]:
    """How many rows there are of each kind, and what they say."""
    kinds = (Contact, Channel, Label, Note, Encounter, Import, Upload, Line)
    columns = {Channel: "value", Contact: "name", Encounter: "place", Import: "file", Upload: "file"}
    return sorted(
        (str(row), 1) for kind in kinds for row in kind.ledger.values_list("owner", columns.get(kind, "text"))
    )


def test_what_a_file_says_stands_on_the_pages_of_its_owner(bob):
    bring(bob, books.CARDS, label="Apéro 2012")
    page = named(bob, "Karine")
    assert (page.organisation, page.title) == ("Lagon Studio; et fils", "Consultante")
    assert [(one.kind, one.value) for one in page.channels] == [
        ("mail", "karine@example.org"),
        ("telephone", "+262 692 12 34 56"),
    ]
    assert [one.text for one in page.labels] == ["seo", "apéro 2012", "Clients", "Plongée", "Apéro 2012"]
    assert [one.text for one in page.notes] == ["Rencontrée au port,\nun jeudi"]
    brought = imports.brought(bob, imports.came(bob)[0].uid)
    assert (brought.made, brought.known, stored.skipped_of(brought.skipped)[0].reason) == (3, 0, "group")


def test_a_linkedin_connection_dates_the_page(bob):
    bring(bob, books.LINKEDIN)
    assert [(met.on, met.place) for met in named(bob, "Karine Hoareau").encounters] == [(date(2026, 2, 8), "LinkedIn")]


@pytest.mark.parametrize(
    "text", [books.LINKEDIN, books.GOOGLE, books.OUTLOOK, books.CARDS, books.NOTES, books.cards(30)]
)
def test_bringing_a_file_twice_changes_nothing(bob, text):
    bring(bob, text)
    once = everything()
    bring(bob, text)
    assert everything() == sorted([*once, (str((bob.me, "carnet.csv")), 1)])
    assert [(one.made, one.known) for one in imports.came(bob)] == [
        (0, len(queries.book(bob))),
        (len(queries.book(bob)), 0),
    ]


def test_the_same_person_of_two_files_is_one_page(bob):
    bring(bob, books.LINKEDIN)
    bring(bob, "BEGIN:VCARD\nFN:Yann T.\nEMAIL:Yann@Example.org\nTEL:0692000000\nEND:VCARD\n")
    bring(bob, "Nom,Société,Portable\nKarine Hoareau,LAGON STUDIO,0692123456\n")
    assert sorted(names(queries.book(bob))) == ["Karine Hoareau", "Yann Técher, PMP"]
    assert [one.value for one in named(bob, "Karine Hoareau").channels if one.kind == "telephone"] == ["0692123456"]


def test_two_people_of_one_name_stay_two(bob):
    text = "Nom,Portable\nCamille,0692111111\nCamille,0692222222\n"
    bring(bob, text)
    bring(bob, text)
    assert names(queries.book(bob)) == ["Camille", "Camille"]


def test_what_the_owner_edited_since_stays(bob):
    bring(bob, books.GOOGLE)
    page = named(bob, "Karine Hoareau")
    actions.edit_contact(bob, contact=page.uid, name="Karine du port", does="Plonge")
    actions.drop_label(bob, label=page.labels[0].uid)
    actions.drop_channel(bob, channel=page.channels[0].uid)
    actions.drop_note(bob, note=page.notes[0].uid)
    edited = queries.contact(bob, page.uid)
    bring(bob, books.GOOGLE)
    assert names(queries.book(bob)) == ["Karine du port"]
    assert queries.contact(bob, page.uid) == edited


def test_a_page_by_hand_receives_what_it_lacks_and_keeps_its_words(bob):
    uid = actions.note_somebody(bob, name="Karine Hoareau", does="Référence des sites")
    actions.add_channel(bob, contact=uid, kind="telephone", value="+262 692 12 34 56")
    brought = bring(bob, "Nom,Portable,Email,Poste\nKarine Hoareau,0692123456,k@example.org,SEO\n")
    page = queries.contact(bob, uid)
    assert (page.does, page.title) == ("Référence des sites", "")
    assert [one.value for one in page.channels] == ["k@example.org", "+262 692 12 34 56"]
    shelf.undo(bob, brought=brought)
    assert [one.value for one in queries.contact(bob, uid).channels] == ["+262 692 12 34 56"]


def test_undoing_takes_away_whom_the_import_made_and_keeps_whom_one_met_since(bob):
    before = everything()
    brought = bring(bob, books.CARDS, label="Plongée 2012")
    zoe = named(bob, "Zoé Fontaine").uid
    actions.label(bob, contacts=[named(bob, "Karine").uid], text="Rappeler")
    actions.meet_again(bob, contact=zoe, place="Au port", on=date(2026, 1, 8))
    assert shelf.undo(bob, brought=brought) == shelf.Undone(gone=2, kept=("Zoé Fontaine",))
    assert names(queries.book(bob)) == ["Zoé Fontaine"]
    assert names(queries.book(bob, "plongée")) == ["Zoé Fontaine"]
    assert Import.ledger.count() == 0
    actions.forget_contact(bob, contact=zoe)
    due.forget(clock.now() + timedelta(hours=2))
    assert everything() == before
    with pytest.raises(errors.NotFound):
        shelf.undo(bob, brought=brought)


def test_an_evening_is_once_for_a_day_goes_with_its_import_and_keeps_nobody_here(bob):
    """Whom the import made goes with it, though they were at its evening; who was met that day already stays so."""
    zoe = actions.note_somebody(bob, name="Zoé", on=date(2024, 2, 1), place="Au port")
    before = everything()
    brought = bring(bob, books.CALENDAR)
    chosen = [entry.uid for entry in queries.book(bob)]
    for _twice in range(2):
        assert evenings.attach(bob, brought=brought, evening=0, contacts=chosen, label="Dentiste 2024") == 3
    met = {name: [(one.on, one.title) for one in named(bob, name).encounters] for name in ("Zoé", "Yann Techer")}
    there, asked = (date(2024, 2, 1), "Dentiste"), (date(2024, 11, 29), "")
    assert met == {"Zoé": [(date(2024, 2, 1), "")], "Yann Techer": [there, asked]}
    assert Label.ledger.filter(text="Dentiste 2024").count() == 3
    assert shelf.undo(bob, brought=brought) == shelf.Undone(gone=2, kept=())
    assert everything() == before
    with pytest.raises(errors.NotFound):
        evenings.attach(bob, brought=brought, evening=0, contacts=[zoe])


def test_a_label_that_a_page_cannot_take_leaves_the_evening_unsaid(bob):
    zoe = actions.note_somebody(bob, name="Zoé")
    for number in range(actions.MOST):
        actions.label(bob, contacts=[zoe], text=f"Mot {number}")
    brought = bring(bob, books.CALENDAR)
    before = everything()
    with pytest.raises(errors.Invalid):
        evenings.attach(bob, brought=brought, evening=0, contacts=[zoe], label="Un de trop")
    assert everything() == before


def test_whatever_fails_nothing_is_written(bob):
    before = everything()

    def fail(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(bob, books.cards(700), advance=fail)
    assert (everything(), Import.ledger.count()) == (before, 0)


def test_nine_hundred_are_written_in_batches_and_taken_back(bob, django_assert_max_num_queries):
    told: list[int] = []
    book = shelf.read(books.connections(900).encode())
    with django_assert_max_num_queries(150):
        brought = shelf.bring(bob, book=book, file="Connections.csv", advance=told.append)
    assert (told, queries.size(bob)) == ([500, 400], 900)
    with django_assert_max_num_queries(150):
        shelf.undo(bob, brought=brought)
    assert (queries.size(bob), Line.ledger.count()) == (0, 0)


def test_forty_are_labelled_in_one_gesture_and_found_by_it(bob, django_assert_max_num_queries):
    bring(bob, books.cards(40))
    uids = [entry.uid for entry in queries.book(bob)]
    with django_assert_max_num_queries(20):
        assert actions.label(bob, contacts=uids, text="Apéro 2012") == 40
    assert actions.label(bob, contacts=uids, text="Apéro 2012") == 0
    assert len(queries.book(bob, "apero 2012")) == 40
    assert queries.labels(bob) == ["Apéro 2012"]
    uid = queries.contact(bob, uids[0]).labels[0].uid
    assert actions.drop_label(bob, label=uid) == uids[0]
    assert len(queries.book(bob, "apero 2012")) == 39


def test_a_file_waits_an_hour_for_its_owner_and_some_of_it_may_be_chosen(bob):
    upload = uploads.hand_over(bob, file="Contacts.vcf", data=books.CARDS.encode())
    waiting = imports.waiting(bob, upload)
    said = list(stored.said_of(waiting.said))
    assert tuple(said) == shelf.read(books.CARDS.encode()).said
    first = uploads.bring_upload(bob, upload=upload, lines=[said[0].line])
    assert [line.known for line in shelf.beforehand(bob, said).lines] == [True, False, False]
    assert uploads.bring_upload(bob, upload=upload, lines=[said[1].line], label="Mer") == first
    assert [(one.made, one.uid) for one in imports.came(bob)] == [(2, first)]
    with pytest.raises(errors.Invalid):
        uploads.bring_upload(bob, upload=upload, lines=[said[0].line])
    due.drop_uploads(clock.now() + timedelta(hours=1))
    with pytest.raises(errors.NotFound):
        uploads.bring_upload(bob, upload=upload, lines=[said[2].line])


def test_a_file_that_waited_too_long_is_not_there_even_before_the_worker_came(bob):
    upload = uploads.hand_over(bob, file="Contacts.vcf", data=books.CARDS.encode())
    with clock.at(clock.now() + timedelta(hours=1)), pytest.raises(errors.NotFound):
        imports.waiting(bob, upload)


def test_a_second_file_takes_the_place_of_the_first(bob):
    first = uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    second = uploads.hand_over(bob, file="b.csv", data=books.GOOGLE.encode())
    assert (imports.waits(bob, first), imports.waits(bob, second)) == (False, True)
    uploads.drop_upload(bob, upload=second)
    assert Upload.ledger.count() == 0


def test_columns_that_nobody_knew_are_named_by_their_owner(bob):
    upload = uploads.hand_over(bob, file="a.csv", data=books.UNKNOWN.encode())
    with pytest.raises(errors.Invalid):
        uploads.name_columns(bob, upload=upload, columns={1: "title"})
    uploads.name_columns(bob, upload=upload, columns={0: "name", 1: "title", 2: "mail"})
    uploads.bring_upload(bob, upload=upload, lines=[2])
    assert named(bob, "Karine").title == "Consultante SEO"


def test_a_file_that_cannot_be_taken_changes_nothing(bob):
    before = everything()
    for data in (books.archive({"Connections.csv": b"0" * 30_000_000}), b"a" * 40_000_000, b""):
        with pytest.raises(errors.Invalid):
            uploads.hand_over(bob, file="x", data=data)
    assert (everything(), Upload.ledger.count()) == (before, 0)


def test_nobody_else_reads_or_takes_back_or_labels_what_one_brought(alice, bob, charlie, community, anonymous):
    upload = uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    brought = bring(bob, books.CARDS)
    page = named(bob, "Karine")
    for other in (alice, charlie):
        for act in (
            lambda other=other: imports.waiting(other, upload),
            lambda other=other: imports.brought(other, brought),
            lambda other=other: shelf.undo(other, brought=brought),
            lambda other=other: uploads.bring_upload(other, upload=upload, lines=[1]),
            lambda other=other: uploads.drop_upload(other, upload=upload),
            lambda other=other: actions.label(other, contacts=[page.uid], text="x"),
            lambda other=other: actions.drop_label(other, label=page.labels[0].uid),
            lambda other=other: actions.drop_channel(other, channel=page.channels[0].uid),
            lambda other=other: actions.add_channel(other, contact=page.uid, kind="mail", value="a@b.re"),
        ):
            with pytest.raises(errors.NotFound):
                act()
        assert (imports.came(other), queries.labels(other), imports.made_by(other, brought)) == ([], [], [])
    assert (imports.came(anonymous), queries.labels(anonymous)) == ([], [])


def test_one_s_contacts_are_nobody_s_member_whatever_their_address(alice, bob, community):
    bring(bob, "Nom,Email\nAlice Hoareau,alice@example.org\n")
    assert named(bob, "Alice Hoareau").member is None
    assert queries.known(bob) == {}
    bring(alice, "Nom,Email\nAlice H.,alice@example.org\n")
    assert names(queries.book(bob)) == ["Alice Hoareau"]


def test_ways_that_lead_nowhere_are_refused(bob):
    uid = actions.note_somebody(bob, name="Zoé")
    for kind, value in (
        ("mail", "zoe"),
        ("telephone", "zéro"),
        ("link", "javascript:alert(1)"),
        ("pigeon", "1"),
        ("mail", ""),
    ):
        with pytest.raises(errors.Invalid):
            actions.add_channel(bob, contact=uid, kind=kind, value=value)
    actions.add_channel(bob, contact=uid, kind="link", value="https://example.org/zoe")
    actions.add_channel(bob, contact=uid, kind="link", value="https://example.org/zoe")
    assert [one.value for one in queries.contact(bob, uid).channels] == ["https://example.org/zoe"]


def test_erasing_somebody_erases_what_they_brought(bob):
    uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    bring(bob, books.CARDS)
    actions.erase(bob.me)
    assert [kind.ledger.count() for kind in (Contact, Channel, Label, Note, Import, Upload)] == [0] * 6


def card(name: str, *lines: str) -> str:
    return "\n".join(["BEGIN:VCARD", f"FN:{name}", *lines, "END:VCARD", ""])


def test_hundreds_of_lines_about_one_person_fill_one_page_and_no_more(bob):
    said = [
        card(
            "Camille",
            "EMAIL:camille@example.org",
            f"TEL:0692{number:06}",
            f"CATEGORIES:L{number}",
            f"NOTE:{number} {'a' * 90}",
        )
        for number in range(300)
    ]
    bring(bob, "".join(said), label="Apéro")
    once = everything()
    page = named(bob, "Camille")
    kinds = [one.kind for one in page.channels]
    assert (kinds.count("telephone"), kinds.count("mail"), len(page.labels)) == (CHANNELS, 1, actions.MOST)
    assert [len(note.text) for note in page.notes] == [WORDS]
    assert "Apéro" in [one.text for one in page.labels]
    bring(bob, "".join(said), label="Apéro")
    assert len(everything()) == len(once) + 1  # the import


def test_what_was_said_of_somebody_in_several_lines_is_not_said_again(bob):
    bring(bob, card("Zoé", "NOTE:Plonge"))
    both = card("Zoé", "NOTE:Plonge") + card("Zoé", "NOTE:Nage")
    for _ in range(2):
        bring(bob, both)
    assert sorted(note.text for note in named(bob, "Zoé").notes) == ["Nage", "Plonge"]


def test_nine_hundred_are_brought_twice_in_a_bounded_number_of_statements(bob, django_assert_max_num_queries):
    book = shelf.read(books.cards(900).encode())
    shelf.bring(bob, book=book, file="a.vcf")
    with django_assert_max_num_queries(40):
        shelf.bring(bob, book=book, file="a.vcf")
    assert queries.size(bob) == 900


def test_a_file_is_read_before_anything_is_locked(bob, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(errors.Invalid):
        uploads.hand_over(bob, file="x", data=b"Bonjour\n")
    upload = uploads.hand_over(bob, file="a.csv", data=books.UNKNOWN.encode())
    with django_assert_num_queries(1), pytest.raises(errors.Invalid):
        uploads.name_columns(bob, upload=upload, columns={1: "title"})


def test_a_mailbox_of_several_people_brings_each_on_a_page_of_their_own(bob):
    text = "Nom,Email\nBob Payet,contact@filao.re\nAli Hoareau,contact@filao.re\n"
    for _ in range(2):
        bring(bob, text)
    assert sorted(names(queries.book(bob))) == ["Ali Hoareau", "Bob Payet"]


def test_people_of_an_archive_are_chosen_one_by_one(bob):
    notes = books.NOTES.replace("Karine,Hoareau", "Zoé,Inconnue").replace("karine-hoareau-974", "zoe")
    data = books.archive({"Connections.csv": books.OLD_LINKEDIN, "Notes.csv": notes})
    upload = uploads.hand_over(bob, file="a.zip", data=data)
    karine, zoe = stored.said_of(imports.waiting(bob, upload).said)
    assert karine.line != zoe.line
    uploads.bring_upload(bob, upload=upload, lines=[zoe.line])
    assert names(queries.book(bob)) == ["Zoé Inconnue"]


def test_what_is_brought_about_a_member_helps_to_find_them(alice, bob, community):
    uid = actions.note_somebody(bob, person=people.uid_of(person=alice.me))
    actions.add_note(bob, contact=uid, text="Parle cadastre")
    name = queries.contact(bob, uid).name
    bring(bob, card(name, "NOTE:Plonge"))
    assert len(queries.contact(bob, uid).notes) == 2
    assert set(Line.ledger.exclude(kind="name").values_list("kind", "subject")) == {
        ("contact", alice.me),
        ("note", alice.me),
    }
    assert list(copies.lines(lambda _done, _of: None)) == []


ONE, OTHER = (
    card("Zoé Fontaine", "EMAIL:zoe@example.org", "NOTE:Plonge", "CATEGORIES:Mer"),
    card("Zoé Fontaine", "EMAIL:zoe@example.org", "TEL:0692111111", "NOTE:Nage", "CATEGORIES:Port"),
)


@pytest.mark.parametrize("last_first", [True, False])
def test_two_files_about_one_person_are_taken_back_in_either_order(bob, last_first):
    before = everything()
    first, second = bring(bob, ONE), bring(bob, OTHER)
    if last_first:
        assert shelf.undo(bob, brought=second) == shelf.Undone(gone=0, kept=())
        assert [note.text for note in named(bob, "Zoé Fontaine").notes] == ["Plonge"]
        assert shelf.undo(bob, brought=first) == shelf.Undone(gone=1, kept=())
    else:
        assert shelf.undo(bob, brought=first) == shelf.Undone(gone=0, kept=(), passed=("Zoé Fontaine",))
        page = named(bob, "Zoé Fontaine")
        assert [note.text for note in page.notes] == ["Nage"]
        assert [one.value for one in page.channels] == ["0692111111"]
        assert names(queries.book(bob, "port")) == ["Zoé Fontaine"]
        assert names(queries.book(bob, "mer")) == []
        assert shelf.undo(bob, brought=second) == shelf.Undone(gone=1, kept=())
    assert everything() == before


def test_who_was_met_since_stays_whatever_else_brought_them(bob):
    first, second = bring(bob, ONE), bring(bob, OTHER)
    actions.meet_again(bob, contact=named(bob, "Zoé Fontaine").uid, place="Au port")
    assert shelf.undo(bob, brought=first) == shelf.Undone(gone=0, kept=("Zoé Fontaine",))
    assert shelf.undo(bob, brought=second) == shelf.Undone(gone=0, kept=())
    assert [note.text for note in named(bob, "Zoé Fontaine").notes] == ["Plonge"]


def test_a_page_takes_so_many_labels_and_ways_whoever_adds_them(bob):
    uid, other = (actions.note_somebody(bob, name=name) for name in ("Zoé", "Karine"))
    for number in range(actions.MOST):
        actions.label(bob, contacts=[uid], text=f"L{number}")
        actions.add_channel(bob, contact=uid, kind="mail", value=f"z{number}@example.org")
    assert actions.label(bob, contacts=[uid], text="L1") == 0
    actions.add_channel(bob, contact=uid, kind="mail", value="z1@example.org")
    before = everything()
    with pytest.raises(errors.Invalid):
        actions.label(bob, contacts=[other, uid], text="un de trop")
    with pytest.raises(errors.Invalid):
        actions.add_channel(bob, contact=uid, kind="mail", value="un@de.trop")
    assert everything() == before
    bring(bob, card("Zoé", "TEL:0692111111", "CATEGORIES:un de trop"))
    assert (len(everything()), len(names(queries.book(bob)))) == (len(before) + 1, 2)


def test_whatever_changes_a_book_waits_for_its_owner_s_turn_first(bob):
    uid = actions.note_somebody(bob, name="Zoé")
    note = actions.add_note(bob, contact=uid, text="Plonge")
    actions.add_channel(bob, contact=uid, kind="mail", value="zoe@example.org")
    actions.label(bob, contacts=[uid], text="Mer")
    page = queries.contact(bob, uid)
    upload = uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    brought = bring(bob, books.CALENDAR)
    acts: list[Callable[[], object]] = [
        lambda: actions.note_somebody(bob, name="Karine"),
        lambda: actions.meet_again(bob, contact=uid),
        lambda: actions.add_note(bob, contact=uid, text="Nage"),
        lambda: actions.drop_note(bob, note=note),
        lambda: actions.keep_note(bob, note=note),
        lambda: actions.edit_contact(bob, contact=uid, name="Zoé F."),
        lambda: actions.add_channel(bob, contact=uid, kind="mail", value="z@example.org"),
        lambda: actions.drop_channel(bob, channel=page.channels[0].uid),
        lambda: actions.label(bob, contacts=[uid], text="Port"),
        lambda: actions.drop_label(bob, label=page.labels[0].uid),
        lambda: actions.forget_contact(bob, contact=uid),
        lambda: actions.keep_contact(bob, contact=uid),
        lambda: evenings.attach(bob, brought=brought, evening=0, contacts=[uid]),
        lambda: uploads.bring_upload(bob, upload=upload, lines=[1]),
        lambda: uploads.drop_upload(bob, upload=upload),
    ]
    for act in acts:
        with CaptureQueriesContext(connection) as asked:
            act()
        first = next(one["sql"] for one in asked if "SAVEPOINT" not in one["sql"])
        assert 'FROM "people_person"' in first


def test_what_time_took_away_meanwhile_is_not_written_again(bob):
    uid = actions.note_somebody(bob, name="Zoé")
    held = Contact.ledger.get(uid=uid)
    Contact.ledger.filter(uid=uid).delete()
    with pytest.raises(errors.NotFound):
        pages.touch(held)
    assert Contact.ledger.count() == 0


def test_an_import_has_the_id_of_the_file_that_waited(bob):
    upload = uploads.hand_over(bob, file="a.vcf", data=books.CARDS.encode())
    assert uploads.bring_upload(bob, upload=upload, lines=[1]) == upload
    shelf.undo(bob, brought=upload)
    assert uploads.bring_upload(bob, upload=upload, lines=[17, 29]) == upload
    assert (names(queries.book(bob)), imports.waits(bob, upload)) == (["Yann Técher", "Zoé Fontaine"], False)
