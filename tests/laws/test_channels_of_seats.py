"""Giving a seat back, and changing an evening, costs the same whoever waits behind: two worlds for each way.

Random pairs seldom have a full evening whose viewer has a seat and that somebody hidden waits for: these do.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from entregent.meetups import seats
from tests import canary
from tests.laws.worlds.acting.changes import Acts
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.browser import Step
from tests.laws.worlds.asking.compared import shown
from tests.laws.worlds.asking.crawl import Visit, crawl
from tests.laws.worlds.asking.plan import Asked, Known, planned
from tests.laws.worlds.asking.rows import Row
from tests.laws.worlds.by_hand import BEGUN, Said, acts, announced
from tests.laws.worlds.playing import played
from tests.laws.worlds.playing.played import Played
from tests.laws.worlds.playing.things import Thing

pytestmark = pytest.mark.django_db

#: The rows of the crawl that are asked about each evening.
EACH = ("evening_answer POST", "evening_give_back POST")
LATER, SOON = END + timedelta(days=20), END + timedelta(minutes=90)
HERE: tuple[Said, ...] = (
    *BEGUN,
    *((f"enter {who}", who, "enter", {"language": "fr"}) for who in ("dana", "erin")),
    *((f"join {who}", who, "join", {"community": "found", "name": who}) for who in ("dana", "erin")),
)
MOVED: Mapping[str, Any] = {
    "name": "Zavoki",
    "place": "Xuleko",
    "on": "2026-12-18",
    "at": "18 h 30",
    "until": "22 h",
    "entry": "everyone",
    "capacity": "",
    "guests": "1",
}


def evening(seats: int | None, starts: Any = LATER) -> Said:
    """An evening of Alice's to which each may bring somebody; so many seats."""
    return announced(starts, capacity=seats, guests=1)


def comes(who: str, guests: int = 0) -> Said:
    """Somebody says that they come, with so many people, and shows it to nobody."""
    said = {"evening": "evening", "audience": "me", "discreet": False, "guests": guests}
    return f"{who} comes", who, "answer", said


def visits(who: str) -> Said:
    """Somebody without an account does."""
    return f"{who} comes", who, "answer_as_guest", {"evening": "evening", "name": who.title(), "guests": 0}


def goes(who: str) -> Said:
    """They give it back."""
    return f"{who} goes", who, "answer", {"evening": "evening", "answer": "not_going"}


@dataclass(frozen=True)
class Way:
    """Who sends what to where (`{code}` and `{secret}` are the evening's and their own), and what both worlds hold.

    `one` and `other` are what either holds besides. `{visitor}` is the public id of what Zoé answered, in what is sent.
    """

    who: str
    path: str
    both: tuple[Said, ...]
    one: tuple[Said, ...]
    other: tuple[Said, ...] = ()
    sent: Mapping[str, Any] = field(default_factory=dict)


