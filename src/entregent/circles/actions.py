"""Writes about circles: whoever keeps one says who is in it, and within which it lies."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from entregent.circles.models import Circle, How, Member, Within


def circle(*, kind: str, about: UUID) -> int:
    """The key of the circle of `kind` about a thing, made empty where there is none: the same statements either way."""
    Circle.objects.bulk_create([Circle(kind=kind, about=about)], ignore_conflicts=True)
    return Circle.objects.values_list("pk", flat=True).get(kind=kind, about=about)


@transaction.atomic
def keep(*, kind: str, about: UUID, people: Mapping[int, datetime | None], how: str = How.OPEN) -> int:
    """Make a circle hold exactly `people` (person -> until when); its key. Doing it twice changes nothing."""
    key = circle(kind=kind, about=about)
    Circle.objects.select_for_update().get(pk=key)
    held = {person: end for person, *end in Member.objects.filter(circle=key).values_list("person", "until", "how")}
    # Nobody's key is 0: with it as much is asked whether or not somebody goes.
    Member.objects.filter(circle=key, person__in={0} | (held.keys() - people.keys())).delete()
    _place(
        Member(circle_id=key, person_id=person, until=until, how=how)
        for person, until in people.items()
        if held.get(person) != [until, how]
    )
    return key


@transaction.atomic
def admit(*, circle: int, person: int, how: str = How.OPEN, until: datetime | None = None) -> None:
    """Put a person into a circle; again is no change, and the same statement: nobody learns whether they were in it."""
    _place([Member(circle_id=circle, person_id=person, how=how, until=until)])


def _place(members: Iterable[Member]) -> None:
    """Write who is in a circle, over how they were in it before."""
    Member.objects.bulk_create(
        members, update_conflicts=True, unique_fields=["person", "circle"], update_fields=["how", "until"]
    )


@transaction.atomic
def dismiss(*, circle: int, person: int) -> None:
    """Take a person out of a circle, from this transaction on."""
    Member.objects.filter(circle_id=circle, person_id=person).delete()


@transaction.atomic
def put_within(*, inner: int, outer: int) -> None:
    """Count whoever is in `inner` as being in `outer`."""
    Within.objects.bulk_create(
        [Within(inner_id=inner, outer_id=outer)],
        update_conflicts=True,  # SQLite would ignore a broken rule as well
        unique_fields=["inner", "outer"],
        update_fields=["inner"],
    )


@transaction.atomic
def take_out(*, inner: int, outer: int) -> None:
    """End what `put_within` began."""
    Within.objects.filter(inner_id=inner, outer_id=outer).delete()


@transaction.atomic
def erase(person: int) -> None:
    """Forget where a person stood, and whom they named."""
    Member.objects.filter(person_id=person).delete()
    Circle.objects.filter(owner=person).delete()
