"""Archives of tables, like LinkedIn's, and of calendars, like Google's: opened within bounds, on no disk. Pure."""

import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from entregent.common import wording
from entregent.exchange.contacts.said import NAME, TABLE_BYTES, Unreadable

MAGIC = b"PK\x03\x04"
#: How what Excel saved until 2007 begins.
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
#: The most entries, the most bytes that are unpacked, and how many times smaller these may have been.
ENTRIES, BYTES, RATIO = 2_000, 16_000_000, 200
#: The most tables: nobody's archive holds twenty of those that are read, and each is worth a look at its head.
TABLES = 20
#: What is read of an archive, by the end of its name: these tables, and every calendar.
WANTED, CALENDAR = ("connections.csv", "notes.csv", "contacts.csv"), ".ics"
#: What a Mac puts beside each file of an archive begins so.
ASIDE = "._"
#: How entries are packed: of other ways the memory that unpacking takes is not bounded by what is read.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (
    *(zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, OverflowError),
    *(zlib.error, lzma.LZMAError, struct.error),
)


class Entry(NamedTuple):
    """A table or a calendar in an archive: the end of its name as it stands there, and its bytes."""

    name: str
    content: bytes

    @property
    def base(self) -> str:
        """The end of its name, in small letters."""
        return _base(self.name)

    @property
    def is_calendar(self) -> bool:
        """Whether it is a calendar, else a table."""
        return self.base.endswith(CALENDAR)


def entries(data: bytes) -> list[Entry]:
    """The tables and calendars in an archive, in the order of their names. Raises `Unreadable`."""
    if data.count(b"PK\x01\x02") > ENTRIES:
        raise Unreadable("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _is_spreadsheet(archive):
                raise Unreadable("spreadsheet")
            found = sorted(_entries(archive), key=lambda entry: (entry.base, entry.name))
    except _FAULTS as error:
        raise Unreadable("torn_archive") from error
    if not found:
        raise Unreadable("no_table")
    if sum(not entry.is_calendar for entry in found) > TABLES:
        raise Unreadable("bomb")
    return found


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is what Excel or LibreOffice saves: both are archives that hold no table in text."""
    names = set(archive.namelist())
    return "xl/workbook.xml" in names or {"mimetype", "content.xml"} <= names


def _base(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def _wanted(name: str) -> bool:
    base = _base(name)
    return base in WANTED or (base.endswith(CALENDAR) and not base.startswith(ASIDE))


def _entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    held = archive.infolist()
    _within(held)
    left = BYTES
    for entry in held:
        if _wanted(entry.filename):
            if entry.compress_type not in PACKED:
                raise Unreadable("torn_archive")
            most = min(left, TABLE_BYTES) if _base(entry.filename) in WANTED else left
            with archive.open(entry) as stream:
                content = stream.read(most + 1)
            if len(content) > most:
                raise Unreadable("bomb")
            left -= len(content)
            yield Entry(wording.line(entry.filename)[-NAME:], content)


def _within(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to far more than it is, and entries that lie one over another."""
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > BYTES * 16:
        raise Unreadable("bomb")
    if any(entry.file_size > max(RATIO * entry.compress_size, 10_000) for entry in entries):
        raise Unreadable("bomb")
    places = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(places)):
        raise Unreadable("bomb")
