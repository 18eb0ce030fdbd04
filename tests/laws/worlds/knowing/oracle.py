"""The oracle: replays acts into what somebody may know, from the words of `docs/discretion.md` alone.

It shares no code with the product. `standing` says who may see a fact, `record` what a viewer's record is, and the
modules beside it what each act leaves behind.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.laws.worlds.acting.acts import OPERATOR, TIME, Act
from tests.laws.worlds.knowing import (
    admitting,
    belonging,
    carding,
    coming,
    keeping,
    picturing,
    recurring,
    relaying,
    remembering,
    reporting,
    saying,
    sharing,
)
from tests.laws.worlds.knowing.record import record_of
from tests.laws.worlds.knowing.standing import NotFound, Sight, Undone, World


def tick(world: World, _act: Act) -> None:
    """The worker does what is due; what it computes for itself is nobody's fact."""
    belonging.give_claimed(world)
    coming.end_offers(world)
    coming.refresh_bands(world)
    coming.forget_listed(world)
    remembering.forget_for_good(world)
    remembering.remind(world)
    relaying.relay(world)
    carding.pass_time(world)
    keeping.ask_again(world)


WORDS: Mapping[str, Callable[[World, Act], None]] = {
    **belonging.WORDS,
    **saying.WORDS,
    **coming.WORDS,
    **recurring.WORDS,
    **sharing.WORDS,
    **admitting.WORDS,
    **picturing.WORDS,
    **remembering.WORDS,
    **keeping.WORDS,
    **reporting.WORDS,
    **relaying.WORDS,
    **carding.WORDS,
    "tick": tick,
}


#: What somebody can do whom nobody knows yet.
BEGINNINGS = {"enter", "answer_as_guest", "arrive_as_guest", "leave_card"}


class Oracle:
    """A world, act by act."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.world = World()
        self.outcomes: dict[str, str] = {}
        self.done: list[Act] = []
        for act in acts:
            self.do(act)

    def do(self, act: Act) -> str:
        """What comes of an act: "done", or the name of the error that the product must raise; then nothing changes."""
        self.world.now = act.at.astimezone(UTC)
        try:
            if act.who not in self.world.people and act.do not in BEGINNINGS and act.who not in {OPERATOR, TIME}:
                raise NotFound
            WORDS[act.do](self.world, act)
        except Undone as undone:
            outcome = type(undone).__name__
        else:
            outcome = "done"
        self.outcomes[act.key] = outcome
        self.done.append(act)
        return outcome

    def copied(self) -> Iterator["Oracle"]:
        """Oracles that know as much as this one does now, what came of each act aside."""
        held = pickle.dumps(self.world, pickle.HIGHEST_PROTOCOL)
        while True:
            other = Oracle()
            other.world = pickle.loads(held)
            yield other

    def record(self, viewer: str, at: datetime) -> frozenset[Any]:
        """The record of somebody ("" is the anonymous visitor) at a moment not before the last act."""
        self.world.now = at.astimezone(UTC)
        return record_of(self.world, viewer)

    def sight(self, viewer: str, at: datetime) -> Sight:
        """What the policy lets somebody see at a moment."""
        self.world.now = at.astimezone(UTC)
        return Sight(self.world, viewer)
