"""The tables of organisations from sources, with the full-text index over them as the searchable lines have theirs."""

from typing import Any

import django.db.models.deletion
import entregent.common.ids
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE VIRTUAL TABLE directory_fts USING fts5(heads, body, place, content='directory_listing', content_rowid='id', prefix='2 3')",
    """CREATE TRIGGER directory_listing_added AFTER INSERT ON directory_listing BEGIN
    INSERT INTO directory_fts(rowid, heads, body, place) VALUES (new.id, new.heads, new.body, new.place); END""",
    """CREATE TRIGGER directory_listing_dropped AFTER DELETE ON directory_listing BEGIN
    INSERT INTO directory_fts(directory_fts, rowid, heads, body, place)
    VALUES ('delete', old.id, old.heads, old.body, old.place); END""",
    """CREATE TRIGGER directory_listing_changed AFTER UPDATE OF heads, body, place ON directory_listing BEGIN
    INSERT INTO directory_fts(directory_fts, rowid, heads, body, place)
    VALUES ('delete', old.id, old.heads, old.body, old.place);
    INSERT INTO directory_fts(rowid, heads, body, place) VALUES (new.id, new.heads, new.body, new.place); END""",
)
POSTGRESQL = (
    """CREATE INDEX directory_listing_stems ON directory_listing
    USING gin (to_tsvector('simple', heads || ' ' || body || ' ' || place))""",
)


def index(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of the database at hand."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('directory', '0001_organisations_from_sources'),
        ('directory', '0002_digests_of_what_was_taken_out'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('licence', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('key', models.CharField(max_length=80)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('folded', models.CharField(blank=True, db_index=True, max_length=160)),
                ('category', models.CharField(blank=True, max_length=60)),
                ('tags', models.JSONField(default=list)),
                ('description', models.TextField(blank=True, max_length=2000)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=60)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('town_key', models.CharField(blank=True, db_index=True, max_length=120)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('said_on', models.DateField(null=True)),
                ('read_on', models.DateField()),
                ('gone_on', models.DateField(null=True)),
                ('away_on', models.DateField(null=True)),
                ('heads', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('place', models.TextField(blank=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='listing_once')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60)),
                ('folded', models.CharField(db_index=True, max_length=120)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.listing')),
            ],
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
