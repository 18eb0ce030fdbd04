"""Shields, and what a fact is. Knows people and circles, never organisations or evenings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from entregent.changes.models import Dated
from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle
from entregent.common import ids
from entregent.discretion.guard import Guarded
from entregent.people.models import Person


class Shield(models.Model):
    """From whom an owner's discreet facts are kept, a circle or one person; or everything of theirs, one person."""

    class Over(models.TextChoices):
        """What is kept back."""

        DISCREET = "discreet", _("discreet facts")
        EVERYTHING = "everything", _("everything")

    owner = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_index=False)
    circle = models.ForeignKey(Circle, models.DO_NOTHING, related_name="+", null=True)
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    over = models.CharField(max_length=10, choices=Over.choices, default=Over.DISCREET)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(circle=None, person__isnull=False) | models.Q(circle__isnull=False, person=None),
                name="shield_one_target",
            ),
            models.CheckConstraint(
                condition=models.Q(over="discreet") | models.Q(circle=None), name="block_of_a_person"
            ),
            models.UniqueConstraint(fields=["owner", "over", "circle"], name="shield_circle_once"),
            models.UniqueConstraint(fields=["owner", "over", "person"], name="shield_person_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["over", "person", "owner"], name="shield_by_target")]


class Fact(Dated):
    """Something that one person states: it has one owner, one audience (nobody else where null), perhaps an end."""

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    audience = models.ForeignKey(Circle, models.DO_NOTHING, related_name="+", null=True)
    discreet = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(discreet=False) | models.Q(audience=None) | ~models.Q(audience=EVERYONE),
                name="%(app_label)s_%(class)s_never_public",
            )
        ]
