"""Tables of contacts: delimited text of whatever program, columns by name, or as its owner says. Pure."""

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from entregent.exchange.contacts import columns, days, naming
from entregent.exchange.contacts.said import (
    CHANNELS,
    FIELDS,
    LABEL,
    LABELS,
    LINES,
    NAME,
    PEOPLE,
    TABLE_BYTES,
    VALUE,
    Book,
    Columns,
    Said,
    Skipped,
    Unreadable,
)
from entregent.exchange.contacts.texts import LONGEST, bounded, cut, decoded, distinct, folded, once, prose

DELIMITERS = ",;\t"
#: Among how many rows the one with the columns' names is looked for, and how many are shown where there is none.
HEAD, SAMPLE = 10, 3
#: The widest table, in columns.
WIDE = 400
#: By what Google joins several values of one cell.
SEVERAL = " ::: "
#: What Google and others put everybody in: it says nothing of anybody.
_NO_LABELS = {"mycontacts", "my contacts", "starred", "contacts", "other contacts", "friends", "family", "coworkers"}
#: An address, of whose domain no point but the first that may part it is tried.
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>][^@\s,;<>.]*\.[^@\s,;<>]+")
_LINKEDIN = re.compile(r"linkedin\.com/in/([^/?#\s]+)", re.IGNORECASE)

