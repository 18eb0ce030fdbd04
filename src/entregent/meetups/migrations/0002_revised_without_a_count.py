"""How often an evening was changed is not kept: when it was last is all that calendars are told."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("meetups", "0001_tables")]
    operations: ClassVar = [migrations.RemoveField(model_name="meetup", name="revision")]
