"""The table of needs that are kept."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models

# The last migration of each part that had several before the first release. Where all of them were made, or none, Django
# takes the one that replaces them for it; where only some were, it would leave out the part without a word, and finds
# none of this name now: a database that stopped halfway is refused.
WHOLE = [
    ('circles', '0003_rows_that_go_first'),
    ('communities', '0008_claim_accepted'),
    ('directory', '0002_digests_of_what_was_taken_out'),
    ('discretion', '0008_shields_go_first'),
    ('encounters', '0007_promises_lines'),
    ('exchange', '0003_merged'),
    ('market', '0004_calendars_days_at_home'),
    ('meetups', '0008_several_invited'),
    ('needs', '0003_place'),
    ('people', '0002_claimed'),
    ('profiles', '0004_portrait'),
    ('search', '0003_circles_moved'),
    ('ties', '0003_calendars_days_at_home'),
]


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('recall', '0001_kept_needs'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
        *WHOLE,
    ]

    operations = [
        migrations.CreateModel(
            name='Kept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('text', models.CharField(max_length=500)),
                ('kept_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('told', models.TextField(default='')),
                ('looked', models.TextField(default='')),
                ('asked_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience', None)), name='kept_only_me')],
            },
        ),
    ]
