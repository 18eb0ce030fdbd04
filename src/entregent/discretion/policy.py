"""The only file that says "may see". One expression serves lists, counts, single objects and explanations.

In words (`docs/discretion.md`): a fact is seen by its owner; or by whoever is in its audience while it has not
ended and its owner has not blocked them; and, where it is discreet, by those only who do not stand behind the
owner's shield. Somebody named one by one passes an organisation's shield, never a shield that names them. In an
open audience a discreet fact also wants both owner and viewer to have said where they work.

Each term is a correlated `EXISTS`, but for those who name the viewer, and the places of somebody imagined, which are
sets: measured on both databases against other forms (`docs/adr/0001`).
"""

import json
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, DateTimeField, Func
from django.db.models.sql.compiler import SQLCompiler

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.statements import prepared
from entregent.statements.sql import FENCE, Sql, all_of, among, any_of, exists, not_, sql


class Columns(NamedTuple):
    """The SQL of the four columns that the policy reads."""

    owner: str
    audience: str
    discreet: str
    until: str


#: A condition that holds whatever is asked.
ALWAYS = sql("1 = 1")
#: The places of somebody imagined as rows of `m`, however many there are: one parameter, JSON.
_HELD = {
    "sqlite": "(SELECT json_extract(value, '$.circle_id') AS circle_id, json_extract(value, '$.how') AS how"
    " FROM json_each(%s)) m",
    "postgresql": "json_to_recordset(%s::json) AS m(circle_id bigint, how text)",
}


class Terms:
    """The conditions of the policy for one viewer, each as SQL over a fact's columns."""

    def __init__(self, viewer: Viewer, columns: Columns, connection: BaseDatabaseWrapper) -> None:
        self.viewer, self.columns, self.vendor = viewer, columns, connection.vendor
        self.me = -1 if viewer.person is None else viewer.person
        self.now = DateTimeField().get_db_prep_save(clock.now(), connection)

    def may_see(self) -> Sql:
        """The whole policy."""
        let_through = any_of(not_(self.discreet()), self.passes())
        return any_of(self.mine(), all_of(self.current(), self.in_audience(), not_(self.blocked()), let_through))

    def passes(self) -> Sql:
        """The viewer does not stand behind the owner's shield."""
        known = any_of(self.crossed(), all_of(self.viewer_declared(), self.owner_declared()))
        unshielded = any_of(self.named(), all_of(known, not_(self.shielded_circle())))
        return all_of(not_(self.shielded_person()), unshielded)

    def kept_off(self) -> Sql:
        """The owner blocks the viewer, or names them in a shield, by themselves or by a circle."""
        return any_of(self.blocked(), self.shielded_person(), self.shielded_circle())

    def mine(self) -> Sql:
        """The viewer states the fact."""
        return sql(f"{self.columns.owner} = %s", self.me)

    def current(self) -> Sql:
        """The fact has not ended."""
        return self._lasts(self.columns.until)

    def in_audience(self) -> Sql:
        """The viewer is in the fact's audience."""
        return self.stands_in(self.columns.audience)

    def blocked(self) -> Sql:
        """The owner keeps everything from the viewer."""
        return self._names_me("everything")

    def discreet(self) -> Sql:
        """The fact is discreet."""
        return sql(self.columns.discreet)

    def shielded_person(self) -> Sql:
        """The owner's shield names the viewer."""
        return self._names_me("discreet")

    def shielded_circle(self) -> Sql:
        """The viewer stands in a circle that the owner's shield names."""
        # No block names a circle: the second condition leads down the index to the third.
        theirs = sql(f"s.owner_id = {self.columns.owner} AND s.over = 'discreet'")
        return exists(sql("discretion_shield s"), all_of(theirs, self.stands_in("s.circle_id")), FENCE)

    def named(self) -> Sql:
        """The owner named the viewer, one by one."""
        return self._member(self.columns.audience, sql("m.how = 'named'"))

    def crossed(self) -> Sql:
        """The viewer is in the audience by crossed cards."""
        return self._member(self.columns.audience, sql("m.how = 'crossed'"))

    def viewer_declared(self) -> Sql:
        """The viewer has said where they work."""
        return self._member(str(DECLARED))

    def owner_declared(self) -> Sql:
        """The owner has said where they work."""
        theirs = all_of(sql(f"d.person_id = {self.columns.owner}"), sql(f"d.circle_id = {DECLARED}"))
        return exists(sql("circles_member d"), all_of(theirs, self._lasts("d.until")), FENCE)

    def stands_in(self, circle: str) -> Sql:
        """The viewer is in the circle whose key is the SQL `circle`, or in a circle within it."""
        return any_of(sql(f"{circle} = {EVERYONE}"), self._member(circle), self._within(circle))

    def _member(self, circle: str, how: Sql = ALWAYS) -> Sql:
        places, mine = self._places()
        return self._one_of(circle, "m.circle_id", places, all_of(mine, how))

    def _within(self, circle: str) -> Sql:
        (places, params), mine = self._places()
        around = sql(f"circles_within w, {places}", *params)
        return self._one_of(circle, "w.outer_id", around, all_of(sql("w.inner_id = m.circle_id"), mine))

    def _one_of(self, circle: str, column: str, source: Sql, condition: Sql) -> Sql:
        """A circle is in a column of `source`: one set for somebody imagined, whose places have no index."""
        if self.viewer.imagined is None:
            return exists(source, all_of(sql(f"{column} = {circle}"), condition))
        return among(circle, column, source, condition)

    def _places(self) -> tuple[Sql, Sql]:
        """The viewer's places in circles, as `m`: where they are read, and under which condition."""
        if self.viewer.imagined is None:
            return sql("circles_member m"), all_of(sql("m.person_id = %s", self.me), self._lasts("m.until"))
        held = [{"circle_id": place.circle, "how": place.how} for place in self.viewer.imagined]
        return sql(_HELD[self.vendor], json.dumps(held)), ALWAYS

    def _names_me(self, over: str) -> Sql:
        """The owner is among those who name the viewer: a set, since these are few and are asked for of every fact."""
        those = all_of(sql(f"s.over = '{over}'"), sql("s.person_id = %s", self.me))
        return among(self.columns.owner, "s.owner_id", sql("discretion_shield s"), those)

    def _lasts(self, until: str) -> Sql:
        return any_of(sql(f"{until} IS NULL"), sql(f"{until} > %s", self.now))


