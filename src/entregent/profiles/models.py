"""The name, the headline, words of a few kinds, the portrait: facts like others, each with its audience."""

from typing import ClassVar

from django.db import models

from entregent.discretion.models import Fact


class Name(Fact):
    """What a person is called."""

    text = models.CharField(max_length=80)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="name_once"),
        ]


class Headline(Fact):
    """What a person does, in one line."""

    text = models.CharField(max_length=160)

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="headline_once"),
        ]


class Kind(models.TextChoices):
    """What words are about. The searchable line of each is called so, too."""

    DOES = "does"
    SEEKS = "seeks"
    SKILLS = "skills"
    LANGUAGES = "languages"
    MANNER = "manner"
    TRUST = "trust"
    LINKS = "links"


class Words(Fact):
    """What a person says of themselves, one of each kind; of some several, a line each."""

    kind = models.CharField(max_length=9, choices=Kind.choices)
    text = models.TextField()

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "kind"], name="words_once"),
        ]


class Portrait(Fact):
    """A picture of a person: a JPEG, as `pictures` draws it."""

    picture = models.BinaryField()

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="portrait_once"),
        ]
