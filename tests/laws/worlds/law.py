"""The law of two worlds on many pairs, from the command line: `python -m tests.laws.worlds.law --pairs 300 --seed 0`.

It fails on any difference. `--into` keeps the figures, for `python -m tests.laws.worlds.joined`.
"""

import argparse
import gc
import sys
from pathlib import Path

from tests import canary, conftest  # noqa: F401  settings come before whatever reads tables
from tests.laws.worlds import joined, lawful
from tests.laws.worlds.playing import ground


def main() -> None:
    """Compare a share of as many pairs as were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.laws.worlds.law", description=__doc__)
    parser.add_argument("--pairs", type=int, default=300, help="how many pairs of worlds")
    parser.add_argument("--seed", type=int, default=0, help="where the histories begin")
    parser.add_argument("--share", type=lawful.Share.read, default=lawful.ALL, help="which of the histories, as 0/2")
    parser.add_argument("--only", type=int, default=None, help="one pair alone, by its number in such a run")
    parser.add_argument("--into", type=Path, help="a file for the figures")
    said = parser.parse_args()
    gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
    with ground.prepared() as database, canary.away():
        report = lawful.run(said.pairs, said.seed, share=said.share, only=said.only, tell=_said)
    sys.stdout.write(f"On {database}, seed {said.seed}.\n")
    sys.stdout.writelines(f"{line}\n" for line in lawful.lines(report))
    if said.into:
        joined.keep(said.into, database, report)
    sys.exit(bool(report.differences))


def _said(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
