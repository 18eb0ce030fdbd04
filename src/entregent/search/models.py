"""The table of searchable lines. It is written by `search.actions` alone, with the fact it stands for."""

from typing import ClassVar

from django.db import models

from entregent.discretion.models import Fact
from entregent.people.models import Person


class Line(Fact):
    """The words of one fact: `about` is the fact's public id, `subject` the person whom it helps to find.

    A line has the owner, audience, discretion and end of its fact. `contact` is the public id of the owner's own
    contact where the line is about somebody in an address book.
    """

    kind = models.CharField(max_length=12)
    about = models.UUIDField(unique=True)
    subject = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", null=True)
    contact = models.UUIDField(null=True)
    text = models.TextField()
    stems = models.TextField()
    on = models.DateField(null=True)

    class Meta(Fact.Meta):
        indexes: ClassVar = [models.Index(fields=["contact"], name="line_by_contact")]
