"""Who stands where is written by the part that is about it: every other one asks `circles.actions`."""

import ast
from collections.abc import Iterator

from tests.laws import sources

#: The tables of `circles`.
TABLES = {"Circle", "Member", "Within"}
#: What a row or a set of rows is written by.
WRITES = set(
    "create bulk_create get_or_create update_or_create update bulk_update delete save"
    " acreate abulk_create aget_or_create aupdate_or_create aupdate abulk_update adelete asave _raw_delete".split()
)
#: The modules that may, each with its reason.
ALLOWED = {"exchange/arrivals.py": "an import writes all the circles of a history in batches, and tells how far it is"}


def writes(tree: ast.Module) -> list[str]:
    """Where a module writes a table of `circles`: makes a row, writes a set of them, or hands the table on."""
    rows = _rows(tree)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.expr) and _writes(node, rows, inner)]
    return [f"{node.lineno}: {ast.unparse(node)}" for node in sorted(parts, key=lambda node: node.lineno)]


def _writes(node: ast.expr, rows: set[str], inner: set[int]) -> bool:
    match node:
        case ast.Call(func=ast.Name() | ast.Attribute() as made):
            return _is_table(made, rows)
        case ast.Attribute(attr=word, value=value) if word in WRITES:
            return _root(value, rows)
        case ast.Attribute(attr="objects" | "_base_manager" | "_default_manager", value=value):
            return _is_table(value, rows) and id(node) not in inner
    return False


def _is_table(node: ast.expr, rows: set[str]) -> bool:
    match node:
        case ast.Attribute(attr=word):
            return word in TABLES
        case ast.Name(id=word):
            return word in rows and word[:1].isupper()
    return False


def _root(node: ast.expr, rows: set[str]) -> bool:
    """Whether an expression begins with a table, or with what was found in one."""
    match node:
        case ast.Name(id=word):
            return word in rows
        case ast.Attribute(attr=word, value=value):
            return word in TABLES or _root(value, rows)
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _root(inner, rows)
    return False


def _rows(tree: ast.Module) -> set[str]:
    """What a module calls the tables, and the names that it gives to what is found in them."""
    names = set(_imported(tree))
    while more := set(_named(tree, names)) - names:
        names |= more
    return names


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "entregent.circles.models":
            yield from (one.asname or one.name for one in node.names if one.name in TABLES)


def _named(tree: ast.Module, names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _root(value, names):
                yield name
            case ast.For(target=ast.Name(id=name), iter=value) if _root(value, names):
                yield name


def test_who_stands_where_is_written_by_one_part():
    found = {path for path, tree in sources.modules() if not path.startswith("circles/") and writes(tree)}
    assert found == set(ALLOWED)


def test_the_part_itself_is_found_to_write():
    assert {path for path, tree in sources.modules("circles/*.py") if writes(tree)} == {"circles/actions.py"}


def test_a_planted_write_is_found():
    planted = """
from entregent.circles import models
from entregent.circles.models import Circle, Member as Place, Within
Circle.objects.filter(kind="hearing").delete()
Place.objects.bulk_create(places)
written(Within.objects, pairs)
rows = Circle.objects.filter(kind="going")
old = rows.exclude(about=None)
old.update(owner=None)
for row in old:
    row.delete()
models.Member(person=1, circle=2).save()
"""
    assert writes(ast.parse(planted)) == [
        "4: Circle.objects.filter(kind='hearing').delete",
        "5: Place.objects.bulk_create",
        "6: Within.objects",
        "9: old.update",
        "11: row.delete",
        "12: models.Member(person=1, circle=2).save",
        "12: models.Member(person=1, circle=2)",
    ]


def test_reading_circles_is_no_write():
    read = """
from entregent.circles.models import Circle, Member
rows = Member.objects.filter(circle__in=Circle.objects.filter(kind="going")).values_list("person", flat=True)
said = {"rows": list(rows)}
said.update(more=rows.first())
"""
    assert writes(ast.parse(read)) == []
