"""Whatever can be asked of this server has a row in the crawl: addresses, templates, duties, letters, commands."""

import ast
import re
from collections.abc import Iterable, Iterator

import click
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from entregent.cli import commands
from entregent.common import ids
from entregent.config import worker
from entregent.mail import letters
from tests.laws import sources
from tests.laws.worlds.asking.rows import Row
from tests.laws.worlds.asking.rows_beside import ROWS

#: Commands that read as nobody: they are the operator's, who may read everything.
OPERATORS = {"demo", "serve", "history", "appoint", "doctor", "reports", "organisations", "recall", "lexicon"}
OPERATORS |= {"domains", "erase", "address"}
#: Templates by whoever draws them without a page of ours naming them, each with its row.
DRAWN = {
    "400.html": "another host",
    "403.html": "refused",
    "403_csrf.html": "a form without its token",
    "404.html": "no such address",
    "500.html": "broken",
    **{f"account/email/login_code_{part}": "sign_in POST" for part in ("message.html", "message.txt", "subject.txt")},
}
URLS = "entregent.web.urls"
SOMETHING = {"UUIDConverter": ids.new(), "SlugConverter": "nothing", "StringConverter": "nothing"}


def patterns(found: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def operations(found: Iterable[URLPattern]) -> set[tuple[str, str]]:
    """Every method that an address takes."""
    return {(method, str(one.pattern)) for one in found for method in ("GET", "HEAD", "POST") if takes(one, method)}


def takes(pattern: URLPattern, method: str) -> bool:
    kept = {name: SOMETHING[type(kind).__name__] for name, kind in pattern.pattern.converters.items()}
    return Client().generic(method, reverse(str(pattern.name), kwargs=kept)).status_code != 405


def asked(rows: Iterable[Row]) -> set[tuple[str, str]]:
    routes = {str(one.name): str(one.pattern) for one in patterns(get_resolver(URLS).url_patterns)}
    steps = [(row.method, row.url) for row in rows if row.kind in {"page", "form"}]
    return {(method, routes[url]) for method, url in steps}


@pytest.mark.django_db
def test_every_address_is_asked_by_every_method_that_it_takes():
    assert operations(patterns(get_resolver(URLS).url_patterns)) == asked(ROWS)


@pytest.mark.django_db
def test_an_address_without_a_row_would_be_missed(settings):
    settings.ROOT_URLCONF = "tests.laws.test_crawl_is_complete"
    planted = operations(urlpatterns) - asked(ROWS)
    assert planted == {(method, "planted/") for method in ("GET", "HEAD", "POST")}


urlpatterns = [path("planted/", lambda _request: HttpResponse(), name="planted")]


def test_every_duty_and_every_letter_has_a_row():
    assert {f"{duty.__module__}.{duty.__name__}" for duty in worker.DUTIES} == {
        row.url for row in ROWS if row.kind == "duty"
    }
    kinds = {*letters.HOLDS, *letters.GIVEN, *letters.OTHERS}
    assert told() == kinds == {row.url for row in ROWS if row.kind == "letter"}


def told() -> set[str]:
    """The kinds of notice that any part tells."""
    calls = [node for _, tree in sources.modules() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    tells = [call for call in calls if ast.unparse(call.func) in {"notices.tell", "notices.tell_all", "_tell"}]
    kinds = [word.value for call in tells for word in call.keywords if word.arg == "kind"]
    words = (one.value for kind in kinds for one in ast.walk(kind) if isinstance(one, ast.Constant))
    return {word for word in words if isinstance(word, str)} - {"going"}


def test_every_command_that_reads_as_somebody_has_a_row():
    named = {name for name, _ in leaves(commands.entregent)}
    reading = {name for name, command in leaves(commands.entregent) if name not in OPERATORS}
    assert reading == {word for row in ROWS if row.kind == "command" for word in row.url.split()} & named
    assert {name for name, _ in leaves(commands.entregent)} - reading == OPERATORS


def leaves(command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield str(command.name), command
        return
    for one in command.commands.values():
        yield from leaves(one)


TEMPLATES = {
    file.relative_to(folder).as_posix(): file.read_text()
    for folder in sorted(sources.PACKAGE.glob("*/templates"))
    for file in sorted(folder.rglob("*.*"))
}
LETTER = tuple(f"{part}{name}" for part in ("", "word_") for name in ("subject.txt", "letter.txt", "letter.html"))
LETTER += tuple(f"{part}{name}" for part in ("news", "promises") for name in ("_subject.txt", ".txt", ".html"))


def drawn() -> set[str]:
    """The templates that pages, letters and errors draw, with whatever these include."""
    constants = {word for _, tree in sources.modules("web/**/*.py") for word in words(tree) if word in TEMPLATES}
    names = {row.name for row in ROWS}
    found = {*constants, *(f"mail/{part}" for part in LETTER), *(one for one, row in DRAWN.items() if row in names)}
    while fresh := {name for one in found for name in included(TEMPLATES.get(one, ""))} - found:
        found |= fresh
    return found & TEMPLATES.keys()


def words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def included(text: str) -> set[str]:
    return set(re.findall(r"{% (?:include|extends) \"([^\"]+)\"", text))


def test_every_template_is_drawn_by_something_that_has_a_row():
    assert sorted(TEMPLATES.keys() - drawn()) == []


def test_a_template_that_nothing_draws_would_be_missed(monkeypatch):
    monkeypatch.setitem(TEMPLATES, "planted.html", "")
    assert TEMPLATES.keys() - drawn() == {"planted.html"}


def test_every_row_has_a_name_of_its_own_and_is_counted_unless_it_says_why():
    names = [row.name for row in ROWS]
    assert sorted(names) == sorted(set(names))
    assert [row.name for row in ROWS if row.uncounted] == ["entregent ways", "entregent write"]
