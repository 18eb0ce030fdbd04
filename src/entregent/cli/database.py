"""Whether the database is there, and bringing it up to date."""

from django.core.management import call_command
from django.db import connection

from entregent.cli.failures import Failure
from entregent.cli.language import _

#: A table that every version has, and the last one that the migrations of this version make.
SIGN = "exchange_origin"


def prepared() -> bool:
    """Whether the tables are there."""
    return SIGN in connection.introspection.table_names()


def bring_up_to_date() -> None:
    """Make or change the tables as this version wants them. Doing it twice changes nothing."""
    call_command("migrate", verbosity=0)


def require() -> None:
    """Go on only where the tables are there."""
    if not prepared():
        raise Failure(_("There is nothing here yet: `entregent demo` or `entregent serve` prepares the database."))
