"""The tables of words from one person to another."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('writing', '0001_begin_writing'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='closed_only_me'), models.UniqueConstraint(fields=('owner',), name='closed_once')],
            },
        ),
        migrations.CreateModel(
            name='Given',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('mail', models.CharField(blank=True, max_length=200)),
                ('telephone', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=entregent.common.clock.now)),
                ('answers', models.UUIDField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('contact', models.UUIDField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='given_only_me')],
            },
        ),
        migrations.CreateModel(
            name='Written',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('mail', models.CharField(blank=True, max_length=200)),
                ('telephone', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=entregent.common.clock.now)),
                ('gone_at', models.DateTimeField(null=True)),
                ('answers', models.UUIDField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('gone_at', None)), fields=['at'], name='written_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='written_only_me'), models.UniqueConstraint(condition=models.Q(('answered_at', None), ('answers', None)), fields=('owner', 'to'), name='written_once_until_answered'), models.UniqueConstraint(fields=('owner', 'answers'), name='written_one_answer')],
            },
        ),
    ]
