"""The tables of notices."""

from typing import ClassVar

from django.db import models

from entregent.common import clock, ids
from entregent.people.models import Person


class Notice(models.Model):
    """That `recipient` is to be told something of `kind` about a thing, from `due_at` on.

    `uid` is drawn anew each time that it is told: it is that of one letter, however often that is tried.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    recipient = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=20)
    about = models.UUIDField()
    due_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "kind", "about"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="notice_due"),
        ]


class Sent(models.Model):
    """That a letter went to an address that somebody without account left, kept for as long as these are counted.

    `mark` stands for the address, which nobody reads from it; whoever left it may have gone, or have an account now.
    """

    mark = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mark", "at"], name="sent_to")]
