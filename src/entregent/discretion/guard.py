"""No viewer, no rows: a query over facts compiles only where the policy stands over each of them.

The guard looks for the policy in the very statement that goes to the database, so that it holds for lists, counts,
aggregates, subqueries, unions, joins and whatever else builds a statement.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NoReturn, Self

from django.apps import apps
from django.db import models
from django.db.models import sql
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from entregent.discretion import policy
from entregent.discretion.viewer import Viewer


class NoViewer(RuntimeError):
    """Facts were about to be read without a viewer, or written past the actions."""


class GuardedQuery(sql.Query):
    """A query whose statement names no table of facts without the policy over it."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Django's compiler, which asks `refuse_the_unseen` once it knows every table: the last thing it settles."""
        compiler = super().get_compiler(*args, **kwargs)
        tables = compiler.get_from_clause

        def asked() -> Any:
            compiler.query.refuse_the_unseen()
            return tables()

        compiler.get_from_clause = asked
        return compiler

    def refuse_the_unseen(self) -> None:
        """Raise `NoViewer` where a table of facts stands in the statement without the policy over it."""
        seen = set(_seen(self.where))
        for alias, table in self.alias_map.items():
            if self.alias_refcount[alias] and table.table_name in _tables() and alias not in seen:
                raise NoViewer(f"{table.table_name} was read without visible_to(viewer), or joined without its path")


@cache
def _tables() -> frozenset[str]:
    """The tables of every kind of fact."""
    kinds = (model._meta for model in apps.get_models())
    return frozenset(kind.db_table for kind in kinds if any(isinstance(m, Guarded) for m in kind.managers))


def _seen(condition: Any) -> Iterator[str]:
    """The aliases of the tables whose every row a condition subjects to the policy."""
    match condition:
        case WhereNode(connector="AND", negated=False):
            for child in condition.children:
                yield from _seen(child)
        case Exact(lhs=policy.Condition(term="may_see", source_expressions=[Col(alias=str(alias)), *_]), rhs=True):
            yield alias


class Facts(models.QuerySet[Any]):
    """Facts as somebody may see them. It reads; writing is for actions, through `ledger`."""

    def visible_to(self, viewer: Viewer, *through: str) -> Self:
        """Those that `viewer` may see, and at each path of `through` (as `"meetup"`) the fact there as well."""
        return self.filter(policy.may_see(viewer), *(policy.may_see(viewer, f"{path}__") for path in through))

    def _refused(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NoViewer("facts are read through visible_to(viewer), and written by actions through ledger")

    raw = extra = __or__ = __xor__ = _refused
    create = bulk_create = get_or_create = update_or_create = _refused
    update = bulk_update = delete = _raw_delete = _refused


class Guarded(models.Manager[Any]):
    """The public manager of a kind of fact: it offers `visible_to` and nothing else."""

    def get_queryset(self) -> Facts:
        """A guarded set: it raises `NoViewer` when it is read before `visible_to`."""
        return Facts(self.model, query=GuardedQuery(self.model), using=self._db)

    def visible_to(self, viewer: Viewer, *through: str) -> Facts:
        """Those that `viewer` may see, and at each path of `through` the fact there as well."""
        return self.get_queryset().visible_to(viewer, *through)
