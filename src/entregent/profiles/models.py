"""The name and the headline: facts like others, each with its audience."""

from typing import ClassVar

from django.db import models

from entregent.discretion.models import Fact


class Name(Fact):
    """What a person is called."""

    text = models.CharField(max_length=80)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="name_once"),
        ]


class Headline(Fact):
    """What a person does, in one line."""

    text = models.CharField(max_length=160)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="headline_once"),
        ]
