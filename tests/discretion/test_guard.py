"""No viewer, no rows: by whatever way facts are asked for, somebody has to be named for whom."""

import asyncio
import pickle
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)

from entregent.circles.fixed import EVERYONE
from entregent.common import clock
from entregent.communities.models import Community
from entregent.discretion import policy
from entregent.discretion.guard import NoViewer
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.meetups.models import Meetup, Rsvp
from entregent.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Viewer:
    return Viewer(person=Person.objects.create().pk)


@pytest.fixture
def meetup(owner) -> Meetup:
    home = Community.objects.create(slug="web", name="Web", zone="UTC")
    begins = clock.now()
    return Meetup.ledger.create(
        owner_id=owner.me,
        audience_id=EVERYONE,
        community=home,
        title="Apéro",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        zone="UTC",
    )


@pytest.fixture
def rsvp(owner, meetup) -> Rsvp:
    return Rsvp.ledger.create(owner_id=owner.me, audience_id=EVERYONE, meetup=meetup, answer="going")


READS: dict[str, Callable[[Any], object]] = {
    "list": list,
    "len": len,
    "bool": bool,
    "repr": repr,
    "in": lambda rows: object() in rows,
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[2:5]),
    "exists": lambda rows: rows.exists(),
    "count": lambda rows: rows.count(),
    "count of slice": lambda rows: rows[:5].count(),
    "contains": lambda rows: rows.contains(Rsvp(pk=1)),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "aggregate over groups": lambda rows: rows.values("meetup").annotate(n=Count("pk")).aggregate(most=Count("n")),
    "get": lambda rows: rows.get(pk=1),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "latest": lambda rows: rows.latest("pk"),
    "earliest": lambda rows: rows.earliest("pk"),
    "in bulk": lambda rows: rows.in_bulk(),
    "in bulk of keys": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values("uid")),
    "values list": lambda rows: list(rows.values_list("uid", flat=True)),
    "dates": lambda rows: list(rows.dates("answered_at", "month")),
    "datetimes": lambda rows: list(rows.datetimes("answered_at", "hour")),
    "only": lambda rows: list(rows.only("uid")),
    "distinct": lambda rows: list(rows.values("owner").distinct()),
    "reverse": lambda rows: list(rows.order_by("pk").reverse()),
    "annotate": lambda rows: list(rows.annotate(who=F("owner"))),
    "filter": lambda rows: list(rows.filter(answer="going")),
    "exclude": lambda rows: list(rows.exclude(answer="going")),
    "complex filter": lambda rows: list(rows.complex_filter({"answer": "going"})),
    "for update": lambda rows: list(rows.select_for_update()),
    "select related": lambda rows: list(rows.select_related("owner")),
    "prefetch related": lambda rows: list(rows.prefetch_related("owner")),
    "using": lambda rows: list(rows.using("default")),
    "explain": lambda rows: rows.explain(),
    "subquery": lambda rows: list(Person.objects.filter(pk__in=rows.values("owner"))),
    "subquery of rows": lambda rows: list(Rsvp.ledger.filter(pk__in=rows)),
    "exists in a query": lambda rows: list(Person.objects.filter(Exists(rows.filter(owner=OuterRef("pk"))))),
    "scalar in a query": lambda rows: list(
        Person.objects.annotate(said=Subquery(rows.filter(owner=OuterRef("pk")).values("answer")[:1]))
    ),
    "union": lambda rows: list(rows.union(rows)),
    "union after somebody's": lambda rows: list(Rsvp.objects.visible_to(ANYBODY).union(rows)),
    "union with another kind": lambda rows: list(Person.objects.values("pk").union(rows.values("pk"))),
    "intersection": lambda rows: list(Rsvp.objects.visible_to(ANYBODY).intersection(rows)),
    "difference": lambda rows: list(rows.difference(Rsvp.objects.visible_to(ANYBODY))),
    "or": lambda rows: list(Rsvp.objects.visible_to(ANYBODY) | rows),
    "or the other way": lambda rows: list(rows | Rsvp.objects.visible_to(ANYBODY)),
    "xor": lambda rows: list(Rsvp.objects.visible_to(ANYBODY) ^ rows),
    "raw": lambda rows: list(rows.raw("SELECT * FROM meetups_rsvp")),
    "extra": lambda rows: list(rows.extra(where=["1 = 1"])),
    "pickle": pickle.dumps,
    "a pickled query": lambda rows: _with_query(pickle.loads(pickle.dumps(rows.query))),
    "sql": lambda rows: str(rows.query),
    "async get": lambda rows: asyncio.run(rows.aget(pk=1)),
    "async count": lambda rows: asyncio.run(rows.acount()),
    "async exists": lambda rows: asyncio.run(rows.aexists()),
    "async first": lambda rows: asyncio.run(rows.afirst()),
    "async aggregate": lambda rows: asyncio.run(rows.aaggregate(n=Count("pk"))),
    "async for": lambda rows: asyncio.run(_walk(rows)),
    "async iterator": lambda rows: asyncio.run(_walk(rows.aiterator())),
    "a condition of the policy": lambda rows: list(rows.filter(policy.Condition(ANYBODY, "current"))),
    "the policy negated": lambda rows: list(rows.exclude(policy.may_see(ANYBODY))),
    "the policy as one of two": lambda rows: list(rows.filter(Q(answer="going") | Q(policy.may_see(ANYBODY)))),
    "the policy as a column": lambda rows: list(rows.annotate(seen=policy.may_see(ANYBODY)).values("seen")),
}


