"""The tables of cards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from entregent.common import clock
from entregent.discretion.models import Fact
from entregent.people.models import Person


class Printed(models.Model):
    """What stands on a card, as its owner wrote it: a name, and whatever else they mean to hand over."""

    name = models.CharField(max_length=120)
    does = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    mail = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Card(Printed, Fact):
    """A card that its owner keeps for an occasion, which `title` says in their words ("Apéro"). Nobody else sees it.

    `used_at` says when it was last taken out: that one is offered first.
    """

    title = models.CharField(max_length=40)
    used_at = models.DateTimeField(default=clock.now)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="card_only_me")]


class Crossing(Fact):
    """That cards were crossed: its owner's with somebody's, who had this name on theirs. Each of the two has their own.

    As long as it is not withdrawn, the other stands in the circle of its owner's `connections`.
    """

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="crossing_only_me"),
            models.UniqueConstraint(fields=["owner", "person"], name="crossing_once"),
        ]


class Showing(Printed, Fact):
    """A card that its owner shows: whoever opens its secret address before it ends reads what stood on it by then.

    Of the secret a hash is kept. `card` is the public id of the card, `meetup` the code of the evening at which it is
    shown, if at one.
    """

    digest = models.CharField(max_length=64, unique=True)
    card = models.UUIDField()
    meetup = models.CharField(max_length=12, blank=True)

    class Meta(Fact.Meta):
        pass


class Handed(Printed, Fact):
    """A card that its owner was handed: a gift, which stays. `showing` is the public id of the showing that led to it.

    `by` is whose it is; nobody for one that was left without an account, or whose owner has gone: then `gone` stands
    for them, drawn as they went, the same on all their cards. `contact` is the page of the book into which it was
    copied, `left_at` says when it was laid aside instead.
    """

    by = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    gone = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    showing = models.UUIDField()
    meetup = models.CharField(max_length=12, blank=True)
    contact = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="handed_only_me"),
            models.UniqueConstraint(fields=["owner", "showing", "by"], name="handed_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=Q(contact=None), name="handed_waiting")]
