"""Circles are those of the part `circles`: nothing of this part is left of them but what points at them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0001_initial'),
        ('communities', '0005_circles_moved'),
        ('discretion', '0006_circles_move'),
        ('encounters', '0002_circles_moved'),
        ('market', '0003_circles_moved'),
        ('meetups', '0002_circles_moved'),
        ('needs', '0002_circles_moved'),
        ('profiles', '0002_circles_moved'),
        ('search', '0003_circles_moved'),
        ('ties', '0002_circles_moved'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='circle',
                    name='owner',
                ),
                migrations.RemoveField(
                    model_name='member',
                    name='circle',
                ),
                migrations.AlterField(
                    model_name='shield',
                    name='circle',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle'),
                ),
                migrations.RemoveField(
                    model_name='member',
                    name='person',
                ),
                migrations.DeleteModel(
                    name='Within',
                ),
                migrations.DeleteModel(
                    name='Circle',
                ),
                migrations.DeleteModel(
                    name='Member',
                ),
            ],
        ),
    ]
