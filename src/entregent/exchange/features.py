"""Organisations in a GeoJSON file, read one feature after the other within bounds: what each says, or why it is left.

Nothing here reads or writes a table. The file is never held whole, and neither is a feature that is too long.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import ijson
from django.utils.translation import gettext as _

from entregent.common import chance, wording
from entregent.exchange.delimited import Unreadable
from entregent.search.stems import fold

#: How much of a file is looked at for one feature, in bytes: whatever is longer is no organisation.
LONGEST = 2 * 1024 * 1024
#: How much is read at once, in bytes.
CHUNK = 65_536
#: How many brackets may stand within each other.
DEEPEST = 64
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Longest values, in characters; how many tags.
LIMITS = {
    "name": 120,
    "category": 60,
    "description": 2000,
    "address": 200,
    "postcode": 60,
    "city": 80,
    "url": 500,
}
TAGS, TAG, KEY = 40, 60, 80
#: The years in which a source may have changed something.
YEARS = range(1990, 2200)
#: A moment beyond this is told in milliseconds, not in seconds.
MILLISECONDS = 1e11


_MARK = re.compile(rb'["\\\[\]{}]')


@dataclass(frozen=True, slots=True)
class Said:
    """What a feature says of an organisation. `key` is what the file calls it."""

    key: str
    name: str
    category: str
    tags: tuple[str, ...]
    description: str
    address: str
    postcode: str
    town: str
    url: str
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file, the first is 1: what it says, or the reason for which it is left out."""

    number: int
    said: Said | None
    reason: str = ""


class _Unusable(Exception):
    """A feature is left out, for the reason given."""


class _TooLong(Exception):
    """More was read than a feature may be long."""