GIVES_BACK, ANSWERS, CANCELS = "/s/{code}/rendre/", "/s/{code}/reponse/", "/s/{code}/annuler/"
RELEASES, TICKED = "/s/{code}/organiser/places/", {"who": "{visitor}"}
FULL = (evening(2), comes("bob"), comes("carla"))
VISITED, UNBOUND = (evening(2), visits("zoe"), comes("carla")), (evening(None),)
TWO, ALONE = (comes("dana"), comes("erin")), {"audience": "me", "colleagues": "yes", "guests": "0"}
WAYS = {
    "a seat that one waits for": Way("bob", GIVES_BACK, FULL, (comes("dana"),)),
    "a seat that several wait for": Way("bob", GIVES_BACK, FULL, TWO),
    "a seat that is too few for whoever waits": Way("bob", GIVES_BACK, FULL, (comes("dana", 1),)),
    "a seat beside offers that were not passed on yet": Way(
        "bob",
        GIVES_BACK,
        (evening(3), comes("bob"), comes("carla", 1)),
        (comes("dana", 1), goes("carla")),
        (comes("dana"), comes("erin"), goes("carla")),
    ),
    "a seat that several wait for in the last two hours": Way("bob", GIVES_BACK, (evening(2, SOON), *FULL[1:]), TWO),
    "whom one brings, in the last two hours": Way(
        "bob", ANSWERS, (evening(3, SOON), comes("bob", 1), comes("carla")), (comes("dana"),), sent=ALONE
    ),
    "whom one brings": Way("bob", ANSWERS, (evening(3), comes("bob", 1), comes("carla")), TWO, sent=ALONE),
    "an answer where seats are kept for a party": Way(
        "bob", ANSWERS, (evening(2), comes("carla")), (comes("dana"),), (comes("dana", 1),), sent=ALONE
    ),
    "a place on the list": Way("bob", GIVES_BACK, (evening(1), comes("carla"), comes("bob")), (comes("dana"),)),
    "a guest's seat": Way("zoe", "/r/{secret}/rendre/", VISITED, (comes("dana"),)),
    "a guest's other answer": Way("zoe", "/r/{secret}/prendre/", VISITED, (comes("dana"),), sent={"guests": "0"}),
    "going for good": Way("bob", "/moi/effacer/", FULL, (comes("dana"),), sent={"sure": "on"}),
    "a guest's seat that is given back for them": Way(
        "alice", RELEASES, VISITED, (comes("dana"),), (comes("erin"),), TICKED
    ),
    "a guest's seat that is given back beside those who come": Way(
        "alice", RELEASES, (evening(3), visits("zoe")), (comes("dana", 1),), TWO, TICKED
    ),
    "an evening that is called off": Way("alice", CANCELS, UNBOUND, (comes("dana", 1),), TWO),
    "an evening that moves": Way("alice", "/s/{code}/modifier/", UNBOUND, (comes("dana", 1),), TWO, MOVED),
}


def worlds(way: Way) -> tuple[Acts, Acts]:
    """Two histories that whoever asks cannot tell apart."""
    one, other = (acts(*HERE, *way.both, *which) for which in (way.one, way.other))
    known = compared(one, other, way.who, END)
    assert known is not None
    assert {known.outcomes[act.key] for act in (*one, *other)} == {"done"}
    return one, other


def costs(world: Played, history: Acts, way: Way) -> Sequence[tuple[int, str, int]]:
    """What comes back in a world, and how many statements it takes."""
    world.become(history)
    path = way.path.format(code=world.things["evening"].code, secret=getattr(world.people.get(way.who), "secret", ""))
    visitor = getattr(world.things.get("zoe comes"), "uid", "")
    sent = {name: said.format(visitor=visitor) for name, said in way.sent.items()}
    asked = Asked(Row("sent", "form", "", opens=True), (), (Step("POST", path, sent),), (), "fr", "sent")
    [answers] = crawl(Visit(world, way.who, END, mails=False), [asked])
    return [(answer.status, shown(answer), answer.statements) for answer in answers]


@pytest.mark.parametrize("case", WAYS)
def test_what_it_costs_says_nothing_of_whoever_is_hidden(case):
    way = WAYS[case]
    one, other = worlds(way)
    with canary.away(), played.opened() as world:
        first, second = costs(world, one, way), costs(world, other, way)
    assert [status for status, *_ in first] == [302]
    assert first == second


@pytest.mark.parametrize(
    ("skips", "case"),
    [
        ("_offer", "a seat that one waits for"),
        ("_tell", "a seat that several wait for in the last two hours"),
        ("_count", "a seat that one waits for"),
    ],
)
def test_skipping_where_there_is_nobody_is_noticed(monkeypatch, skips, case):
    real, way = getattr(seats, skips), WAYS[case]
    monkeypatch.setattr(seats, skips, lambda meetup, some, *more, **said: some and real(meetup, some, *more, **said))
    one, other = worlds(way)
    with canary.away(), played.opened() as world:
        assert costs(world, one, way) != costs(world, other, way)


def test_in_random_pairs_an_answer_is_given_and_given_back_at_each_evening_that_differs():
    evenings = {code: Thing("evening", code=code, here=code) for code in ("ZAVOKI22", "XULEKO33")}
    touched = frozenset(("evening", code) for code in evenings)
    at: dict[str, Any] = {"one": (), "other": (), "at": END, "always": False, "how": "add", "hidden": frozenset()}
    pair = Pair(seed=0, role="member", viewer="bob", touched=touched, seen=True, **at)
    plan = planned(pair, Known(evenings, {}), Counter())
    asked = {row: {one.things[0].code for one in plan if one.row.name == row} for row in EACH}
    assert asked == dict.fromkeys(EACH, evenings.keys())
