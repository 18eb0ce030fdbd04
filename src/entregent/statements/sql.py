"""Conditions that are written as SQL, and put together. Knows no table.

>>> all_of(sql("owner_id = %s", 7), not_(any_of(sql("discreet"), sql("until < %s", 9))))
('(owner_id = %s AND NOT ((discreet OR until < %s)))', (7, 9))
"""

from typing import Any

#: A piece of a statement: its text, and what is filled in at its places.
Sql = tuple[str, tuple[Any, ...]]

#: Keeps PostgreSQL from hashing a subquery: it would read every row of its table for a page of fifty.
FENCE = "LIMIT 1 OFFSET 0"


def sql(text: str, *params: Any) -> Sql:
    """A piece as it is written."""
    return text, params


def exists(source: Sql, condition: Sql, fence: str = "") -> Sql:
    """There is a row of `source` for which the condition holds.

    >>> exists(sql("shield s"), sql("s.owner_id = %s", 7), FENCE)
    ('EXISTS(SELECT 1 FROM shield s WHERE s.owner_id = %s LIMIT 1 OFFSET 0)', (7,))
    """
    return f"EXISTS(SELECT 1 FROM {source[0]} WHERE {condition[0]} {fence})", (*source[1], *condition[1])


def among(value: str, column: str, source: Sql, condition: Sql) -> Sql:
    """A value stands in a column of a row of `source` for which the condition holds: one set, made when it is needed.

    >>> among("owner_id", "s.owner_id", sql("shield s"), sql("s.person_id = %s", 7))
    ('owner_id IN (SELECT s.owner_id FROM shield s WHERE s.person_id = %s)', (7,))
    """
    return f"{value} IN (SELECT {column} FROM {source[0]} WHERE {condition[0]})", (*source[1], *condition[1])


def any_of(*conditions: Sql) -> Sql:
    """One of them holds."""
    return _joined(" OR ", conditions)


def all_of(*conditions: Sql) -> Sql:
    """Each of them holds."""
    return _joined(" AND ", conditions)


def not_(condition: Sql) -> Sql:
    """It does not hold."""
    return f"NOT ({condition[0]})", condition[1]


def _joined(word: str, conditions: tuple[Sql, ...]) -> Sql:
    return f"({word.join(text for text, _ in conditions)})", tuple(p for _, params in conditions for p in params)