#: A row, and the number of the line on which it begins.
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is to be read: the row of its header (its line, its cells), and what its columns hold."""

    delimiter: str
    line: int
    header: list[str]
    fields: Columns

    @property
    def known(self) -> bool:
        """Whether somebody is named, and something else is said."""
        return bool(columns.NAMES & set(self.fields.values())) and len(self.fields) > 1


def read(data: bytes, mapped: Columns | None = None) -> Book:
    """What a table says; headers and a sample alone where its columns are not known and nobody said what they hold.

    `mapped` says what each column holds; where no row names the columns, all rows are lines then, from the first one
    on, and one that says no such thing is reported. Raises `Unreadable`.
    """
    if len(data) > TABLE_BYTES:
        raise Unreadable("too_big")
    text = bounded(decoded(data).replace("\r\n", "\n").replace("\r", "\n"))
    layout = max((_layout(text, delimiter) for delimiter in DELIMITERS), key=_certainty)
    if mapped:
        line = layout.line if layout.known else 0
        layout = replace(
            layout, line=line, fields={number: field for number, field in mapped.items() if field in FIELDS}
        )
    if not layout.known and not mapped:
        return _unknown(text, layout)
    return _book(text, layout)


def _certainty(layout: _Layout) -> tuple[bool, int, int]:
    return layout.known, len(layout.fields), len(layout.header)


def _layout(text: str, delimiter: str) -> _Layout:
    """The likeliest header among the first rows: the one whose columns are known, else the widest."""
    rows = [row for row, _ in zip(each_row(text, delimiter), range(HEAD), strict=False)]
    if not rows:
        raise Unreadable("empty")
    layouts = [_Layout(delimiter, line, cells, columns.fields(cells)) for line, cells in rows]
    return max(layouts, key=_certainty)


def each_row(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a text, without those that hold nothing. Raises `Unreadable`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            if before >= LINES:
                raise Unreadable("too_many_lines")
            if any(map(str.strip, cells)) or len(cells) > 1:
                yield before + 1, cells[:WIDE]
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable("torn", reader.line_num) from error


def _below(text: str, layout: _Layout) -> Iterator[Row]:
    return ((line, cells) for line, cells in each_row(text, layout.delimiter) if line > layout.line)


def _unknown(text: str, layout: _Layout) -> Book:
    if len(layout.header) < 2 and not layout.fields:
        raise Unreadable("no_columns")
    sample = [
        tuple(cut(cell, NAME) for cell in cells)
        for (_, cells), _ in zip(_below(text, layout), range(SAMPLE), strict=False)
    ]
    return Book("table", headers=tuple(cut(cell, NAME) for cell in layout.header), sample=tuple(sample))


def _book(text: str, layout: _Layout) -> Book:
    source, said, skipped = columns.source(layout.header), list[Said](), list[Skipped]()
    for line, cells in _below(text, layout):
        if layout.line == 0 and not said and not skipped and _names(cells, layout.fields):
            skipped.append(Skipped(line, "header"))
        elif isinstance(found := _line(line, cells, layout, source), Said):
            said.append(found)
        else:
            skipped.append(found)
        if len(said) > PEOPLE:
            raise Unreadable("too_many")
    return Book(source, tuple(said), tuple(skipped))


def _names(cells: Sequence[str], fields: Columns) -> bool:
    """Whether a first row names its columns: one has a known name, or is to hold what its cell cannot be."""
    held = _values(cells, fields).items()
    return bool(columns.fields(cells)) or any(not _SHAPED[field](said) for field, said in held if field in _SHAPED)


def _line(line: int, cells: Sequence[str], layout: _Layout, source: str) -> Said | Skipped:
    if any(len(cell) > LONGEST // 2 for cell in cells):
        return Skipped(line, "long_cell")
    if len(cells) < 2 < len(layout.header):
        return Skipped(line, "not_a_row")
    values = _values(cells, layout.fields)
    name = _named(values, source)
    if not name.name:
        nobody = source == "linkedin" and not any(values.get(field) for field in FIELDS if field != "on")
        return Skipped(line, "hidden" if nobody else "nameless")
    return _said(line, name, values, source)


def _values(cells: Sequence[str], fields: Columns) -> dict[str, list[str]]:
    """The words of each field, in the order of their columns."""
    values: dict[str, list[str]] = {}
    # A table may be wide, and a row of it narrow.
    for number, cell in enumerate(map(str.strip, cells)):
        if cell and (field := fields.get(number)):
            values.setdefault(field, []).extend(cell.split(SEVERAL) if field != "words" else [cell])
    return values


def _named(values: Mapping[str, list[str]], source: str) -> naming.Named:
    whole = " ".join(values.get("name") or [*values.get("first", ()), *values.get("last", ())])
    return naming.Named(cut(whole, NAME), ()) if source in {"linkedin", "notes"} else naming.named(whole)


def _said(line: int, name: naming.Named, values: Mapping[str, list[str]], source: str) -> Said:
    on = days.day(values["on"][0]) if "on" in values else None
    profile = next((found[1] for link in values.get("link", ()) if (found := _LINKEDIN.search(link))), "")
    return Said(
        line=line,
        name=name.name,
        labels=distinct(itertools.chain(name.labels, _labels(values.get("labels", ()))), LABEL, LABELS),
        organisation=cut(" ".join(values.get("organisation", [])[:1]), NAME),
        title=cut(" ".join(values.get("title", [])[:1]), NAME),
        mails=mails(values.get("mail", ())),
        telephones=telephones(values.get("telephone", ())),
        links=links(values.get("link", ())),
        words=prose("\n".join(values.get("words", ()))),
        on=on,
        place="LinkedIn" if on and source == "linkedin" else "",
        key=f"linkedin:{profile.casefold()}"[:VALUE] if profile else "",
    )


def _labels(cells: Sequence[str]) -> Iterator[str]:
    told = itertools.chain.from_iterable(re.split(r"[;,]", cell) for cell in cells)
    labels = once(label.strip().removeprefix("*").strip() for label in told)
    return (label for label in labels if folded(label) not in _NO_LABELS)


def mails(texts: Iterable[str]) -> tuple[str, ...]:
    """What are addresses, once each."""
    return distinct(map(mail, once(texts)), VALUE, CHANNELS)


def mail(text: str) -> str:
    """The address that a text is, else nothing."""
    shaped = text.strip().removeprefix("mailto:")
    return shaped.lower() if _MAIL.fullmatch(shaped[:VALUE]) else ""


def telephones(texts: Iterable[str]) -> tuple[str, ...]:
    """What may be dialled, once each, as it was written."""
    shaped = (re.split(r"[;,]", text.strip().removeprefix("tel:"), maxsplit=1)[0] for text in once(texts))
    kept = (text for text in shaped if len(text) <= 40 and 3 <= sum(c.isdecimal() for c in text) <= 20)
    return distinct(kept, VALUE, CHANNELS)


def links(texts: Iterable[str]) -> tuple[str, ...]:
    """What leads to a page, once each."""
    shaped = (text.strip() if "://" in text else f"https://{text.strip()}" for text in once(texts) if "." in text)
    return distinct((text for text in shaped if re.fullmatch(r"https?://[^\s<>\"']+", text[:VALUE])), VALUE, CHANNELS)


#: Fields whose words have a shape, and what finds it.
_SHAPED: Mapping[str, Callable[[Sequence[str]], object]] = {
    "mail": mails,
    "telephone": telephones,
    "link": links,
    "on": lambda said: days.day(said[0]),
}
