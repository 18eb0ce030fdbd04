"""What a file of contacts says, line by line, and why a line or a file is not taken. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

#: The most bytes of a file: of cards, which hold photographs, and of a table.
CARDS_BYTES, TABLE_BYTES = 32_000_000, 8_000_000
#: The most people in a file, and the most lines of a table.
PEOPLE, LINES = 10_000, 50_000
#: Lengths in characters: a name, an organisation, a title; a channel; a label; words.
NAME, VALUE, LABEL, WORDS = 120, 200, 60, 4000
#: The most channels of a kind, and the most labels, of one person.
CHANNELS, LABELS = 12, 20
#: The most evenings without guests of a calendar.
EVENINGS = 2000
#: The most who are asked to an event, which a mailing list alone has more of, and whom calendars ask in all.
ASKED, GUESTS = 500, 100_000
#: What a column may hold.
FIELDS = ("name", "first", "last", "organisation", "title", "mail", "telephone", "link", "labels", "words", "on")

#: Fields by the number of the column that holds each.
Columns = Mapping[int, str]


class Unreadable(Exception):
    """A file is not taken as a whole. `reason` is a word of `reasons.WORDS`; `line` is where, 0 for all of it."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason, line)
        self.reason, self.line = reason, line


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of somebody. `key` names them in the file's own world, or is empty; `on` is a day of the past.

    `place` is where that day was, in a word. `line` counts from 1; a card is where it begins. No two people of a book
    have the same: where it comes from several tables, each counts on from the one before.
    """

    line: int
    name: str
    labels: tuple[str, ...] = ()
    organisation: str = ""
    title: str = ""
    mails: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    words: str = ""
    on: date | None = None
    place: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is not taken, or a whole table (line 0), and why: a word of `reasons.WORDS`.

    `file` is the table, where there are several; `count` is how many it stands for, where many are told as one.
    """

    line: int
    reason: str
    file: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Evening:
    """An event of a calendar that is over and had no guests: its day, what it was called, and where it was, or ""."""

    on: date
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Book:
    """What a file says. `source` is linkedin, notes, google, outlook, vcard, calendar or table.

    `evenings` are those of a calendar without guests, the last first.

    Where no column is known there is nothing but `headers`: the cells of the row that may name them, and `sample`,
    the first rows below it. Whoever brought the file says which is which.
    """

    source: str
    said: tuple[Said, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    headers: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    evenings: tuple[Evening, ...] = ()
