"""The product's sources as syntax trees, for the laws that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import entregent

PACKAGE = Path(entregent.__file__).parent

#: What a part reads and writes about one noun, beside its `queries.py` and its `actions.py`: each is held to the same.
BY_NOUN = {
    "queries": {
        "encounters/followups",
        "encounters/imports",
        "meetups/albums",
        "meetups/gatherings",
        "recall/kept",
        "recall/mentions",
    },
    "actions": {
        *("encounters/adoptions", "encounters/promises"),
        *(
            f"meetups/{noun}"
            for noun in ("admissions", "departures", "feeds", "hosts", "pictures", "presences", "releases", "sharing")
        ),
    },
}


def modules(pattern: str = "**/*.py") -> Iterator[tuple[str, ast.Module]]:
    """Every module that matches, migrations aside: its path within the package, and its tree."""
    for file in sorted(PACKAGE.glob(pattern)):
        if "migrations" not in file.parts:
            yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text())


def kind(path: str) -> str:
    """What a module holds, by its path within the package: `queries` or `actions`, by noun, too; else what it is named.

    >>> [kind(path) for path in ("meetups/actions.py", "encounters/followups.py", "meetups/seats.py")]
    ['actions', 'queries', 'seats']
    """
    name = path.removesuffix(".py")
    return next((kind for kind, named in BY_NOUN.items() if name in named), PurePosixPath(name).name)


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions that a module offers to others."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
