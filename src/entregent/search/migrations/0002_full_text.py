"""The full-text index over the stems: FTS5 kept by triggers on SQLite, an expression index on PostgreSQL."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(stems, content='search_line', content_rowid='id', prefix='2 3')",
    """CREATE TRIGGER search_line_added AFTER INSERT ON search_line BEGIN
    INSERT INTO search_fts(rowid, stems) VALUES (new.id, new.stems); END""",
    """CREATE TRIGGER search_line_gone AFTER DELETE ON search_line BEGIN
    INSERT INTO search_fts(search_fts, rowid, stems) VALUES ('delete', old.id, old.stems); END""",
    """CREATE TRIGGER search_line_changed AFTER UPDATE OF stems ON search_line BEGIN
    INSERT INTO search_fts(search_fts, rowid, stems) VALUES ('delete', old.id, old.stems);
    INSERT INTO search_fts(rowid, stems) VALUES (new.id, new.stems); END""",
)
POSTGRESQL = ("CREATE INDEX search_line_stems ON search_line USING gin (to_tsvector('simple', stems))",)


def index(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of the database at hand."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """An index, no column."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
