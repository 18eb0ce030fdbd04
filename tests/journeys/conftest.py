"""A real browser, started once, and the demonstration on a stage of its own."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.installation import Installation
from tests.journeys import looking, stage


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with looking.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory, tables: Installation) -> Iterator[stage.Stage]:
    """A demonstration that belongs to the tests of one module."""
    folder = tmp_path_factory.mktemp("stage")
    shutil.copytree(tables.home, folder / "home")
    with stage.served(folder) as one:
        yield one
