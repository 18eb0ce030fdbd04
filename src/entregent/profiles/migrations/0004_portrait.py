"""A picture of oneself, as it is drawn anew from a file."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0002_declared_index'),
        ('people', '0002_claimed'),
        ('profiles', '0003_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Portrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('discreet', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('picture', models.BinaryField()),
                ('audience', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('discreet', False), ('audience', None), models.Q(('audience', 1), _negated=True), _connector='OR'), name='profiles_portrait_never_public'), models.UniqueConstraint(fields=('owner',), name='portrait_once')],
            },
        ),
    ]
