"""The tables of circles, and the two circles that have a fixed key: everyone, and those who have said where they work."""

from uuid import UUID

import django.db.models.deletion
import entregent.common.ids
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from entregent.circles.fixed import DECLARED, EVERYONE


def draw(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make both, and let PostgreSQL's sequence begin after them."""
    circle = apps.get_model("circles", "Circle")
    for key, kind in ((EVERYONE, "everyone"), (DECLARED, "declared")):
        circle.objects.create(pk=key, uid=UUID(int=key), kind=kind, about=UUID(int=key))
    if editor.connection.vendor == "postgresql":
        editor.execute("SELECT setval(pg_get_serial_sequence('circles_circle', 'id'), 100)")


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('circles', '0001_initial'),
        ('circles', '0002_declared_index'),
        ('circles', '0003_rows_that_go_first'),
    ]

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('about', models.UUIDField(default=entregent.common.ids.new)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'about'), name='circle_about')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('named', 'named one by one'), ('crossed', 'cards were crossed'), ('open', 'came in by themselves')], default='open', max_length=8)),
                ('until', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('circle', 2)), fields=['person', 'until'], name='member_declared')],
                'constraints': [models.UniqueConstraint(fields=('person', 'circle'), name='member_once')],
            },
        ),
        migrations.CreateModel(
            name='Within',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('outer', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('inner', 'outer'), name='within_once'), models.CheckConstraint(condition=models.Q(('outer__in', [1, 2]), _negated=True), name='nothing_within_the_fixed')],
            },
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
