"""A small index of those who have said where they work."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='member',
            index=models.Index(condition=models.Q(('circle', 2)), fields=['person', 'until'], name='member_declared'),
        ),
    ]
