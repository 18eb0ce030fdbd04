"""A file of contacts that waits for its owner: handed over, its columns named, brought line by line, or dropped."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Upload
from entregent.exchange import books
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import Book, Columns
from entregent.people import actions as people

#: How long a file waits for its owner.
WAITS = timedelta(hours=1)


def hand_over(actor: Viewer, *, file: str, data: bytes) -> UUID:
    """Keep a file for an hour, for its owner to choose from; the one before goes. Raises `Invalid`."""
    return _keep(actor, file, books.read(data), data)


def name_columns(actor: Viewer, *, upload: UUID, columns: Columns) -> None:
    """Say what the columns of a waiting table hold. Raises `Invalid` where nobody is named, and `NotFound`."""
    content = _held(actor, upload).content
    if content is None:
        raise errors.NotFound
    book = books.read(bytes(content), columns)
    if not book.said:
        raise errors.Invalid("columns", _("Nobody is named by these columns. Which one holds the name?"))
    _understand(actor, upload, book)


@transaction.atomic
def bring_upload(actor: Viewer, *, upload: UUID, lines: Collection[int], label: str = "") -> UUID:
    """Bring the chosen lines of a waiting file, whose others go on waiting; the import's public id, which is its own.

    Its evenings come in with whoever does, or alone. Raises `Invalid` where there is neither, and `NotFound`.
    """
    people.wait_turn(person=actor.me)
    held, wanted = _held(actor, upload), set(lines)
    if held.content is not None:
        raise errors.NotFound
    said = list(stored.said_of(held.said))
    chosen = tuple(one for one in said if one.line in wanted)
    evenings = tuple(stored.evenings_of(held.evenings))
    book = Book(held.source, chosen, tuple(stored.skipped_of(held.skipped)), evenings=evenings)
    brought = books.bring(actor, book=book, file=held.file, into=held.uid, label=label)
    left = [one for one in said if one.line not in wanted]
    rows = Upload.ledger.filter(pk=held.pk)
    if left:
        rows.update(said=stored.said_json(left))
    else:
        rows.delete()
    return brought


@transaction.atomic
def drop_upload(actor: Viewer, *, upload: UUID) -> None:
    """Bring nothing of a waiting file, which goes. Raises `NotFound`."""
    people.wait_turn(person=actor.me)
    Upload.ledger.filter(pk=_held(actor, upload).pk).delete()


@transaction.atomic
def _keep(actor: Viewer, file: str, book: Book, data: bytes) -> UUID:
    people.wait_turn(person=actor.me)
    Upload.ledger.filter(owner=actor.me).delete()
    upload = Upload.ledger.create(
        owner_id=actor.me,
        until=clock.now() + WAITS,
        file=books.called(file),
        source=book.source,
        said=stored.headers_json(book) if book.headers else stored.said_json(book.said),
        skipped=stored.skipped_json(book.skipped),
        evenings=stored.evenings_json(book.evenings),
        content=data if book.headers else None,
    )
    return upload.uid


@transaction.atomic
def _understand(actor: Viewer, upload: UUID, book: Book) -> None:
    people.wait_turn(person=actor.me)
    rows = Upload.ledger.filter(pk=_held(actor, upload).pk, content__isnull=False)
    said, skipped = stored.said_json(book.said), stored.skipped_json(book.skipped)
    if not rows.update(said=said, skipped=skipped, content=None):
        raise errors.NotFound


def _held(actor: Viewer, upload: UUID) -> Upload:
    held: Upload | None = Upload.ledger.filter(owner=actor.me, uid=upload, until__gt=clock.now()).first()
    if held is None:
        raise errors.NotFound
    return held
