"""Every page in every state, on a phone, by day and by night: for everybody, within the screen, no complaint."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from tests.journeys import looking, pages
from tests.journeys.stage import Stage

pytestmark = pytest.mark.journey

#: The narrowest screen that a page fits, and what the first view of an evening may weigh: bytes, and requests.
NARROW, WEIGHT, REQUESTS = 320, 150_000, 10


@pytest.fixture(scope="module")
def eyes(browser: Browser, staged: Stage) -> Iterator[looking.Eyes]:
    """Somebody who reads French."""
    one = looking.Eyes(browser, staged, "fr")
    yield one
    one.context.close()


@pytest.fixture(scope="module")
def axe() -> Axe:
    """The engine that finds what somebody could not use."""
    return Axe()


#: What axe is asked: everything, once; of another theme, which changes nothing but colours, whether these can be read.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(axe: Axe, page: Page, asked: dict[str, Any]) -> list[str]:
    """What axe has to say, each with the places."""
    found = axe.run(page, options=asked).response["violations"]
    return [f"{one['id']}: {' '.join(str(node['target']) for node in one['nodes'])}" for one in found]


@pytest.mark.parametrize("look", [look for look in pages.LOOKS if not look.drawn], ids=lambda look: look.name)
def test_a_page_is_for_everybody_within_the_screen_and_complains_of_nothing(eyes, axe, look):
    page = eyes.look(look)
    page.set_viewport_size({"width": looking.PHONE, "height": looking.HEIGHT})
    for theme, asked in zip(looking.THEMES, (EVERYTHING, COLOURS), strict=True):
        page.emulate_media(color_scheme=theme)
        assert violations(axe, page, asked) == []
    page.set_viewport_size({"width": NARROW, "height": looking.HEIGHT})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert eyes.complaints == []


@pytest.mark.parametrize("name", ["evening", "tonight"])
def test_the_first_view_of_an_evening_is_light(browser, staged, name):
    """To a visitor the evening itself, to somebody who is signed in *Ce soir*: nothing is in the browser's cache."""
    weights: list[int] = []

    def weigh(answer: Response) -> None:
        weights.append(len(answer.body()))

    seer = looking.Eyes(browser, staged, "fr")
    seer.page.on("response", weigh)
    page = seer.look(next(look for look in pages.LOOKS if look.name == name))
    page.wait_for_load_state("networkidle")
    assert page.locator("article.soir").count() == 1
    seer.context.close()
    assert (1 < len(weights) <= REQUESTS, 0 < sum(weights) <= WEIGHT) == (True, True)


@pytest.mark.parametrize("name", ["poster", "community-poster"])
def test_a_poster_is_one_sheet_of_paper(eyes, name):
    page = eyes.look(next(look for look in pages.LOOKS if look.name == name))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
