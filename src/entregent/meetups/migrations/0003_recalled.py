"""By which address people say that they were at an evening."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("meetups", "0002_revised_without_a_count")]
    operations: ClassVar = [
        migrations.AddField(model_name="meetup", name="recalled", field=models.CharField(blank=True, max_length=12)),
    ]
