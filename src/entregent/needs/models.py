"""Needs and offers. A job search is discreet, always."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.common import clock
from entregent.discretion.models import Fact


class Kind(models.TextChoices):
    """What is looked for, or given."""

    JOB = "job", _("a job")
    MISSION = "mission", _("a freelance job")
    CLIENT = "client", _("a client")
    SUPPLIER = "supplier", _("a supplier")
    ASSOCIATE = "associate", _("a business partner")
    MENTORING = "mentoring", _("mentoring")
    ROOM = "room", _("a room")
    SERVICE = "service", _("a service")
    OTHER = "other", _("something else")


class Need(Fact):
    """What somebody looks for, or can give where `offered`; `place` is a town in words, or empty."""

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    offered = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    place = models.CharField(max_length=80)
    said_at = models.DateTimeField(default=clock.now)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind=Kind.JOB) | Q(offered=True) | Q(discreet=True), name="job_search_is_discreet"
            ),
        ]