class _Bounded:
    """A file that is read on only while features come out of it, and whose brackets stand within a few others.

    The reader of JSON builds a path for every bracket that is open: a hundred thousand of them would take all memory.
    """

    def __init__(self, stream: BinaryIO, advance: Callable[[int], None]) -> None:
        self.stream, self.advance, self.since = stream, advance, 0
        self.open, self.quoted, self.passed = 0, False, -1
        if stream.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
            stream.seek(0)

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes. Raises `_TooLong`, and `ValueError` for too many brackets."""
        if self.since > LONGEST and size:
            raise _TooLong
        chunk = self.stream.read(min(size, CHUNK))
        self.since += len(chunk)
        self.advance(len(chunk))
        self._count(chunk)
        return chunk

    def _count(self, chunk: bytes) -> None:
        """Follow brackets and quotes; `passed` is where a character stands that a backslash speaks for."""
        for found in _MARK.finditer(chunk):
            at, mark = found.start(), found[0]
            if at == self.passed:
                continue
            if self.quoted:
                self.passed = at + 1 if mark == b"\\" else self.passed
                self.quoted = mark != b'"'
            else:
                self.quoted = mark == b'"'
                self.open += (mark in b"[{") - (mark in b"]}")
            if self.open > DEEPEST:
                raise ValueError(_("more than %d brackets within each other") % DEEPEST)
        self.passed -= len(chunk)


def read(file: Path, advance: Callable[[int], None]) -> Iterator[Feature]:
    """The features of a file in their order; `advance` is told the bytes read.

    A feature that says nothing usable has a reason instead. Raises `Unreadable` for what is no GeoJSON, is cut, holds
    no feature, or holds one that is too long.
    """
    number, keys = 0, set[str]()
    try:
        with file.open("rb") as stream:
            bounded = _Bounded(stream, advance)
            # Numbers as the machine has them: one of thousands of digits is an error then, and no crash of the reader.
            for value in ijson.items(bounded, "features.item", buf_size=CHUNK, use_float=True):
                number, bounded.since = number + 1, 0
                yield _feature(number, value, keys)
    except _TooLong as error:
        place = _("feature %d is longer than %d bytes, or there is none.") % (number + 1, LONGEST)
        raise Unreadable(file, 0, place) from error
    except (ijson.JSONError, UnicodeDecodeError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:120]
        raise Unreadable(file, 0, _("no GeoJSON after feature %d (%s).") % (number, words)) from error
    if not number:
        raise Unreadable(file, 0, _("there is no feature in it: a GeoJSON FeatureCollection is wanted."))


def _feature(number: int, value: Any, keys: set[str]) -> Feature:
    try:
        said = _said(value)
        if said.key in keys:
            raise _Unusable(_("the id %s stands in the file before") % said.key)
    except _Unusable as error:
        return Feature(number, None, str(error))
    keys.add(said.key)
    return Feature(number, said)


def _said(value: Any) -> Said:
    told = value.get("properties") if isinstance(value, dict) else None
    if not isinstance(told, dict) or value.get("type") != "Feature":
        raise _Unusable(_("it is no feature with properties"))
    name, town, postcode = _line(told, "name"), _line(told, "city"), _line(told, "postcode")
    if not name:
        raise _Unusable(_("it has no name"))
    return Said(
        key=_key(value, told) or chance.digest(fold(name), fold(town), postcode)[:KEY],
        name=name,
        category=_line(told, "category"),
        tags=_tags(told.get("tags")),
        description=_text(told, "description", wording.lines),
        address=_line(told, "address"),
        postcode=postcode,
        town=town,
        url=_url(_line(told, "url")),
        said_on=_day(told.get("updated")),
    )


def _key(value: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """What the file calls a feature; a long name is known by its digest."""
    found = value.get("id", told.get("id"))
    if found is None or found == "":
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise _Unusable(_("its id is neither text nor a number"))
    key = wording.line(_encoded(str(found)))
    return key if len(key) <= KEY else chance.digest(key)


def _line(told: Mapping[str, Any], field: str) -> str:
    return _text(told, field, wording.line)


def _text(told: Mapping[str, Any], field: str, cleaned: Callable[[str], str]) -> str:
    """A value as text, empty where there is none; a number is taken where one writes codes in digits."""
    value = told.get(field)
    if value is None:
        return ""
    if field == "postcode" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _Unusable(_("its %s is no text") % field)
    if len(value) > 2 * LIMITS[field] or len(text := cleaned(_encoded(value))) > LIMITS[field]:
        raise _Unusable(_("its %s is longer than %d characters") % (field, LIMITS[field]))
    return text


def _encoded(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _Unusable(_("it holds characters that are no text")) from error
    return text


def _tags(value: Any) -> tuple[str, ...]:
    """The tags, each once."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _Unusable(_("its tags are no list of words"))
    if len(value) > TAGS:
        raise _Unusable(_("it has more than %d tags") % TAGS)
    if any(len(word) > TAG for word in value):
        raise _Unusable(_("it has a tag longer than %d characters") % TAG)
    return tuple(dict.fromkeys(filter(None, (wording.line(_encoded(word)) for word in value))))


def _url(text: str) -> str:
    """An address of the web, or nothing: what stands there may be a mail address, or worse.

    >>> _url("www.44screens.com"), _url("claverie@essec.fr"), _url("javascript:alert(1)"), _url("https://x.org/a?b")
    ('http://www.44screens.com', '', '', 'https://x.org/a?b')
    """
    whole = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(whole)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    fair = parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc and " " not in whole
    return whole if fair and len(whole) <= LIMITS["url"] else ""


def _day(value: Any) -> date | None:
    """The day of a moment: milliseconds or seconds since 1970, or as 2015-04-22; nothing for anything else.

    >>> _day(1429801727000), _day(1429801727), _day("2015-04-23T15:08:47Z"), _day("hier"), _day(1e300), _day(True)
    (datetime.date(2015, 4, 23), datetime.date(2015, 4, 23), datetime.date(2015, 4, 23), None, None, None)
    """
    try:
        if isinstance(value, str):
            day = date.fromisoformat(value[:10])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            day = datetime.fromtimestamp(value / 1000 if value > MILLISECONDS else value, UTC).date()
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return day if day.year in YEARS else None
