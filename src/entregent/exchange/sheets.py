"""Tables as text that spreadsheets open: every cell is words, and none is computed. Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from entregent.exchange.delimited import BYTE_ORDER_MARK

#: What begins a formula for some spreadsheet, typed as it is or in full width.
FORMULA = frozenset("=+-@")


def table(rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> bytes:
    r"""Rows as delimited text in UTF-8 with its mark, every cell in quotes, lines ended as RFC 4180 has them.

    >>> table([["Name"], ["=1+1"]], delimiter=";").decode()
    '\ufeff"Name"\r\n"\'=1+1"\r\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def inert(cell: str) -> str:
    """A cell that a spreadsheet takes for words: before what would begin a formula stands an apostrophe.

    >>> [inert(cell) for cell in ("Karine", " =HYPERLINK(0)", "+262")]
    ['Karine', "' =HYPERLINK(0)", "'+262"]
    """
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])[:1]
    return f"'{cell}" if first in FORMULA or cell[:1] in {"\t", "\r", "\n"} else cell
