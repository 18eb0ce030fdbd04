"""What a door that is open too far would tell is noticed, in a pair of worlds for each way, small enough to be read.

Random histories seldom stand at a door at the moment of asking: these do.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest
from django.db.models import QuerySet

from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified, queries
from entregent.meetups.models import Admission, Meetup, Rsvp
from entregent.meetups.shown import Present
from tests import canary
from tests.laws.worlds.acting.acts import Act, Audience
from tests.laws.worlds.acting.changes import Acts, in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import put
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

pytestmark = pytest.mark.django_db

#: What somebody does: the key of the act, how many hours before the moment of asking, who, which word, what it says.
Said = tuple[str, float, str, str, Mapping[str, Any]]
COMMUNITY = Audience("members", of="found")
BEGUN: tuple[Said, ...] = (
    *((f"enter {who}", 90, who, "enter", {"language": "fr"}) for who in ("alice", "bob", "carla")),
    ("found", 80, "alice", "found", {"name": "Vacoa", "entry": "open"}),
    *((f"join {who}", 70, who, "join", {"community": "found", "name": who}) for who in ("bob", "carla")),
    *(
        (f"name {who}", 60, who, "call_me", {"text": f"{who.title()} {name}", "audience": COMMUNITY, "discreet": False})
        for who, name in (("alice", "Kazovi"), ("bob", "Zuxeko"), ("carla", "Vexiza"))
    ),
    (
        "evening",
        50,
        "alice",
        "announce",
        {
            "community": "found",
            "title": "Vacoa 1",
            "place": "Vacoa",
            "starts_at": END - timedelta(hours=1),
            "ends_at": END + timedelta(hours=2),
        },
    ),
)


def comes(who: str, audience: str = "me") -> Said:
    return f"{who} comes", 40, who, "answer", {"evening": "evening", "audience": audience, "discreet": False}


THERE: Said = ("carla there", 0.5, "carla", "arrive", {"evening": "evening", "seen": False, "discreet": False})
LET_IN: Said = ("let in", 0.2, "alice", "let_in", {"evening": "evening", "answer": "bob comes"})


@contextmanager
def names_whoever_comes() -> Iterator[None]:
    def named(_viewer: Viewer, meetup: Meetup) -> "QuerySet[Rsvp]":
        rows: QuerySet[Rsvp] = Rsvp.ledger.filter(meetup=meetup, answer="going").order_by("owner")
        return rows

    with put(declassified, "_named", named):
        yield


@contextmanager
def shows_those_present_who_was_let_in() -> Iterator[None]:
    real = queries.present

    def present(viewer: Viewer, code: str) -> list[Present]:
        let_in = Admission.ledger.filter(meetup__code=code, seat__isnull=False)
        return [*real(viewer, code), *(Present(*row) for row in let_in.values_list("uid", "seat__owner", "name", "at"))]

    with put(queries, "present", present):
        yield


Opened = Callable[[], AbstractContextManager[None]]
#: For each channel: where it shows, who asks, what both worlds hold, and what the one and the other hold besides.
CASES: dict[Opened, tuple[str, str, tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]] = {
    names_whoever_comes: ("door door_data", "alice", (), (comes("bob"),), (comes("carla"),)),
    shows_those_present_who_was_let_in: ("room", "carla", (comes("bob"), THERE), (LET_IN,), ()),
}


def acts(*told: Said) -> Acts:
    return in_order(
        Act(key, END - timedelta(hours=hours) + timedelta(seconds=place), who, do, MappingProxyType(dict(said)))
        for place, (key, hours, who, do, said) in enumerate(told)
    )


def pair(viewer: str, both: tuple[Said, ...], one: tuple[Said, ...], other: tuple[Said, ...]) -> Pair:
    """Two histories that one viewer cannot tell apart."""
    first, second = (acts(*BEGUN, *both, *which) for which in (one, other))
    known = compared(first, second, viewer, END)
    assert known is not None
    assert {known.outcomes[act.key] for act in (*first, *second)} == {"done"}
    touched = frozenset({("evening", "evening"), ("person", "bob"), ("person", "carla")})
    how: dict[str, Any] = {"always": False, "how": "add", "hidden": frozenset(), "seen": True}
    return Pair(seed=0, role="member", viewer=viewer, one=first, other=second, at=END, touched=touched, **how)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_an_open_door_is_noticed_and_a_closed_one_is_not(case):
    rows = frozenset(CASES[case][0].split())
    with canary.away(), played.opened() as world:
        blocks = [Block(rows=rows), Block(case, rows)]
        before, found = differences(world, pair(*CASES[case][1:]), Count(), blocks=blocks, budget=FEW)
    assert [str(one) for one in before] == []
    assert {one.row for one in found if not one.broke} >= rows


def test_a_borrowed_name_does_not_say_whether_the_answer_is_hidden_or_the_name():
    nameless = ("bob hides", 45, "bob", "call_me", {"text": "Bob", "audience": Audience("me"), "discreet": False})
    hidden = pair("alice", (nameless, comes("carla", "going")), (comes("bob", "going"),), (comes("bob"),))
    rows = frozenset({"evening_share", "door", "door_data"})
    with played.opened() as world:
        [found] = differences(world, hidden, Count(), blocks=[Block(rows=rows)], budget=FEW)
    assert [str(one) for one in found] == []
