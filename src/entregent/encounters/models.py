"""The tables of the address book. Their audience is their owner alone: constraints hold it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from entregent.discretion.models import Fact
from entregent.meetups.models import Meetup
from entregent.people.models import Person


class Contact(Fact):
    """An entry of somebody's address book, member (`person`) or not. `name` and `does` are the owner's words.

    Whatever was just forgotten waits a while with `forgotten_at` set, so that its owner may change their mind.
    """

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=120)
    does = models.CharField(max_length=160, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="contact_only_me"),
            models.UniqueConstraint(fields=["owner", "person"], name="contact_once"),
        ]


class Encounter(Fact):
    """Where and when a contact was met, and through whom.

    `title` and `place` are copies in the owner's memory: they stay when the evening is no longer to be seen.
    """

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+", null=True)
    on = models.DateField()
    title = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=120, blank=True)
    through = models.CharField(max_length=120, blank=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="encounter_only_me")]


class Note(Fact):
    """What the owner wrote about a contact."""

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+", null=True)
    text = models.TextField(max_length=4000)
    on = models.DateField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="note_only_me")]
