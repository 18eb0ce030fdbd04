"""Lines that answer a question, among those that the viewer may see. Ordering them is `ranking`'s."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet

from entregent.discretion.viewer import Viewer
from entregent.search import ranking, stems
from entregent.search.models import Line
from entregent.search.ranking import Kind
from entregent.search.stems import Read, Term
from entregent.statements.prepared import prepared

#: What a line of each kind counts as when people are ranked. What the viewer calls a contact is a name.
RANKED_AS: Mapping[str, Kind] = {
    "note": Kind.SAID,
    "promise": Kind.SAID,
    "name": Kind.NAME,
    "contact": Kind.NAME,
    "headline": Kind.DOES,
    **dict.fromkeys(("does", "skills", "languages", "manner", "trust", "links"), Kind.DOES),
    "seeks": Kind.NEED,
    "position": Kind.DOES,
    "need": Kind.NEED,
    "offer": Kind.OFFER,
    "organisation": Kind.ORGANISATION,
    "evening": Kind.EVENING,
    "encounter": Kind.MET,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that answers at least one word of the question.

    `grades` says for each word that it answers how well, in (0, 1], and `times` how often; `length` counts the line's
    terms; `sentences` are those of its sentences that answer.
    """

    kind: str
    about: UUID
    subject: int | None
    contact: UUID | None
    text: str
    on: date | None
    grades: Mapping[str, float]
    times: Mapping[str, float]
    length: int
    sentences: tuple[Read, ...] = ()

    def said_of(self, about: UUID) -> ranking.Hit:
        """The same line as what is said of somebody, to be ranked."""
        kind = RANKED_AS[self.kind]
        return ranking.Hit(about, self.about, kind, self.grades, self.length, self.on, self.times, self.sentences)


class Matches(Func):
    """Whether a row's stems answer a question: its key, then its columns of stems in the order of the index on them.

    `question` is what `stems.fts5` or `stems.tsquery` says, `table` where SQLite has its index.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, *expressions: Any, question: Any = "", table: str = "", **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.question, self.table = question, table

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """Full-text search of SQLite."""
        key, _params = compiler.compile(self.source_expressions[0])
        return f"{key} IN (SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s)", [self.question]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Full-text search of PostgreSQL; the index is on this very expression."""
        text = " || ' ' || ".join(compiler.compile(each)[0] for each in self.source_expressions[1:])
        return f"to_tsvector('simple', {text}) @@ to_tsquery('simple', %s)", [self.question]


def lines(viewer: Viewer, terms: Sequence[Term], kinds: Collection[str] = ()) -> list[Hit]:
    """Every visible line that answers a word of the question, of the given kinds where some are given."""
    if not terms:
        return []
    question = stems.fts5(terms) if connection.vendor == "sqlite" else stems.tsquery(terms)
    reading = cache(stems.Reading(terms))  # the evenings of a series are called alike
    found = ((row[1:], reading(row[0])) for row in _lines(viewer, question, kinds or RANKED_AS))
    return [_hit(line, read) for line, read in found if read.grades]


@prepared
def _lines(viewer: Viewer, question: str, kinds: Collection[str]) -> "QuerySet[Any, Any]":
    matches = Matches(F("pk"), F("stems"), question=question, table="search_fts")
    rows = Line.objects.visible_to(viewer).filter(matches, kind__in=kinds)
    return rows.values_list("stems", "kind", "about", "subject", "contact", "text", "on")


def _hit(line: tuple[Any, ...], read: Read) -> Hit:
    kind, about, subject, contact, text, on = line
    return Hit(kind, about, subject, contact, text, on, read.grades, read.times, read.length, read.sentences)
