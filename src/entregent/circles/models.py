"""Circles, who is in them, and which lie within which. Knows people, never organisations or evenings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.common import ids
from entregent.people.models import Person


class Circle(models.Model):
    """A set of people, named by what it is about: the members of a community, the staff of a firm.

    One part keeps the circles of a kind; `about` is the public id of the thing. A set that somebody chose is about
    nothing, and has that person for its owner.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=16)
    about = models.UUIDField(default=ids.new)
    owner = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "about"], name="circle_about")]


class How(models.TextChoices):
    """How somebody got into a circle."""

    NAMED = "named", _("named one by one")
    CROSSED = "crossed", _("cards were crossed")
    OPEN = "open", _("came in by themselves")


class Member(models.Model):
    """A person in a circle, until a moment or for good."""

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_index=False)
    circle = models.ForeignKey(Circle, models.DO_NOTHING, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices, default=How.OPEN)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "circle"], name="member_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "until"], condition=models.Q(circle=DECLARED), name="member_declared")
        ]


class Within(models.Model):
    """Whoever is in `inner` counts as being in `outer`. One level: a chain is not followed."""

    inner = models.ForeignKey(Circle, models.DO_NOTHING, related_name="+")
    outer = models.ForeignKey(Circle, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inner", "outer"], name="within_once"),
            models.CheckConstraint(
                condition=~models.Q(outer__in=[EVERYONE, DECLARED]), name="nothing_within_the_fixed"
            ),
        ]
