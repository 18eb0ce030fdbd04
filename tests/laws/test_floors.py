"""The floors are a test: every contract of `pyproject.toml` fails on a violation that is planted in a copy."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.laws import sources

ROOT = sources.PACKAGE.parent.parent
LINTER = Path(sys.executable).with_name("lint-imports")

#: For each contract: a module, and a line that must not stand in it.
PLANTS = {
    "floors": ("people/queries.py", "from entregent.meetups import models as planted"),
    "inside": ("discretion/models.py", "from entregent.discretion import queries as planted"),
    "doors": ("web/planted.py", "from entregent.people import models as planted"),
    "pure": ("common/clock.py", "from django.utils import timezone as planted"),
    "circles": ("common/chance.py", "from entregent.common import ids as planted"),
}

#: What a part's module may be without being pure: the five kinds of `docs/architecture.md`, what Django asks for,
#: and the policy, which is one SQL expression, with the guard that looks for it.
KINDS = {"actions", "apps", "declassified", "due", "guard", "models", "policy", "queries"}
#: What a part's actions do in several of them, under a name of its own: below the actions, above the queries. What its
#: queries and actions do about one noun is in `sources.BY_NOUN`.
SHARED_BY_ACTIONS = {
    "cards/copying",
    "cards/shapes",
    "communities/founding",
    "communities/hearings",
    "communities/memberships",
    "encounters/lines",
    "encounters/occasions",
    "encounters/pages",
    "encounters/shapes",
    "meetups/access",
    "meetups/announcements",
    "meetups/checks",
    "meetups/heirs",
    "meetups/joints",
    "meetups/organising",
    "meetups/passing",
    "meetups/questions",
    "meetups/seats",
    "meetups/series",
    "meetups/terms",
    "meetups/visitors",
}
#: What a part's queries read in several of them: below the queries.
SHARED_BY_QUERIES = {"meetups/standings", "recall/reasons"}
#: What of it another floor takes all the same, each with its reason.
TAKEN = {
    "cards/copying": "a word copies a card as crossing cards does",
    "cards/shapes": "how long what stands on a card may be",
    "communities/hearings": "what the circle is called of those who hear a report",
    "encounters/lines": "an import writes the lines of what it brings",
    "encounters/shapes": "how long what stands in a book may be, and which day it is",
    "meetups/joints": "what the circle is called of those who are in the communities of an evening",
    "meetups/checks": "how long an evening is at most",
    "recall/reasons": "the notebook says by which of one's words it found somebody as an answer does",
    "meetups/seats": "an import counts seats as an answer does",
}
#: Floors that are no part: doors, the settings, `exchange`, which moves everything in and out, `evaluation`, which
#: reads files, and what Django lacks.
NO_PARTS = {"api", "cli", "config", "dav", "evaluation", "exchange", "mail", "statements", "web"}


def lint(copy: Path, contract: str) -> "subprocess.CompletedProcess[str]":
    """The linter's verdict on one contract, over the package in `copy`."""
    return subprocess.run(
        [str(LINTER), "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--contract", contract],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def contracts() -> dict[str, dict[str, Any]]:
    """The contracts that the linter is asked to keep, by id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def pure() -> set[str]:
    """The modules that are promised to be pure, as `part/module`."""
    return {name.removeprefix("entregent.").replace(".", "/") for name in contracts()["pure"]["source_modules"]}


def taken(path: str, tree: ast.Module) -> set[str]:
    """The modules of other floors that a module imports, as `part/module`."""
    said: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                said |= {module, *(f"{module}.{each.name}" for each in names)}
            case ast.Import(names=names):
                said |= {each.name for each in names}
    found = {"/".join(name.split(".")[1:3]) for name in said if name.startswith("entregent.")}
    return {name for name in found if "/" in name and name.partition("/")[0] != path.partition("/")[0]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the package."""
    shutil.copytree(sources.PACKAGE, tmp_path / "entregent", ignore=shutil.ignore_patterns("__pycache__", "static"))
    return tmp_path


def test_every_contract_has_a_planted_violation():
    assert set(PLANTS) == set(contracts())


@pytest.mark.parametrize("contract", PLANTS)
def test_a_contract_is_kept_until_a_violation_is_planted(copy: Path, contract: str):
    assert lint(copy, contract).returncode == 0
    module, line = PLANTS[contract]
    with (copy / "entregent" / module).open("a") as file:
        file.write(f"\n{line}\n")
    verdict = lint(copy, contract)
    assert (verdict.returncode, "0 kept, 1 broken" in verdict.stdout) == (1, True)


def test_a_new_folder_that_is_no_floor_breaks_the_floors(copy: Path):
    (copy / "entregent" / "helpers").mkdir()
    (copy / "entregent" / "helpers" / "__init__.py").touch()
    verdict = lint(copy, "floors")
    assert (verdict.returncode, "- entregent.helpers" in verdict.stdout) == (1, True)


def test_a_module_of_a_part_that_is_of_no_known_kind_is_promised_to_be_pure():
    promised = pure()
    others = {
        path.removesuffix(".py")
        for path, _ in sources.modules("*/*.py")
        if path.partition("/")[0] not in NO_PARTS | promised and sources.kind(path) not in KINDS | {"__init__"}
    }
    assert others - promised == SHARED_BY_ACTIONS | SHARED_BY_QUERIES


def test_what_is_shared_inside_of_a_part_stays_there_but_for_what_is_named():
    found = set[str]().union(*(taken(path, tree) for path, tree in sources.modules()))
    assert found & (SHARED_BY_ACTIONS | SHARED_BY_QUERIES) == set(TAKEN)


def test_a_planted_door_that_takes_what_is_shared_inside_of_a_part_is_found():
    planted = "from entregent.meetups import queries, seats\nfrom entregent.meetups.series import slots\n"
    planted += "import entregent.meetups.terms\nfrom entregent.web import once\n"
    assert taken("web/planted.py", ast.parse(planted)) & SHARED_BY_ACTIONS == {
        *("meetups/seats", "meetups/series", "meetups/terms")
    }
    assert taken("meetups/planted.py", ast.parse(planted)) == {"web/once"}
