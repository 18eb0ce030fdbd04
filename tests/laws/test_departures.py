"""Whoever leaves a community or is taken out of it goes by `meetups.departures`, which hands on what they organise."""

import ast
from collections.abc import Iterator

from tests.laws import sources

#: What takes somebody out, and leaves them their evenings.
TAKES_OUT = {"leave", "remove", "remove_named", "expel"}
#: Who may say so.
ALLOWED = {"meetups/departures.py"}


def breaches(tree: ast.Module) -> Iterator[int]:
    """The lines on which a module has somebody go out of a community, and nothing else."""
    named = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="entregent.communities", names=names):
                named |= {each.asname or each.name for each in names if each.name == "actions"}
            case ast.ImportFrom(module="entregent.communities.actions", names=names, lineno=line):
                yield from (line for each in names if each.name in TAKES_OUT)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=word, lineno=line) if name in named and word in TAKES_OUT:
                yield line


def test_nobody_goes_out_of_a_community_and_keeps_its_evenings():
    found = {path for path, tree in sources.modules() if list(breaches(tree))}
    assert found == ALLOWED


def test_a_planted_way_out_is_found():
    planted = (
        "from entregent.communities import actions as homes\n"
        "from entregent.communities.actions import expel\n"
        "homes.remove(actor, slug=slug, person=person)\n"
        "homes.appoint(actor, slug=slug, person=person)\n"
        "actions.leave(actor, secret=secret)\n"
    )
    assert sorted(breaches(ast.parse(planted))) == [2, 3]
