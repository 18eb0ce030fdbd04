"""The table of shields."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('discretion', '0001_initial'),
        ('discretion', '0002_fixed_circles'),
        ('discretion', '0003_gone'),
        ('discretion', '0004_gone_moves'),
        ('discretion', '0005_block_of_a_person'),
        ('discretion', '0006_circles_move'),
        ('discretion', '0007_circles_moved'),
        ('discretion', '0008_shields_go_first'),
    ]

    dependencies = [
        ('circles', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Shield',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.CharField(choices=[('discreet', 'discreet facts'), ('everything', 'everything')], default='discreet', max_length=10)),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle')),
                ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['over', 'person', 'owner'], name='shield_by_target')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('circle', None), ('person__isnull', False)), models.Q(('circle__isnull', False), ('person', None)), _connector='OR'), name='shield_one_target'), models.CheckConstraint(condition=models.Q(('over', 'discreet'), ('circle', None), _connector='OR'), name='block_of_a_person'), models.UniqueConstraint(fields=('owner', 'over', 'circle'), name='shield_circle_once'), models.UniqueConstraint(fields=('owner', 'over', 'person'), name='shield_person_once')],
            },
        ),
    ]
