"""Whether a row's stems answer a question, asked of the index of the database at hand."""

from typing import Any

from django.db.models import BooleanField, Func


class Matches(Func):
    """True of a row whose stems answer: its key, then its columns of stems in the order of the index on them.

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
