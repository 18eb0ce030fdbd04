"""Every kind of circle stands in the table of `circles`: what it is about, who is in it, which part keeps it."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from entregent import circles
from entregent.exchange.circles import THINGS
from entregent.web import labels
from tests.laws import sources

#: What the parts ask, as it is imported.
ACTIONS = ("entregent.circles", "actions")
#: What only the part that keeps a kind asks.
KEEPS = {"keep", "close"}


def table() -> dict[str, tuple[str, str]]:
    """The table of kinds: what each is about, and the part that keeps it."""
    said = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", circles.__doc__ or "", re.MULTILINE)
    return {kind: (about, keeper.strip("`")) for kind, about, keeper in said}


def asked(tree: ast.Module, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a module asks of `circles.actions`, and for which kind: written there, or by a name that is `known`."""
    names = called(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=what, value=ast.Name(id=name)), keywords=said) if name in names:
                yield from ((what, kind) for one in said if one.arg == "kind" for kind in _told(one.value, known))


def called(tree: ast.Module) -> set[str]:
    """What a module calls `circles.actions`."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == ACTIONS[0]]
    return {one.asname or one.name for node in imports for one in node.names if one.name == ACTIONS[1]}


def _told(value: ast.expr, known: Mapping[str, Any]) -> list[str]:
    match value:
        case ast.Constant(value=str(kind)):
            return [kind]
        case ast.Name(id=name) if name in known:
            return [known[name]]
    return []


def all_asked() -> Iterator[tuple[str, str, str]]:
    """The same of every part: its name, what it asks, for which kind."""
    for path, tree in sources.modules():
        if called(tree):
            module = importlib.import_module(f"entregent.{path.removesuffix('.py').replace('/', '.')}")
            yield from ((path.partition("/")[0], what, kind) for what, kind in asked(tree, vars(module)))


def strangers(asking: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Who asks for a kind that stands nowhere, or writes one that is somebody else's to keep."""
    keepers = {kind: keeper for kind, (_about, keeper) in table().items()}
    unknown = {(part, what, kind) for part, what, kind in asking if kind not in keepers}
    return unknown | {(part, what, kind) for part, what, kind in asking if what in KEEPS and keepers.get(kind) != part}


def test_every_kind_that_is_asked_for_stands_in_the_table_and_is_kept_by_its_part():
    asking = list(all_asked())
    assert strangers(asking) == set()
    assert {("communities", "keep", "members"), ("communities", "keep", "hearing")} <= set(asking)
    assert {("market", "circle", "around"), ("meetups", "circle", "members")} <= set(asking)


def test_the_table_says_what_the_doctor_knows_circles_to_be_about():
    of = {"Community": "a community", "Organisation": "an organisation", "Meetup": "an evening", "Report": "a report"}
    about = {kind: of.get(things.model.__name__, "a person") for kind, things in THINGS.items()}
    alone = {"everyone": "nothing", "declared": "nothing", "chosen": "nothing; it has an owner"}
    assert {kind: about for kind, (about, _keeper) in table().items()} == about | alone


def test_every_circle_that_has_words_stands_in_the_table():
    assert set(labels.KINDS) - set(table()) == {"me"}
    assert set(table()) - set(labels.KINDS) == {"declared", "staff", "around"}


def test_a_kind_that_stands_nowhere_and_one_that_is_somebody_else_s_are_found():
    planted = """
from entregent.circles import actions as circles
NAMED = "friends"
circles.circle(kind="present", about=uid)
circles.keep(kind="members", about=uid, people={})
circles.keep(kind=NAMED, about=uid, people={})
circles.circle(kind="members", about=uid)
"""
    found = [("market", what, kind) for what, kind in asked(ast.parse(planted), {"NAMED": "friends"})]
    assert strangers(found) == {
        ("market", "circle", "present"),
        ("market", "keep", "members"),
        ("market", "keep", "friends"),
    }
