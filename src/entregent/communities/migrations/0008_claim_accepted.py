"""The worker makes so what a steward agreed to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0007_organised_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='accepted_at',
            field=models.DateTimeField(null=True),
        ),
    ]
