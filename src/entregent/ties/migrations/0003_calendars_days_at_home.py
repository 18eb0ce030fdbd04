"""The stored graph dates evenings by the days at home now: the one before, which took those of UTC, is built again."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("ties", "Stored").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('ties', '0002_circles_moved'),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
