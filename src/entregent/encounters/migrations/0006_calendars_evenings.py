"""Evenings of a calendar to which nobody was asked, of a file that waits and of an import."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('encounters', '0005_morning_follow_ups'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='evenings',
            field=models.TextField(default='[]'),
        ),
        migrations.AddField(
            model_name='upload',
            name='evenings',
            field=models.TextField(default='[]'),
        ),
    ]
