"""Revocation, block and change of employer hold in the next request: random histories of real acts.

In each run a town goes its own way by a few acts; after each, whoever it concerns asks for pages in the browser that
they had open before, and what they obtain is compared with `revoked.model`. By itself:
`python -m tests.laws.next_request --runs 1000 --seed 0`.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import groupby
from time import monotonic

from django.db import transaction
from django.test.utils import setup_test_environment, teardown_test_environment

from entregent.common import chance, clock, errors
from tests import canary, conftest
from tests.laws.revoked import asked, broken, drawn, model, town
from tests.laws.revoked.broken import Broken
from tests.laws.revoked.model import NOBODY
from tests.laws.revoked.obtained import Check
from tests.laws.revoked.scene import Scene
from tests.laws.worlds.lawful import ALL, Share
from tests.laws.worlds.playing import ground

#: Acts of a run; how many runs begin in one town; how many viewers ask after an act, and for how many pages.
ACTS, TOWN, VIEWERS, PAGES = 10, 40, 2, 1
#: How often it is somebody whom the act names who asks for any page.
CONCERNED = 0.6
#: How many times as often the acts come by which something broken would show.
OFTEN = 8
#: Within how many histories a stale answer has to be noticed.
NOTICED = 120

Within = Callable[[], AbstractContextManager[None]]


@dataclass
class Outcome:
    """What runs found.

    `refused` counts acts that the product refused; `opened` and `closed` those after which somebody sees more, or less.
    """

    runs: int = 0
    acts: int = 0
    refused: int = 0
    opened: int = 0
    closed: int = 0
    checks: int = 0
    seconds: float = 0.0
    pages: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counted = ("runs", "acts", "refused", "opened", "closed", "checks")
        told = ", ".join(f"{getattr(self, name)} {name}" for name in counted)
        return f"{told}, {len(self.violations)} violations, {self.seconds:.0f} s"


def run(
    runs: int,
    seed: int,
    *,
    first: int = 0,
    enough: int = 10,
    within: Within = nullcontext,
    often: Collection[drawn.Act] = (),
) -> Outcome:
    """Play `runs` histories, from number `first` on, keyed by `seed` and their number. Nothing stays.

    Browsers are opened before, and histories are played `within` a block; `enough` violations end it. The
    acts that are drawn `often` come several times as often as otherwise.
    """
    outcome, began = Outcome(), monotonic()
    for town_number, numbers in groupby(range(first, first + runs), lambda number: number // TOWN):
        with transaction.atomic():
            with chance.seeded(("town", seed, town_number)) as draw:
                home = replace(town.built(draw), often=often)
            for number in numbers:
                if len(outcome.violations) < enough:
                    with within():
                        _play(home, (seed, number), outcome)
            transaction.set_rollback(True)
        if len(outcome.violations) >= enough:
            break
    outcome.seconds = monotonic() - began
    return outcome


def _play(home: Scene, key: tuple[int, int], outcome: Outcome) -> None:
    """One history, until something is wrong."""
    told: list[str] = []
    with chance.seeded(("run", *key)) as draw, transaction.atomic():
        scene = home.again(draw)
        outcome.runs += 1
        for _ in range(ACTS):
            wrong = [*_step(scene, told, outcome)]
            if wrong:
                outcome.violations.append("\n  ".join([f"seed {key[0]}, run {key[1]}", *told, *wrong]))
                break
        transaction.set_rollback(True)


def _step(scene: Scene, told: list[str], outcome: Outcome) -> Iterator[str]:
    before, alive = model.shown(scene.world), scene.world.alive()
    scene.world.now += timedelta(minutes=1)
    with clock.at(scene.world.now):
        told.append(_act(scene, outcome))
    after = model.shown(scene.world)
    outcome.opened += bool(after - before)
    outcome.closed += bool(before - after)
    changed = sorted(before ^ after, key=str)
    with clock.at(scene.world.now):
        for viewer, (page, about) in _checks(scene, told[-1], changed, alive):
            outcome.checks += 1
            outcome.pages[page.__name__] += 1
            asks = f"{viewer or 'a visitor'} at {page.__name__} {about}"
            yield from (f"{asks}: {wrong}" for wrong in page(scene, viewer, about))


def _act(scene: Scene, outcome: Outcome) -> str:
    """Have somebody do something that can be done here; what it was."""
    while True:
        weights = [weight * (OFTEN if act in scene.often else 1) for act, weight in drawn.ACTS.items()]
        [act] = scene.draw.choices([*drawn.ACTS], weights)
        try:
            said = act(scene)
        except IndexError:
            continue
        except (errors.Refused, errors.NotFound, errors.Invalid) as refusal:
            outcome.refused += 1
            said = ("refused", repr(refusal))
        outcome.acts += 1
        return f"{act.__name__} {said}"


def _checks(
    scene: Scene, act: str, changed: list[tuple[str, object, model.Fact]], alive: list[str]
) -> Iterator[tuple[str, Check]]:
    """For some of those who could notice, some of the pages where it shows; and any page for anybody.

    Whoever an act names asks for any page more often than others: what must not change for them is looked at, too.
    """
    for gone in sorted(set(alive) - set(scene.world.alive())):
        yield gone, (asked.signed_out, "")
    concerned = sorted({viewer for viewer, _, _ in changed} - scene.world.gone)
    named = [one for one in scene.world.alive() if repr(one) in act]
    for viewer in _some(scene, concerned, named):
        facts = [(key, fact) for one, key, fact in changed if one == viewer]
        pages = [page for key, fact in facts for page in asked.about(scene, viewer, key, fact) if page[1] != viewer]
        pages = sorted(set(pages), key=str)
        yield from ((viewer, page) for page in scene.draw.sample(pages, min(PAGES, len(pages))))
    anybody = scene.draw.choice([NOBODY, *scene.world.alive()])
    if named and scene.draw.random() < CONCERNED:
        anybody = scene.draw.choice(named)
    yield anybody, asked.anything(scene, anybody)


def _some(scene: Scene, concerned: list[str], named: list[str]) -> list[str]:
    """Some of those who could notice; of whoever the act names one, more often than others."""
    chosen: list[str] = scene.draw.sample(concerned, min(VIEWERS, len(concerned)))
    first = [one for one in named if one in concerned and one not in chosen]
    if first and scene.draw.random() < CONCERNED:
        chosen[0] = scene.draw.choice(first)
    return chosen


def survivors(seed: int, guards: Sequence[Broken] = (*broken.BROKEN,)) -> list[str]:
    """What is kept in the product that should be asked again, and no history notices."""
    return [how.__name__ for how in guards if not _broken(seed, how).violations]


def _broken(seed: int, how: Broken) -> Outcome:
    return run(NOTICED, seed, enough=1, within=partial(broken.broken, how), often=broken.BROKEN[how])


@contextmanager
def _open() -> Iterator[None]:
    """Let test browsers in, and let them keep what pages are drawn from, as a runner of tests does."""
    setup_test_environment()
    try:
        yield
    finally:
        teardown_test_environment()


def main(words: list[str]) -> int:
    """Play histories on a database of their own; a status for the shell."""
    parser = ArgumentParser(prog="python -m tests.laws.next_request")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=Share.read, default=ALL, help="which of the histories and guards, as 0/2")
    parser.add_argument("--every", type=int, default=1, help="one guard of so many; which, the seed says")
    parser.add_argument("--only", type=int, help="one history alone, by its number in such a run")
    wanted = parser.parse_args(words)
    runs = wanted.share.among(wanted.runs)
    guards: Sequence[Broken] = wanted.share.deal([*broken.BROKEN], wanted.every, wanted.seed)
    if wanted.only is not None:
        runs, guards = range(wanted.only, wanted.only + 1), ()
    with ground.prepared(), _open(), canary.away():
        outcome, alive = run(len(runs), wanted.seed, first=runs.start), survivors(wanted.seed, guards)
    noticed = f"{len(guards) - len(alive)} of {len(guards)} stale answers noticed"
    told = [f"{conftest.DATABASE}, seed {wanted.seed}: {outcome}", noticed, *alive, *outcome.violations]
    sys.stdout.write("\n".join(told) + "\n")
    return bool(outcome.violations or alive)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
