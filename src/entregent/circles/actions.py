"""Writes about circles: whoever keeps one says who is in it, and within which it lies."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from entregent.circles.models import Circle, How, Member, Within
from entregent.common import ids


def circle(*, kind: str, about: UUID) -> int:
    """The key of the circle of `kind` about a thing, made empty where there is none: the same statements either way."""
    _made(kind, [about])
    return Circle.objects.values_list("pk", flat=True).get(kind=kind, about=about)


@transaction.atomic
def choose(*, owner: int, people: Iterable[int]) -> int:
    """The key of a new circle of people whom its owner names one by one."""
    key = Circle.objects.create(kind="chosen", owner_id=owner).pk
    _place(Member(circle_id=key, person_id=person, how=How.NAMED) for person in set(people))
    return key


@transaction.atomic
def forget_chosen(*, circles: Collection[int]) -> None:
    """Forget whom their owners named in these circles, which nothing goes to any more."""
    _take_away(Circle.objects.filter(pk__in={ids.NO_KEY, *circles}, kind="chosen"))


@transaction.atomic
def keep(*, kind: str, about: UUID, people: Callable[[], Mapping[int, datetime | None]], how: str = How.OPEN) -> int:
    """Make a circle hold exactly `people` (person -> until when); its key. Doing it twice changes nothing.

    Who that is is asked once the circle is locked: whoever comes in at the same time is among them, or waits.
    It takes as many statements whoever is in it already, and whoever is to be.
    """
    key = circle(kind=kind, about=about)
    Circle.objects.select_for_update().get(pk=key)
    wanted = people()
    held = {person: end for person, *end in Member.objects.filter(circle=key).values_list("person", "until", "how")}
    # Nobody's key is 0: with it as much is asked whether or not somebody goes.
    Member.objects.filter(circle=key, person__in={0} | (held.keys() - wanted.keys())).delete()
    changed = [person for person, until in wanted.items() if held.get(person) != [until, how]]
    # The first once more, where nobody comes, and nobody's row, where nobody is to be in it: as much is asked.
    if wanted:
        _place(Member(circle_id=key, person_id=p, until=wanted[p], how=how) for p in changed or [*wanted][:1])
    else:
        Member.objects.filter(circle=key, person=0).update(how=how)
    return key


@transaction.atomic
def admit(*, circles: Collection[int], person: int, how: str = How.OPEN, until: datetime | None = None) -> None:
    """Put a person into circles; again is no change, and the same statement: nobody learns whether they were in one."""
    _place(Member(circle_id=circle, person_id=person, how=how, until=until) for circle in circles)


@transaction.atomic
def admit_each(*, kind: str, people: Mapping[UUID, int]) -> None:
    """Put into each of the circles of `kind` about these things one person: as many statements, also for none."""
    if people:
        _made(kind, people)
    else:
        Circle.objects.filter(pk=0).update(kind=kind)
    keys = Circle.objects.filter(kind=kind, about__in={ids.NO_UID, *people}).values_list("pk", "about")
    _place_any([Member(circle_id=key, person_id=people[about], how=How.OPEN) for key, about in keys])


@transaction.atomic
def admit_all(*, circle: int, people: Collection[int]) -> None:
    """Put these people into one circle: one statement, however many they are, also for none.

    On SQLite it takes another one for each further 249 people.
    """
    _place_any([Member(circle_id=circle, person_id=person, how=How.OPEN) for person in people])


@transaction.atomic
def dismiss(*, circles: Collection[int], person: int) -> None:
    """Take a person out of circles, from this transaction on: one statement, however many these are, also for none."""
    Member.objects.filter(circle__in={ids.NO_KEY, *circles}, person=person).delete()


@transaction.atomic
def dismiss_each(*, kind: str, people: Collection[tuple[UUID, int]]) -> None:
    """Take people out of the circles of `kind` about things, a person each: as many statements, also for none."""
    about = {ids.NO_UID, *(one for one, _person in people)}
    persons = {ids.NO_KEY, *(person for _about, person in people)}
    rows = Member.objects.filter(circle__kind=kind, circle__about__in=about, person__in=persons)
    held = rows.values_list("pk", "circle__about", "person")
    Member.objects.filter(pk__in={ids.NO_KEY, *(key for key, *at in held if tuple(at) in people)}).delete()


@transaction.atomic
def empty(*, circles: Collection[int]) -> None:
    """Take everybody out of circles, which stay: one statement, also where there is none."""
    Member.objects.filter(circle__in={ids.NO_KEY, *circles}).delete()


@transaction.atomic
def close(*, kinds: Collection[str], about: Collection[UUID]) -> None:
    """Take the circles of these kinds about these things away: as many statements, also where there are none."""
    _take_away(Circle.objects.filter(kind__in=kinds, about__in={ids.NO_UID, *about}))


def _made(kind: str, about: Iterable[UUID]) -> None:
    """Make the circles of `kind` about things that there are none of yet."""
    Circle.objects.bulk_create([Circle(kind=kind, about=one) for one in about], ignore_conflicts=True)


def _take_away(rows: "QuerySet[Circle]") -> None:
    keys = rows.values("pk")
    Member.objects.filter(circle__in=keys).delete()
    Within.objects.filter(Q(inner__in=keys) | Q(outer__in=keys)).delete()
    rows.delete()


def _place(members: Iterable[Member]) -> None:
    """Write who is in a circle, over how they were in it before."""
    Member.objects.bulk_create(
        members, update_conflicts=True, unique_fields=["person", "circle"], update_fields=["how", "until"]
    )


def _place_any(members: Collection[Member]) -> None:
    """Write who is in a circle, where anybody comes in: one statement either way."""
    if members:
        _place(members)
    else:
        Member.objects.filter(circle=0).update(how=How.OPEN)  # nobody's row: as much is asked


@transaction.atomic
def surround(*, outer: int, inner: Collection[int]) -> None:
    """Have exactly these circles lie within another: as many statements, however many lay there or do so now."""
    Within.objects.filter(outer=outer).exclude(inner__in={ids.NO_KEY, *inner}).delete()
    if inner:
        _lay(inner, outer)
    else:
        Within.objects.filter(outer=0).delete()  # nobody's key: as much is asked


@transaction.atomic
def leave_within(*, outer: Collection[int], inner: int) -> None:
    """Have no circle but one lie within any of these: one statement, however many these are, also for none."""
    Within.objects.filter(outer__in={ids.NO_KEY, *outer}).exclude(inner=inner).delete()


@transaction.atomic
def put_within(*, inner: int, outer: int) -> None:
    """Count whoever is in `inner` as being in `outer`."""
    _lay([inner], outer)


def _lay(inner: Iterable[int], outer: int) -> None:
    Within.objects.bulk_create(
        (Within(inner_id=circle, outer_id=outer) for circle in inner),
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
    _take_away(Circle.objects.filter(owner=person))
