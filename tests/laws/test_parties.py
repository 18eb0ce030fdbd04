"""Who comes with whom and chooses what: what is told of an evening is what the oracle counts, on random histories."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from entregent.common import chance, clock
from entregent.meetups import declassified, queries
from tests.laws.worlds.acting.acts import TIME, Act
from tests.laws.worlds.acting.pen import END
from tests.laws.worlds.knowing import coming, record
from tests.laws.worlds.knowing.oracle import Oracle
from tests.laws.worlds.playing import played

#: When it all begins, and the evening; how much happens, and who is there.
BEGIN = END - timedelta(days=6)
STARTS = END + timedelta(hours=1)
LONG = 45
CROWD = tuple(f"rose{number}" for number in range(10))
ASKED = (("vin", ("oui", "non")), ("route", ("bus", "pied", "auto")))
SEEDS = range(2, 5)


def history(seed: int) -> Iterator[Act]:
    """An evening with few seats, to which people come alone or with others, over and over."""
    with chance.seeded(("parties", seed)) as draw:
        left = (END - BEGIN).total_seconds()
        moments = sorted(BEGIN + timedelta(seconds=left * draw.random() ** 0.5) for _ in range(LONG))
        for number, handle in enumerate(("alice", *CROWD)):
            yield act(f"enter{number}", number - 60, handle, "enter", domain="", language="fr")
        yield act("home", -30, "alice", "found", name="Les gens du web", entry="open")
        said = {"title": "Apéro", "place": "Chez Zélie", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=3)}
        said |= {"capacity": draw.choice([4, 9, 12]), "guests": 2, "questions": ASKED, "audience": "everyone"}
        yield act("evening", -20, "alice", "announce", community="home", **said)
        for number, at in enumerate(moments):
            who, word, told = happening(draw)
            yield Act(f"{number}", at, who, word, MappingProxyType(told))


def happening(draw: Any) -> tuple[str, str, dict[str, Any]]:
    """Somebody answers, most often; the organiser changes something, or time passes."""
    dice = draw.random()
    if dice < 0.08:
        return TIME, "tick", {}
    if dice < 0.16:
        said = {"capacity": draw.choice([5, 9, 14, None]), "guests": draw.choice([1, 2, 3])}
        name = draw.choice(sorted(said))
        return "alice", "edit", {"evening": "evening", name: said[name]}
    who, said = draw.choice(CROWD), {"evening": "evening"}
    if dice < 0.26:
        return who, "answer", {**said, "answer": "not_going"}
    picks = {"picks": (draw.choice([0, 1]), draw.choice([0, 1, 2, None]))} if draw.random() < 0.9 else {}
    guests = {"guests": draw.choice([0, 0, 0, 1, 2, 3])} if draw.random() < 0.8 else {}
    return who, "answer", {**said, "audience": "organisers", "discreet": False, **guests, **picks}


def act(key: str, minutes: int, who: str, word: str, **said: Any) -> Act:
    """Something that is done before anybody answers."""
    return Act(key, BEGIN + timedelta(minutes=minutes), who, word, MappingProxyType(said))


def counted(oracle: Oracle, at: datetime) -> dict[str, Any]:
    """What may be told of the evening at a moment, by the oracle."""
    oracle.world.now, world = at, oracle.world
    evening = world.of("evening")["evening"]
    answers = coming.answers_to(world, "evening")
    people = {said: sum(coming.party(one) for one in answers if one.said["answer"] == said) for said in coming.HOPEFUL}
    waiting = [one.owner for one in coming.queue(world, "evening")]
    reach = {who: coming.within_reach(world, evening, who) for who in waiting}
    return {
        "D1": (record._state(world, evening), evening.said["capacity"], coming.room(world, evening)),
        "D2": {who: (waiting.index(who) + 1, reach[who]) for who in waiting},
        "D5": (people["going"], people["waiting"] + people["offered"], coming.shares(world, evening)),
    }


def told(world: played.Played, handles: tuple[str, ...]) -> dict[str, Any]:
    """The same, by the product."""
    code, alice = world.things["evening"].code, world.cast["alice"]
    one = queries.evening(alice, code)
    seats = declassified.seats(alice, code)
    shares = [[share for _choice, share in choices] for _text, choices in declassified.shares(alice, code)]
    read = {who: queries.evening(world.cast[who], code) for who in handles}
    waiting = {who: each for who, each in read.items() if each.my_answer == "waiting"}
    assert len(seats.lines) == seats.coming
    return {
        "D1": (one.state, one.capacity, one.room),
        "D2": {who: (each.my_place_in_queue, each.within_reach) for who, each in waiting.items()},
        "D5": (seats.coming, seats.waiting, [None if None in each else tuple(each) for each in shares]),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_of_parties_is_what_the_oracle_counts(seed: int) -> None:
    oracle = Oracle()
    with played.opened() as world:
        for each in history(seed):
            expected = oracle.do(each)
            played.play(world, each)
            assert (each, world.outcomes[each.key]) == (each, expected)
            if "evening" in world.things and each.do != "announce":
                with clock.at(each.at):
                    answered = tuple(one.owner for one in coming.answers_to(oracle.world, "evening"))
                    assert (each, told(world, answered)) == (each, counted(oracle, each.at))


def test_these_histories_reach_what_parties_can_come_to() -> None:
    outcomes, rooms, reaches, shares = set(), set(), set(), set()
    for seed in SEEDS:
        oracle = Oracle()
        for each in history(seed):
            outcomes.add((each.do, oracle.do(each)))
            if "evening" in oracle.world.of("evening"):
                said = counted(oracle, each.at)
                rooms.add(said["D1"][2])
                reaches |= {reach for _place, reach in said["D2"].values()}
                shares |= {type(one) for one in said["D5"][2]}
    assert outcomes >= {("answer", "done"), ("answer", "Refused"), ("answer", "Invalid"), ("edit", "Invalid")}
    assert (rooms >= {None, 0, 1, 2, 3}, reaches >= {0, 1, 2}, shares) == (True, True, {tuple, type(None)})
