"""Bytes as text, in the encodings that address books come in, and words cut to size. Pure."""

import codecs
import itertools
import unicodedata
from collections.abc import Iterable, Iterator

from entregent.common import wording
from entregent.exchange.contacts.said import WORDS, Unreadable

#: The longest line of a table, in characters.
LONGEST = 60_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    r"""The text of a file: its mark says in what, else zero bytes do, else UTF-8, else what Windows writes.

    Raises `Unreadable` where there are zero bytes all the same: that is no text.

    >>> decoded("Zoé".encode("utf-8-sig")), decoded("Zoé".encode("utf-16")), decoded("Zoé".encode("cp1252"))
    ('Zoé', 'Zoé', 'Zoé')
    >>> decoded("a,é".encode("utf-16-le"))
    'a,é'
    """
    text = _decoded(data, _encoding(data)).removeprefix("\ufeff")
    if "\0" in text:
        raise Unreadable("binary")
    return text


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:400]
    if head.count(0) * 3 > len(head):
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return data.decode("cp1252", errors="replace")
        raise Unreadable("binary") from error


def bounded(text: str) -> str:
    """The text, of which no line is too long. Raises `Unreadable`, with the number of the line."""
    start = number = 0
    while start < len(text):
        number += 1
        end = text.find("\n", start, start + LONGEST + 1)
        if end < 0:
            if len(text) - start > LONGEST:
                raise Unreadable("long_line", number)
            break
        start = end + 1
    return text


def folded(text: str) -> str:
    """A header or a word as it is compared: no accents, no case, no typographic signs.

    >>> folded("Société "), folded("E-mail 1 – Value")
    ('societe', 'e-mail 1 - value')
    """
    plain = unicodedata.normalize("NFKD", text.replace("–", "-").replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def cut(text: str, longest: int) -> str:
    """Words on one line, no longer than that."""
    return wording.line(text[: longest * 4])[:longest].strip()


def distinct(texts: Iterable[str], longest: int, most: int) -> tuple[str, ...]:
    """Each once, in its order, on one line, cut to size; at most so many: none is looked at after the last of these."""
    lines = filter(None, (cut(text, longest) for text in texts))
    return tuple(itertools.islice(once(lines), most))


def once(texts: Iterable[str]) -> Iterator[str]:
    """Each once, in its order, as they are asked for."""
    seen = set[str]()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def prose(text: str) -> str:
    """Words on as many lines as they have, cut to size."""
    return wording.lines(text[: WORDS * 2])[:WORDS].strip()
