"""vCards 2.1, 3.0 and 4.0, read leniently and in linear time: whole cards, or the reason why not. Pure.

No library does: vobject alone reads 2.1, and its expression for parameters takes three seconds for 22 commas that no
colon follows, and twice as long for each one more.
"""

import binascii
import itertools
import quopri
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from entregent.exchange.contacts import naming
from entregent.exchange.contacts.said import (
    CARDS_BYTES,
    LABEL,
    LABELS,
    NAME,
    PEOPLE,
    VALUE,
    Book,
    Said,
    Skipped,
    Unreadable,
)
from entregent.exchange.contacts.tables import links, mails, telephones
from entregent.exchange.contacts.texts import cut, decoded, distinct, once, prose

Taken = TypeVar("Taken")
#: What a page of an address book has no use for, and is long.
_PICTURES = re.compile(
    r"(?:[\w-]{1,40}\.)?(?:PHOTO|LOGO|SOUND|KEY|X-[\w-]{0,60}(?:PHOTO|IMAGE)[\w-]{0,20})[;:]", re.IGNORECASE
)
_BEGIN, _END = re.compile(r"\s*BEGIN:VCARD\s*", re.IGNORECASE), re.compile(r"\s*END:VCARD\s*", re.IGNORECASE)
HEAD = re.compile(r"(?:[\w-]{1,60}\.)?([\w-]{1,60})(;(?:[^:\"]|\"[^\"]*\")*)?:")
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)
#: The longest line that is read, as it stands and unfolded, in characters; the most lines of a card.
LONGEST, CARD_LINES = 16_000, 2_000
#: The most lines of a file: 32 MB folded as cards are have fewer, and what has more takes long for nothing.
FILE_LINES = 600_000
#: In how many characters of a line its name and parameters are looked for while it is unfolded.
BEGINNING = 200
#: What a card may say that it is written in: a codec of Python's own may raise anything, or give what is no text.
CHARSETS = frozenset(
    "utf-8 utf8 utf-16 utf-16le utf-16be us-ascii ascii iso-8859-1 iso-8859-15 latin1 macintosh cp1252 windows-1250"
    " windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258".split()
)
_READ = frozenset(
    "FN N NICKNAME ORG TITLE ROLE EMAIL TEL URL NOTE CATEGORIES UID KIND X-ADDRESSBOOKSERVER-KIND".split()
)


class Property(NamedTuple):
    """A line of a card: its name and the words between it and the colon, in capitals; its value, decoded."""

    name: str
    words: frozenset[str]
    value: str


