"""The way in: whatever file of contacts somebody has, told apart by what it holds and not by its name. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from entregent.exchange.contacts import archives, calendars, cards, tables
from entregent.exchange.contacts.archives import Entry
from entregent.exchange.contacts.said import CARDS_BYTES, LINES, PEOPLE, WORDS, Book, Columns, Said, Skipped, Unreadable
from entregent.exchange.contacts.texts import decoded, folded, once

#: The table of an archive that holds notes.
NOTES = "notes.csv"
#: What stands between the notes about somebody.
APART = "\n\n"


def read(data: bytes, mapped: Columns | None = None) -> Book:
    """What a file says: cards, a calendar, a table, or an archive of tables or calendars. Raises `Unreadable`.

    `mapped` says what the columns of a table hold, where that is not known.
    """
    if len(data) > CARDS_BYTES:
        raise Unreadable("too_big")
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(archives.OLD_EXCEL):
        raise Unreadable("spreadsheet")
    if data.startswith(archives.MAGIC):
        return _archive(archives.entries(data), mapped)
    if calendars.looks_like(decoded(data[:8000])):
        return calendars.read(data)
    if cards.looks_like(decoded(data[:8000])):
        return cards.read(data)
    return tables.read(data, mapped)


def _archive(found: Sequence[Entry], mapped: Columns | None) -> Book:
    """What all tables and calendars of an archive say together.

    A table that cannot be taken is skipped where another can; one whose columns nobody knows is asked about where no
    other names anybody.
    """
    calendar = [one for one in found if one.is_calendar]
    if len(found) == 1:
        return calendars.read(found[0].content) if calendar else tables.read(found[0].content, mapped)
    if len(calendar) == len(found):
        return calendars.together(calendar)
    if sum(map(_lines, found)) > LINES:
        raise Unreadable("bomb")
    books, skipped = _each(found, calendar)
    unknown = [table for table, book in books if book.headers]
    if unknown and not any(book.said for _, book in books):
        return tables.read(unknown[0].content, mapped)
    if not books:
        raise Unreadable(skipped[0].reason)
    skipped += [Skipped(0, "unknown_columns", table.name) for table in unknown]
    skipped += [replace(one, file=one.file or entry.name) for entry, book in books for one in book.skipped]
    return _together([(entry, book) for entry, book in books if not book.headers], skipped)


def _lines(entry: Entry) -> int:
    """How many lines a table has, in whatever encoding; calendars count their own."""
    return 0 if entry.is_calendar else max(entry.content.count(b"\n"), entry.content.count(b"\r"))


def _each(found: Sequence[Entry], calendar: Sequence[Entry]) -> tuple[list[tuple[Entry, Book]], list[Skipped]]:
    """What each table of an archive says, and then what its calendars do, all of them as one; what cannot be taken."""
    books, skipped = list[tuple[Entry, Book]](), list[Skipped]()
    for one in (*(entry for entry in found if not entry.is_calendar), *calendar[:1]):
        try:
            book = calendars.together(calendar) if one.is_calendar else tables.read(one.content)
            books.append((one, _counted_on(book, books)))
        except Unreadable as error:
            skipped.append(Skipped(error.line, error.reason, one.name))
    return books, skipped


def _counted_on(book: Book, before: Sequence[tuple[Entry, Book]]) -> Book:
    """A book whose lines have numbers that no line before has."""
    last = max((one.line for _, earlier in before for one in earlier.said), default=0)
    return replace(book, said=tuple(replace(one, line=last + one.line) for one in book.said))


def _together(books: Sequence[tuple[Entry, Book]], skipped: Sequence[Skipped]) -> Book:
    """Notes beside whom they are about, and everybody else."""
    people = tuple(one for entry, book in books if entry.base != NOTES for one in book.said)
    notes = tuple(one for entry, book in books if entry.base == NOTES for one in book.said)
    source = next((book.source for _, book in books if book.said), "linkedin")
    # Of more people than are taken, nobody asks what is noted of each.
    said = _noted(people, notes) if len(people) <= PEOPLE else people
    if len(said) > PEOPLE:
        raise Unreadable("too_many")
    return Book(source, said, tuple(skipped))


def _noted(said: Sequence[Said], notes: Sequence[Said]) -> tuple[Said, ...]:
    """Notes beside whom they are about: by the address of their page, else by name; others are people of their own."""
    about: dict[str, list[Said]] = {}
    for note in notes:
        about.setdefault(note.key or folded(note.name), []).append(note)
    words = {key: _words(those) for key, those in about.items()}
    used, found = set[str](), list[Said]()
    for one in said:
        key = next((key for key in (one.key, folded(one.name)) if key in about), "")
        used.add(key)
        found.append(_with(one, words.get(key, ())))
    return (*found, *(_with(first, words[key]) for key, (first, *_more) in about.items() if key not in used))


def _words(notes: Sequence[Said]) -> tuple[str, ...]:
    """What notes say, each thing once: no more of it than anybody has words, for many may bear the name."""
    said, length = list[str](), 0
    for words in once(filter(None, (note.words for note in notes))):
        if length >= WORDS:
            break
        said.append(words)
        length += len(words) + len(APART)
    return tuple(said)


def _with(one: Said, notes: Sequence[str]) -> Said:
    """Somebody with what notes say of them."""
    words = APART.join(dict.fromkeys((one.words, *notes)) if one.words else notes)
    return replace(one, words=words[:WORDS].strip())
