"""What the law would not notice: the policy with one condition changed, and channels opened one at a time.

`python -m tests.laws.worlds.survivors --share 0/2` tries every second one. A mutant is caught where somebody sees what
the record does not give them, or misses what it gives, or where the two worlds of a pair differ with it and do not
without it; each has so many pairs to be caught in.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from entregent.discretion import policy
from tests import canary, conftest  # noqa: F401  settings come before whatever reads tables
from tests.discretion import mutants
from tests.laws.worlds import (
    channels_cards,
    channels_evenings,
    channels_kept,
    channels_morning,
    channels_words,
    lawful,
)
from tests.laws.worlds.acting.pairs import Pair, Tally, pairs
from tests.laws.worlds.asking.compared import Block, Count, Difference, differences
from tests.laws.worlds.asking.plan import Budget
from tests.laws.worlds.channels import CHANNELS, put
from tests.laws.worlds.lawful import Share
from tests.laws.worlds.playing import ground, played, shown
from tests.laws.worlds.playing.played import Played

Tell = Callable[[str], object]
#: Importing them puts their channels among the channels.
OPENED = (channels_evenings, channels_kept, channels_morning, channels_words, channels_cards)
#: In how many pairs a mutant is looked for, and among how many times as many the pairs are that it is tried on.
PAIRS, AMONG = 200, 10
RECORD = "the record"
#: What the law itself asks about what is touched: mutants are many.
FEW = Budget(touching=None, further=0, rest=0)

#: Mutants that change nothing anybody can obtain, and why.
EQUIVALENT = {
    "policy: owner_declared: all_of(theirs, self._lasts('d.until')) without self._lasts('d.until')": (
        "an answer to where one works holds until it is taken back"
    ),
}


@dataclass(slots=True)
class Mutant:
    """Something spoilt within a block: tried on pairs that hide one of `kinds`, on all where there are none.

    `tried` counts pairs, `caught` says by what it was noticed, `judging` that it decides who sees a fact. `broken` is
    the error of a channel that tells nothing, since it only breaks what it should open.
    """

    name: str
    block: Block
    kinds: frozenset[str] = frozenset()
    writing: bool = False
    judging: bool = False
    tried: int = 0
    caught: str = ""
    broken: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of the mutants that were tried."""

    mutants: list[Mutant] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def survivors(self) -> list[Mutant]:
        """Those that nothing noticed, and that are not known to change nothing; and those that only break."""
        return [one for one in self.mutants if one.broken or not (one.caught or one.name in EQUIVALENT)]


def everyone() -> list[Mutant]:
    """All mutants: those of the policy, which judge otherwise who sees a fact, then the channels."""
    conditions = [
        Mutant(f"policy: {name}", Block(partial(put, policy.Condition, "terms", terms)), judging=True)
        for name, terms in mutants.mutants().items()
    ]
    opened = [Mutant(f"channel: {one.name}", Block(one.opened, one.rows), one.kinds, one.writing) for one in CHANNELS]
    return conditions + opened


def run(chosen: Sequence[Mutant], seed: int, *, limit: int = PAIRS, tell: Tell = lambda _said: None) -> Outcome:
    """Look for each of `chosen` in at most `limit` pairs that hide what it would let out."""
    began = time.perf_counter()
    with canary.away():
        _read([one for one in chosen if not one.writing and one.name not in EQUIVALENT], seed, limit, tell)
        for one in chosen:
            if one.writing:
                _written(one, seed, limit, tell)
    return Outcome([*chosen], time.perf_counter() - began)


def _hiding(some: Sequence[Mutant], seed: int, limit: int) -> Iterator[tuple[int, Pair]]:
    """Pairs, with their numbers, as long as one of `some` waits for such a pair."""
    for numbered in enumerate(islice(pairs(seed, Tally()), AMONG * limit)):
        if any(_waits(one, numbered[1], limit) for one in some):
            yield numbered
        if not any(_alive(one, limit) for one in some):
            return


def _alive(one: Mutant, limit: int) -> bool:
    return not one.caught and one.tried < limit


def _waits(one: Mutant, pair: Pair, limit: int) -> bool:
    return _alive(one, limit) and (not one.kinds or not one.kinds.isdisjoint(pair.hidden))


