"""The table of needs that are kept. Their audience is their owner alone: a constraint holds it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from entregent.common import clock
from entregent.discretion.models import Fact


class Kept(Fact):
    """A need in its owner's words, asked again for them once a day as long as it holds (`until`).

    `told` are those of whom its owner knows that they answer, by public ids in hexadecimal with a blank between two;
    `looked` are those whom they saw on a page. Neither is a foreign key: ids that lead to nobody any more tell nothing.
    `asked_on` is the last day on which the worker asked. What was just ended waits a while with `ended_at` set.
    """

    text = models.CharField(max_length=500)
    kept_at = models.DateTimeField(default=clock.now)
    told = models.TextField(default="")
    looked = models.TextField(default="")
    asked_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="kept_only_me")]
