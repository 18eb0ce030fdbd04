"""Somebody's phone: opens addresses at a moment, reads, types and presses by the words on the page."""

import re
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import looking
from tests.journeys.stage import CLOCK, SUNDAY, Stage


class Phone(AbstractContextManager["Phone"]):
    """One browser of its own, in French, of a phone's size, with or without scripts; nobody is known on it at first."""

    def __init__(self, browser: Browser, stage: Stage, *, scripts: bool = True) -> None:
        self.stage = stage
        self.context = looking.context(browser, "fr", java_script_enabled=scripts)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(looking.PATIENCE)
        self.at(SUNDAY)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def at(self, moment: datetime) -> Self:
        """Let it be this moment."""
        self.context.set_extra_http_headers({CLOCK: moment.isoformat()})
        return self

    def of(self, who: str) -> Self:
        """Let it be the phone of somebody who is signed in."""
        session = self.stage.sessions[f"{who}:fr"]
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.stage.url}])
        return self

    def open(self, address: str) -> Self:
        """Go to an address, whole or of this server."""
        self.page.goto(address if "://" in address else self.stage.url + address)
        return self

    def press(self, words: str, within: str = "main") -> Self:
        """Press the button, or follow the link, that says this; then wait for the next page."""
        said = self.page.locator(within).locator("button, a, summary").filter(has_text=re.compile(words)).first
        said.click()
        self.page.wait_for_load_state()
        return self

    def type(self, **fields: str) -> Self:
        """Type into fields, each by its name."""
        for name, words in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(words)
        return self

    def choose(self, **fields: str) -> Self:
        """Tick one of several answers, each by the name of its field."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}][value={value}]").first.check(force=True)
        return self

    def reads(self, *words: str) -> Self:
        """See these words on the page."""
        for some in words:
            expect(self.page.locator("body")).to_contain_text(some)
        return self

    def reads_nothing_of(self, *words: str) -> Self:
        """See none of these words, neither on the page nor behind it."""
        behind = self.page.content()
        assert [some for some in words if some in behind] == []
        return self

    def sign_in(self, mail: str) -> Self:
        """Ask for a code, read it in the mail, type it."""
        self.open("/entrer/").type(email=mail).press("Recevoir un code")
        return self.type_code(mail)

    def type_code(self, mail: str) -> Self:
        """Type the code that came last by mail."""
        text = self.stage.mails(mail)[-1].get_body(("plain",))
        assert text is not None
        found = re.search(r"\b\d[\d -]{6,}\d\b", text.get_content())
        assert found is not None
        return self.type(code=found[0]).press("Entrer")

    def find(self, selector: str) -> Locator:
        """What the page holds there."""
        return self.page.locator(selector)

    @property
    def path(self) -> str:
        """Where one is."""
        return self.page.url.removeprefix(self.stage.url)
