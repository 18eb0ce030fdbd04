"""Where something is looked for or offered: a town in words. Those that stand have said none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0002_circles_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='need',
            name='place',
            field=models.CharField(default='', max_length=80),
            preserve_default=False,
        ),
    ]
