"""Organisations as sources list them: nobody owns these rows, and no person is named by one.

They are no facts of anybody: the operator brings them in (`exchange.organisations`), and every member reads the same.
"""

from typing import ClassVar

from django.db import models

from entregent.common import ids


class Source(models.Model):
    """Where listings come from, and the line that its licence asks for."""

    name = models.CharField(max_length=80, unique=True)
    licence = models.CharField(max_length=200, blank=True)


class Listing(models.Model):
    """An organisation as a source describes it. `key` is what the source calls it.

    `said_on` is when the source last changed it, as it says; `read_on` when these words came in; `gone_on` when the
    source was seen to list it no longer; `away_on` when the operator took it out: its words are gone then, and a digest
    of its key stays, so that it does not come back. `heads`, `body` and `place` are the stems of its name, category and
    tags; of its description; of its town and postcode.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=160, blank=True, db_index=True)
    category = models.CharField(max_length=60, blank=True)
    tags = models.JSONField(default=list)
    description = models.TextField(max_length=2000, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=80, blank=True)
    town_key = models.CharField(max_length=120, blank=True, db_index=True)
    url = models.CharField(max_length=500, blank=True)
    said_on = models.DateField(null=True)
    read_on = models.DateField()
    gone_on = models.DateField(null=True)
    away_on = models.DateField(null=True)
    heads = models.TextField(blank=True)
    body = models.TextField(blank=True)
    place = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "key"], name="listing_once")]


class Tag(models.Model):
    """A word under which a listing is found: `folded` is what different spellings of it share."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    word = models.CharField(max_length=60)
    folded = models.CharField(max_length=120, db_index=True)
