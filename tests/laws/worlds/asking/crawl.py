"""Asks a world everything that was planned, each in a savepoint of its own: nothing that is asked stays."""

import importlib
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import get_resolver
from django.utils import translation

from entregent.cli import commands, failures
from entregent.common import clock
from entregent.config import worker
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.mail import letters
from entregent.people import queries as people
from tests.laws.worlds.asking.browser import Answer, Browser, Step, counted, page, signed_in
from tests.laws.worlds.asking.plan import Asked
from tests.laws.worlds.playing import played
from tests.laws.worlds.playing.draws import keyed
from tests.laws.worlds.playing.played import Played
from tests.laws.worlds.playing.things import Sent

LOCALES = {"fr": "fr_FR.UTF-8", "en": "C.UTF-8"}
Answers = tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks a world at a moment. `validators` are those of the first world asked, by what was asked."""

    world: Played
    handle: str
    at: datetime
    mails: bool
    validators: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.world.cast.get(self.handle, ANYBODY)

    @property
    def address(self) -> str:
        """Where they are written to."""
        box = people.mailbox(person=self.viewer.person) if self.viewer.person is not None else None
        return box.address if box else ""


def crawl(visit: Visit, plan: Sequence[Asked]) -> list[Answers]:
    """The answers to everything that was planned, in its order."""
    with clock.at(visit.at), undone():
        session = signed_in(visit.viewer, visit.world.people.get(visit.handle))
        return [_asked(visit, asked, session) for asked in plan]


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(str(savepoint))
        transaction.savepoint_commit(str(savepoint))
        connection.needs_rollback = False


def _asked(visit: Visit, asked: Asked, session: str) -> Answers:
    cache.clear()
    with undone(), keyed(asked.key):
        answers = tuple(ASKING[asked.row.kind](visit, asked, Browser(asked.language, session)))
        mine = _mail(visit)
    return (*answers, *mine) if visit.mails else answers


def _mail(visit: Visit) -> list[Answer]:
    """What the viewer was sent meanwhile."""
    return [told(sent) for sent in played.outgoing(visit.at) if sent.to == visit.address]


def told(sent: Sent) -> Answer:
    """A mail as an answer."""
    head = (("Date", sent.at.isoformat()), *sent.head)
    return Answer(f"mail to {sent.to}", 200, head, f"{sent.text}\n{sent.html}".encode(), 0)


def _steps(_visit: Visit, asked: Asked, browser: Browser) -> list[Answer]:
    *before, last = asked.steps
    return [*(browser.ask(step) for step in before), *browser.follow(last, further=not asked.row.opens)]


def _conditional(visit: Visit, asked: Asked, browser: Browser) -> list[Answer]:
    step = asked.steps[0]
    plain = browser.ask(step)
    said = dict(plain.headers)
    mine = {"HTTP_IF_NONE_MATCH": said.get("ETag", '"1"'), "HTTP_IF_MODIFIED_SINCE": said.get("Last-Modified", "")}
    theirs = visit.validators.setdefault(asked.key, mine)
    return [plain, browser.ask(Step("GET", step.path, headers=theirs))]


def _error(_visit: Visit, asked: Asked, browser: Browser) -> list[Answer]:
    status = int(asked.row.url)
    request = browser._request(Step("GET", "/"))
    known = {} if status == 500 else {"exception": PermissionDenied()}
    with translation.override(asked.language):
        return [page(get_resolver().resolve_error_handler(status)(request, **known))]


def _letter(visit: Visit, asked: Asked, _browser: Browser) -> list[Answer]:
    with counted() as counter:
        uid, person = asked.things[0].uid, visit.viewer.person
        letter = letters.letter(person, asked.row.url, uid) if uid and person else None
    words = f"{letter.subject}\n{letter.text}\n{letter.html}" if letter else "none"
    return [Answer(f"letter {asked.row.url}", 200, (), words.encode(), counter.count)]


def _duty(visit: Visit, asked: Asked, browser: Browser) -> list[Answer]:
    """A duty is done, and changes nothing of what its beneficiary sees; a band, counted again, is a new value (D1)."""
    module, _, name = asked.row.url.rpartition(".")
    visit.world.own_graph()
    getattr(importlib.import_module(module), name)(visit.at)
    return [] if name == "refresh_bands" else [browser.ask(Step("GET", "/ce-soir/"))]


def _tick(visit: Visit, _asked: Asked, _browser: Browser) -> list[Answer]:
    visit.world.own_graph()
    worker.tick(visit.at)
    return []


def _command(visit: Visit, asked: Asked, _browser: Browser) -> list[Answer]:
    with _terminal(asked.language) as (out, err), counted() as counter:
        words = [*asked.words, "--as", visit.handle]

        def typed() -> Any:
            return commands.entregent.main(words, prog_name="entregent", standalone_mode=False)

        status = failures.reported(typed)
    said = out.getvalue() + err.getvalue().encode()
    return [Answer(f"entregent {' '.join(words)}", status, (), said, counter.count)]


@contextmanager
def _terminal(language: str) -> Iterator[tuple[io.BytesIO, io.StringIO]]:
    """What is printed, in a terminal of a language."""
    out, err, before = io.BytesIO(), io.StringIO(), dict(os.environ)
    stdout, screen = sys.stdout, io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    os.environ |= {"LC_ALL": LOCALES[language], "LANGUAGE": language, "COLUMNS": "100"}
    sys.stdout = screen
    options = connection.settings_dict["OPTIONS"]
    pool = options.pop("pool", None)
    try:
        with redirect_stderr(err), translation.override(translation.get_language()):
            yield out, err
    finally:
        screen.detach()
        sys.stdout = stdout
        os.environ.clear()
        os.environ.update(before)
        options.update({"pool": pool} if pool is not None else {})


ASKING: dict[str, Callable[[Visit, Asked, Browser], list[Answer]]] = {
    "page": _steps,
    "form": _steps,
    "path": _steps,
    "conditional": _conditional,
    "error": _error,
    "letter": _letter,
    "duty": _duty,
    "tick": _tick,
    "command": _command,
}
