"""The tables of communities, of who belongs to them, and of what is said to their stewards."""

import django.db.models.deletion
import entregent.common.chance
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('communities', '0001_initial'),
        ('communities', '0002_claim'),
        ('communities', '0003_conduct'),
        ('communities', '0004_report'),
        ('communities', '0005_circles_moved'),
        ('communities', '0006_departure'),
        ('communities', '0007_organised_together'),
        ('communities', '0008_claim_accepted'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('conduct', models.TextField(blank=True, default='', max_length=2000)),
                ('entry', models.CharField(choices=[('open', 'open to all'), ('link', 'by link'), ('approved', 'on approval')], default='link', max_length=8)),
                ('invite', models.CharField(default=entregent.common.chance.code, max_length=12, unique=True)),
                ('zone', models.CharField(max_length=40)),
                ('opened_at', models.DateTimeField(default=entregent.common.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.community')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='communities_claim_never_public'), models.UniqueConstraint(fields=('owner', 'person'), name='claim_once')],
            },
        ),
        migrations.CreateModel(
            name='Concerned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.UUIDField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('about', 'person'), name='concerned_once')],
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'person'), name='departure_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'member'), ('steward', 'steward')], default='member', max_length=8)),
                ('since', models.DateTimeField(default=entregent.common.clock.now)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'person'), name='membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('person', 'somebody'), ('evening', 'an evening')], max_length=7)),
                ('about', models.UUIDField()),
                ('called', models.CharField(max_length=160)),
                ('words', models.TextField(max_length=2000)),
                ('said_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('seen_to_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.community')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='communities_report_never_public'), models.UniqueConstraint(fields=('owner', 'about'), name='report_once')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('name', models.CharField(max_length=80)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.community')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='communities_request_never_public'), models.UniqueConstraint(fields=('community', 'owner'), name='request_once')],
            },
        ),
    ]
