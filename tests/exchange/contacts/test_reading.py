"""What the files that people have say, line by line."""

import os
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from entregent.exchange import reasons
from entregent.exchange.contacts import archives, reading, said, stored, texts
from entregent.exchange.contacts.said import Said, Skipped, Unreadable
from tests.exchange import books

SHARED = Path(os.environ.get("ENTREGENT_SHARED", Path(__file__).parents[4] / "shared"))
REAL = SHARED / "data" / "vcards"
KARINE = Said(
    line=5,
    name="Karine Hoareau",
    organisation="Lagon Studio",
    title="Consultante SEO",
    links=("https://www.linkedin.com/in/karine-hoareau-974",),
    on=date(2026, 2, 8),
    place="LinkedIn",
    key="linkedin:karine-hoareau-974",
)


def read(text: str, encoding: str = "utf-8", mapped: said.Columns | None = None) -> said.Book:
    return reading.read(text.encode(encoding), mapped)


def one(text: str) -> Said:
    (found,) = read(text).said
    return found


def refused(data: bytes) -> tuple[str, int]:
    with pytest.raises(Unreadable) as refusal:
        reading.read(data)
    return refusal.value.reason, refusal.value.line


def test_linkedin_is_read_below_its_preamble_and_hidden_members_are_accounted_for():
    book = read(books.LINKEDIN)
    assert (book.source, book.said[0]) == ("linkedin", KARINE)
    assert [(each.name, each.organisation, each.mails) for each in book.said[1:]] == [
        ("Yann Técher, PMP", "Filao, et fils", ("yann@example.org",))
    ]
    assert book.skipped == (Skipped(6, "hidden"),)


