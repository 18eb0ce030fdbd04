"""What a browser obtained, compared: each function yields what is wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.laws.revoked import model
from tests.laws.revoked.scene import Scene

Complaints = Iterator[str]
#: A page and what it is about: somebody, an evening, a community, a word, a secret.
Check = tuple[Callable[[Scene, str, str], Complaints], str]


def get(scene: Scene, viewer: str, path: str) -> Any:
    """The answer to a browser that was open before."""
    return scene.browsers[viewer].get(path)


def equal(what: str, found: object, expected: object) -> Complaints:
    """One thing is as it has to be."""
    if found != expected:
        yield f"{what}: {found!r} rather than {expected!r}"


def status(page: Any, expected: int) -> Complaints:
    """Whether there is a page at all."""
    yield from equal("status", page.status_code, expected)


def told(
    scene: Scene, viewer: str, page: Any, expected: set[str], asked: set[str] | frozenset[str] = frozenset()
) -> Complaints:
    """The words on a page: those that belong there, and none that the viewer may not read."""
    yield from said(scene, viewer, page.content.decode(), expected, asked)


def said(
    scene: Scene, viewer: str, text: str, expected: set[str], asked: set[str] | frozenset[str] = frozenset()
) -> Complaints:
    """The same of a text. What the viewer `asked`, or is told there on purpose, may stand in it."""
    there = found(scene, text)
    yield from equal("missing", expected - there, set())
    yield from equal("leaking", there - model.readable(scene.world, viewer) - asked, set())


def found(scene: Scene, text: str) -> set[str]:
    """The words in a text that somebody typed."""
    return set(re.findall(r"\w+", text)) & scene.words
