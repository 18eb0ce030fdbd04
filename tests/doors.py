"""The doors at which canaries are looked for: what the server answers, sends, logs and prints, in every test.

Django's handler stands behind the test client and behind every server that a test starts with `watch`.
"""

import email
import email.policy
import logging
import shlex
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from email.header import decode_header, make_header
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

from click.testing import CliRunner, Result
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.mail import EmailMessage
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from entregent.config import environment
from entregent.exchange import demonstration
from entregent.people.models import Person
from entregent.web.middleware import KEY
from tests import canary, stated
from tests.spoken import Spoken

#: How much of a file is read for what somebody sends, in bytes.
LONGEST = 1_000_000
TABLES = stated.Tables()
#: What lets a test that has no database read one all the same: set by the fixtures.
unblocked: Callable[[], AbstractContextManager[None]] = nullcontext
#: The name under which another installation's database is read.
ELSEWHERE = "elsewhere"


def watch() -> None:
    """Stand at every door of this process, for good."""
    _after(BaseHandler, "get_response", lambda response, handler, request: answered(request, response))
    _before(EmailMessage, "send", sent)
    _after(CliRunner, "invoke", _invoked)
    _before(logging.Logger, "callHandlers", written)


def _after(kind: Any, name: str, look: Callable[..., object]) -> None:
    original = getattr(kind, name)

    @wraps(original)
    def watched(*args: Any, **named: Any) -> Any:
        result = original(*args, **named)
        look(result, *args, **named)
        return result

    setattr(kind, name, watched)


def _before(kind: Any, name: str, look: Callable[..., object]) -> None:
    original = getattr(kind, name)

    @wraps(original)
    def watched(self: Any, *args: Any, **named: Any) -> Any:
        look(self, *args)
        return original(self, *args, **named)

    setattr(kind, name, watched)


def answered(request: HttpRequest, response: HttpResponseBase) -> None:
    """Look at an answer, for whoever is signed in where it ends, or holds the secret in its address."""
    if canary.is_away() or request.path.startswith(settings.STATIC_URL) or not TABLES.readable():
        return
    canary.counted["answers"] += 1
    session = getattr(request, "session", {})
    account = UUID(session["_auth_user_id"]) if "_auth_user_id" in session else None
    people = TABLES.person_of(account=account, secrets=[session.get(KEY, ""), *request.path.split("/")])
    who = _readers(people)
    by = [*people, *filter(None, [getattr(session, "session_key", None)])]
    known = [*canary.typed_by(*by, text=_typed(request)), *_public(request)]
    reader = canary.Reader(_called(who), who, Spoken.of(known))
    canary.told(f"{request.method} {request.get_full_path()}", reader, [*_headers(response), _body(response)], TABLES)


def _public(request: HttpRequest) -> Iterator[str]:
    """Who runs the server; and on a demonstration's first page the invented people whom anybody may be."""
    yield from (settings.OPERATOR, settings.OPERATOR_EMPLOYER, settings.OPERATOR_MAIL)
    if settings.DEMONSTRATION and request.path == "/":
        yield from (f"{role.name} {role.headline}" for role in demonstration.roles())


def _typed(request: HttpRequest) -> str:
    """What somebody sends: the address, the fields, and the text of the files, as far as a file is text."""
    posted = [str(value) for _, values in request.POST.lists() for value in values]
    return "\n".join([unquote_plus(request.get_full_path()), *posted, *_told_in_files(request)])


def _told_in_files(request: HttpRequest) -> Iterator[str]:
    for _, files in request.FILES.lists():
        for file in files:
            if not file.closed:
                file.seek(0)
                yield file.read(LONGEST).decode(errors="replace")


def _headers(response: HttpResponseBase) -> Iterator[str]:
    for name, value in response.items():
        yield f"{name}: {make_header(decode_header(value))}"
    yield response.cookies.output()


def _body(response: Any) -> str:
    if response.streaming:
        parts = list(response.streaming_content)
        response.streaming_content = parts
        return b"".join(parts).decode(errors="replace")
    return str(response.content.decode(response.charset, "replace"))


def _readers(people: set[int]) -> frozenset[int | None]:
    """Nobody known is the anonymous visitor."""
    return frozenset[int | None](people) or frozenset({None})


def _called(people: frozenset[int | None]) -> str:
    return " and ".join("the anonymous visitor" if one is None else f"person {one}" for one in people)


def sent(message: EmailMessage, *_options: object) -> None:
    """Look at a mail, for each who gets it."""
    if canary.is_away() or not TABLES.readable():
        return
    read = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    parts = [part.get_content() for part in read.walk() if part.get_content_maintype() == "text"]
    for address in message.recipients():
        canary.counted["mails"] += 1
        people = TABLES.written_to(address)
        who = _readers(people)
        known = Spoken.of(canary.typed_by(*people, address, text=address))
        reader = canary.Reader(f"{_called(who)}, by mail,", who, known)
        headers = [f"{name}: {value}" for name, value in read.items()]
        canary.told(f"“{read['Subject']}”", reader, [*headers, *parts], TABLES)


def written(logger: logging.Logger, record: logging.LogRecord) -> None:
    """Look at a line before any handler writes it into the log, and at what the errors in it say."""
    canary.counted["lines"] += 1
    canary.logged(
        "\n".join([record.getMessage(), *_complaints(record.exc_info[1] if record.exc_info else None)]), TABLES
    )


def _complaints(error: BaseException | None) -> Iterator[str]:
    """What an error says, and those that led to it; the lines of source between them are nobody's."""
    while error:
        yield from traceback.format_exception_only(error)
        error = error.__cause__ or error.__context__


def printed(words: Sequence[str], output: str, tables: stated.Tables = TABLES) -> None:
    """Look at what a command printed, for whom it was run `--as`."""
    name = _as(words)
    if canary.is_away() or not name or not tables.readable():
        return
    canary.counted["commands"] += 1
    who = _readers(tables.called(name))
    canary.told(" ".join(words), canary.Reader(_called(who), who, Spoken.of(words)), [output], tables)


def _as(words: Sequence[str]) -> str:
    """Whom the operator names, where it is text."""
    named = [following for word, following in pairwise(words) if word == "--as"]
    return named[0] if named and named[0].isprintable() else ""


def _invoked(result: Result, runner: CliRunner, command: object, args: Any = (), **more: object) -> None:
    words = shlex.split(args) if isinstance(args, str) else args or ()
    printed([str(word) for word in words], result.output)


def printed_elsewhere(words: Sequence[str], output: str, *, home: Path, address: str | None) -> None:
    """Look at what a command printed that read the database of another installation, where there is one."""
    file = home / "entregent.sqlite3"
    if not _as(words) or not (address or file.exists()):
        return
    there = environment.postgresql(address) if address else environment.sqlite(file)
    there["OPTIONS"].pop("pool", None)
    connections.databases[ELSEWHERE] = {**connections.databases["default"], **there}
    try:
        with unblocked():
            if Person._meta.db_table in connections[ELSEWHERE].introspection.table_names():
                printed(words, output, stated.Tables(ELSEWHERE))
    finally:
        connections[ELSEWHERE].close()
        del connections[ELSEWHERE], connections.databases[ELSEWHERE]
