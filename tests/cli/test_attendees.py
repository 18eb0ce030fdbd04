"""Bringing a list of attendees from the command line: a preview, the real thing, once, and what was not taken."""

from datetime import timedelta

import pytest
from django.utils import translation

from entregent.cli import attendees
from entregent.cli.failures import Failure
from entregent.common import clock
from entregent.meetups import actions
from tests.exchange.contacts.test_attendees import EVENTBRITE

SKIPPED = """2 lines were not taken
  Line 3: they stand further up already
  Line 4: they had no seat there, or gave it back
"""


@pytest.fixture(autouse=True)
def spoken():
    with translation.override("en"):
        yield


@pytest.fixture
def code(alice, community):
    starts_at = clock.now() + timedelta(days=4)
    ends_at = starts_at + timedelta(hours=3)
    return actions.announce(
        alice, community=community, title="Apéro", place="Chez Zélie", starts_at=starts_at, ends_at=ends_at
    )


@pytest.fixture
def roll(tmp_path):
    file = tmp_path / "report.csv"
    file.write_text(EVENTBRITE)
    return attendees.read(file)


def test_a_list_is_shown_then_brought_and_twice_changes_nothing(code, roll, capsys):
    shown = "  + Karine Payet · karine@example.org\n1 person is new on the list\n0 there already\n"
    attendees.preview("alice@example.org", code, roll)
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"{shown}Nothing was written: this was a rehearsal.\n", SKIPPED)
    for report in ("1 person is new on the list\n0 there already\n", "0 people are new on the list\n1 there already\n"):
        attendees.bring("alice@example.org", code, roll)
        assert capsys.readouterr().out == report


def test_for_whoever_does_not_organise_it_and_for_a_file_that_is_none_there_is_one_line(code, roll, tmp_path):
    for evening in (code, "NOWHERE2"):
        with pytest.raises(Failure, match=f"bob@example.org organises no evening with the code {evening}"):
            attendees.bring("bob@example.org", evening, roll)
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(Failure, match=r"wrong\.csv: "):
        attendees.read(wrong)
