"""The doctor finds whatever was kept wrongly, says it, and mends it by the functions that keep it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from entregent.circles.fixed import DECLARED
from entregent.circles.models import Circle, Member, Within
from entregent.common import clock, ids
from entregent.exchange import demonstration, doctor, origins
from entregent.meetups import actions as meetups
from entregent.meetups.models import Meetup
from entregent.people.models import Person
from entregent.profiles.models import Headline, Name
from entregent.search.models import Line
from tests.exchange.conftest import NOW, Dump, Source

TODAY = date(2026, 11, 22)
HEALTHY = doctor.Report(found=[], left=[])
Plant = Callable[[], object]


def ignore(_done: int, _of: int) -> None:
    """Tell nobody about progress."""


def without(rows: Any) -> Plant:
    """Take away the first of some rows."""
    return lambda: rows.filter(pk=rows.order_by("pk").values_list("pk", flat=True)[0]).delete()


def someone_into(kind: str) -> Plant:
    """Put a stranger into a circle of a kind."""

    def plant() -> None:
        circle = Circle.objects.filter(kind=kind).earliest("pk")
        Member.objects.create(person=Person.objects.create(), circle=circle)

    return plant


#: What is done behind the back of those who keep things, by what the doctor is to say of it.
PLANTS: dict[str, Plant] = {
    "circle “members”": without(Member.objects.filter(circle__kind="members")),
    "circle “stewards”": someone_into("stewards"),
    "circle “hearing”": someone_into("hearing"),
    "circle “staff”": someone_into("staff"),
    "circle “going”": without(Member.objects.filter(circle__kind="going")),
    "circle “attended”": someone_into("attended"),
    "circle “organisers”": someone_into("organisers"),
    "does not lie within": without(Within.objects.all()),
    "counts as silent": without(Member.objects.filter(circle=DECLARED)),
    "counts as if": lambda: Member.objects.create(person=Person.objects.create(), circle_id=DECLARED),
    "which is gone": lambda: Circle.objects.create(kind="going", about=ids.new()),
    "names people for nothing": lambda: Circle.objects.create(kind="chosen", owner=Person.objects.earliest("pk")),
    "is not seen by those who see its fact": lambda: Line.ledger.filter(kind="position").update(discreet=True),
    "does not lead to whom its fact": lambda: Line.ledger.filter(kind="contact").update(
        subject=Person.objects.create()
    ),
    "line “headline”: its fact": without(Headline.ledger.all()),
    "seats count as taken": lambda: Meetup.ledger.filter(title="Apéro Web 47").update(taken=3),
}


def test_whatever_is_kept_wrongly_is_found_and_mended(db: None, dump: Callable[[], Dump]):
    with clock.at(NOW):
        demonstration.open_on(TODAY)
        meetups.report(origins.viewer("karine"), code=demonstration.next_evening(), words="Il crie.")
        assert doctor.examine(ignore) == HEALTHY
        for plant in PLANTS.values():
            plant()
        before, report = dump(), doctor.examine(ignore)
        assert {words for words in PLANTS if not any(words in fault for fault in report.found)} == set()
        assert (report.left, dump()) == (report.found, before)
        assert doctor.repair(ignore) == doctor.Report(found=report.found, left=[])
        assert doctor.examine(ignore) == HEALTHY


def test_a_circle_that_lies_within_another_for_no_reason_is_taken_out(source: Source):
    source.bring_in()
    one, other = Circle.objects.get(kind="members"), Circle.objects.filter(kind="going").earliest("pk")
    Within.objects.create(inner=one, outer=other)
    assert doctor.repair(ignore).found == [f"circle {one.pk} lies within {other.pk}"]
    assert doctor.examine(ignore) == HEALTHY


def test_what_only_a_person_can_mend_is_left_to_them(source: Source):
    source.bring_in()
    Line.ledger.filter(kind="name").delete()
    report = doctor.repair(ignore)
    assert (len(report.left), report.left) == (Name.ledger.count(), report.found)
    assert doctor.examine(ignore) == report


def test_an_oversold_evening_is_said(source: Source):
    source.bring_in()
    Meetup.ledger.filter(title="Django by night").update(taken=1, capacity=1)
    code = Meetup.ledger.values_list("code", flat=True).get(title="Django by night")
    assert doctor.examine(ignore).found == [f"evening {code}: 2 hold a seat, and there are 1 seats"]


def test_a_place_that_has_ended_is_no_fault(source: Source):
    source.bring_in()
    circle = Circle.objects.filter(kind="going").earliest("pk")
    Member.objects.create(person=Person.objects.create(), circle=circle, until=clock.now())
    assert doctor.examine(ignore) == HEALTHY


def test_progress_is_told_up_to_the_end(source: Source):
    source.bring_in()
    told: list[tuple[int, int]] = []
    doctor.examine(lambda done, of: told.append((done, of)))
    assert told[0] == (4, 4)
