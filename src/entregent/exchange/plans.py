"""How the database plans reading what an import brought."""

from django.db import connection
from django.db.models import Model


def look_again(*tables: type[Model]) -> None:
    """Let PostgreSQL see what came into `tables`, or into all, before it plans reading it.

    It looks by itself, but some minutes later.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}".rstrip())
