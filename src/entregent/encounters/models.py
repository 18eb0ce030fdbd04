"""The tables of the address book. Their audience is their owner alone: constraints hold it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.common import clock
from entregent.discretion.models import Fact
from entregent.meetups.models import Meetup
from entregent.people.models import Person


class Import(Fact):
    """Contacts that came from a file: how many pages it made, how many it found here; the lines not taken, as JSON.

    So are the `evenings` of a calendar to which nobody was asked: its owner says who was there.
    """

    file = models.CharField(max_length=120)
    source = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)
    made = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    skipped = models.TextField(default="[]")
    evenings = models.TextField(default="[]")

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="import_only_me")]


class Upload(Fact):
    """A file of contacts between two requests of its owner, gone at `until`.

    `said`, `skipped` and `evenings` are its lines as JSON. As long as nobody said what its columns hold, `said` is what
    stands in the first of them, and `content` the file itself. The import that some of its lines went into has its
    public id. One owner has one at most.
    """

    file = models.CharField(max_length=120)
    source = models.CharField(max_length=12)
    said = models.TextField()
    skipped = models.TextField()
    evenings = models.TextField(default="[]")
    content = models.BinaryField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="upload_only_me"),
            models.UniqueConstraint(fields=["owner"], name="upload_once"),
        ]


class Contact(Fact):
    """An entry of somebody's address book, member (`person`) or not. Its words are the owner's.

    `brought` is the import that made it, `key` what names it in the file that it came from; `edited_at` says that the
    owner changed what came. Whatever was just forgotten waits a while with `forgotten_at` set, so that its owner may
    change their mind.
    """

    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=120)
    does = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120, blank=True)
    brought = models.ForeignKey(Import, models.DO_NOTHING, related_name="+", null=True)
    key = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(null=True)
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
    brought = models.ForeignKey(Import, models.DO_NOTHING, related_name="+", null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="encounter_only_me")]


class Note(Fact):
    """What the owner wrote about a contact."""

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+", null=True)
    text = models.TextField(max_length=4000)
    on = models.DateField()
    brought = models.ForeignKey(Import, models.DO_NOTHING, related_name="+", null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="note_only_me")]


class Channel(Fact):
    """A way to reach a contact, as the owner has it."""

    class Kind(models.TextChoices):
        """What is dialled, written to, or opened."""

        MAIL = "mail", _("Mail")
        TELEPHONE = "telephone", _("Telephone")
        LINK = "link", _("Link")

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=200)
    brought = models.ForeignKey(Import, models.DO_NOTHING, related_name="+", null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="channel_only_me"),
            models.UniqueConstraint(fields=["contact", "kind", "value"], name="channel_once"),
        ]


class Label(Fact):
    """A word by which the owner knows several contacts again."""

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    text = models.CharField(max_length=60)
    brought = models.ForeignKey(Import, models.DO_NOTHING, related_name="+", null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="label_only_me"),
            models.UniqueConstraint(fields=["contact", "text"], name="label_once"),
        ]


class FollowUp(Fact):
    """What the owner promised a contact or means to do next, said on a day; until `due_on`, where a day was said.

    `done_at` says that it was done, `reminded_on` when its owner was last reminded by a mail. What was just struck out
    waits a while with `forgotten_at` set.
    """

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+")
    text = models.CharField(max_length=200)
    on = models.DateField()
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(audience=None), name="follow_up_only_me")]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(done_at=None, reminded_on=None), name="follow_up_due")
        ]
