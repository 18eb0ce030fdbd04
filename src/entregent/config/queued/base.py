"""Django's SQLite, where transactions of one process begin in the order in which they were asked for.

SQLite itself lets whoever waits ask again and again, and whoever is lucky go first: among many threads the unlucky one
is told after a while that the database is locked. Other processes are waited for as before.
"""

from collections import defaultdict

from django.db.backends.sqlite3 import base

from entregent.config.queued.turns import Line

#: How long a thread waits for its turn, in seconds; then it tries its luck.
PATIENCE = 60
_lines: defaultdict[str, Line] = defaultdict(Line)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection: its turn lasts from the beginning of a transaction to its end."""

    _in_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._in_turn = self._line.enter(PATIENCE)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._in_turn:
            self._in_turn = False
            self._line.leave()

    @property
    def _line(self) -> Line:
        return _lines[str(self.settings_dict["NAME"])]
