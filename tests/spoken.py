"""What a text says, whatever its case, accents, escapes and markup, and which of its words are nobody's in particular.

Pure but for the product's own words, which are read from its templates and catalogues.
"""

import ast
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import unquote

import django.forms
from django.utils.translation import trans_real

import entregent
from tests.laws import sources

#: A public id, with its dashes or without, is one word; everything else is cut where it is neither letter nor digit.
WORD = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b|[^\W_]+")
TAG = re.compile(r"<[^<>]*>")
#: The names of elements and of attributes.
MARKUP = re.compile(r"</?[a-zA-Z][\w:-]*|\s[\w:.-]+=(?=[\"'])")
#: The escapes of JSON, and of scripts.
ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
#: What is nobody's word: what is drawn anew for each page, and the examples that the product gives, names included.
NOBODYS = re.compile(
    r"""nonce(?:-|=["']?)[\w+/=-]+|<b>Karine Payet</b>, (?:chez|at) Lagon|(?:à|like) camille@example\.org"""
)
#: Accents once they are letters of their own, and what is not seen at all.
UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")

#: Where the product's own words stand, beside its catalogues.
TEMPLATES = (Path(entregent.__file__).parent, Path(django.forms.__file__).parent)


class Spoken(NamedTuple):
    """The words of a text: as a set, and one after the other between blanks."""

    words: frozenset[str]
    line: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The words of several texts, each as it stands."""
        found = [word.replace("-", "") for text in texts for word in WORD.findall(folded(text))]
        return cls(frozenset(found), f" {' '.join(found)} ")

    def says(self, wanted: str) -> bool:
        """Whether a word, or words one after the other, stand here."""
        return wanted in self.words or f" {wanted} " in self.line


def folded(text: str) -> str:
    r"""Small letters without accents: the same for whoever types them another way.

    >>> folded("L’Éléphant, STRASSE, Ka\u00adri\u200bne")
    'l’elephant, strasse, karine'
    """
    if text.isascii():
        return text.lower()
    return UNSEEN.sub("", unicodedata.normalize("NFKD", text.casefold()))


def forms(text: str) -> Iterator[str]:
    r"""A text as it is read, and without its markup: entities, addresses and JSON are read as what they stand for.

    >>> list(forms('<a href="/?q=Z%C3%A9lie">Zo&eacute; \\u00e9t\\u00e9</a>'))
    ['  "/?q=Zélie">Zoé été >', 'Zoé été']
    """
    own = NOBODYS.sub(" ", text)
    yield _read(MARKUP.sub(" ", own))
    if "<" in own:
        yield _read(TAG.sub("", own))


def _read(text: str) -> str:
    return ESCAPE.sub(_unescaped, unquote(html.unescape(text)))


def _unescaped(escapes: re.Match[str]) -> str:
    return str(json.loads(f'"{escapes[0]}"'))


@lru_cache(200_000)
def of(text: str) -> Spoken:
    """What one text says."""
    return Spoken.of([text])


@lru_cache(200_000)
def canaries(text: str) -> frozenset[str]:
    """The words by which a text is known again: those that the product does not say by itself, else all of them.

    A word has three letters or digits and at least one letter; what a product says by itself are whole sentences too.
    """
    said = of(text)
    own = {word for word in said.words if _telling(word)} - product().words
    if own or len(said.words) < 2 or product().says(said.line.strip()):
        return frozenset(own)
    return frozenset({said.line.strip()})


def _telling(word: str) -> bool:
    return len(word) >= 3 and not word.isdigit()


@cache
def product() -> Spoken:
    """Whatever the product says by itself, in both languages."""
    files = (file for folder in TEMPLATES for file in folder.rglob("templates/**/*") if file.is_file())
    texts = (*(file.read_text() for file in files), *_catalogued(), *_written_in_views())
    return Spoken.of(NOBODYS.sub(" ", text) for text in texts)


def _written_in_views() -> Iterator[str]:
    """The markup, and the names of fields, that the sources of pages spell out."""
    for _, tree in sources.modules("web/**/*.py"):
        documentation = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
                yield node.value


def _catalogued() -> Iterator[str]:
    for language in ("fr", "en"):
        for source, translation in trans_real.translation(language)._catalog.items():  # type: ignore[attr-defined]
            yield from (source if isinstance(source, str) else source[0], translation)
