"""Communities, who belongs to them, and what is said to their stewards.

The circles `members` and `stewards` are kept from `Membership`, and so is the circle `hearing` of each report.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from entregent.common import chance, clock, ids
from entregent.discretion.models import Fact
from entregent.people.models import Person


class Entry(models.TextChoices):
    """How one gets into a community; every audience label says it."""

    OPEN = "open", _("open to all")
    LINK = "link", _("by link")
    APPROVED = "approved", _("on approval")


class Community(models.Model):
    """People of one trade in one place. `invite` is the code of its invitation link.

    `conduct` is what it asks of those who come, empty where it asks for no more than the product does.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    town = models.CharField(max_length=80, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    conduct = models.TextField(max_length=2000, blank=True, default="")
    entry = models.CharField(max_length=8, choices=Entry.choices, default=Entry.LINK)
    invite = models.CharField(max_length=12, unique=True, default=chance.code)
    zone = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=clock.now)


class Membership(models.Model):
    """Somebody belongs to a community, and perhaps looks after it."""

    class Role(models.TextChoices):
        """What somebody does in a community."""

        MEMBER = "member", _("member")
        STEWARD = "steward", _("steward")

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "person"], name="membership_once")]


class Departure(models.Model):
    """Somebody left a community, or was taken out: no import puts them back, coming in again by any door ends it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "person"], name="departure_once")]


class Request(Fact):
    """Somebody asks to be let in; its audience is the stewards. `name` is what they call themselves."""

    community = models.ForeignKey(Community, models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["community", "owner"], name="request_once"),
        ]


class Claim(Fact):
    """A member says that they are somebody who came in without account; its audience is the stewards.

    `declined_at` takes it off the stewards' table, and so does `accepted_at`, until the worker has made it so; whoever
    claims is not told, and finds it as it was.
    """

    community = models.ForeignKey(Community, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    declined_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "person"], name="claim_once"),
        ]


class Concerned(models.Model):
    """A thing concerns somebody besides whom reports of it name: reports of it are not for them, whoever makes one."""

    about = models.UUIDField()
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["about", "person"], name="concerned_once")]


class Report(Fact):
    """Somebody tells the stewards what happened; its audience is a circle of its own, `hearing`.

    `about` is the public id of what it is about, `called` how the reporter knew it. `person` is whom it names, or who
    organises the evening that it names: they never hear it, and once they are erased nobody else does. `seen_to_at`
    takes it off the stewards' table; whoever reports is not told.
    """

    class About(models.TextChoices):
        """What a report is about."""

        PERSON = "person", _("somebody")
        EVENING = "evening", _("an evening")

    community = models.ForeignKey(Community, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=7, choices=About.choices)
    about = models.UUIDField()
    called = models.CharField(max_length=160)
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    words = models.TextField(max_length=2000)
    said_at = models.DateTimeField(default=clock.now)
    seen_to_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "about"], name="report_once"),
        ]
