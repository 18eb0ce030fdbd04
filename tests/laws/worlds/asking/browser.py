"""A browser in this very process: it asks, follows, and notes all that came back, with how many statements it took."""

import io
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, FakePayload, encode_multipart

from entregent.discretion.viewer import Viewer
from entregent.people import queries as people
from entregent.web.home import BACKEND
from entregent.web.middleware import KEY
from tests.laws.worlds.playing.things import Thing

#: Stands in a form for the code of the last mail.
CODE = "the code of the mail"
#: The tokens of a browser: the same in both worlds, so that what is derived from them is as well.
SESSION, CSRF = "s" * 32, "c" * 32
#: When sessions end: the libraries that read it have a clock of their own.
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)
#: How often a browser follows.
HOPS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, to whatever was asked. `fault` is the exception behind an answer 500."""

    what: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a browser sends. `enforced` is said of a form without its token."""

    method: str
    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    enforced: bool = False


class Attached(NamedTuple):
    """A file in a form."""

    name: str
    content: bytes


class Counter:
    """Counts the statements of a block."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *said: Any) -> Any:
        """Let a statement pass, and count it."""
        self.count += 1
        return execute(*said)


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the statements of the block."""
    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


class Browser:
    """Whoever `viewer` is, with the cookies that their browser has."""

    def __init__(self, language: str, session: str = "") -> None:
        self.language = language
        self.cookies = {"csrftoken": CSRF} | ({"sessionid": session} if session else {})

    def follow(self, step: Step, *, further: bool = True) -> list[Answer]:
        """Send a step, and go where the answer leads."""
        answers = [self.ask(step)]
        while further and answers[-1].status == 302 and len(answers) <= HOPS:
            answers.append(self.ask(Step("GET", dict(answers[-1].headers)["Location"])))
        return answers

    def ask(self, step: Step) -> Answer:
        """Send one step."""
        request, faults = self._request(step), []
        request._dont_enforce_csrf_checks = not step.enforced  # type: ignore[attr-defined]

        def note(sender: Any, **_said: Any) -> None:
            faults.append(repr(sys.exc_info()[1]))

        got_request_exception.connect(note)
        try:
            with counted() as counter:
                response = _handler().get_response(request)
        finally:
            got_request_exception.disconnect(note)
        self._keep(response)
        return answered(f"{step.method} {step.path}", response, counter.count, "".join(faults))

    def _request(self, step: Step) -> WSGIRequest:
        path, _, query = step.path.partition("?")
        body, kind = _body(step.data)
        cookies = "" if step.enforced else "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        environ = {
            "REQUEST_METHOD": step.method,
            "PATH_INFO": path.encode().decode("latin1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": self.language,
            "HTTP_COOKIE": cookies,
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            "wsgi.input": FakePayload(body),
        }
        return WSGIRequest({**environ, **step.headers})

    def _keep(self, response: Any) -> None:
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
            if name == "csrftoken":
                self.cookies[name] = CSRF


def answered(what: str, response: Any, statements: int, fault: str = "") -> Answer:
    """A response of Django's as an answer, headers in order."""
    cookies = [("Set-Cookie", morsel.OutputString()) for _, morsel in sorted(response.cookies.items())]
    headers = (*sorted(response.headers.items()), *cookies)
    return Answer(what, response.status_code, headers, bytes(response.content), statements, fault)


def _body(data: Mapping[str, Any]) -> tuple[bytes, str]:
    """A form as it is sent: in parts where it holds a file."""
    filled = {name: _filled(value) for name, value in data.items()}
    files = {name: SimpleUploadedFile(value.name, value.content) for name, value in filled.items() if _attached(value)}
    if files:
        return encode_multipart(BOUNDARY, {**filled, **files}), MULTIPART_CONTENT
    return urlencode(filled, doseq=True).encode(), "application/x-www-form-urlencoded"


def _attached(value: Any) -> bool:
    return isinstance(value, Attached)


def _filled(value: Any) -> Any:
    if value != CODE:
        return value
    found = re.search(r"\b\d{8}\b", str(mail.outbox[-1].body)) if mail.outbox else None
    return found[0] if found else "00000000"


def signed_in(viewer: Viewer, thing: Thing | None) -> str:
    """The session of somebody's browser: signed in, or known by a secret link; empty for the anonymous visitor."""
    said = _held(viewer, thing)
    if not said:
        return ""
    kept = SessionStore().encode(said)
    Session.objects.create(session_key=SESSION, session_data=kept, expire_date=FOREVER)
    return SESSION


def _held(viewer: Viewer, thing: Thing | None) -> dict[str, str]:
    account = people.account_of(person=viewer.person) if viewer.person is not None else None
    if account is None:
        return {KEY: thing.secret} if thing and thing.secret else {}
    user = get_user_model().objects.get(pk=str(account))
    return {
        SESSION_KEY: str(account),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }


def page(response: HttpResponse) -> Answer:
    """What a handler of errors shows."""
    return answered("handler", response, 0)
