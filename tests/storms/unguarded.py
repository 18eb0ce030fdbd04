"""A program: the server with guards taken out, so that the storm can be seen to find what it looks for.

`lock`: nothing holds the evening's row while seats are counted; on SQLite every statement is a transaction of its own.
`constraint`: the database does not refuse one seat too many either.
"""

import sys
import time
from typing import Any

import django


def unlock() -> None:
    """Count seats as they were a moment ago, under nobody's lock."""
    from entregent.config.queued.base import DatabaseWrapper
    from entregent.meetups import seats
    from entregent.meetups.models import Meetup

    def unlocked(key: int) -> Any:
        meetup = Meetup.ledger.get(pk=key)
        time.sleep(0.1)
        return meetup

    def nothing(*_given: Any) -> None:
        pass

    seats.locked = unlocked
    for begins in ("_start_transaction_under_autocommit", "_savepoint", "_savepoint_commit", "_savepoint_rollback"):
        setattr(DatabaseWrapper, begins, nothing)


def unconstrain() -> None:
    """Let the database sell any number of seats."""
    from django.db import connection

    from entregent.meetups.models import Meetup

    [last_guard] = [one for one in Meetup._meta.constraints if one.name == "never_oversold"]
    Meetup._meta.constraints = [one for one in Meetup._meta.constraints if one is not last_guard]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Meetup, last_guard)


def served(guards: list[str]) -> None:
    """Take these guards out, then serve."""
    from django.conf import settings

    from entregent.config.serve import serve

    for guard, without in (("constraint", unconstrain), ("lock", unlock)):
        if guard in guards:
            without()
    serve(settings.PORT)


if __name__ == "__main__":
    django.setup()
    served(sys.argv[1:])
