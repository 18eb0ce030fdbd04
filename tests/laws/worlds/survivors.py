"""What the law would not notice: the policy with one condition changed, and channels opened one at a time.

`python -m tests.laws.worlds.survivors --share 0/2` tries every second one. A mutant is caught where the two worlds of a
pair differ with it and do not without it, or where somebody sees what the record does not give them, or misses what it
gives; each has so many pairs to be caught in.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from entregent.common import clock
from entregent.discretion import policy
from tests import canary
from tests.discretion import mutants
from tests.laws.worlds import ground, lawful, played, shown
from tests.laws.worlds.channels import CHANNELS, put
from tests.laws.worlds.compared import Block, Count, Difference, differences
from tests.laws.worlds.pairs import Pair, Tally, pairs
from tests.laws.worlds.plan import Budget
from tests.laws.worlds.played import Played

Tell = Callable[[str], object]
#: In how many pairs a mutant is looked for, and how many of them are tried beside each other on one pair.
PAIRS, BESIDE = 200, 8
#: Every page about what is touched, few forms: mutants are many.
FEW = Budget(pages=12, forms=2, rest=0)

#: Mutants that change nothing anybody can obtain, and why.
EQUIVALENT = {
    "policy: blocked: _any(_sql('s.person_id = %s', self.me), self.stands_in('s.circle_id')) without "
    "self.stands_in('s.circle_id')": "nothing that people can do blocks a circle",
    "policy: passes: _any(self.crossed(), _all(self.viewer_declared(), self.owner_declared())) without "
    "self.crossed()": "nothing that people can do crosses cards yet",
    "policy: owner_declared: _all(theirs, self._lasts('d.until')) without self._lasts('d.until')": (
        "an answer to where one works holds until it is taken back"
    ),
}


@dataclass(slots=True)
class Mutant:
    """Something spoilt while `opened` lasts. `tried` counts pairs, `caught` says by what it was noticed."""

    name: str
    opened: Callable[[], AbstractContextManager[object]]
    writing: bool = False
    tried: int = 0
    caught: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of the mutants that were tried."""

    mutants: list[Mutant] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def survivors(self) -> list[Mutant]:
        """Those that nothing noticed, and that are not known to change nothing."""
        return [one for one in self.mutants if not one.caught and one.name not in EQUIVALENT]


def everyone() -> list[Mutant]:
    """All mutants, in an order that mixes them."""
    conditions = [
        Mutant(f"policy: {name}", partial(put, policy.Condition, "terms", terms))
        for name, terms in mutants.mutants().items()
    ]
    opened = [Mutant(f"channel: {one.name}", one.opened, one.writing) for one in CHANNELS]
    return conditions + opened


def run(chosen: Sequence[Mutant], seed: int, *, limit: int = PAIRS, tell: Tell = lambda _said: None) -> Outcome:
    """Look for each of `chosen` in at most `limit` pairs."""
    began = time.perf_counter()
    reading = [one for one in chosen if not one.writing and one.name not in EQUIVALENT]
    with canary.away():
        for first in range(0, len(reading), BESIDE):
            _read(reading[first : first + BESIDE], seed, limit, tell)
        for one in chosen:
            if one.writing:
                _written(one, seed, limit, tell)
    return Outcome([*chosen], time.perf_counter() - began)


def _read(some: Sequence[Mutant], seed: int, limit: int, tell: Tell) -> None:
    """Mutants that spoil what is read: tried on worlds that were played once."""
    for world, (_place, pair) in lawful.on_stage(_numbered(seed, limit)):
        alive = [one for one in some if not one.caught]
        if not alive:
            return
        blocks: list[Block] = [nullcontext, *(one.opened for one in alive)]
        lawfully, *spoilt = differences(world, pair, Count(), blocks=blocks, budget=FEW)
        for one, found in zip(alive, spoilt, strict=True):
            with one.opened():
                _judge(one, lawfully, found, _misseen(world, pair), tell)


def _written(one: Mutant, seed: int, limit: int, tell: Tell) -> None:
    """A mutant that spoils what is written: worlds are played with it, and once more without it where they differ."""
    for _place, pair in _numbered(seed, limit):
        with one.opened(), played.opened() as world:
            found = differences(world, pair, Count(), budget=FEW)[0]
            seen = _misseen(world, pair)
        lawfully: list[Difference] = []
        if found:
            with played.opened() as world:
                lawfully = differences(world, pair, Count(), budget=FEW)[0]
        _judge(one, lawfully, found, seen, tell)
        if one.caught:
            return


def _judge(one: Mutant, lawfully: list[Difference], found: list[Difference], seen: str, tell: Tell) -> None:
    one.tried += 1
    before = {(each.row, each.what) for each in lawfully}
    told = [each for each in found if not each.broke and (each.row, each.what) not in before]
    one.caught = f"the two worlds: {told[0].row}" if told else seen
    if one.caught:
        tell(f"{one.name}: after {one.tried} by {one.caught}")


def _misseen(world: Played, pair: Pair) -> str:
    """Who sees what the record does not give, or misses what it gives, in the world that is on stage."""
    with clock.at(pair.at):
        handle = shown.astray(world, pair.at)
    return "" if handle is None else "the record"


def _numbered(seed: int, limit: int) -> Iterable[tuple[int, Pair]]:
    return enumerate(islice(pairs(seed, Tally()), limit))


def lines(outcome: Outcome) -> Iterator[str]:
    """What is said of a run."""
    found = outcome.mutants
    worlds = sum(one.caught.startswith("the two") for one in found)
    record = sum(one.caught == "the record" for one in found)
    equal = sum(not one.caught and one.name in EQUIVALENT for one in found)
    yield f"{len(found)} mutants: {worlds} caught by the two worlds, {record} by the record alone, {equal} equivalent"
    yield f"{len(outcome.survivors)} survive; {outcome.seconds:.0f} s"
    yield from (f"  survives {one.tried} pairs: {one.name}" for one in outcome.survivors)
    yield from (f"  equivalent: {name} ({why})" for name, why in EQUIVALENT.items())


def shared(said: str) -> list[Mutant]:
    """Those of a share such as `0/2`: the first of every two."""
    which, _, of = said.partition("/")
    return everyone()[int(which) :: int(of)]


def main() -> None:
    """Look for the mutants of a share."""
    parser = argparse.ArgumentParser(prog="python -m tests.laws.worlds.survivors", description=__doc__)
    parser.add_argument("--share", default="0/1", help="which of the mutants, as 0/2")
    parser.add_argument("--only", default="", help="those whose name holds these words")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="in how many pairs each is looked for")
    parser.add_argument("--seed", type=int, default=0, help="where the histories begin")
    said = parser.parse_args()
    chosen = [one for one in shared(said.share) if said.only in one.name]
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
