"""Evenings and what people say about them.

Circles kept from these: `going`, `attended`, `organisers` and `invited` of a meetup.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entregent.common import chance, clock, ids
from entregent.communities.models import Community
from entregent.discretion.models import Fact
from entregent.people.models import Person


class Series(models.Model):
    """Evenings that recur: by the rule `every` of `recurrence`, from their own days on; or as a file called them.

    `name` and `category` are those of a file, and empty where an organiser announced the series.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=160)
    category = models.CharField(max_length=60, blank=True)
    every = models.CharField(max_length=9, blank=True, default="")


class Meetup(Fact):
    """One gathering. Its owner announced it, and organises it, alone or with others (`Organising`).

    `taken` counts seats given or offered, and a constraint keeps it within `capacity`: the last guard against
    overselling. `band` is the lower end of the declassified number of those coming (0, 10, 20, ...), as of `band_on`.
    `code` is in its address, `here` in the address behind the QR on the table.
    `together` is in the address by which others come to organise it, empty where nobody is asked to.
    `recalled` is in the address by which people say that they were there, empty where nobody is asked to.
    `farewell` is what those who organised it said when they called it off.
    What calendars show was last changed at `revised_at`. Nobody newly answers before `opens_at`, nor from `closes_at`
    on. `slot_on` is the day that the rule of its series gives it, there; moved, it keeps it. Whoever comes may bring
    up to `guests` people. `pictures`: some are taken.
    `questions` are closed ones: each its words, and the answers to choose from.
    """

    community = models.ForeignKey(Community, models.DO_NOTHING, related_name="+")
    series = models.ForeignKey(Series, models.DO_NOTHING, related_name="+", null=True)
    slot_on = models.DateField(null=True)
    code = models.CharField(max_length=12, unique=True, default=chance.code)
    here = models.CharField(max_length=12, unique=True, default=chance.code)
    together = models.CharField(max_length=12, blank=True)
    recalled = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=160, blank=True)
    town = models.CharField(max_length=80, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    shows_band = models.BooleanField(default=True)
    pictures = models.BooleanField(default=False)
    band = models.PositiveIntegerField(default=0)
    band_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    farewell = models.CharField(max_length=300, blank=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    guests = models.PositiveSmallIntegerField(default=0)
    questions = models.JSONField(default=list)
    revised_at = models.DateTimeField(default=clock.now)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="never_oversold"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="ends_after_start"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="closes_after_opening",
            ),
            models.UniqueConstraint(fields=["series", "slot_on"], name="slot_once"),
        ]


class Joint(Fact):
    """An evening is one of a further community as well, beside its own; whoever announced it says so."""

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    community = models.ForeignKey(Community, models.DO_NOTHING, related_name="+")

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meetup", "community"], name="joint_once"),
        ]


class Organising(Fact):
    """Somebody organises an evening with whoever announced it; whoever sees the evening may know."""

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meetup", "owner"], name="organising_once"),
        ]


class Rsvp(Fact):
    """Somebody's answer to an evening. `name` is the first name of somebody without account, else empty.

    A seat that is `offered` is kept for them, and counted in `taken`, until `offered_until`. They bring `guests`
    people, each of whom has a seat as well. Those who organise freed a seat that was `released`. `pictured` says
    whether they want to be on pictures, null until they said so: for those who organise, where they see the answer.
    """

    class Answer(models.TextChoices):
        """What one can answer."""

        GOING = "going", _("going")
        WAITING = "waiting", _("wants to come")
        OFFERED = "offered", _("is offered a seat")
        LAPSED = "lapsed", _("let a seat pass")
        RELEASED = "released", _("has no place kept any more")
        NOT_GOING = "not_going", _("not going")

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer.choices)
    answered_at = models.DateTimeField(default=clock.now)
    offered_until = models.DateTimeField(null=True)
    name = models.CharField(max_length=80, blank=True)
    guests = models.PositiveSmallIntegerField(default=0)
    pictured = models.BooleanField(null=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meetup", "owner"], name="rsvp_once"),
        ]


class Presence(Fact):
    """Somebody was there: they scanned the code on the table, or said so afterwards by a link. `name` as in `Rsvp`."""

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    arrived_at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=80, blank=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meetup", "owner"], name="presence_once"),
        ]


class Pick(Fact):
    """What somebody chose at the questions of an evening: `picks` holds the place of an answer, by a question's key."""

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    picks = models.JSONField(default=dict)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meetup", "owner"], name="pick_once"),
        ]


class Listed(Fact):
    """Somebody whom a list of its organiser's, brought from elsewhere, puts at an evening; gone at `until`.

    `mail` is the address that they had given there, or empty; `key` tells them from the others of the list.
    """

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=120)
    mail = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(audience=None), name="listed_only_me"),
            models.UniqueConstraint(fields=["owner", "meetup", "key"], name="listed_once"),
        ]


class Admission(Fact):
    """Somebody was let in at the door: whoever has the `seat`, or whoever walked in, by a first name.

    Its owner let them in. Its public id follows from the one that the door drew, which may send it twice; `door` tells
    one browser of the door from another.
    """

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    seat = models.ForeignKey(Rsvp, models.DO_NOTHING, related_name="+", null=True)
    name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=clock.now)
    door = models.CharField(max_length=16, blank=True)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["seat"], name="let_in_once"),
        ]


class Picture(Fact):
    """A photograph of an evening, as `common.pictures` draws it, by whoever organises: for those who came.

    Where somebody asked that it be taken down, its audience is nobody; it `stays_down` where one of them is gone, since
    only whoever asked can take that back.
    """

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    picture = models.BinaryField()
    added_at = models.DateTimeField(default=clock.now)
    stays_down = models.BooleanField(default=False)


class Takedown(Fact):
    """Somebody asked that a picture of an evening be taken down: theirs alone. `about` is its public id."""

    meetup = models.ForeignKey(Meetup, models.DO_NOTHING, related_name="+")
    about = models.UUIDField()

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience=None), name="takedown_only_me"),
            models.UniqueConstraint(fields=["owner", "about"], name="takedown_once"),
        ]


class Habit(models.Model):
    """Whom somebody lets see their answers, as they last said; nobody else reads it.

    `discreet` is null until they were asked whether colleagues may see it: the question has no preset.
    """

    person = models.OneToOneField(Person, models.DO_NOTHING, related_name="+")
    audience = models.CharField(max_length=10)
    discreet = models.BooleanField(null=True)


class Export(models.Model):
    """The list of an evening (`about`: its public id) was taken out: when, with which fields, and by whom.

    `by` is nobody once they are erased: that it was done stays. `fields` are words of `web.export_log`, with spaces:
    of a file, or that a telephone keeps the door's list, which is noted once for each who organises.
    """

    about = models.UUIDField(db_index=True)
    by = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    made_at = models.DateTimeField(default=clock.now)
    fields = models.CharField(max_length=120)


class Feed(models.Model):
    """The address at which somebody's calendar reads their evenings; of its secret a hash is kept.

    `busy` says whether what they keep from others is in it too, without saying what it is; `promises` whether what they
    promised people is.
    """

    person = models.OneToOneField(Person, models.DO_NOTHING, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    busy = models.BooleanField(default=False)
    promises = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
