"""The tables of organisations, of ties between them, and of where people work."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('market', '0001_initial'),
        ('market', '0002_shielded'),
        ('market', '0003_circles_moved'),
        ('market', '0004_calendars_days_at_home'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('folded', models.CharField(db_index=True, max_length=120)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('domain', models.CharField(blank=True, db_index=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Bond',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('parent', 'parent company'), ('sister', 'sister company')], default='sister', max_length=8)),
                ('stated_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('stated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.organisation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='bond_once')],
            },
        ),
        migrations.CreateModel(
            name='FirstShield',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='first_shield_once')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('named', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('client', models.BooleanField(default=False)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='market.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='market_position_never_public')],
            },
        ),
        migrations.CreateModel(
            name='Shielded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named', models.CharField(max_length=120)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='shielded_once')],
            },
        ),
        migrations.CreateModel(
            name='Situation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('answer', models.CharField(choices=[('employed', 'at an organisation'), ('own', 'on my own'), ('looking', 'looking'), ('student', 'student'), ('retired', 'retired')], max_length=8)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='market_situation_never_public'), models.UniqueConstraint(fields=('owner',), name='situation_once'), models.CheckConstraint(condition=models.Q(('audience', None)), name='situation_only_me')],
            },
        ),
    ]
