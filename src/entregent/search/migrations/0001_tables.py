"""The table of searchable lines, with the full-text index over the stems: FTS5 kept by triggers on SQLite, an expression index on PostgreSQL."""

from typing import Any

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models
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

    initial = True

    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_full_text'),
        ('search', '0003_circles_moved'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('kind', models.CharField(max_length=12)),
                ('about', models.UUIDField(unique=True)),
                ('contact', models.UUIDField(null=True)),
                ('text', models.TextField()),
                ('stems', models.TextField()),
                ('on', models.DateField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['contact'], name='line_by_contact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='search_line_never_public')],
            },
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
