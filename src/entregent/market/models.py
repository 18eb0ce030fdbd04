"""Organisations, ties between them, and where people work.

Circles kept from these: `staff` of an organisation, `around` it (its staff and that of tied ones), `declared`.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, ids
from entregent.discretion.models import Fact
from entregent.people.models import Person


class Organisation(models.Model):
    """A company, association, school or administration. `domain` is its mail domain, where known."""

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, db_index=True)
    town = models.CharField(max_length=80, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    domain = models.CharField(max_length=120, blank=True, db_index=True)


class Bond(models.Model):
    """Two organisations stand together: parent or sister. It counts for all once confirmed."""

    class Kind(models.TextChoices):
        """How two organisations are tied."""

        PARENT = "parent", _("parent company")
        SISTER = "sister", _("sister company")

    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SISTER)
    stated_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="bond_once")]


class Answer(models.TextChoices):
    """What one answers to "where do you work?"."""

    EMPLOYED = "employed", _("at an organisation")
    OWN = "own", _("on my own")
    LOOKING = "looking", _("looking")
    STUDENT = "student", _("student")
    RETIRED = "retired", _("retired")


class Situation(Fact):
    """Somebody's private answer to "where do you work?". Its audience is nobody, always."""

    answer = models.CharField(max_length=8, choices=Answer.choices)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="situation_once"),
            models.CheckConstraint(condition=models.Q(audience=None), name="situation_only_me"),
        ]


class Position(Fact):
    """A person at an organisation, from, to, title. Several may run at once. `client` marks a freelance's client.

    `named` is the organisation as the owner writes it: what somebody else typed in a hidden fact stays theirs.
    """

    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+")
    named = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    client = models.BooleanField(default=False)


class FirstShield(models.Model):
    """The shield that stating a position sets up was set up, once; taken away by hand, it does not come back."""

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "organisation"], name="first_shield_once")]


class Shielded(models.Model):
    """How somebody writes the name of an organisation that their shield names; nobody else reads it."""

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    named = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "organisation"], name="shielded_once")]
