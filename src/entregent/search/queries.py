"""Lines that answer a question, among those that the viewer may see. Ordering them is `ranking`'s."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func

from entregent.discretion.viewer import Viewer
from entregent.search.models import Line
from entregent.search.stems import Term, fts5, tsquery


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that holds at least one word of the question."""

    kind: str
    about: UUID
    owner: int
    subject: int | None
    contact: UUID | None
    text: str
    stems: str
    on: date | None


class _Matches(Func):
    """Whether a line's stems answer a question, by the index of the database at hand."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *expressions: Any, terms: Sequence[Term] = (), **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.terms = tuple(terms)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Full-text search of SQLite."""
        key, _params = compiler.compile(self.source_expressions[0])
        return f"{key} IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)", [fts5(self.terms)]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Full-text search of PostgreSQL; the index is on this very expression."""
        stems, _params = compiler.compile(self.source_expressions[1])
        return f"to_tsvector('simple', {stems}) @@ to_tsquery('simple', %s)", [tsquery(self.terms)]


def lines(viewer: Viewer, terms: Sequence[Term], kinds: Collection[str] = ()) -> list[Hit]:
    """Every visible line that holds a word of the question, of the given kinds where some are given."""
    if not terms:
        return []
    rows = Line.objects.visible_to(viewer).filter(_Matches(F("pk"), F("stems"), terms=terms))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [
        Hit(*row) for row in rows.values_list("kind", "about", "owner", "subject", "contact", "text", "stems", "on")
    ]