async def _walk(rows):
    return [row async for row in rows]


def _with_query(query):
    rows = Rsvp.objects.all()
    rows.query = query
    return list(rows)


@pytest.mark.parametrize("manager", ["objects", "_base_manager", "_default_manager"])
@pytest.mark.parametrize("way", READS)
def test_no_way_of_reading_goes_without_a_viewer(rsvp, way, manager):
    with pytest.raises(NoViewer):
        READS[way](getattr(Rsvp, manager).all())


def test_every_way_reads_what_the_viewer_may_see(owner, rsvp):
    visible = Rsvp.objects.visible_to(owner)
    assert list(visible) == [rsvp] == list(visible.iterator()) == [visible.get(uid=rsvp.uid)]
    assert visible.count() == visible.aggregate(n=Count("pk"))["n"] == 1
    assert list(Person.objects.filter(pk__in=visible.values("owner"))) == [Person.objects.get(pk=owner.me)]
    assert list(visible.union(visible)) == list(visible & visible) == [rsvp]
    assert list(pickle.loads(pickle.dumps(visible))) == [rsvp]
    assert asyncio.run(visible.none().acount()) == 0


WRITES: dict[str, Callable[[Any], object]] = {
    "create": lambda rows: rows.create(answer="going"),
    "bulk create": lambda rows: rows.bulk_create([]),
    "bulk update": lambda rows: rows.bulk_update([], ["answer"]),
    "get or create": lambda rows: rows.get_or_create(answer="going"),
    "update or create": lambda rows: rows.update_or_create(answer="going"),
    "update": lambda rows: rows.update(answer="going"),
    "delete": lambda rows: rows.delete(),
    "async create": lambda rows: asyncio.run(rows.acreate(answer="going")),
    "async update": lambda rows: asyncio.run(rows.aupdate(answer="going")),
    "async delete": lambda rows: asyncio.run(rows.adelete()),
    "raw delete": lambda rows: rows._raw_delete("default"),
}


@pytest.mark.parametrize("way", WRITES)
def test_nothing_is_written_through_what_reads(owner, rsvp, way):
    with pytest.raises(NoViewer):
        WRITES[way](Rsvp.objects.visible_to(owner))
    assert list(Rsvp.ledger.values_list("uid", "answer")) == [(rsvp.uid, "going")]


def test_a_fact_leads_to_no_other_fact(owner, rsvp):
    row = Rsvp.objects.visible_to(owner).get()
    with pytest.raises(NoViewer):
        row.meetup  # noqa: B018 reading it is the test
    with pytest.raises(NoViewer):
        row.refresh_from_db()
    with pytest.raises(NoViewer):
        Rsvp.objects.visible_to(owner).only("uid").get().answer  # noqa: B018 reading it is the test
    with pytest.raises(NoViewer):
        prefetch_related_objects([row], "meetup")
    with pytest.raises(NoViewer):
        list(Rsvp.objects.visible_to(owner).prefetch_related(Prefetch("meetup", Meetup.objects.all())))


JOINS: dict[str, Callable[[Any], object]] = {
    "a column": lambda rows: list(rows.values("meetup__title")),
    "a filter": lambda rows: list(rows.filter(meetup__title="Apéro")),
    "an exclusion": lambda rows: list(rows.exclude(meetup__title="Apéro")),
    "an order": lambda rows: list(rows.order_by("meetup__title")),
    "an annotation": lambda rows: list(rows.annotate(title=F("meetup__title"))),
    "an aggregate": lambda rows: rows.aggregate(n=Count("meetup__title")),
    "a group": lambda rows: list(rows.values("meetup__title").annotate(n=Count("pk"))),
    "a selected relation": lambda rows: list(rows.select_related("meetup")),
    "dates": lambda rows: list(rows.dates("meetup__starts_at", "month")),
}


@pytest.mark.parametrize("way", JOINS)
def test_a_fact_that_is_joined_has_to_be_visible_as_well(owner, rsvp, meetup, way):
    with pytest.raises(NoViewer):
        JOINS[way](Rsvp.objects.visible_to(owner))
    assert JOINS[way](Rsvp.objects.visible_to(owner, "meetup")) is not None


def test_through_a_path_only_those_whose_joined_fact_is_visible_are_read(owner, rsvp, meetup):
    stranger = Viewer(person=Person.objects.create().pk)
    through = Rsvp.objects.visible_to(stranger, "meetup").values_list("meetup__title", flat=True)
    assert list(through) == ["Apéro"]
    Meetup.ledger.filter(pk=meetup.pk).update(audience=None)
    assert list(through.all()) == []
    assert list(Rsvp.objects.visible_to(stranger).values_list("uid", flat=True)) == [rsvp.uid]


def test_the_policy_over_one_table_is_none_over_another(owner, rsvp):
    with pytest.raises(NoViewer):
        list(Rsvp.objects.filter(policy.may_see(owner, "meetup__")))
    again = FilteredRelation("meetup", condition=Q(meetup__title="Apéro"))
    with pytest.raises(NoViewer):
        list(Rsvp.objects.visible_to(owner, "meetup").annotate(again=again).values("again__title"))


@pytest.mark.parametrize("way", ["+", "rsvp", "rsvp_set", "meetups_rsvp"])
def test_a_person_leads_to_no_fact(way):
    with pytest.raises(FieldError):
        list(Person.objects.values(f"{way}__answer"))
