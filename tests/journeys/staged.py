"""The process behind `stage`: opens the demonstration, plays the scene, serves with the clock of whoever asks."""

import json
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import django
import waitress  # type: ignore[import-untyped]
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command

from entregent.common import chance, clock
from tests.journeys.stage import CLOCK, SUNDAY

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]
HEADER = f"HTTP_{CLOCK.upper().replace('-', '_')}"


class Outbox(BaseEmailBackend):
    """Keeps each message as a file in the home."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them down, in the order of sending."""
        folder = settings.HOME / "outbox"
        folder.mkdir(exist_ok=True)
        for number, message in enumerate(email_messages, len(list(folder.iterdir()))):
            (folder / f"{number:04}.eml").write_bytes(message.message().as_bytes())
        return len(email_messages)


class Passing:
    """Lets time pass: what happens by a moment happens before the first request of that moment is answered."""

    def __init__(self, acts: list[tuple[datetime, Callable[[], object]]]) -> None:
        self.acts, self.now = sorted(acts, key=lambda dated: dated[0]), SUNDAY
        self.lock = threading.Lock()

    def until(self, moment: datetime) -> None:
        """Play all acts up to `moment`, then tick, where it is another moment than before; nothing is played twice."""
        from entregent.config import worker

        with self.lock:
            if moment == self.now:
                return
            self.now = moment
            while self.acts and self.acts[0][0] <= moment:
                at, act = self.acts.pop(0)
                with clock.at(at):
                    act()
            with clock.at(moment):
                worker.tick(moment)


def at_its_time(inner: Wsgi, passing: Passing) -> Wsgi:
    """An application that answers at the moment that the request names."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        moment = datetime.fromisoformat(environ.get(HEADER) or SUNDAY.isoformat())
        passing.until(moment)
        with clock.at(moment):
            return inner(environ, start)

    return application


def main() -> None:
    """Open, say what is on stage on one line, serve."""
    django.setup()
    from entregent.config.wsgi import application
    from entregent.exchange import demonstration
    from tests import doors
    from tests.journeys import scene

    doors.watch()
    call_command("migrate", verbosity=0)
    with chance.seeded("stage"):
        demonstration.open_on(SUNDAY.date())
        played = scene.Scene()
        with clock.at(SUNDAY):
            told = played.open()
    wsgi = at_its_time(application, Passing(played.acts))
    server = waitress.create_server(wsgi, host="127.0.0.1", port=settings.PORT, threads=8, ident=None)
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
