"""Storms of two hundred people over fifty evenings, one after the other, on one installation.

By itself: `python -m tests.laws.storm --runs 20`.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests import conftest, installation
from tests.storms import storm


def main(words: list[str]) -> int:
    """Have storms, each on evenings of its own; a status for the shell."""
    parser = ArgumentParser(prog="python -m tests.laws.storm")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--people", type=int, default=storm.FULL.people)
    parser.add_argument("--evenings", type=int, default=storm.FULL.evenings)
    parser.add_argument("--without", nargs="*", default=[], help="guards that are taken out: lock, constraint")
    wanted = parser.parse_args(words)
    size = storm.Size(wanted.people, wanted.people * 3 // 5, wanted.evenings, storm.FULL.visits)
    return _storms(wanted.runs, size, wanted.without)


def _storms(runs: int, size: storm.Size, without: list[str]) -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as home, installation.database(os.environ.get("ENTREGENT_DATABASE_URL")) as own:
        here = installation.Installation(Path(home) / "home", own, installation.free_port())
        with storm.served(here, *without) as url:
            for run in range(runs):
                outcome = storm.once(here, url, size)
                wrong += len(outcome.wrong)
                said = [f"{conftest.DATABASE}, storm {run}, {size.people} people, {size.evenings} evenings: {outcome}"]
                sys.stdout.write("\n  ".join([*said, *outcome.wrong[:20]]) + "\n")
                sys.stdout.flush()
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
