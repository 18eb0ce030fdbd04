"""A real browser: the system's Chromium, started once."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import system

#: A browser that stays at home: it looks up nothing and calls nobody but the server under test.
QUIET = (
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-gpu"),
    *("--disable-quic", "--disable-sync", "--no-first-run"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless. As root it has to do without its sandbox."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system.chromium(), args=[*QUIET, *root])
        yield chromium
        chromium.close()
