"""Whether the database is there, and bringing it up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from entregent.cli.failures import Failure
from entregent.cli.language import _

#: A table that every version has.
SIGN = "exchange_origin"


def prepared() -> bool:
    """Whether the tables are there."""
    return SIGN in connection.introspection.table_names()


def bring_up_to_date() -> None:
    """Make or change the tables as this version wants them. Doing it twice changes nothing."""
    call_command("migrate", verbosity=0)


def require() -> None:
    """Go on only where the tables are there, as this version wants them."""
    if not prepared():
        raise Failure(_("There is nothing here yet: `entregent demo` or `entregent serve` prepares the database."))
    if _is_earlier():
        raise Failure(_("The database is of an earlier version: copy it, then `entregent serve` brings it up to date."))


def _is_earlier() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
