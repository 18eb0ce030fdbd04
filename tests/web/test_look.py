"""Every page of the look, in every state and both languages: whole, no inline style or script, one lamp, one tongue."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from entregent.common import clock
from entregent.web.templatetags import look
from tests.web import look_urls
from tests.web.look_drawing import PAGES, draw
from tests.web.look_samples import NOW, ZONE

STATIC = Path(__file__).parents[2] / "src/entregent/web/static/entregent"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}
#: Elements that a paragraph may not hold: a browser would close it before them.
BLOCKS = {"article", "aside", "div", "dl", "fieldset", "form", "h1", "h2", "h3", "nav", "ol", "p", "section", "ul"}
#: What a visitor loads before the first view of an evening: the budget of the look, in bytes.
FIRST_VIEW = 150_000


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = look_urls.__name__


class Page(HTMLParser):
    """Follows the nesting of a page and collects what must not be there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.wrong += [f"{name} on {tag}" for name in found if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in found and found.get("type") != "application/ld+json":
            self.wrong.append("inline script")
        if tag in BLOCKS and "p" in self.open:
            self.wrong.append(f"{tag} in p")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_is_whole_and_leaves_nothing_to_a_strict_policy(name, language):
    page = Page(draw(name, language))
    assert (page.wrong, page.open) == ([], [])
    assert sorted(page.ids) == sorted(set(page.ids))
    assert page.levels.count(1) == 1
    assert [b for a, b in zip(page.levels, page.levels[1:], strict=False) if b > a + 1] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_lights_one_lamp_at_most(name):
    assert len(re.findall(r'class="(?:bouton lampe|reponse)[ "]', draw(name, "fr").replace('"reponse close', '"'))) <= 1


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_french_page_says_nothing_in_english(name):
    english = set(re.findall(r"\b(?:the|your|you|nobody|whom)\b", draw(name, "fr"), re.IGNORECASE))
    assert english == set()


def test_no_page_tells_more_of_an_evening_to_a_messenger_than_its_date_and_place():
    html = draw("evening-visitor", "fr")
    preview = re.findall(r'<meta property="og:(?:title|description)" content="([^"]*)">', html)
    assert preview == [
        "Apéro Web 47",
        "Jeudi 26\u00a0novembre, 18\u00a0h\u00a030 · Chez Zélie, sous la varangue, Saint-Denis",
    ]
    assert "Emmanuelle Fontaine" in html


def test_somebody_without_account_gets_no_navigation():
    assert 'class="nav"' not in draw("evening-visitor", "fr")
    assert 'class="nav"' in draw("evening-full", "fr")


def test_the_first_view_of_an_evening_stays_within_the_budget():
    files = [STATIC / name for name in ("tokens.css", "entregent.css", "entregent.js", "icon.svg")]
    weight = sum(file.stat().st_size for file in [*files, *(STATIC / "fonts").glob("*.woff2")])
    assert weight + len(draw("tonight", "fr").encode()) < FIRST_VIEW


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", "Jeudi 28\u00a0janvier 2027, 18\u00a0h\u00a030"), ("en", "Thursday 28\u00a0January 2027, 6:30\u00a0pm")],
)
def test_an_evening_of_next_year_says_its_year_in_its_own_zone(language, written):
    template = engines["django"].from_string("{{ at|evening:zone|capfirst }}")
    with clock.at(NOW), translation.override(language):
        assert template.render({"at": datetime(2027, 1, 28, 14, 30, tzinfo=UTC), "zone": ZONE}) == written


@pytest.mark.parametrize(
    ("month", "day", "french", "english"),
    [
        (11, 22, "ce soir", "tonight"),
        (11, 23, "demain", "tomorrow"),
        (11, 26, "dans quatre jours", "in four days"),
        (11, 21, "hier", "yesterday"),
        (9, 24, "il y a huit semaines", "eight weeks ago"),
        (3, 1, "il y a neuf mois", "nine months ago"),
    ],
)
def test_a_day_is_said_as_far_as_it_is(month, day, french, english):
    at = datetime(2026, month, day, 14, 30, tzinfo=UTC)
    said = []
    for language in ("fr", "en"):
        with clock.at(NOW), translation.override(language):
            said.append(look.when(at, ZONE))
    assert said == [french, english]
