"""Runs the law over pairs, and says what was compared."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import NamedTuple, TypeVar

from tests import conftest  # noqa: F401  settings come before whatever reads tables
from tests.laws.worlds.acting.pairs import Pair, Tally, pairs
from tests.laws.worlds.asking.compared import Count, Difference, differences
from tests.laws.worlds.asking.plan import WHOLE, Budget
from tests.laws.worlds.asking.rows_beside import ROWS
from tests.laws.worlds.playing import played, shown
from tests.laws.worlds.playing.played import Played

Tell = Callable[[str], object]
T = TypeVar("T")


class Share(NamedTuple):
    """Those histories, or mutants, whose number divided by `of` leaves `first` or more, and less than `beyond`."""

    first: int
    beyond: int
    of: int

    @classmethod
    def read(cls, said: str) -> "Share":
        """As it is typed: `0/2` is the first of every two, `0-2/5` the first three of every five."""
        which, _, of = said.partition("/")
        first, _, last = which.partition("-")
        return cls(int(first), int(last or first) + 1, int(of))

    def holds(self, number: int) -> bool:
        """Whether it is one of them."""
        return self.first <= number % self.of < self.beyond

    def deal(self, some: Sequence[T], every: int = 1, turn: int = 0) -> list[T]:
        """Those of `some` that come to it, or of so many parts of these the one whose turn it is."""
        return [one for at, one in enumerate(some) if self.holds(at) and at // self.of % every == turn % every]

    def among(self, number: int) -> range:
        """Which of so many come to it where each share takes its part in one piece."""
        return range(number * self.first // self.of, number * self.beyond // self.of)


ALL = Share(0, 1, 1)
#: How many differences are said in full, and after how many pairs one hears how far it is.
SHOWN, TOLD = 25, 100


@dataclass(slots=True)
class Report:
    """What a run compared, and what it found."""

    pairs: int = 0
    tally: Tally = field(default_factory=Tally)
    count: Count = field(default_factory=Count)
    roles: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[int, Difference]] = field(default_factory=list)
    seconds: float = 0.0


def run(
    number: int,
    seed: int,
    *,
    share: Share = ALL,
    only: int | None = None,
    budget: Budget = WHOLE,
    tell: Tell = lambda _said: None,
) -> Report:
    """Compare a share of so many pairs, from a seed on; or one of them alone. Differences are told as they are found.

    The tally counts all of the pairs, whatever the share.
    """
    report, began = Report(), time.perf_counter()
    numbered = enumerate(islice(pairs(seed, report.tally), number if only is None else only + 1))
    chosen = (one for one in numbered if only == one[0] or (only is None and share.holds(one[1].seed)))
    for world, (place, pair) in on_stage(chosen):
        report.pairs += 1
        report.roles[pair.role] += 1
        for one in (*differences(world, pair, report.count, budget=budget)[0], *astray(world, pair)):
            report.differences.append((place, one))
            tell(f"pair {place}: {one}")
        if report.pairs % TOLD == 0:
            tell(f"{report.pairs} pairs, {time.perf_counter() - began:.0f} s")
    report.seconds = time.perf_counter() - began
    return report


def astray(world: Played, pair: Pair) -> Iterator[Difference]:
    """Whoever sees others' facts than the record gives them, in the world of a pair that is on stage."""
    handle = shown.astray(world, pair.at)
    if handle is not None:
        yield Difference(pair, "the record", f"what {handle or 'a visitor'} sees", ())


def on_stage(numbered: Iterable[tuple[int, Pair]]) -> Iterator[tuple[Played, tuple[int, Pair]]]:
    """Each pair with a world to play it in: one for all pairs of a history."""
    for _, same in groupby(numbered, key=lambda one: one[1].seed):
        with played.opened() as world:
            for one in same:
                yield world, one


def found(report: Report) -> Iterator[str]:
    """The first differences, in full."""
    yield from (f"pair {place}: {difference}" for place, difference in report.differences[:SHOWN])


def lines(report: Report) -> Iterator[str]:
    """What is said of a run."""
    kinds = Counter(difference.row for _, difference in report.differences)
    yield from (f"{number:6} differences in {row}" for row, number in kinds.most_common())
    yield from summary(report)
    yield from cells(report.tally)


def summary(report: Report) -> Iterator[str]:
    """The figures of a run."""
    tally, asked = report.tally, sum(report.count.asked.values())
    each = 1000 * report.seconds / max(report.pairs, 1)
    yield f"{report.pairs} pairs, {len(report.differences)} differences"
    yield f"discarded {_share(tally.discarded, tally.made)}"
    yield f"touching what V sees {_share(tally.touching, report.pairs)}"
    yield f"{asked} questions in {len({row for row, _ in report.count.asked})} of {len(ROWS)} rows"
    yield f"{report.count.statements} statements in the first worlds; {report.seconds:.0f} s, {each:.0f} ms for a pair"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


def cells(tally: Tally) -> Iterator[str]:
    """How many pairs hide each kind of fact from each role."""
    kinds = sorted({kind for kind, _ in tally.cells})
    roles = sorted({role for _, role in tally.cells})
    yield from table("hidden", roles, [(kind, [tally.cells[kind, role] for role in roles]) for kind in kinds])
    if tally.cells:
        yield f"fewest in a cell: {min(tally.cells.values())}"


def table(head: str, columns: Sequence[str], body: Sequence[tuple[str, Sequence[int]]]) -> Iterator[str]:
    """A table of Markdown."""
    yield f"| {head} | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for name, numbers in body:
        yield f"| {name} | {' | '.join(map(str, numbers))} |"
