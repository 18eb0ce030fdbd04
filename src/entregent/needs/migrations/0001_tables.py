"""The table of needs and offers."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('needs', '0001_initial'),
        ('needs', '0002_circles_moved'),
        ('needs', '0003_place'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('job', 'a job'), ('mission', 'a freelance job'), ('client', 'a client'), ('supplier', 'a supplier'), ('associate', 'a business partner'), ('mentoring', 'mentoring'), ('room', 'a room'), ('service', 'a service'), ('other', 'something else')], default='other', max_length=10)),
                ('offered', models.BooleanField(default=False)),
                ('text', models.CharField(max_length=500)),
                ('place', models.CharField(max_length=80)),
                ('said_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='needs_need_never_public'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'job'), _negated=True), ('offered', True), ('discreet', True), _connector='OR'), name='job_search_is_discreet')],
            },
        ),
    ]
