"""How the database plans reading what an import brought."""

from django.db import connection


def look_again() -> None:
    """Let PostgreSQL see what came in before it plans reading it: it looks by itself, but some minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
