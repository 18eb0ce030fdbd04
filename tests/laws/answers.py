"""Seats by the book: random histories of answers, lists, offers, hours, parties, a series and its doors.

They are played by the product and by a reference of plain Python (`answering.book`); after each act, what tables and
pages say is compared with it. A history after which they differ is told as short as it still differs. By itself:
`python -m tests.laws.answers --runs 10000 --seed 0`.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from time import monotonic

from entregent.common import chance
from tests import canary, conftest
from tests.laws.answering import acts, broken, compared, stage
from tests.laws.answering.acts import History
from tests.laws.answering.broken import Broken
from tests.laws.answering.compared import Outcome
from tests.laws.answering.stage import Stage
from tests.laws.worlds.lawful import ALL, Share
from tests.laws.worlds.playing import ground

#: Within how many histories a rule that was taken out has to be missed.
NOTICED = 300


def run(runs: int, seed: int, *, first: int = 0, enough: int = 3) -> Outcome:
    """Play `runs` histories, from number `first` on, keyed by `seed` and their number. Nothing stays.

    `enough` histories that differ end it.
    """
    outcome, began = Outcome(), monotonic()
    with stage.opened() as here:
        for number in range(first, first + runs):
            if len(outcome.violations) < enough:
                history = _drawn(seed, number)
                outcome.runs += 1
                if compared.differences(here, history, outcome):
                    outcome.violations.append(_told(here, f"seed {seed}, run {number}", history))
    outcome.seconds = monotonic() - began
    return outcome


def _drawn(seed: int, number: int) -> History:
    with chance.seeded(("answers", seed, number)) as draw:
        return acts.drawn(draw)


def _told(here: Stage, head: str, history: History) -> str:
    short = compared.shortest(here, history)
    return "\n  ".join([head, str(short), *compared.differences(here, short, Outcome())])


def survivors(seed: int, rules: Sequence[Broken]) -> list[str]:
    """The rules of seats that can be taken out, and no history misses them."""
    with stage.opened() as here:
        return [how.__name__ for how in rules if not _missed(here, seed, how)]


def _missed(here: Stage, seed: int, how: Broken) -> bool:
    first = broken.BROKEN[how]
    with broken.broken(how):
        tried = range(first, first + NOTICED)
        return any(compared.differences(here, _drawn(seed, number), Outcome()) for number in tried)


def main(words: list[str]) -> int:
    """Play histories on a database of their own; a status for the shell."""
    parser = ArgumentParser(prog="python -m tests.laws.answers")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=Share.read, default=ALL, help="which of the histories and rules, as 0/2")
    parser.add_argument("--every", type=int, default=1, help="one rule of so many; which, the seed says")
    parser.add_argument("--only", type=int, help="one history alone, by its number in such a run")
    wanted = parser.parse_args(words)
    runs = wanted.share.among(wanted.runs)
    rules: Sequence[Broken] = wanted.share.deal([*broken.BROKEN], wanted.every, wanted.seed)
    if wanted.only is not None:
        runs, rules = range(wanted.only, wanted.only + 1), ()
    with ground.prepared(), canary.away():
        outcome, alive = run(len(runs), wanted.seed, first=runs.start), survivors(wanted.seed, rules)
    noticed = f"{len(rules) - len(alive)} of {len(rules)} rules missed that were taken out"
    told = [f"{conftest.DATABASE}, seed {wanted.seed}: {outcome}", noticed, *alive, *outcome.violations]
    sys.stdout.write("\n".join(told) + "\n")
    return bool(outcome.violations or alive)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
