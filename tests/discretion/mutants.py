"""The policy with one thing taken away, in every way that its syntax tree offers.

From each list of conditions each is dropped in turn, each `not` is dropped, and each `and` becomes an `or` and the
other way round. Nothing has to be added here when the policy gets a condition.
"""

import ast
import copy
import inspect
import textwrap
from collections.abc import Iterator

from entregent.discretion import policy

JOINED = {"any_of": "all_of", "all_of": "any_of"}


def mutants() -> dict[str, type[policy.Terms]]:
    """Every mutant, by what was done to it."""
    return {name: _compiled(tree) for name, tree in _trees()}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    source = ast.parse(textwrap.dedent(inspect.getsource(policy.Terms)))
    [terms] = source.body
    assert isinstance(terms, ast.ClassDef)
    for at, method in enumerate(terms.body):
        places = [place for place, node in enumerate(ast.walk(method)) if isinstance(node, ast.Call)]
        for place in places:
            for name, changed in _changes(method, place):
                tree = copy.deepcopy(source)
                tree.body[0].body[at] = changed  # type: ignore[attr-defined]
                yield name, tree


def _changes(method: ast.AST, place: int) -> Iterator[tuple[str, ast.AST]]:
    """What can be done to the call at a place in the walk of a method."""
    call = _at(method, place)
    if not isinstance(call.func, ast.Name):
        return
    title = f"{getattr(method, 'name', '')}: {ast.unparse(call)}"
    if call.func.id == "not_":
        changed = copy.deepcopy(method)
        _become(_at(changed, place), call.args[0])
        yield f"{title} without not", changed
    if call.func.id in JOINED:
        for number, argument in enumerate(call.args):
            changed = copy.deepcopy(method)
            del _at(changed, place).args[number]
            yield f"{title} without {ast.unparse(argument)}", changed
        changed = copy.deepcopy(method)
        _at(changed, place).func = ast.Name(JOINED[call.func.id], ast.Load())
        yield f"{title} by {JOINED[call.func.id]}", changed


def _at(method: ast.AST, place: int) -> ast.Call:
    call = list(ast.walk(method))[place]
    assert isinstance(call, ast.Call)
    return call


def _become(call: ast.Call, other: ast.expr) -> None:
    """Let a call stand for another expression: `(lambda x: x)(other)`, which needs no look at the call's parent."""
    call.func = ast.parse("(lambda condition: condition)", mode="eval").body
    call.args = [other]


def _compiled(tree: ast.Module) -> type[policy.Terms]:
    names = dict(vars(policy))
    exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), names)
    terms: type[policy.Terms] = names["Terms"]
    return terms
