"""The forms of the policy that were measured against the one that is used. Each sees the same facts."""

# ruff: noqa: S608 no value stands in these texts

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.discretion.policy import Columns, Terms
from entregent.discretion.viewer import Viewer
from entregent.statements.sql import FENCE, Sql

PLACES = """SELECT m.circle_id, m.how FROM circles_member m
WHERE m.person_id = %s AND (m.until IS NULL OR m.until > %s)
UNION ALL SELECT w.outer_id, 'open' FROM circles_member m JOIN circles_within w ON w.inner_id = m.circle_id
WHERE m.person_id = %s AND (m.until IS NULL OR m.until > %s)"""


class Unfenced(Terms):
    """`EXISTS` everywhere, and the database free to hash what it likes."""

    def shielded_circle(self) -> Sql:
        """Without the fence."""
        sql, params = super().shielded_circle()
        return sql.replace(FENCE, ""), params

    def owner_declared(self) -> Sql:
        """Without the fence."""
        sql, params = super().owner_declared()
        return sql.replace(FENCE, ""), params


class Membership(Terms):
    """`IN (SELECT ...)` for the viewer's circles; what concerns the owner stays `EXISTS`."""

    def stands_in(self, circle: str) -> Sql:
        """One set of circles, read inside the statement."""
        places = f"SELECT circle_id FROM ({PLACES}) p"
        return f"({circle} = {EVERYONE} OR {circle} IN ({places}))", (self.me, self.now) * 2

    def _member(self, circle: str, *how: Sql) -> Sql:
        inside = " AND ".join(["m.person_id = %s AND (m.until IS NULL OR m.until > %s)", *(text for text, _ in how)])
        return f"{circle} IN (SELECT m.circle_id FROM circles_member m WHERE {inside})", (self.me, self.now)


class Owners(Terms):
    """`IN (SELECT ...)` for those who shield themselves; the viewer's circles stay `EXISTS`."""

    def owner_declared(self) -> Sql:
        """One set of people."""
        inside = f"d.circle_id = {DECLARED} AND (d.until IS NULL OR d.until > %s)"
        return f"{self.columns.owner} IN (SELECT d.person_id FROM circles_member d WHERE {inside})", (self.now,)

    def shielded_circle(self) -> Sql:
        """One set of people."""
        target, params = self.stands_in("s.circle_id")
        shields = f"SELECT s.owner_id FROM discretion_shield s WHERE s.over = 'discreet' AND {target}"
        return f"{self.columns.owner} IN ({shields})", params


class Sets(Membership, Owners):
    """`IN (SELECT ...)` everywhere."""


class Parameter(Terms):
    """The viewer's circles read first, by a statement of their own, and given as one parameter."""

    def __init__(self, viewer: Viewer, columns: Columns, connection: BaseDatabaseWrapper) -> None:
        super().__init__(viewer, columns, connection)
        self.postgres = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            cursor.execute(PLACES, [self.me, self.now] * 2)
            self.held: list[tuple[int, str]] = cursor.fetchall()

    def stands_in(self, circle: str) -> Sql:
        """One set of circles, known beforehand."""
        return self._among(circle, sorted({EVERYONE, *(key for key, _ in self.held)}))

    def _member(self, circle: str, *how: Sql) -> Sql:
        held = {key for key, got_in in self.held if not how or f"'{got_in}'" in how[0][0]}
        return self._among(circle, sorted(held))

    def _among(self, circle: str, keys: list[int]) -> Sql:
        if self.postgres:
            return f"{circle} = ANY(%s)", (keys,)
        return f"{circle} IN (SELECT value FROM json_each(%s))", (json.dumps(keys),)


class Placeholders(Parameter):
    """The viewer's circles read first, and given one by one."""

    def _among(self, circle: str, keys: list[Any]) -> Sql:
        return f"{circle} IN ({', '.join(['%s'] * len(keys)) or 'NULL'})", tuple(keys)


FORMS: dict[str, type[Terms]] = {
    "EXISTS, fenced": Terms,
    "EXISTS": Unfenced,
    "IN (SELECT)": Sets,
    "IN for the viewer": Membership,
    "IN for the owners": Owners,
    "one parameter": Parameter,
    "IN (?, ?, ...)": Placeholders,
}
