"""The tables of words. Each is its owner's alone: what one wrote, and what one was given, are two facts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from entregent.common import clock
from entregent.discretion.models import Fact
from entregent.people.models import Person


class Written(Fact):
    """What its owner wrote to somebody, and the card that goes along.

    `name` is what they were called then. It goes (`gone_at`) once it has waited; until then its owner may take it
    back. `answers` is the public id of the word that it answers. What became of it stands nowhere but in an answer.
    """

    to = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=500, blank=True)
    mail = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    gone_at = models.DateTimeField(null=True)
    answers = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="written_only_me"),
            models.UniqueConstraint(
                fields=["owner", "to"], condition=Q(answers=None, answered_at=None), name="written_once_until_answered"
            ),
            models.UniqueConstraint(fields=["owner", "answers"], name="written_one_answer"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=Q(gone_at=None), name="written_waiting")]


class Given(Fact):
    """A word that came to its owner: a gift, with the name under which they saw who wrote it. It stays.

    It has the public id of the word that was written. The card that came along is open where it answers a word of the
    owner's (`answers`), or once the owner answered. `contact` is the page of their book into which they copied it.
    """

    by = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=500, blank=True)
    mail = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    answers = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    contact = models.UUIDField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="given_only_me")]


class Closed(Fact):
    """That nobody's first word is to be relayed to its owner. Nobody else is told."""

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="closed_only_me"),
            models.UniqueConstraint(fields=["owner"], name="closed_once"),
        ]
