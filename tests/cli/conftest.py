"""An installation with the demonstration in it, made once for all tests of the command line that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import installation
from tests.exchange.conftest import shared_data
from tests.installation import Installation

__all__ = ["shared_data"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal speaks English, whatever the one of whoever runs the tests does."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory, tables: Installation) -> Iterator[Installation]:
    """The small demonstration, not served, for tests that only read it."""
    with installation.like(tables, tmp_path_factory.mktemp("demonstration") / "home") as made:
        done = made.run("demo", "--small", "--no-serve", "--on", "2026-11-22")
        assert (done.returncode, done.stderr) == (0, "")
        yield made


@pytest.fixture
def demonstrated(tmp_path: Path, demonstration: Installation) -> Iterator[Installation]:
    """The small demonstration, of a test's own."""
    with installation.like(demonstration, tmp_path / "home") as one:
        yield one
