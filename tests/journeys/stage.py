"""The demonstration on a stage: served in a process of its own, with the clock of whoever asks.

A request that carries `X-Clock` is answered as it would be at that moment: one looks on the eve, in the room and a day
after without waiting. What else happens (`scene`) is played as that clock passes it, and the worker ticks with it.
"""

import email
import email.policy
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from tests import installation

#: The day on which the demonstration plays; the evening, four days later; and the day after that.
SUNDAY = datetime.fromisoformat("2026-11-22T10:00:00+04:00")
THURSDAY = datetime.fromisoformat("2026-11-26T19:30:00+04:00")
FRIDAY = datetime.fromisoformat("2026-11-27T09:00:00+04:00")

ROOT = Path(__file__).parents[2]
CLOCK = "X-Clock"
SURROUNDINGS = {
    "DJANGO_SETTINGS_MODULE": "entregent.config.settings",
    "ENTREGENT_DEMONSTRATION": "yes",
    "ENTREGENT_MAIL_BACKEND": "tests.journeys.staged.Outbox",
    "ENTREGENT_OPERATOR": "Stéphane Turpin",
    "ENTREGENT_OPERATOR_EMPLOYER": "Cap Bernard",
    "ENTREGENT_OPERATOR_MAIL": "stephane@example.org",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What is on stage: its address, the address of each look, sessions by `who:language`, where mails lie."""

    url: str
    addresses: dict[str, str]
    sessions: dict[str, str]
    outbox: Path

    def mails(self, to: str) -> list[EmailMessage]:
        """What was sent to somebody, the latest last."""
        files = sorted(self.outbox.glob("*.eml"))
        read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return [mail for mail in read if mail["To"] == to]


@contextmanager
def served(folder: Path) -> Iterator[Stage]:
    """A demonstration of its own in a folder, whose home may hold empty tables, until the block ends."""
    one = installation.Installation(home=folder / "home", address=None, port=installation.free_port())
    command = [sys.executable, "-m", "tests.journeys.staged"]
    with (folder / "stage.log").open("wb") as log:
        surroundings = one.environment(**SURROUNDINGS)
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=log)
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            if not told:
                raise RuntimeError(f"the stage did not open:\n{(folder / 'stage.log').read_text()}")
            yield Stage(one.url, **json.loads(told), outbox=one.home / "outbox")
        finally:
            process.terminate()
            process.communicate(timeout=installation.PATIENCE)
            leaks = [line for line in (folder / "stage.log").read_text().splitlines() if ".Leak: " in line]
            if leaks:
                raise AssertionError("\n".join(sorted(set(leaks))))
