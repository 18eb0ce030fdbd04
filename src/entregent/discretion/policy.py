"""The only file that says "may see". One expression serves lists, counts, single objects and explanations.

In words (`docs/discretion.md`): a fact is seen by its owner; or by whoever is in its audience while it has not
ended and its owner has not blocked them; and, where it is discreet, by those only who do not stand behind the
owner's shield. Somebody named one by one passes an organisation's shield, never a shield that names them. In an
open audience a discreet fact also wants both owner and viewer to have said where they work.

The viewer's circles are read first, in one statement, and go into the expression as one parameter: measured on
both databases against correlated and nested forms (`docs/adr/`).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

from django.db import connections
from django.db.models import BooleanField, Expression, F
from django.db.models.expressions import Combinable

from entregent.common import clock
from entregent.discretion.viewer import Standing, Viewer

#: Two circles with a fixed key: everyone, and those who have said where they work.
EVERYONE = 1
DECLARED = 2

#: Every circle somebody stands in: their own places, then one level of circles around those.
_STANDINGS = """
SELECT m.circle_id, m.how FROM discretion_member m
WHERE m.person_id = %s AND (m.until IS NULL OR m.until > %s)
UNION ALL
SELECT w.outer_id, 'open' FROM discretion_within w JOIN discretion_member m ON m.circle_id = w.inner_id
WHERE m.person_id = %s AND (m.until IS NULL OR m.until > %s)"""

Sql = tuple[str, list[Any]]


class Places(NamedTuple):
    """The circles of one viewer, by key: all of them, and those by which they were named or crossed cards."""

    every: frozenset[int]
    named: frozenset[int]
    crossed: frozenset[int]

    @classmethod
    def of(cls, standings: Iterable[tuple[int, str]]) -> Self:
        """The places of somebody with these standings, everyone's circle included."""
        held = list(standings)
        return cls(
            every=frozenset(circle for circle, _ in held) | {EVERYONE},
            named=frozenset(circle for circle, how in held if how == "named"),
            crossed=frozenset(circle for circle, how in held if how == "crossed"),
        )


def places(viewer: Viewer, using: str = "default") -> Places:
    """Where `viewer` stands at this instant."""
    if viewer.imagined is not None:
        return Places.of([*((s.circle, s.how) for s in viewer.imagined), *_around(viewer.imagined, using)])
    if viewer.person is None:
        return Places.of([])
    now = _instant(using)
    with connections[using].cursor() as cursor:
        cursor.execute(_STANDINGS, [viewer.person, now, viewer.person, now])
        return Places.of(cursor.fetchall())


def _around(standings: Sequence[Standing], using: str) -> list[tuple[int, str]]:
    marks = ",".join(["%s"] * len(standings)) or "NULL"
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT outer_id, 'open' FROM discretion_within WHERE inner_id IN ({marks})",  # noqa: S608 only marks
            [standing.circle for standing in standings],
        )
        return list(cursor.fetchall())


def _instant(using: str) -> Any:
    return connections[using].ops.adapt_datetimefield_value(clock.now())


class Columns(NamedTuple):
    """The SQL of the four columns that the policy reads."""

    owner: str
    audience: str
    discreet: str
    until: str