def test_linkedin_of_earlier_years_has_neither_preamble_nor_address():
    assert one(books.OLD_LINKEDIN) == Said(
        line=2,
        name="Karine Hoareau",
        organisation="Lagon Studio",
        title="Consultante SEO",
        on=date(2019, 2, 8),
        place="LinkedIn",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_says_the_same_in_every_encoding_and_with_every_end_of_line(encoding, end):
    assert read(books.OLD_LINKEDIN.replace("\n", end), encoding) == read(books.OLD_LINKEDIN)


def test_what_windows_wrote_is_read():
    assert read(books.FRENCH, "cp1252").said[0].organisation == "Lagon Studio"
    assert read("Prénom;Nom;Société\nZoé;Técher;Été\n", "cp1252").said[0].name == "Zoé Técher"


def test_notes_stand_beside_whom_they_are_about():
    archive = books.archive({"Connections.csv": books.LINKEDIN, "Notes.csv": books.NOTES, "Skills.csv": "Name\nSEO\n"})
    book = reading.read(archive)
    assert [(each.name, each.words) for each in book.said] == [
        ("Karine Hoareau", "Parle cadastre,\net de sa sœur"),
        ("Yann Técher, PMP", ""),
    ]
    assert one(books.NOTES).key == KARINE.key


@pytest.mark.parametrize("deep", ["", "Complete_LinkedInDataExport_02-08-2026/"])
def test_an_archive_of_connections_alone_is_the_table(deep):
    assert reading.read(books.archive({f"{deep}Connections.csv": books.LINKEDIN})) == read(books.LINKEDIN)


def test_every_table_of_an_archive_is_taken_and_what_is_not_is_said_by_its_name():
    contacts = "FirstName,LastName,Emails,Companies\nZoé,Fontaine,zoe@example.org,Filao\n,,nobody@example.org,\n"
    data = books.archive(
        {
            "Connections.csv": books.LINKEDIN,
            "old/Connections.csv": books.OLD_LINKEDIN.replace("Karine", "Nadège"),
            "Contacts.csv": contacts,
            "empty/Contacts.csv": "",
            "odd/Contacts.csv": books.UNKNOWN,
        }
    )
    book = reading.read(data)
    assert [(each.name, each.organisation) for each in book.said] == [
        ("Karine Hoareau", "Lagon Studio"),
        ("Yann Técher, PMP", "Filao, et fils"),
        ("Nadège Hoareau", "Lagon Studio"),
        ("Zoé Fontaine", "Filao"),
    ]
    assert set(book.skipped) == {
        Skipped(6, "hidden", "Connections.csv"),
        Skipped(3, "nameless", "Contacts.csv"),
        Skipped(0, "empty", "empty/Contacts.csv"),
        Skipped(0, "unknown_columns", "odd/Contacts.csv"),
    }
    assert reasons.told("hidden", 6, "A.csv").startswith("A.csv, line 6: ")
    assert reasons.told("empty", 0, "A.csv") == "A.csv: There is nothing in this file."
    assert stored.skipped_of(stored.skipped_json(book.skipped)) == list(book.skipped)


def test_no_two_people_of_an_archive_have_one_line():
    notes = books.NOTES.replace("Karine", "Zoé").replace("karine-hoareau-974", "zoe")
    data = books.archive({"Connections.csv": books.OLD_LINKEDIN, "Contacts.csv": books.FRENCH, "Notes.csv": notes})
    said = reading.read(data).said
    assert len(said) == len({each.line for each in said}) == 3


def test_of_more_notes_than_anybody_has_words_each_of_one_name_has_the_first():
    """Their own words come before; of what is said twice, once."""
    told = [f"{number}: {'x' * 400}" for number in range(said.WORDS // 400)]
    notes = "".join(f"Karine,Hoareau,,{words},,\n" for words in (told[0], *told, "Plonge"))
    people = f"First Name,Last Name,Notes\nKarine,Hoareau,\nKarine,Hoareau,Chante\nKarine,Hoareau,{told[2]}\n"
    data = books.archive({"Contacts.csv": people, "Notes.csv": books.NOTES.split("\n", 1)[0] + "\n" + notes})
    assert [each.words for each in reading.read(data).said] == [
        "\n\n".join(words)[: said.WORDS] for words in (told, ["Chante", *told], [told[2], *told[:2], *told[3:]])
    ]


def test_all_notes_about_somebody_are_kept_with_an_empty_line_between_them():
    notes = books.NOTES + books.NOTES.split("\n", 1)[1].replace("Parle cadastre", "Plonge")
    data = books.archive({"Connections.csv": books.LINKEDIN, "Notes.csv": notes})
    assert [each.words for each in reading.read(data).said] == [
        "Parle cadastre,\net de sa sœur\n\nPlonge,\net de sa sœur",
        "",
    ]


def test_an_archive_whose_columns_nobody_knows_is_read_as_its_owner_says():
    data = books.archive({"Contacts.csv": books.UNKNOWN, "Notes.csv": books.NOTES.split("\n", 1)[0] + "\n"})
    assert reading.read(data).headers == ("Qui", "Quoi", "Où")
    mapped = reading.read(data, {0: "name", 1: "title", 2: "mail"})
    assert [each.name for each in mapped.said] == ["Karine", "Yann"]


def test_a_spreadsheet_is_told_from_an_archive():
    excel = books.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    assert refused(excel) == ("spreadsheet", 0)
    assert refused(books.archive({"mimetype": "x", "content.xml": "<x/>"})) == ("spreadsheet", 0)
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == ("spreadsheet", 0)


def test_google_says_several_values_in_a_cell_and_labels():
    assert one(books.GOOGLE) == Said(
        line=2,
        name="Karine Hoareau",
        labels=("seo", "Apéro 2012"),
        organisation="Lagon Studio",
        title="Consultante",
        mails=("karine@example.org", "k@example.net"),
        telephones=("0692 12 34 56", "+262 262 11 22 33"),
        words="Vue au port",
    )


def test_google_s_old_layout_names_once():
    assert one(books.OLD_GOOGLE) == Said(
        line=2,
        name="Karine Hoareau",
        labels=("Clients",),
        organisation="Lagon",
        title="SEO",
        mails=("karine@example.org",),
        telephones=("0692123456",),
    )


def test_outlook_and_a_french_spreadsheet_are_known_by_their_columns():
    found = one(books.OUTLOOK)
    assert (read(books.OUTLOOK).source, found.labels, found.mails) == (
        "outlook",
        ("Clients", "Apéro"),
        ("karine@example.org", "k@example.net"),
    )
    assert (one(books.FRENCH).name, one(books.FRENCH).telephones) == ("Karine Hoareau", ("0692 12 34 56",))


def test_columns_that_nobody_knows_are_shown_and_then_read_as_their_owner_says():
    book = read(books.UNKNOWN)
    assert (book.headers, book.said) == (("Qui", "Quoi", "Où"), ())
    assert book.sample[0] == ("Karine", "Consultante SEO", "karine@example.org")
    mapped = read(books.UNKNOWN, mapped={0: "name", 1: "title", 2: "mail"})
    assert [(each.name, each.title, each.mails) for each in mapped.said] == [
        ("Karine", "Consultante SEO", ("karine@example.org",)),
        ("Yann", "Développeur", ("yann@example.org",)),
    ]
    assert mapped.skipped == (Skipped(1, "header"),)


@pytest.mark.parametrize("wide", range(12))
def test_of_a_table_that_names_no_columns_every_line_is_taken_or_told(wide):
    rows = [f"Camille {number};Graphiste;c{number}@example.org{';et plus' * (number == wide)}" for number in range(12)]
    rows[4] = ";Sans nom;"
    book = read("\n".join(rows) + "\n", mapped={0: "name", 1: "title", 2: "mail"})
    assert [each.line for each in book.said] == [number + 1 for number in range(12) if number != 4]
    assert book.skipped == (Skipped(5, "nameless"),)


def test_a_first_row_is_somebody_unless_it_says_what_its_columns_cannot_hold():
    said = {0: "name", 1: "telephone"}
    assert [each.name for each in read("Zoé;0692 11 22 33\nYann;0692 11 22 34\n", mapped=said).said] == ["Zoé", "Yann"]
    assert [each.name for each in read("Zoé;\nYann;0692 11 22 34\n", mapped=said).said] == ["Zoé", "Yann"]
    assert [each.name for each in read("Qui;Numéro ?\nYann;0692 11 22 34\n", mapped=said).said] == ["Yann"]


def test_cards_of_three_versions_are_read():
    book = read(books.CARDS)
    assert book.said == (
        Said(
            line=1,
            name="Karine",
            labels=("seo", "apéro 2012", "Clients", "Plongée"),
            organisation="Lagon Studio; et fils",
            title="Consultante",
            mails=("karine@example.org",),
            telephones=("+262 692 12 34 56",),
            words="Rencontrée au port,\nun jeudi",
            key="vcard:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        ),
        Said(line=17, name="Yann Técher", telephones=("0693-11-22-33",), words="Développeur"),
        Said(line=29, name="Zoé Fontaine", mails=("zoe@example.org",), telephones=("+33-6-12-34-56-78",)),
    )
    assert book.skipped == (Skipped(24, "group"),)


def test_a_card_without_its_end_and_one_that_names_nobody_are_accounted_for():
    book = read("BEGIN:VCARD\nTEL:0692\nEND:VCARD\nBEGIN:VCARD\nFN:Zoé\n")
    assert (book.said, book.skipped) == ((), (Skipped(1, "nameless"), Skipped(4, "torn_card")))


def test_a_card_within_a_card_says_nothing_of_the_outer_one():
    inner = "BEGIN:VCARD\nFN:Secrétaire\nTEL:0692111111\nEND:VCARD\n"
    assert one(f"BEGIN:VCARD\nFN:Zoé\nAGENT:\n{inner}TEL:0692222222\nEND:VCARD\n").telephones == ("0692222222",)


@pytest.mark.skipif(not REAL.exists(), reason="the real cards are kept beside the repository, in ../shared/data/vcards")
def test_every_real_card_is_read_or_accounted_for():
    books_read = {file.name: reading.read(file.read_bytes()) for file in sorted(REAL.rglob("*.vcf"))}
    assert sum(len(book.said) for book in books_read.values()) == 28
    assert {name: book.skipped for name, book in books_read.items() if book.skipped} == {
        "issue64.vcf": (Skipped(1, "nameless"),)
    }
    assert (
        books_read["outlook-2003.vcf"].said[0].words == "This is the note field!!\nSecond line\n\nThird line is empty"
    )
    assert books_read["rfc6350-example.vcf"].said[0].telephones == ("+1-418-656-9254", "+1-418-262-6501")


def test_a_hundred_megabytes_on_one_line_are_one_clear_refusal():
    assert refused(b"a" * 100_000_000) == ("too_big", 0)
    assert refused(b"First Name,Last Name\n" + b"a" * (texts.LONGEST + 1)) == ("long_line", 2)
    card = b"BEGIN:VCARD\nFN:Zoe\nNOTE:" + b"a" * 30_000_000 + b"\nEND:VCARD\n"
    assert reading.read(card).skipped == (Skipped(1, "long_line"),)


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused():
    assert refused(books.archive({"Connections.csv": b"0" * 30_000_000})) == ("bomb", 0)
    many = {f"{number}.csv": b"" for number in range(archives.ENTRIES + 1)}
    assert refused(books.archive(many)) == ("bomb", 0)


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_an_archive_of_more_tables_or_lines_than_anybody_has_is_refused(end):
    tables = {f"{number}/Contacts.csv": books.FRENCH for number in range(archives.TABLES)}
    calendar = {"a.ics": books.CALENDAR + end * said.LINES}
    assert len(reading.read(books.archive(tables | calendar)).said) == archives.TABLES + 2
    assert refused(books.archive({**tables, "Connections.csv": books.LINKEDIN})) == ("bomb", 0)
    full = books.OLD_LINKEDIN.replace("\n", end) + end * (said.LINES - 3)
    more = "First Name,Last Name" + end
    assert (
        len(reading.read(books.archive({"Connections.csv": full, "Contacts.csv": more}, zipfile.ZIP_STORED)).said) == 1
    )
    assert refused(books.archive({"Connections.csv": full, "Contacts.csv": more * 2}, zipfile.ZIP_STORED)) == (
        "bomb",
        0,
    )


def test_an_archive_whose_entries_lie_one_over_another_is_refused():
    data = bytearray(books.archive({"Connections.csv": books.LINKEDIN, "Notes.csv": books.NOTES}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    assert refused(bytes(data))[0] in {"bomb", "torn_archive"}


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_that_is_packed_otherwise_than_address_books_are_is_refused(packed):
    assert refused(books.archive({"Connections.csv": books.LINKEDIN}, packed)) == ("torn_archive", 0)


def test_an_archive_whose_table_lies_nowhere_is_refused():
    data = bytearray(books.archive({"Connections.csv": books.LINKEDIN}, zipfile.ZIP_STORED))
    entry, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    data[entry + 30 : entry + 32] = struct.pack("<H", 12)
    data[entry + 42 : entry + 46] = b"\xff" * 4
    data[end + 12 : end + 16] = struct.pack("<L", end - entry + 12)
    data[end:end] = struct.pack("<HHQ", 1, 8, 1 << 63)
    assert refused(bytes(data)) == ("torn_archive", 0)


def test_what_is_no_address_book_is_refused_in_words():
    assert refused(b"") == ("empty", 0)
    assert refused(b"\x89PNG\0\0\0\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") == ("binary", 0)
    assert refused(b"Bonjour\n") == ("no_columns", 0)
    assert refused(books.archive({"Skills.csv": "Name\nSEO\n"})) == ("no_table", 0)
    assert refused(b"PK\x03\x04 and then nothing") == ("torn_archive", 0)


def test_more_people_than_anybody_knows_are_refused():
    assert refused(books.cards(said.PEOPLE + 1).encode()) == ("too_many", 0)
    assert refused(books.connections(said.PEOPLE + 1).encode()) == ("too_many", 0)


def test_every_reason_of_the_readers_has_words():
    folder = Path(reading.__file__).parent
    sources = "".join(file.read_text() for file in sorted(folder.glob("*.py")))
    given = {word for word in reasons.WORDS if f'"{word}"' in sources}
    assert given == set(reasons.WORDS)
