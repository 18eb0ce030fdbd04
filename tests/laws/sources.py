"""The product's sources as syntax trees, for the laws that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import entregent

PACKAGE = Path(entregent.__file__).parent


def modules(pattern: str = "**/*.py") -> Iterator[tuple[str, ast.Module]]:
    """Every module that matches, migrations aside: its path within the package, and its tree."""
    for file in sorted(PACKAGE.glob(pattern)):
        if "migrations" not in file.parts:
            yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text())


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions that a module offers to others."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
