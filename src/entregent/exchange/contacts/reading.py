"""The way in: whatever file of contacts somebody has, told apart by what it holds and not by its name. Pure."""

from dataclasses import replace

from entregent.exchange.contacts import archives, cards, tables
from entregent.exchange.contacts.said import CARDS_BYTES, Book, Columns, Said, Unreadable
from entregent.exchange.contacts.texts import decoded, folded


def read(data: bytes, mapped: Columns | None = None) -> Book:
    """What a file says: cards, a table, or an archive of tables. Raises `Unreadable`.

    `mapped` says what the columns of a table hold, where that is not known.
    """
    if len(data) > CARDS_BYTES:
        raise Unreadable("too_big")
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(archives.MAGIC):
        return _archive(archives.tables(data))
    if cards.looks_like(decoded(data[:8000])):
        return cards.read(data)
    return tables.read(data, mapped)


def _archive(found: dict[str, bytes]) -> Book:
    books = [tables.read(content) for name, content in sorted(found.items()) if name != "notes.csv"]
    notes = tables.read(found["notes.csv"]) if "notes.csv" in found else Book("notes")
    people = next((book for book in books if book.said), books[0] if books else Book("linkedin"))
    if not books:
        return notes
    return replace(people, said=_noted(people.said, notes.said))


def _noted(said: tuple[Said, ...], notes: tuple[Said, ...]) -> tuple[Said, ...]:
    """Notes beside whom they are about: by the address of their page, else by name; others are people of their own."""
    about = {_about(note): note for note in notes if note.words}
    named = {folded(note.name): note for note in notes if note.words and not note.key}
    held = [(one, about.get(one.key or "-") or named.get(folded(one.name))) for one in said]
    used = {id(note) for _, note in held}
    alone = [note for note in about.values() if id(note) not in used]
    return (*(replace(one, words=note.words) if note else one for one, note in held), *alone)


def _about(note: Said) -> str:
    return note.key or folded(note.name)
