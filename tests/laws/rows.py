"""Grows a row of any table, with everything that it needs, from what the table says of itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models

from entregent.circles.models import Circle
from entregent.common import clock, ids
from tests import canary

#: What rules of a table want beyond what its columns say.
EXTRAS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "discretion.Shield": lambda given: {} if "person" in given else {"circle": grow(Circle)},
    "meetups.Meetup": lambda given: {"ends_at": clock.now() + timedelta(hours=2), "taken": 9},
}

#: What is made up for a column, by its kind; the first that fits. Anything else is a short text.
MADE_UP: list[tuple[type[Any], Callable[[Any], Any]]] = [
    (models.ForeignKey, lambda field: grow(field.related_model)),
    (models.BooleanField, lambda field: False),
    (models.IntegerField, lambda field: 1),
    (models.DateTimeField, lambda field: clock.now()),
    (models.DateField, lambda field: clock.now().date()),
    (models.UUIDField, lambda field: ids.new()),
    (models.EmailField, lambda field: f"{ids.new().hex}@example.org"),
    (models.BinaryField, lambda field: b"\x00"),
    (models.Field, lambda field: field.choices[0][0] if field.choices else canary.word()[: field.max_length]),
]


def grow(model: type[models.Model], **given: Any) -> models.Model:
    """A row of `model` in the database; what is not given and cannot be left out is made up."""
    needed = [field for field in model._meta.concrete_fields if field.name not in given and _needs(field)]
    made_up = {field.name: _made_up(field) for field in needed}
    extras = EXTRAS.get(model._meta.label, lambda given: {})(given)
    manager = getattr(model, "ledger", model._default_manager)
    row: models.Model = manager.create(**made_up | extras | given)
    return row


def _needs(field: Any) -> bool:
    return not (field.primary_key or field.null or field.has_default() or field.blank)


def _made_up(field: Any) -> Any:
    return next(make(field) for kind, make in MADE_UP if isinstance(field, kind))
