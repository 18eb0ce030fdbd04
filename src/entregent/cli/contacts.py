"""Brings somebody's address book in: a preview or the real thing, and every line that was not taken with its reason."""

from pathlib import Path

from entregent.cli import database, show
from entregent.cli.failures import Failure
from entregent.cli.language import _, ngettext
from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import imports
from entregent.exchange import books, origins, reasons
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import CARDS_BYTES, FIELDS, Book, Columns

#: How many people a preview shows, and how many lines that were not taken.
SHOWN = 20


def read(file: Path, columns: str) -> Book:
    """What the file says; `columns` names what its columns hold, in their order. Raises `Failure`."""
    if file.stat().st_size > CARDS_BYTES:
        raise Failure(f"{file.name}: {reasons.told('too_big')}")
    try:
        book = books.read(file.read_bytes(), _columns(columns))
    except errors.Invalid as error:
        raise Failure(f"{file.name}: {error.message}") from error
    if book.headers:
        raise Failure(_unknown(file, book))
    return book


def preview(who: str, book: Book) -> None:
    """Say who would be brought and who is there already; write nothing."""
    held = books.beforehand(_viewer(who), book.said)
    lines = held.lines
    for line in lines[:SHOWN]:
        said = line.said
        about = ", ".join(filter(None, (said.title, said.organisation, *said.labels)))
        mark = "=" if line.known else "+"
        show.line(f"  {mark} {said.name}{f' · {about}' if about else ''}")
    if len(lines) > SHOWN:
        show.line("  …")
    known = sum(line.known for line in lines)
    _report(len(lines) - known, known, book)
    if held.short:
        show.line(str(held.short), show.err)
    show.line(_("Nothing was written: this was a rehearsal."))


def bring(who: str, file: Path, book: Book, label: str) -> None:
    """Bring everybody, and say what came of it."""
    viewer = _viewer(who)
    with show.timed(), show.progress() as progress:
        bar = progress.add_task(_("Writing"), total=len(book.said))
        uid = books.bring(
            viewer, book=book, file=file.name, label=label, advance=lambda count: progress.advance(bar, count)
        )
    brought = imports.brought(viewer, uid)
    _report(brought.made, brought.known, book)


def _viewer(who: str) -> Viewer:
    database.require()
    return origins.viewer(who)


def _columns(words: str) -> Columns | None:
    named = {number: word.strip() for number, word in enumerate(words.split(",")) if word.strip()}
    wrong = [word for word in named.values() if word not in FIELDS]
    if wrong:
        raise Failure(_("{word!r} is none of {fields}.").format(word=wrong[0], fields=", ".join(FIELDS)))
    return named or None


def _unknown(file: Path, book: Book) -> str:
    words = _("{file}: nobody knows these columns: {headers}. Say what they hold by --columns, as in name,,mail.")
    return words.format(file=file.name, headers=" | ".join(book.headers))


def _report(made: int, known: int, book: Book) -> None:
    show.line(ngettext("{count} new page", "{count} new pages", made).format(count=made))
    show.line(ngettext("{count} there already", "{count} there already", known).format(count=known))
    if book.evenings:
        words = ngettext("{count} evening without guests", "{count} evenings without guests", len(book.evenings))
        show.line(words.format(count=len(book.evenings)))
    if book.skipped:
        count = stored.counted(book.skipped)
        words = ngettext("{count} line was not taken", "{count} lines were not taken", count)
        show.line(words.format(count=count), show.err)
    for skipped in book.skipped[:SHOWN]:
        show.line(f"  {reasons.left_out(skipped)}", show.err)
    if len(book.skipped) > SHOWN:
        show.line("  …", show.err)
