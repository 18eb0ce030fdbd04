"""A storm from its town to its end: what people met, and what the tables had to say at each moment of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.installation import Installation
from tests.storms import crowd, judged

ROOT = Path(__file__).parents[2]
#: What no line of the server's log may hold.
COMPLAINTS = ("locked", "deadlock", "Error", "failed")


@dataclass(frozen=True, slots=True)
class Size:
    """How many people at once, of whom `members` sign in, how many evenings, how often each looks at one."""

    people: int
    members: int
    evenings: int
    visits: int


SMALL, FULL = Size(people=24, members=12, evenings=6, visits=12), Size(people=200, members=120, evenings=50, visits=6)


@dataclass
class Outcome:
    """What came of a storm: `wrong` holds whatever may not be."""

    met: crowd.Outcome
    looks: int
    offered: int
    lapsed: int
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        sent = ", ".join(f"{number} {form}" for form, number in sorted(self.met.sent.items()))
        statuses = ", ".join(f"{number} x {status}" for status, number in sorted(self.met.statuses.items()))
        head = f"{self.met.requests} requests in {self.met.seconds:.0f} s ({statuses}); {sent}"
        return f"{head}; {self.lapsed} lapsed, {self.looks} looks; {len(self.wrong)} wrong"


@contextmanager
def served(installation: Installation, *without: str, **more: str) -> Iterator[str]:
    """The address of a server whose hours are seconds, `without` some of its guards, over an empty database.

    `more` adds to its environment.
    """
    _python(installation, "django", "migrate")
    around = _around(installation) | more
    with installation.running([sys.executable, "-m", "tests.storms.hurried", *without], **around) as url:
        yield url


def gathered(installation: Installation, evenings: int, members: int) -> dict[str, list[str]]:
    """The codes of so many new `evenings`, and `sessions` of so many members."""
    found: dict[str, list[str]] = json.loads(_python(installation, "tests.storms.town", str(evenings), str(members)))
    return found


def once(installation: Installation, url: str, size: Size) -> Outcome:
    """One storm on evenings of its own."""
    town = gathered(installation, size.evenings, size.members)
    watch = judged.Watch(installation, frozenset(town["evenings"]))
    watch.start()
    met = crowd.storm(url, town["evenings"], town["sessions"], people=size.people, visits=size.visits)
    ended = watch.end()
    outcome = Outcome(met, watch.looks, watch.offered, sum(one.lapsed for one in ended), [*met.wrong, *watch.wrong])
    said = {one.code: met.going[one.code] for one in ended}
    if said != {one.code: one.going for one in ended}:
        outcome.wrong.append("pages say of others than the tables that they are coming")
    log = installation.home.with_suffix(".log").read_text()
    outcome.wrong += [f"the log says {line}" for line in log.splitlines() if any(said in line for said in COMPLAINTS)]
    return outcome


def _python(installation: Installation, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], env=_around(installation), capture_output=True, text=True, check=True
    )
    return done.stdout


def _around(installation: Installation) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "entregent.config.settings", "PYTHONPATH": str(ROOT)}
    return installation.environment(ENTREGENT_MAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", **own)
