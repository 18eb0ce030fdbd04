"""An installation with the demonstration in it, made once for all tests of the command line that only read."""

import os
from collections.abc import Iterator

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
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, not served."""
    with installation.database(os.environ.get("ENTREGENT_DATABASE_URL")) as address:
        home = tmp_path_factory.mktemp("demonstration") / "home"
        made = Installation(home=home, address=address, port=installation.free_port())
        done = made.run("demo", "--small", "--no-serve", "--on", "2026-11-22")
        assert (done.returncode, done.stderr) == (0, "")
        yield made