class _Terms:
    """The conditions of the policy for one viewer on one database, each as SQL over a fact's columns."""

    def __init__(self, viewer: Viewer, columns: Columns, using: str) -> None:
        self.viewer, self.columns, self.using = viewer, columns, using
        self.postgres = connections[using].vendor == "postgresql"
        self.places = places(viewer, using)

    def _among(self, column: str, circles: frozenset[int]) -> Sql:
        keys = sorted(circles)
        if self.postgres:
            return f"{column} = ANY(%s)", [keys]
        return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(keys)]

    def _shielded(self, over: str, condition: Sql) -> Sql:
        sql, params = condition
        return (
            "EXISTS(SELECT 1 FROM discretion_shield s WHERE s.owner_id = "
            f"{self.columns.owner} AND s.over = '{over}' AND {sql})",
            params,
        )

    def mine(self) -> Sql:
        """The viewer states the fact."""
        return f"{self.columns.owner} = %s", [-1 if self.viewer.person is None else self.viewer.person]

    def in_audience(self) -> Sql:
        """The viewer is in the fact's audience."""
        return self._among(self.columns.audience, self.places.every)

    def current(self) -> Sql:
        """The fact has not ended."""
        return f"({self.columns.until} IS NULL OR {self.columns.until} > %s)", [_instant(self.using)]

    def blocked(self) -> Sql:
        """The owner keeps everything from the viewer."""
        by_circle, keys = self._among("s.circle_id", self.places.every)
        person = -1 if self.viewer.person is None else self.viewer.person
        return self._shielded("everything", (f"(s.person_id = %s OR {by_circle})", [person, *keys]))

    def discreet(self) -> Sql:
        """The fact is discreet."""
        return self.columns.discreet, []

    def shielded_person(self) -> Sql:
        """The owner's shield names the viewer."""
        person = -1 if self.viewer.person is None else self.viewer.person
        return self._shielded("discreet", ("s.person_id = %s", [person]))

    def shielded_circle(self) -> Sql:
        """The viewer stands in a circle that the owner's shield names."""
        return self._shielded("discreet", self._among("s.circle_id", self.places.every))

    def named(self) -> Sql:
        """The owner named the viewer, one by one."""
        return self._among(self.columns.audience, self.places.named)

    def crossed(self) -> Sql:
        """The viewer is in the audience by crossed cards."""
        return self._among(self.columns.audience, self.places.crossed)

    def both_declared(self) -> Sql:
        """Owner and viewer have both said where they work."""
        if DECLARED not in self.places.every:
            return "1 = 0", []
        return (
            f"EXISTS(SELECT 1 FROM discretion_member d WHERE d.person_id = {self.columns.owner} "
            "AND d.circle_id = %s AND (d.until IS NULL OR d.until > %s))",
            [DECLARED, _instant(self.using)],
        )

    def may_see(self) -> Sql:
        """The whole policy."""
        passes = _any(self.named(), _all(_not(self.shielded_circle()), _any(self.crossed(), self.both_declared())))
        unshielded = _any(_not(self.discreet()), _all(_not(self.shielded_person()), passes))
        return _any(self.mine(), _all(self.in_audience(), self.current(), _not(self.blocked()), unshielded))


def _any(*conditions: Sql) -> Sql:
    return "(" + " OR ".join(c[0] for c in conditions) + ")", [p for c in conditions for p in c[1]]


def _all(*conditions: Sql) -> Sql:
    return "(" + " AND ".join(c[0] for c in conditions) + ")", [p for c in conditions for p in c[1]]


def _not(condition: Sql) -> Sql:
    return f"NOT ({condition[0]})", condition[1]


class Condition(Expression):
    """One condition of the policy over the columns of a fact, as a boolean expression of Django's."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, viewer: Viewer, term: str = "may_see", prefix: str = "") -> None:
        super().__init__(output_field=BooleanField())
        self.viewer, self.term = viewer, term
        self.columns: list[Combinable] = [F(prefix + name) for name in ("owner", "audience", "discreet", "until")]

    def get_source_expressions(self) -> list[Any]:
        """The four columns."""
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take resolved columns."""
        self.columns = list(exprs)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        """The condition's SQL for the database of `connection`."""
        columns = Columns(*(compiler.compile(column)[0] for column in self.columns))
        terms = _Terms(self.viewer, columns, connection.alias)
        sql, params = getattr(terms, self.term)()
        return sql, params


def may_see(viewer: Viewer, prefix: str = "") -> Condition:
    """Whether `viewer` may see a fact, or the fact at `prefix` (as `"contact__"`) of a query."""
    return Condition(viewer, "may_see", prefix)


#: What an explanation is made of, in the order in which it is said.
TERMS = ("mine", "in_audience", "current", "blocked", "discreet", "shielded_person", "shielded_circle", "named")
