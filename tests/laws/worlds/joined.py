"""The figures of several shares as one table, and whether they are what the law wants.

`python -m tests.laws.worlds.joined FILE FILE` reads what `python -m tests.laws.worlds.law --into FILE` wrote.

It fails where shares found a difference, where too many pairs were discarded or too few touch what their viewer sees,
where a kind of fact was hidden too seldom from a role, and where some row was never asked by some role that can ask it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import conftest  # noqa: F401  settings come before whatever reads tables
from tests.laws.worlds.acting.about import KINDS_OF_FACTS
from tests.laws.worlds.acting.history import ROLES
from tests.laws.worlds.asking.plan import impossible
from tests.laws.worlds.asking.rows_beside import ROWS
from tests.laws.worlds.lawful import Report, table

#: At most so much may be discarded, at least so much must touch what the viewer sees.
DISCARDED, TOUCHING = 0.2, 0.7
#: How often each kind of fact is hidden from each role, of so many pairs.
HITS, OF = 50, 2000

Cells = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What shares of one run found. `made`, `discarded`, `touching` and `cells` count the pairs of all shares."""

    databases: dict[str, int]
    made: int
    discarded: int
    touching: int
    cells: Cells
    asked: Cells
    differences: int
    seconds: float

    @property
    def pairs(self) -> int:
        """How many were compared."""
        return sum(self.databases.values())


def keep(file: Path, database: str, report: Report) -> None:
    """Write the figures of a share down."""
    tally = report.tally
    said = {
        "databases": {database: report.pairs},
        "counts": [tally.made, tally.discarded, tally.touching],
        "cells": [[*cell, number] for cell, number in tally.cells.items()],
        "asked": [[*cell, number] for cell, number in report.count.asked.items()],
        "differences": len(report.differences),
        "seconds": report.seconds,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(said))


def read(files: Iterable[Path]) -> Figures:
    """The figures of all shares as one."""
    shares = [json.loads(file.read_text()) for file in files]
    made, discarded, touching = shares[0]["counts"]
    return Figures(
        databases=dict(sum((Counter(share["databases"]) for share in shares), Counter())),
        made=made,
        discarded=discarded,
        touching=touching,
        cells=_cells(shares[0]["cells"]),
        asked=sum((_cells(share["asked"]) for share in shares), Cells()),
        differences=sum(share["differences"] for share in shares),
        seconds=max(share["seconds"] for share in shares),
    )


def _cells(said: Sequence[tuple[str, str, int]]) -> Cells:
    return Cells({(one, other): number for one, other, number in said})


def never(asked: Cells) -> list[str]:
    """Rows that a role never asked though it can."""
    possible = [(row, role) for row in ROWS for role in ROLES if not impossible(row, role)]
    return [f"{row.name}, as {role}" for row, role in possible if not asked[row.name, role]]


def wrong(figures: Figures) -> Iterator[str]:
    """What the law wants and these figures do not have."""
    if figures.differences:
        yield f"{figures.differences} differences"
    if figures.discarded > DISCARDED * figures.made:
        yield f"{figures.discarded} of {figures.made} pairs discarded"
    if figures.touching < TOUCHING * (figures.made - figures.discarded):
        yield f"only {figures.touching} pairs touch what their viewer sees"
    least = HITS * (figures.made - figures.discarded) // OF
    rare = [(kind, role) for kind in KINDS_OF_FACTS for role in ROLES if figures.cells[kind, role] < least]
    yield from (f"{kind} hidden from {role} fewer than {least} times" for kind, role in sorted(rare))
    yield from (f"never asked: {one}" for one in never(figures.asked))


def lines(figures: Figures) -> Iterator[str]:
    """What is said of a run: the table is that of `docs/discretion.md`."""
    where = " and ".join(f"{number} on {name}" for name, number in figures.databases.items())
    share = f"{100 * figures.discarded / figures.made:.1f} %"
    seen = f"{100 * figures.touching / (figures.made - figures.discarded):.1f} %"
    fewest = min(figures.asked[row.name, role] for row in ROWS for role in ROLES if not impossible(row, role))
    yield f"{figures.pairs} pairs of worlds, {where}: {figures.differences} differences."
    yield f"Discarded {share}; touching what the viewer sees {seen}."
    yield f"{sum(figures.asked.values())} questions in {len(ROWS)} rows, each by each role at least {fewest} times."
    body = [(kind, [figures.cells[kind, role] for role in ROLES]) for kind in sorted(KINDS_OF_FACTS)]
    yield from ("", *table("hidden from", ROLES, body))


def main(words: Sequence[str]) -> int:
    """Join what the shares wrote into these files; a status for the shell."""
    figures = read(map(Path, words))
    missing = list(wrong(figures))
    sys.stdout.writelines(f"{line}\n" for line in (*lines(figures), *missing))
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
