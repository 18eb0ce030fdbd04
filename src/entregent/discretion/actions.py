"""Writes about who may see what: people name whom they tell, and state shields and blocks."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle
from entregent.common import clock, errors, ids
from entregent.discretion.models import Fact, Shield
from entregent.discretion.viewer import Viewer


@transaction.atomic
def name_people(actor: Viewer, *, people: Iterable[int]) -> int:
    """The key of a new circle of people whom the actor names one by one."""
    return circles.choose(owner=actor.me, people=people)


def forget_named(actor: Viewer, *, circle: int | None) -> None:
    """Forget whom the actor named in a circle of theirs, once no fact goes to it."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Fact)]
    free = [~Exists(kind.ledger.filter(audience=OuterRef("pk"))) for kind in kinds]
    named = Circle.objects.filter(*free, pk=circle or ids.NO_KEY, kind="chosen", owner=actor.me)
    circles.forget_chosen(circles=list(named.values_list("pk", flat=True)))


@transaction.atomic
def shield(actor: Viewer, *, circle: int | None = None, person: int | None = None) -> None:
    """Keep the actor's discreet facts from a circle, or from one person."""
    kept: Any = {"owner_id": actor.me, "circle_id": circle, "person_id": person, "over": Shield.Over.DISCREET}
    Shield.objects.get_or_create(**kept)


@transaction.atomic
def unshield(actor: Viewer, *, circle: int | None = None, person: int | None = None) -> None:
    """End a shield."""
    Shield.objects.filter(owner=actor.me, circle=circle, person=person, over=Shield.Over.DISCREET).delete()


@transaction.atomic
def block(actor: Viewer, *, person: int) -> None:
    """Keep everything of the actor's from one person. They are not told."""
    Shield.objects.get_or_create(owner_id=actor.me, person_id=person, circle=None, over=Shield.Over.EVERYTHING)


@transaction.atomic
def unblock(actor: Viewer, *, person: int) -> None:
    """End a block."""
    Shield.objects.filter(owner_id=actor.me, person_id=person, over=Shield.Over.EVERYTHING).delete()


def stated(*, audience: int | None, discreet: bool) -> dict[str, Any]:
    """The fields of a fact that is stated now to an audience. Raises `Invalid`: a discreet fact is never public."""
    if discreet and audience == EVERYONE:
        raise errors.Invalid("audience", _("What is discreet cannot be for everyone: choose who may see it."))
    return {"audience_id": audience, "discreet": discreet, "changed_at": clock.now()}


@transaction.atomic
def adopt(*, person: int, heir: int) -> None:
    """Keep from somebody what is kept from the person who they turn out to be: one statement, whoever does so.

    What the heir keeps from that person, and what is kept from both, goes no further: `erase` takes it away.
    """
    both = Shield.objects.filter(owner=OuterRef("owner"), over=OuterRef("over"), person=heir)
    Shield.objects.exclude(owner=heir).filter(~Exists(both), person=person).update(person=heir)


@transaction.atomic
def erase(person: int) -> None:
    """Forget from whom a person shielded, and who shielded from them."""
    Shield.objects.filter(owner_id=person).delete()
    Shield.objects.filter(person_id=person).delete()
