"""Archives of address books, such as LinkedIn's: opened within bounds, nothing is written to a disk. Pure."""

import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from entregent.exchange.contacts.said import TABLE_BYTES, Unreadable

MAGIC = b"PK\x03\x04"
#: The most entries, the most bytes that are unpacked, and how many times smaller these may have been.
ENTRIES, BYTES, RATIO = 2_000, 16_000_000, 200
#: What is read of an archive, by the end of its name.
WANTED = ("connections.csv", "notes.csv", "contacts.csv")
#: How entries are packed: of other ways the memory that unpacking takes is not bounded by what is read.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (
    *(zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, OverflowError),
    *(zlib.error, lzma.LZMAError, struct.error),
)


def tables(data: bytes) -> dict[str, bytes]:
    """The tables in an archive, by their names in small letters. Raises `Unreadable`."""
    if data.count(b"PK\x01\x02") > ENTRIES:
        raise Unreadable("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = dict(_tables(archive))
    except _FAULTS as error:
        raise Unreadable("torn_archive") from error
    if not found:
        raise Unreadable("no_table")
    return found


def _tables(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    _within(entries)
    left = BYTES
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/")).name.casefold()
        if name in WANTED:
            if entry.compress_type not in PACKED:
                raise Unreadable("torn_archive")
            with archive.open(entry) as stream:
                content = stream.read(min(left, TABLE_BYTES) + 1)
            left -= len(content)
            if left < 0 or len(content) > TABLE_BYTES:
                raise Unreadable("bomb")
            yield name, content


def _within(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to far more than it is, and entries that lie one over another."""
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > BYTES * 16:
        raise Unreadable("bomb")
    if any(entry.file_size > max(RATIO * entry.compress_size, 10_000) for entry in entries):
        raise Unreadable("bomb")
    places = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(places)):
        raise Unreadable("bomb")