class Condition(Func):
    """One condition of the policy over the columns of a fact, as a boolean expression of Django's."""

    output_field = BooleanField()
    terms: ClassVar[type[Terms]] = Terms

    def __init__(self, viewer: Viewer, term: str, columns: Iterable[str] = Columns._fields) -> None:
        super().__init__(*columns)
        self.viewer, self.term = viewer, term

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> Sql:
        """The condition's SQL for the database of `connection`."""
        columns = Columns(*(compiler.compile(column)[0] for column in self.source_expressions))
        written: Sql = getattr(self.terms(self.viewer, columns, connection), self.term)()
        return written


# Another policy, as a test may set one, makes another statement.
prepared.DEPENDS.append(lambda: Condition.terms)


def may_see(viewer: Viewer, prefix: str = "") -> Condition:
    """Whether `viewer` may see a fact, or the fact at `prefix` (as `"contact__"`) of a query."""
    return Condition(viewer, "may_see", [prefix + name for name in Columns._fields])


def stands_in(viewer: Viewer, circle: str = "pk") -> Condition:
    """Whether `viewer` stands in the circle that the field `circle` of a row holds, as they do in an audience."""
    return Condition(viewer, "in_audience", [circle] * len(Columns._fields))


def kept_off(viewer: Viewer, owner: str) -> Condition:
    """Whether the person in the field `owner` of a row keeps `viewer` off: by a block, or by their shield."""
    return Condition(viewer, "kept_off", [owner] * len(Columns._fields))


#: What an explanation is made of, in the order in which it is said.
TERMS = (
    *("mine", "current", "in_audience", "blocked", "discreet", "shielded_person", "named", "shielded_circle"),
    *("crossed", "viewer_declared", "owner_declared"),
)
