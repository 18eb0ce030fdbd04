"""Cards of somebody who has gone are known to be one person's."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cards", "0001_tables")]
    operations: ClassVar = [
        migrations.AddField(model_name="handed", name="gone", field=models.UUIDField(null=True)),
    ]
