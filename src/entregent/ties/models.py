"""What people say about being asked. Evidence is read from the parts below; the graph is a file, not a table."""

from typing import ClassVar

from django.db import models

from entregent.discretion.models import Fact


class Willing(Fact):
    """Somebody lets others ask for an introduction through them ("on peut passer par moi")."""

    yes = models.BooleanField()

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="willing_once"),
        ]