class _Line:
    """A line as it is unfolded: pieces that are joined once; its `beginning` says what it is."""

    def __init__(self, piece: str) -> None:
        self.pieces, self.length, self.beginning = [piece], len(piece), piece[:BEGINNING]

    def add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)
        self.beginning += piece[: BEGINNING - len(self.beginning)]

    def goes_on(self) -> bool:
        """Whether it is a quoted-printable value that goes on in the next line, as 2.1 folds it."""
        return self.pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in self.beginning.partition(":")[0].upper()

    def unfold(self) -> None:
        """Take away the sign that says so."""
        self.pieces[-1] = self.pieces[-1][:-1]
        self.length -= 1
        self.beginning = self.beginning[: self.length]

    def __str__(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class Block:
    """The lines of one card, or of one event, unfolded; `line` is where it begins."""

    line: int
    lines: list[_Line] = field(default_factory=list)
    depth: int = 1
    reason: str = ""


def looks_like(text: str) -> bool:
    """Whether a text is cards rather than a table."""
    return bool(re.search(r"(?im)^\s{0,8}BEGIN:VCARD", text[:4000]))


def bounded(data: bytes) -> str:
    """The text of a file that is folded as cards are. Raises `Unreadable` for more than anybody has."""
    if len(data) > CARDS_BYTES:
        raise Unreadable("too_big")
    text = decoded(data)
    if max(text.count("\n"), text.count("\r")) > FILE_LINES:
        raise Unreadable("too_big")
    return text


def read(data: bytes) -> Book:
    """What a file of cards says. Raises `Unreadable`."""
    cards = blocks(bounded(data))
    found = (_said(card) if not card.reason else Skipped(card.line, card.reason) for card in cards)
    said, skipped = parted(found, PEOPLE, many="too_many", none="no_cards")
    return Book("vcard", said, skipped)


def parted(
    found: Iterable[Taken | Skipped], most: int, *, many: str, none: str
) -> tuple[tuple[Taken, ...], tuple[Skipped, ...]]:
    """What is taken of a file, and what is left out. Raises `Unreadable`: `many` beyond `most`, `none` without any."""
    taken, skipped = list[Taken](), list[Skipped]()
    for one in found:
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            taken.append(one)
        if len(taken) + len(skipped) > most:
            raise Unreadable(many)
    if not taken and not skipped:
        raise Unreadable(none)
    return tuple(taken), tuple(skipped)


def _physical(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers: none is copied before its length is known."""
    start, number = 0, 0
    while start < len(text):
        number += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield number, text[start : min(end, start + LONGEST + 1)].rstrip("\r")
        start = end + 1


def blocks(text: str, begin: re.Pattern[str] = _BEGIN, end: re.Pattern[str] = _END) -> Iterator[Block]:
    """Each card, with its own lines alone: a card within a card is somebody else's."""
    card: Block | None = None
    skipping = False
    for number, line in _physical(text if "\n" in text else text.replace("\r", "\n")):
        if card is None:
            card, skipping = (Block(number) if begin.fullmatch(line) else None), False
        elif begin.fullmatch(line):
            card.depth += 1
        elif end.fullmatch(line):
            card.depth -= 1
            if card.depth == 0:
                yield card
                card = None
        elif card.depth == 1:
            skipping = _take(card, line, skipping)
    if card is not None:
        card.reason = "torn_card"
        yield card


def _take(card: Block, line: str, skipping: bool) -> bool:
    """Add a line to a card, unfolded; whether what follows it belongs to a picture."""
    if line[:1] in {" ", "\t"}:
        if not skipping and card.lines:
            _append(card, line[1:])
        return skipping
    if not line.strip() or _PICTURES.match(line):
        return bool(line.strip())
    if card.lines and card.lines[-1].goes_on():
        card.lines[-1].unfold()
        _append(card, line)
        return False
    if len(line) > LONGEST or len(card.lines) >= CARD_LINES:
        card.reason = card.reason or ("long_line" if len(line) > LONGEST else "long_card")
        return True
    card.lines.append(_Line(line))
    return False


def _append(card: Block, line: str) -> None:
    if card.lines[-1].length + len(line) > LONGEST:
        card.reason = card.reason or "long_line"
    elif line and not card.reason:
        card.lines[-1].add(line)


def _property(line: str) -> Property | None:
    match = HEAD.match(line)
    if match is None or match[1].upper() not in _READ:
        return None
    parameters = [parameter.strip() for parameter in (match[2] or "").split(";") if parameter.strip()]
    words = frozenset(word.strip('" ').upper() for one in parameters for word in re.split(r"[=,]", one))
    value = line[match.end() :]
    if "QUOTED-PRINTABLE" in words:
        value = _quoted(value, parameters)
    elif words & {"BASE64", "B"}:
        value = _packed(value)
    return Property(match[1].upper(), words, value)


def _quoted(value: str, parameters: list[str]) -> str:
    charset = next((one.partition("=")[2].strip('" ') for one in parameters if one.upper().startswith("CHARSET=")), "")
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    return _text(data, charset)


def _packed(value: str) -> str:
    try:
        return _text(binascii.a2b_base64(value.encode("ascii", "ignore")), "")
    except binascii.Error:
        return ""


def _text(data: bytes, charset: str) -> str:
    for encoding in (charset.lower(), "utf-8", "cp1252"):
        if encoding in CHARSETS:
            with suppress(UnicodeError):
                return data.decode(encoding).replace("\0", "")
    return data.decode("latin-1").replace("\0", "")


def _said(card: Block) -> Said | Skipped:
    held: dict[str, list[Property]] = {}
    for found in filter(None, map(_property, map(str, card.lines))):
        held.setdefault(found.name, []).append(found)
    kinds = {one.value.strip().upper() for name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") for one in held.get(name, ())}
    if "GROUP" in kinds:
        return Skipped(card.line, "group")
    name = naming.named(_name(held))
    organisation = _first(held, "ORG")
    if not name.name:
        return Skipped(card.line, "nameless")
    uid = cut(_first(held, "UID"), VALUE - 8)
    return Said(
        line=card.line,
        name=name.name,
        labels=distinct(itertools.chain(name.labels, _categories(held)), LABEL, LABELS),
        organisation=cut(parts(organisation, ";")[0] if organisation else "", NAME),
        title=cut(plain(_first(held, "TITLE") or _first(held, "ROLE")), NAME),
        mails=mails(plain(one.value) for one in held.get("EMAIL", ())),
        telephones=telephones(plain(one.value) for one in held.get("TEL", ()) if "FAX" not in one.words),
        links=links(plain(one.value) for one in held.get("URL", ())),
        words=prose("\n".join(plain(one.value) for one in held.get("NOTE", ()))),
        key=f"vcard:{uid}" if uid else "",
    )


def _first(held: dict[str, list[Property]], name: str) -> str:
    return next((one.value for one in held.get(name, ()) if one.value.strip(" ;")), "")


def _name(held: dict[str, list[Property]]) -> str:
    """What a card calls somebody: whole, else from its parts, else by a nickname, a firm or an address."""
    if whole := plain(_first(held, "FN")).strip():
        return whole
    family, given, *_more = [*parts(_first(held, "N"), ";"), "", ""]
    named = f"{given} {family}".strip() or plain(_first(held, "NICKNAME"))
    return named or parts(_first(held, "ORG"), ";")[0] or plain(_first(held, "EMAIL")).partition("@")[0]


def _categories(held: dict[str, list[Property]]) -> Iterator[str]:
    told = itertools.chain.from_iterable(_apart(one.value, ",") for one in held.get("CATEGORIES", ()))
    labels = map(_together, once(told))
    return (label for label in labels if label.casefold() not in {"mycontacts", "my contacts"})


def parts(value: str, apart: str) -> list[str]:
    r"""The parts of a value, at signs that no backslash guards, as they read.

    >>> parts(r"Filao\; et fils;Web", ";")
    ['Filao; et fils', 'Web']
    """
    return [*map(_together, _apart(value, apart))]


def _apart(value: str, sign: str) -> list[str]:
    """The parts of a value as they stand: one at least."""
    return re.split(rf"(?<!\\){sign}", value)


def _together(part: str) -> str:
    """A part as it reads, on one line."""
    return " ".join(plain(part).split())


def plain(value: str) -> str:
    """A value without the backslashes that guard its signs."""
    return _UNESCAPED.sub(lambda guarded: "\n" if guarded[1] in "nN" else guarded[1], value)
