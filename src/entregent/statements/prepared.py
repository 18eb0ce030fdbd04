"""Reads that are asked all the time: Django builds and compiles each once, then its places are filled in.

A guard stands where a statement is compiled, and a policy is in its text: what is filled in are values.
"""

import inspect
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import partial, wraps
from operator import itemgetter
from typing import Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from django.db import connection
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

#: A compiler that knows how rows are read, what each becomes, its text, its parameters: values, and places.
_Compiled = tuple[SQLCompiler, _Made, str, Sequence[Any]]

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
    is known by its first field alone; one that has None there is read for without all this.
    """
    signature, kinds = inspect.signature(build), get_type_hints(build)
    compiled: dict[object, _Compiled] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        values = signature.bind(*args, **kwargs).arguments
        if any(is_dataclass(value) and _told(value) is None for value in values.values()):
            return list(build(*args, **kwargs))
        absent = frozenset(name for name, value in values.items() if value is None)
        key = connection.vendor, absent, *(depends() for depends in DEPENDS)
        if key not in compiled:
            compiled[key] = _compiled(build, {name: kinds[name] for name in values if name not in absent}, absent)
        return _filled(compiled[key], {**values, PRESENT: clock.now()})

    return rows


def _compiled(build: Callable[..., QuerySet[Any, Any]], kinds: Mapping[str, Any], absent: Collection[str]) -> _Compiled:
    given: dict[str, Any] = dict.fromkeys(absent)
    for name, kind in kinds.items():
        place: Any = Place(name, kind)
        whole: Any = kind
        given[name] = whole(place) if is_dataclass(kind) else place
    with clock.unknown(Place(PRESENT, datetime)):
        asked = build(**given)
        compiler = asked.query.get_compiler(connection=connection)
        text, params = compiler.as_sql()
        return compiler, _made(asked, compiler), text, params


def _made(asked: QuerySet[Any, Any], compiler: SQLCompiler) -> _Made:
    """What becomes of a row: one value, several, or an object of the model, which is read with nothing beside it."""
    if asked._iterable_class is FlatValuesListIterable:
        return itemgetter(0)
    if asked._iterable_class is not ModelIterable:
        return tuple
    if asked.query.select_related or asked.query.annotations:
        raise TypeError("a prepared read of whole rows takes nothing along")
    return partial(asked.model.from_db, asked.db, [column.target.attname for column, *_ in compiler.select])


def _filled(compiled: _Compiled, values: Mapping[str, Any]) -> list[Any]:
    known, made, text, places = compiled
    told = {name: _told(value) for name, value in values.items()}
    params = [told[place.name] if isinstance(place, Place) else place for place in places]
    compiler: Any = copy(known)
    compiler.connection = connection
    compiler.as_sql = lambda: (text, params)
    return list(map(made, compiler.results_iter(tuple_expected=True)))


def _told(value: Any) -> Any:
    """A value as the database takes it."""
    match value:
        case int() | str():
            return value
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
        case UUID():
            return value.hex
        case Collection():
            return json.dumps([_told(one) for one in value])
    return getattr(value, fields(value)[0].name) if is_dataclass(value) else value
