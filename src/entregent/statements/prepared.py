"""Reads that are asked all the time: Django builds and compiles each once, then its places are filled in.

A guard stands where a statement is compiled, and a policy is in its text: what is filled in are values.
"""

import inspect
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial, wraps
from operator import attrgetter, itemgetter
from typing import Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable
from django.db.models.sql.compiler import SQLCompiler

from entregent.common import clock

P = ParamSpec("P")
Row = TypeVar("Row")

#: What else the text of a statement hangs on, for whoever writes part of it: a policy, which a test may replace.
DEPENDS: list[Callable[[], object]] = []

#: What is found by a query that is not flat.
Rows = list[tuple[Any, ...]]

#: What a row of values becomes.
_Made = Callable[[Sequence[Any]], Any]

#: How a column is read: its number, what its values go through, and the expression that these are told.
_Read = tuple[int, Sequence[Callable[[Any, Any, Any], Any]], Any]

#: What each row becomes, how columns are read, a text, its parameters: values, and places.
_Compiled = tuple[_Made, Sequence[_Read], str, Sequence[Any]]

#: The place of the present: no parameter is called so.
PRESENT = "the present"

#: How PostgreSQL calls what a collection holds.
_NAMES = {int: "bigint", str: "text", UUID: "uuid"}


class Place(Expression):
    """Where a value will stand. Whatever wants to look at the value while the statement is built fails."""

    def __init__(self, name: str, kind: Any) -> None:
        super().__init__()
        self.name = name
        self.held = next((get_args(one)[0] for one in (kind, *get_args(kind)) if get_origin(one) is Collection), None)

    def as_sqlite(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """One parameter, also for a collection: the text does not depend on how much that holds."""
        return "(SELECT value FROM json_each(%s))" if self.held else "%s", (self,)

    def as_postgresql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """The same: of a mere array no plan is kept, of JSON alone none that is good for few."""
        values = "ARRAY(SELECT json_array_elements_text(%s::json)::{})"
        return f"(SELECT unnest({values.format(_NAMES[self.held])}))" if self.held else "%s", (self,)


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """What `build`, a query of rows or of values (flat or not), finds: compiled when it is first asked.

    While it is built, places stand for whatever `build` takes, and for the present: what differs from one call to the
    next comes in by a parameter. What is None is None then, too: a statement of its own. A dataclass, as a viewer is,
    is known by its first field alone; one that has None there, and more beside it, is read for without all this.
    """
    names, kinds = tuple(inspect.signature(build).parameters), get_type_hints(build)
    compiled: dict[object, _Compiled | None] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        values: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
        told = {name: _teller(value.__class__)(value) for name, value in values.items()}
        absent = frozenset(name for name, value in told.items() if value is None)
        if any(values[name] not in {None, _empty(values[name].__class__)} for name in absent):
            return list(build(*args, **kwargs))
        key = connection.vendor, absent, *(depends() for depends in DEPENDS)
        if key not in compiled:
            places = {name: kinds[name] for name in values if name not in absent}
            compiled[key] = _compiled(build, places, {name: values[name] for name in absent})
        return _filled(compiled[key], told)

    return rows


def _compiled(
    build: Callable[..., QuerySet[Any, Any]], kinds: Mapping[str, Any], absent: Mapping[str, Any]
) -> _Compiled | None:
    """The statement; None for one that finds nothing whatever is filled in."""
    given: dict[str, Any] = {**absent}
    for name, kind in kinds.items():
        place: Any = Place(name, kind)
        whole: Any = kind
        given[name] = whole(place) if is_dataclass(kind) else place
    with clock.unknown(Place(PRESENT, datetime)):
        asked = build(**given)
        compiler = asked.query.get_compiler(connection=connection)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        read = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        return _made(asked, compiler), [(at, *how) for at, how in read.items()], text, params


def _made(asked: QuerySet[Any, Any], compiler: SQLCompiler) -> _Made:
    """What becomes of a row: one value, several, or an object of the model, which is read with nothing beside it."""
    if asked._iterable_class is FlatValuesListIterable:
        return itemgetter(0)
    if asked._iterable_class is not ModelIterable:
        return tuple
    if asked.query.select_related or asked.query.annotations:
        raise TypeError("a prepared read of whole rows takes nothing along")
    return partial(asked.model.from_db, asked.db, [column.target.attname for column, *_ in compiler.select])


def _filled(compiled: _Compiled | None, told: Mapping[str, Any]) -> list[Any]:
    if compiled is None:
        return []
    made, columns, text, places = compiled
    here, values = connections[DEFAULT_DB_ALIAS], {**told, PRESENT: _teller(datetime)(clock.now())}
    params = [values[place.name] if isinstance(place, Place) else place for place in places]
    with here.cursor() as cursor:
        cursor.execute(text, params)
        found = cursor.fetchall()
    return [made(row) for row in (_read(found, columns, here) if columns else found)]


def _read(rows: Iterable[Sequence[Any]], columns: Sequence[_Read], here: Any) -> Iterator[list[Any]]:
    """Rows of values as Python has them, from such as a database has."""
    for row in rows:
        held = list(row)
        for at, through, expression in columns:
            for convert in through:
                held[at] = convert(held[at], expression, here)
        yield held


@cache
def _empty(kind: Any) -> Any:
    """A dataclass of a kind that knows nobody, None for what is no dataclass."""
    whole: Any = kind
    return whole(None) if is_dataclass(kind) else None


@cache
def _teller(kind: Any) -> Callable[[Any], Any]:
    """How values of a kind are told to the database."""
    if is_dataclass(kind):
        return attrgetter(fields(kind)[0].name)
    tellers: Mapping[type, Callable[[Any], Any]] = {
        str: _as_it_is,
        datetime: connection.ops.adapt_datetimefield_value,
        date: connection.ops.adapt_datefield_value,
        UUID: attrgetter("hex"),
        Collection: _list,
    }
    return next((teller for of, teller in tellers.items() if issubclass(kind, of)), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _list(values: Collection[Any]) -> str:
    return json.dumps([_teller(one.__class__)(one) for one in values])
