"""When what somebody states was last written, and the marks of what went. Knows nothing of who may see what."""

from typing import Any, ClassVar, Self

from django.db import models

from entregent.common import clock
from entregent.people.models import Person


class Gone(models.Model):
    """That something which `owner` stated was taken away, and when: what was computed from it before is out of date.

    It says neither which nor what, and outlives the person: `owner` is a key, not a reference. It goes as soon as
    nothing is kept that was computed before.
    """

    owner = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now, db_index=True)


class Written(models.QuerySet[Any]):
    """Rows of a kind: whatever is written says when, whatever goes leaves its mark."""

    def update(self, **values: Any) -> int:
        """Change rows, dated now."""
        return super().update(**{"changed_at": clock.now(), **values})

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take rows away, and note whose they were: as many statements whether or not there are some."""
        owners = list(self.order_by().values_list("owner", flat=True).distinct())
        if owners:
            Gone.objects.bulk_create([Gone(owner=owner) for owner in owners])
        else:
            Gone.objects.filter(owner=0).exists()  # nobody's key: as much is asked
        return super().delete()


class Ledger(models.Manager[Any]):
    """All rows of a kind, for actions."""

    def get_queryset(self) -> Written:
        """Rows that are dated, and leave their marks."""
        return Written(self.model, using=self._db)


class _Changed(models.DateTimeField):  # type: ignore[type-arg]
    """When a row was last written; each save says so."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not add:
            setattr(model_instance, self.attname, clock.now())
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, options


class Dated(models.Model):
    """What one person states: whose it is, and when it was last written."""

    owner = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    changed_at = _Changed(default=clock.now, db_index=True)

    ledger: ClassVar[models.Manager[Self]] = Ledger()

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it away, and note whose it was."""
        Gone.objects.create(owner=self.owner_id)
        return super().delete(*args, **kwargs)