def _read(some: Sequence[Mutant], seed: int, limit: int, tell: Tell) -> None:
    """Mutants that spoil what is read: tried on worlds that were played once.

    Pages are asked for with a policy that is spoilt only where somebody sees what they should not, or misses it.
    """
    for world, (_place, pair) in lawful.on_stage(_hiding(some, seed, limit)):
        alive = [one for one in some if _waits(one, pair, limit)]
        world.become([act for act in pair.one if act.at <= pair.at])
        astray = {one.name for one in alive if one.judging and _astray(one, world, pair.at)}
        asked = [one for one in alive if not one.judging or one.name in astray]
        found = differences(world, pair, Count(), blocks=[one.block for one in asked], budget=FEW) if asked else []
        for one in alive:
            one.tried += 1
        _judge(world, pair, dict(zip((one.name for one in asked), found, strict=True)), asked, tell)
        for one in asked:
            if one.name in astray and not one.caught:
                _caught(one, RECORD, tell)


def _astray(one: Mutant, world: Played, at: datetime) -> bool:
    """Whether somebody sees with a mutant what the record does not give them, or misses what it gives."""
    with one.block.opened():
        return shown.astray(world, at) is not None


def _written(one: Mutant, seed: int, limit: int, tell: Tell) -> None:
    """A mutant that spoils what is written: worlds are played with it."""
    for _place, pair in _hiding([one], seed, limit):
        one.tried += 1
        with one.block.opened(), played.opened() as world:
            [found] = differences(world, pair, Count(), blocks=[Block(rows=one.block.rows)], budget=FEW)
        if found:
            with played.opened() as world:
                _judge(world, pair, {one.name: found}, [one], tell)
        if not one.caught and any(each.row == RECORD for each in found):
            _caught(one, RECORD, tell)


def _judge(
    world: Played, pair: Pair, found: Mapping[str, list[Difference]], some: Iterable[Mutant], tell: Tell
) -> None:
    """Those of `some` are caught whose worlds differ where the same worlds do not differ without them."""
    unlike = {name: [one for one in differing if one.row != RECORD] for name, differing in found.items()}
    if not any(unlike.values()):
        return
    [lawfully] = differences(world, pair, Count(), budget=FEW)
    before = {(each.row, each.what) for each in lawfully}
    for one in some:
        told = [each for each in unlike[one.name] if (each.row, each.what) not in before]
        opened = [each for each in told if not each.broke]
        if opened:
            _caught(one, f"the two worlds: {opened[0].row}", tell)
        elif told and not one.judging:
            one.broken = str(told[0])


def _caught(one: Mutant, by: str, tell: Tell) -> None:
    one.caught = by
    tell(f"{one.name}: after {one.tried} by {by}")


def lines(outcome: Outcome) -> Iterator[str]:
    """What is said of a run."""
    found = outcome.mutants
    worlds = sum(one.caught.startswith("the two") for one in found)
    record = sum(one.caught == RECORD for one in found)
    equal = sum(not one.caught and one.name in EQUIVALENT for one in found)
    yield f"{len(found)} mutants: {worlds} caught by the two worlds, {record} by the record alone, {equal} equivalent"
    yield f"{len(outcome.survivors)} survive; {outcome.seconds:.0f} s"
    yield from (f"  survives {one.tried} pairs: {one.name}\n{one.broken}".rstrip() for one in outcome.survivors)
    tried = {one.name for one in found}
    yield from (f"  equivalent: {name} ({why})" for name, why in EQUIVALENT.items() if name in tried)


def main() -> None:
    """Look for the mutants of a share."""
    gc.freeze()
    parser = argparse.ArgumentParser(prog="python -m tests.laws.worlds.survivors", description=__doc__)
    parser.add_argument("--share", type=Share.read, default=lawful.ALL, help="which of the mutants, as 0/2")
    parser.add_argument("--every", type=int, default=1, help="one mutant of so many; which, the seed says")
    parser.add_argument("--only", default="", help="those whose name holds these words")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="in how many pairs each is looked for")
    parser.add_argument("--seed", type=int, default=0, help="where the histories begin")
    said = parser.parse_args()
    named = [one for one in everyone() if said.only in one.name]
    chosen = said.share.deal(named, said.every, said.seed)
    with ground.prepared() as database:
        outcome = run(chosen, said.seed, limit=said.pairs, tell=_told)
    sys.stdout.write(f"On {database}, seed {said.seed}.\n")
    sys.stdout.writelines(f"{line}\n" for line in lines(outcome))
    sys.exit(bool(outcome.survivors))


def _told(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
