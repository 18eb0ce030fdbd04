"""Pairs of worlds that are built by hand, small enough to be read: for what random ones seldom reach."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from tests import canary
from tests.laws.worlds.acting.acts import TIME, Act, Audience
from tests.laws.worlds.acting.changes import Acts, in_order
from tests.laws.worlds.acting.pairs import Pair, compared
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.asking.compared import Block, Count, differences
from tests.laws.worlds.channels import CHANNELS
from tests.laws.worlds.playing import played
from tests.laws.worlds.survivors import FEW

#: What somebody does: the key of the act, who, which word, what it says.
Said = tuple[str, str, str, Mapping[str, Any]]
#: Who asks, what both worlds hold, and what the one and the other hold besides.
Case = tuple[str, tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]
COMMUNITY = Audience("members", of="found")
#: Three people in a community, each by their name.
BEGUN: tuple[Said, ...] = (
    *((f"enter {who}", who, "enter", {"language": "fr"}) for who in ("alice", "bob", "carla")),
    ("found", "alice", "found", {"name": "Vacoa", "entry": "open"}),
    *((f"join {who}", who, "join", {"community": "found", "name": who}) for who in ("bob", "carla")),
    *(
        (f"name {who}", who, "call_me", {"text": f"{who.title()} {name}", "audience": COMMUNITY, "discreet": False})
        for who, name in (("alice", "Kazovi"), ("bob", "Zuxeko"), ("carla", "Vexiza"))
    ),
)
TICK: Said = ("tick", TIME, "tick", {})
#: When the first act of a history is done, and how long before the end others are, by their keys.
BEGIN = END - timedelta(days=9)
Late = Mapping[str, timedelta]
NONE_LATE: Late = MappingProxyType({})


def announced(starts_at: datetime, **said: Any) -> Said:
    """An evening of Alice's, of three hours."""
    told = {"community": "found", "title": "Zavoki", "place": "Xuleko", "starts_at": starts_at}
    return "evening", "alice", "announce", {**told, "ends_at": starts_at + timedelta(hours=3), **said}


def acts(*told: Said, late: Late = NONE_LATE) -> Acts:
    """Acts in the order in which they are told, an hour apart after `BEGIN`, or by their key so long before the end."""
    return in_order(
        Act(
            key,
            END - late[key] if key in late else BEGIN + timedelta(hours=hour),
            who,
            do,
            MappingProxyType(dict(said)),
        )
        for hour, (key, who, do, said) in enumerate(told)
    )


def pair(viewer: str, first: Acts, second: Acts, touched: Collection[tuple[str, str]]) -> Pair:
    """Two histories that one viewer cannot tell apart, and the things about which they differ."""
    assert first != second
    assert compared(first, second, viewer, END) is not None
    how: dict[str, Any] = {"always": False, "how": "add", "hidden": frozenset(), "seen": True}
    return Pair(
        seed=0, role="member", viewer=viewer, one=first, other=second, at=END, touched=frozenset(touched), **how
    )


def of(
    case: Case, touched: Collection[tuple[str, str]], *ends: Said, late: Mapping[str, timedelta] = MappingProxyType({})
) -> Pair:
    """The pair of a case, both histories of which begin alike and end so."""
    viewer, both, one, other = case
    first, second = (acts(*BEGUN, *both, *which, *ends, late=late) for which in (one, other))
    return pair(viewer, first, second, touched)


def notice(name: str, asked: Pair) -> None:
    """See that a channel, by words of its name, is noticed in a pair while it is open, and nothing while it is closed.

    Worlds are played anew for one that spoils what is written.
    """
    [channel] = [one for one in CHANNELS if name in one.name]
    closed, opened = Block(rows=channel.rows), Block(channel.opened, channel.rows)
    with canary.away():
        if channel.writing:
            with played.opened() as world:
                [before] = differences(world, asked, Count(), blocks=[closed], budget=FEW)
            with channel.opened(), played.opened() as world:
                [found] = differences(world, asked, Count(), blocks=[closed], budget=FEW)
        else:
            with played.opened() as world:
                before, found = differences(world, asked, Count(), blocks=[closed, opened], budget=FEW)
    assert [str(one) for one in before] == []
    assert [one for one in found if not one.broke]


def named(cases: Collection[str]) -> list[str]:
    """The channels whose names hold the words of a case."""
    return [one.name for one in CHANNELS if any(case in one.name for case in cases)]
