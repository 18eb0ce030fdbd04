"""A browser, and eyes that look at the pages on stage through it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.journeys.pages import VISITOR, Look
from tests.journeys.stage import CLOCK, Stage
from tools import system

#: A browser that stays at home: it looks up nothing and calls nobody but the server under test.
QUIET = (
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-gpu"),
    *("--disable-quic", "--disable-sync", "--no-first-run"),
)
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
#: The height of what is seen without scrolling, and the widths that are looked at, in pixels.
HEIGHT, PHONE, WIDE = 844, 390, 1280
#: How long anything may take to appear, in milliseconds: a busy machine is no fault of a page.
PATIENCE = 10_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless. As root it has to do without its sandbox."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=[*QUIET, *root])
        yield browser
        browser.close()


class Eyes:
    """Looks at pages in one language, through anybody's eyes: one page of the browser, whose cookies are changed."""

    def __init__(self, browser: Browser, stage: Stage, language: str) -> None:
        self.stage, self.language = stage, language
        self.context = context(browser, language)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        #: What the browser complained of since the last look began; a refused answer is no complaint of its own.
        self.complaints: list[str] = []
        self.answers: list[Response] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._keep)

    def look(self, look: Look) -> Page:
        """Go there as somebody, and do there what is to be done first."""
        self.context.clear_cookies()
        session = self.stage.sessions.get(f"{look.who}:{self.language}")
        if session:
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.stage.url}])
        elif look.who != VISITOR:
            raise KeyError(look.who)
        self.context.set_extra_http_headers({CLOCK: look.at.isoformat()})
        self.complaints.clear()
        self.answers.clear()
        self.page.goto(self.stage.url + self.stage.addresses[look.name] + look.query)
        if look.act:
            look.act(self.page)
        self._check(look)
        return self.page

    def _keep(self, answer: Response) -> None:
        self.answers.append(answer)

    def _check(self, look: Look) -> None:
        pages = [answer for answer in self.answers if answer.request.is_navigation_request()]
        status = pages[-1].status if pages else None
        if status != look.status:
            raise AssertionError(f"{look.name}: answered {status} at {self.page.url}, {look.status} is expected")
        if look.status >= 400:
            self.complaints = [said for said in self.complaints if f"status of {look.status}" not in said]


def context(browser: Browser, language: str, **more: object) -> BrowserContext:
    """A phone that speaks a language, with nothing known of it.

    It keeps nothing unless `service_workers` allows it: whatever a worker asks for is without the clock of the stage.
    """
    said = {"viewport": {"width": PHONE, "height": HEIGHT}, "service_workers": "block", **more}
    return browser.new_context(locale=LOCALES[language], reduced_motion="reduce", **said)  # type: ignore[arg-type]
