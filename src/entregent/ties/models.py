"""What people say about being asked, and which stored graph is the present one.

Evidence is read from the parts below; the graph is a file that can be thrown away, not a table.
"""

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


class Stored(models.Model):
    """The stored graph that belongs to these tables: the name of its folder, and the instant that it stands for."""

    folder = models.CharField(max_length=40)
    built_at = models.DateTimeField()
