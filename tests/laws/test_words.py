"""Every word of a page or a mail can be said in both languages: templates hold no prose outside of translations."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from tests.laws import sources

#: Blocks whose text is translated, or shown to nobody.
SILENT = {"blocktranslate", "blocktrans", "comment"}
#: Elements whose text is not prose, and attributes whose text is.
MACHINE = {"script", "style"}
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
WORD = re.compile(r"[^\W\d_]{2,}")
#: Words that are the same in every language; `entre` and `gent` are the halves of the wordmark.
NAMES = {"Entregent", "entre", "gent", "QR", "SMS", "WhatsApp"}


def markup(template: str) -> str:
    """What a template writes by itself: without tags, variables, comments and translated blocks."""
    kept, silent = [], ""
    for token in Lexer(template).tokenize():
        word = token.contents.partition(" ")[0]
        if token.token_type is TokenType.TEXT and not silent:
            kept.append(token.contents)
        elif token.token_type is TokenType.BLOCK and not silent and word in SILENT:
            silent = f"end{word}"
        elif token.token_type is TokenType.BLOCK and word == silent:
            silent = ""
    return "".join(kept)


class Prose(HTMLParser):
    """Collects the words that a reader meets."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._element = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the words of spoken attributes."""
        self._element = tag
        for name, value in attrs:
            if name in SPOKEN:
                self.words += WORD.findall(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self._element = ""

    def handle_data(self, data: str) -> None:
        """Take the words of a text."""
        if self._element not in MACHINE:
            self.words += WORD.findall(data)


def untranslated(template: str) -> list[str]:
    """The words that a template says in one language only."""
    prose = Prose()
    prose.feed(markup(template))
    prose.close()
    return [word for word in prose.words if word not in NAMES]


def templates() -> Iterator[tuple[str, str]]:
    """Every template: its path within the package and its source."""
    for file in sorted(sources.PACKAGE.glob("*/templates/**/*")):
        if file.suffix in {".html", ".svg", ".txt"}:
            yield file.relative_to(sources.PACKAGE).as_posix(), file.read_text()


def test_no_template_holds_prose_outside_of_a_translation():
    found = {path: untranslated(template) for path, template in templates()}
    assert {path: words for path, words in found.items() if words} == {}


def test_planted_prose_is_found():
    assert untranslated('<p title="Bonjour">{{ name }} vient</p>') == ["Bonjour", "vient"]


def test_translated_words_code_and_names_are_no_prose():
    template = '{% load i18n %}<h1>Entregent {% translate "Hello" %}</h1>{% blocktranslate %}Hi{% endblocktranslate %}'
    assert untranslated(f'{template}<script nonce="{{{{ n }}}}">let x = 1;</script>') == []
