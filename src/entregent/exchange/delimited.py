"""Files of delimited text as an operator has them: read line by line, within bounds, columns by name."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from entregent.common import errors

#: The longest line that is read, in bytes: whatever is longer is no line of a table.
LONGEST = 65_536
DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARK = "\ufeff"


class Unreadable(errors.DomainError):
    """A file cannot be taken as a whole; `line` is where that was noticed, 0 for all of it."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        place = _("%(file)s, line %(line)d") % {"file": file.name, "line": line} if line else file.name
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: the number of the line that it ends on, its values by column, `None` for a wrong width."""

    line: int
    values: dict[str, str] | None


def records(file: Path, columns: Sequence[str], advance: Callable[[int], None]) -> Iterator[Record]:
    """The records of `file`, each with the values of `columns` at least; `advance` is told the bytes read.

    The first line names the columns, in any order, separated by commas, semicolons or tabs. Raises `Unreadable` for
    what is no such text in UTF-8, for a line that is too long, and for a last line without its end.
    """
    with file.open("rb") as stream:
        texts = _lines(file, stream, advance)
        header = _header(file, next(texts, ""), columns)
        reader = csv.reader(texts, delimiter=header.delimiter, strict=True)
        try:
            for row in reader:
                if row:
                    yield Record(reader.line_num + 1, header.read(row))
        except csv.Error as error:
            raise Unreadable(file, reader.line_num + 1, _("not a delimited text (%s).") % error) from error


@dataclass(frozen=True, slots=True)
class _Header:
    names: list[str]
    delimiter: str

    def read(self, row: list[str]) -> dict[str, str] | None:
        if len(row) != len(self.names):
            return None
        return {name: value.strip() for name, value in zip(self.names, row, strict=True)}


def _header(file: Path, text: str, columns: Sequence[str]) -> _Header:
    if not text:
        raise Unreadable(file, 0, _("the file is empty."))
    first = text.removeprefix(BYTE_ORDER_MARK).strip()
    delimiter = max(DELIMITERS, key=first.count)
    names = [name.strip().strip('"').lower() for name in first.split(delimiter)]
    if missing := [column for column in columns if column not in names]:
        raise Unreadable(file, 1, _("there is no column %s.") % ", ".join(missing))
    return _Header(names, delimiter)


def _lines(file: Path, stream: BinaryIO, advance: Callable[[int], None]) -> Iterator[str]:
    number = 0
    while raw := stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            raise Unreadable(file, number, _("longer than %d bytes.") % LONGEST)
        if b"\0" in raw:
            raise Unreadable(file, number, _("it holds a zero byte, so this is not text in UTF-8."))
        if not raw.endswith(b"\n"):
            raise Unreadable(file, number, _("it has no end, so the file may be cut; end it if it is whole."))
        yield _decoded(file, number, raw)
        advance(len(raw))


def _decoded(file: Path, number: int, raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(file, number, _("this is not text in UTF-8.")) from error
