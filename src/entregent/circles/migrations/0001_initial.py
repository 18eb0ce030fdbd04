"""Circles as they stand: their tables were made by `discretion`, which renamed them."""

import django.db.models.deletion
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('discretion', '0006_circles_move'),
        ('people', '0002_claimed'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Circle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=16)),
                        ('about', models.UUIDField(default=entregent.common.ids.new)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                    ],
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('how', models.CharField(choices=[('named', 'named one by one'), ('crossed', 'cards were crossed'), ('open', 'came in by themselves')], default='open', max_length=8)),
                        ('until', models.DateTimeField(null=True)),
                        ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                    ],
                ),
                migrations.CreateModel(
                    name='Within',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                        ('outer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                    ],
                ),
                migrations.AddConstraint(
                    model_name='circle',
                    constraint=models.UniqueConstraint(fields=('kind', 'about'), name='circle_about'),
                ),
                migrations.AddConstraint(
                    model_name='member',
                    constraint=models.UniqueConstraint(fields=('person', 'circle'), name='member_once'),
                ),
                migrations.AddConstraint(
                    model_name='within',
                    constraint=models.UniqueConstraint(fields=('inner', 'outer'), name='within_once'),
                ),
                migrations.AddConstraint(
                    model_name='within',
                    constraint=models.CheckConstraint(condition=models.Q(('outer__in', [1, 2]), _negated=True), name='nothing_within_the_fixed'),
                ),
            ],
        ),
    ]
