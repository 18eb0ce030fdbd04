"""Where imported things came from, so that importing twice changes nothing."""

from typing import ClassVar

from django.db import models

from entregent.communities.models import Community


class Origin(models.Model):
    """The key of an imported thing in its file, and the public id that it has here.

    `address` is what the file says is a person's e-mail, in small letters: nobody is written to there and no page shows
    it; whoever proves it takes the person as their own, and it is forgotten. `merged` says that the person turned out
    to be somebody who was here already: importing again leads to them, but the key names nobody any more.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=80)
    about = models.UUIDField(db_index=True)
    address = models.EmailField(max_length=254, blank=True, db_index=True)
    merged = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "kind", "key"], name="origin_once"),
        ]
