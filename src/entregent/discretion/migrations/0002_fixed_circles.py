"""The two circles with a fixed key: everyone, and those who have said where they work."""

from uuid import UUID

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from entregent.circles.fixed import DECLARED, EVERYONE


def draw(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make both, and let PostgreSQL's sequence begin after them."""
    circle = apps.get_model("discretion", "Circle")
    for key, kind in ((EVERYONE, "everyone"), (DECLARED, "declared")):
        circle.objects.create(pk=key, uid=UUID(int=key), kind=kind, about=UUID(int=key))
    if editor.connection.vendor == "postgresql":
        editor.execute("SELECT setval(pg_get_serial_sequence('discretion_circle', 'id'), 100)")


class Migration(migrations.Migration):
    """Nothing but these two rows."""

    dependencies = [("discretion", "0001_initial")]
    operations = [migrations.RunPython(draw, migrations.RunPython.noop)]
