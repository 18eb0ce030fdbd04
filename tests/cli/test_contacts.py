"""Bringing an address book from the command line: a preview, the real thing, once, and what was not taken."""

from pathlib import Path

import pytest

from tests.exchange import books
from tests.installation import Installation


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "Connections.csv"
    written.write_text(books.LINKEDIN.replace("Hoareau", "Ravaton"))
    return written


def brought(installed: Installation, *words: object) -> tuple[int, str, list[str]]:
    done = installed.run("import", "contacts", *map(str, words), "--as", "jeremie")
    errors = [line for line in done.stderr.splitlines() if not line.endswith(" ms")]
    return done.returncode, done.stdout, errors


def test_a_file_is_shown_then_brought_and_twice_changes_nothing(demonstrated, file):
    skipped = ["1 line was not taken", "  Line 6: this member is hidden: LinkedIn gives neither name nor address"]
    shown = "  + Karine Ravaton · Consultante SEO, Lagon Studio\n  + Yann Técher, PMP · Développeur, Filao, et fils\n"
    rehearsal = f"{shown}2 new pages\n0 there already\nNothing was written: this was a rehearsal.\n"
    assert brought(demonstrated, file, "--dry-run") == (0, rehearsal, skipped)
    assert brought(demonstrated, file, "--label", "Apéro 2012") == (0, "2 new pages\n0 there already\n", skipped)
    assert brought(demonstrated, file) == (0, "0 new pages\n2 there already\n", skipped)


def test_columns_that_nobody_knows_are_named_and_a_file_that_is_none_is_one_line(demonstrated, tmp_path):
    table, bomb = tmp_path / "a.csv", tmp_path / "bomb.zip"
    table.write_text(books.UNKNOWN)
    bomb.write_bytes(books.archive({"Connections.csv": b"0" * 30_000_000}))
    code, _, errors = brought(demonstrated, table)
    assert (code, errors[0].startswith("entregent: a.csv: nobody knows these columns: Qui | Quoi | Où")) == (1, True)
    assert brought(demonstrated, table, "--columns", "name,title,mail")[:2] == (0, "2 new pages\n0 there already\n")
    code, said, errors = brought(demonstrated, bomb)
    assert (code, said, len(errors)) == (1, "", 1)


def test_calendars_in_an_archive_are_brought_with_their_events_without_guests(demonstrated, tmp_path):
    file = tmp_path / "agendas.zip"
    file.write_bytes(books.archive({name: held.replace("Payet", "Ravaton") for name, held in books.CALENDARS.items()}))
    skipped = [
        "2 lines were not taken",
        "  One event that is still to come.",
        "  One event that was called off.",
    ]
    assert brought(demonstrated, file) == (0, "3 new pages\n0 there already\n2 evenings without guests\n", skipped)
