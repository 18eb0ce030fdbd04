"""The tables of the address book."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('encounters', '0001_initial'),
        ('encounters', '0002_circles_moved'),
        ('encounters', '0003_contacts_brought'),
        ('encounters', '0004_upload_is_its_import'),
        ('encounters', '0005_morning_follow_ups'),
        ('encounters', '0006_calendars_evenings'),
        ('encounters', '0007_promises_lines'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('meetups', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('file', models.CharField(max_length=120)),
                ('source', models.CharField(max_length=12)),
                ('at', models.DateTimeField(default=entregent.common.clock.now)),
                ('made', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('skipped', models.TextField(default='[]')),
                ('evenings', models.TextField(default='[]')),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='import_only_me')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('does', models.CharField(blank=True, max_length=160)),
                ('organisation', models.CharField(blank=True, max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('key', models.CharField(blank=True, max_length=200)),
                ('edited_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.import')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='contact_only_me'), models.UniqueConstraint(fields=('owner', 'person'), name='contact_once')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('mail', 'Mail'), ('telephone', 'Telephone'), ('link', 'Link')], max_length=10)),
                ('value', models.CharField(max_length=200)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.contact')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.import')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='channel_only_me'), models.UniqueConstraint(fields=('contact', 'kind', 'value'), name='channel_once')],
            },
        ),
        migrations.CreateModel(
            name='Encounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('on', models.DateField()),
                ('title', models.CharField(blank=True, max_length=160)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('through', models.CharField(blank=True, max_length=120)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.contact')),
                ('meetup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetups.meetup')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.import')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='encounter_only_me')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('text', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('reminded_on', models.DateField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.contact')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('done_at', None), ('reminded_on', None)), fields=['due_on'], name='follow_up_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='follow_up_only_me')],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('text', models.CharField(max_length=60)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.import')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.contact')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='label_only_me'), models.UniqueConstraint(fields=('contact', 'text'), name='label_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('text', models.TextField(max_length=4000)),
                ('on', models.DateField()),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.import')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='encounters.contact')),
                ('meetup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetups.meetup')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='note_only_me')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('file', models.CharField(max_length=120)),
                ('source', models.CharField(max_length=12)),
                ('said', models.TextField()),
                ('skipped', models.TextField()),
                ('evenings', models.TextField(default='[]')),
                ('content', models.BinaryField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='upload_only_me'), models.UniqueConstraint(fields=('owner',), name='upload_once')],
            },
        ),
    ]
