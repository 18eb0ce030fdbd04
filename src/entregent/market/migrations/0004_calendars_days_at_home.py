"""Whoever left an organisation stands there until a day begins at home, and no longer until it begins in UTC."""

from datetime import UTC, time
from typing import Any

from django.conf import settings
from django.db import migrations

from entregent.common import days


def at_home(apps: Any, schema_editor: Any) -> None:
    members = apps.get_model("circles", "Member").objects.filter(circle__kind="staff", until__isnull=False)
    for key, until in list(members.values_list("pk", "until")):
        there = until.astimezone(UTC)
        if there.time() == time():
            members.filter(pk=key).update(until=days.begins(there.date(), settings.HOME_ZONE))


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0001_initial'),
        ('market', '0003_circles_moved'),
    ]

    operations = [migrations.RunPython(at_home, migrations.RunPython.noop)]
