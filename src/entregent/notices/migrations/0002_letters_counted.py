"""Letters to those who have no account are counted: nobody's mailbox is filled by others."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notices", "0001_tables")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["mark", "at"], name="sent_to")]},
        ),
    ]
