"""The way in: whatever file of contacts somebody has, told apart by what it holds and not by its name. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from entregent.exchange.contacts import archives, calendars, cards, tables
from entregent.exchange.contacts.archives import Table
from entregent.exchange.contacts.said import CARDS_BYTES, PEOPLE, WORDS, Book, Columns, Said, Skipped, Unreadable
from entregent.exchange.contacts.texts import decoded, folded

#: The table of an archive that holds notes.
NOTES = "notes.csv"


def read(data: bytes, mapped: Columns | None = None) -> Book:
    """What a file says: cards, a calendar, a table, or an archive of tables. Raises `Unreadable`.

    `mapped` says what the columns of a table hold, where that is not known.
    """
    if len(data) > CARDS_BYTES:
        raise Unreadable("too_big")
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(archives.OLD_EXCEL):
        raise Unreadable("spreadsheet")
    if data.startswith(archives.MAGIC):
        return _archive(archives.tables(data), mapped)
    if calendars.looks_like(decoded(data[:8000])):
        return calendars.read(data)
    if cards.looks_like(decoded(data[:8000])):
        return cards.read(data)
    return tables.read(data, mapped)


def _archive(found: Sequence[Table], mapped: Columns | None) -> Book:
    """What all tables of an archive say together, notes beside whom they are about.

    A table that cannot be taken is skipped where another can; one whose columns nobody knows is asked about where no
    other names anybody.
    """
    if len(found) == 1:
        return tables.read(found[0].content, mapped)
    books, skipped = list[tuple[Table, Book]](), list[Skipped]()
    for table in found:
        try:
            books.append((table, _counted_on(tables.read(table.content), books)))
        except Unreadable as error:
            skipped.append(Skipped(error.line, error.reason, table.name))
    unknown = [table for table, book in books if book.headers]
    if unknown and not any(book.said for _, book in books):
        return tables.read(unknown[0].content, mapped)
    if not books:
        raise Unreadable(skipped[0].reason)
    skipped += [Skipped(0, "unknown_columns", table.name) for table in unknown]
    skipped += [replace(one, file=table.name) for table, book in books for one in book.skipped]
    return _together([(table, book) for table, book in books if not book.headers], skipped)


def _counted_on(book: Book, before: Sequence[tuple[Table, Book]]) -> Book:
    """A book whose lines have numbers that no line before has."""
    last = max((one.line for _, earlier in before for one in earlier.said), default=0)
    return replace(book, said=tuple(replace(one, line=last + one.line) for one in book.said))


def _together(books: Sequence[tuple[Table, Book]], skipped: Sequence[Skipped]) -> Book:
    people = tuple(one for table, book in books for one in book.said if table.base != NOTES)
    notes = tuple(one for table, book in books for one in book.said if table.base == NOTES)
    source = next((book.source for _, book in books if book.said), "linkedin")
    said = _noted(people, notes)
    if len(said) > PEOPLE:
        raise Unreadable("too_many")
    return Book(source, said, tuple(skipped))


def _noted(said: Sequence[Said], notes: Sequence[Said]) -> tuple[Said, ...]:
    """Notes beside whom they are about: by the address of their page, else by name; others are people of their own."""
    about: dict[str, list[Said]] = {}
    for note in notes:
        about.setdefault(note.key or folded(note.name), []).append(note)
    used, found = set[str](), list[Said]()
    for one in said:
        key = next((key for key in (one.key, folded(one.name)) if key in about), "")
        used.add(key)
        found.append(_with(one, about.get(key, ())))
    return (*found, *(_with(first, more) for key, (first, *more) in about.items() if key not in used))


def _with(one: Said, notes: Sequence[Said]) -> Said:
    """Somebody with what notes say of them, an empty line between each."""
    words = "\n\n".join(dict.fromkeys(filter(None, (one.words, *(note.words for note in notes)))))
    return replace(one, words=words[:WORDS].strip())
