"""Proposals about evenings that recur."""

from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal
from tests.laws.worlds.knowing.coming import local, taken
from tests.laws.worlds.knowing.recurring import falls_on
from tests.laws.worlds.knowing.standing import Fact


@proposal
def announce_series(pen: Pen) -> Proposal:
    """Often one of which some evenings are over and some to come when the history ends."""
    who = pen.who()
    community = pen.community(who).key
    every = pen.pick(["week", "fortnight", "fortnight", "nth", "last"])
    starts_at = pen.at + timedelta(days=pen.draw.randint(3, 20), minutes=pen.draw.randint(0, 600))
    while falls_on(every, local(starts_at), 1) != [local(starts_at)] or (every == "nth" and local(starts_at).day > 28):
        starts_at += timedelta(days=1)
    said: dict[str, Any] = {"title": pen.text().title(), "place": pen.word(3).title()}
    said |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    said |= {"audience": pen.pick(["everyone", "everyone", "community"]), "capacity": pen.pick([None, 1, 2])}
    return who, {"community": community, **said, "every": every, "times": pen.draw.randint(2, 5)}


@proposal
def edit_following(pen: Pen) -> Proposal:
    evening = _recurring(pen)
    said: dict[str, Any] = {"title": pen.text().title(), "place": pen.word(3).title()}
    said |= {"capacity": pen.pick([None, taken(pen.world, evening.key) + 1, 4]), "shows_band": pen.chance(0.5)}
    said |= {"audience": pen.pick(["everyone", "community"])}
    kept = pen.draw.sample(sorted(said), 2)
    told = {name: said[name] for name in kept}
    return evening.owner, {"evening": evening.key, **told, "everywhere": pen.chance(0.3)}


@proposal
def end_series(pen: Pen) -> Proposal:
    evening = _recurring(pen)
    return evening.owner, {"evening": evening.key}


def _recurring(pen: Pen) -> Fact:
    """An evening of a series that somebody may change."""
    for _ in range(6):
        evening = pen.own("evening")
        if "series" in evening.said:
            return evening
    raise Stuck
