"""What somebody typed about themselves, as it is kept: a text, a list of words, or addresses of pages. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from entregent.common import wording
from entregent.search.stems import fold

#: Longest text, how much there may be in a list, and the longest of its words, in characters.
LONGEST, MOST, WORD = 600, 20, 60
#: Longest address of a page, in characters.
ADDRESS = 300


#: The kinds of which one says several, each kept on a line of its own.
SEVERAL = frozenset({"skills", "languages", "links"})


def lines(kind: str, kept: str) -> tuple[str, ...]:
    """What is kept of a kind, each of several by itself."""
    return tuple(kept.split("\n")) if kind in SEVERAL else (kept,)


def text(typed: str) -> str:
    r"""A text of a few lines.

    >>> text(" Des cartes.\n\nDes plans. ")
    'Des cartes.\n\nDes plans.'
    """
    return wording.lines(typed)[:LONGEST].rstrip()


def listed(typed: str) -> list[str]:
    r"""The words of a list, each once: they stand on lines, or between commas.

    >>> listed("Python, SEO\npython\nPhotographie de nuit")
    ['Python', 'SEO', 'Photographie de nuit']
    """
    found: dict[str, str] = {}
    for word in _parts(typed, r"[\n,;]"):
        found.setdefault(fold(word), word[:WORD].rstrip())
    return list(found.values())[:MOST]


def linked(typed: str) -> list[str]:
    """The addresses of a list, each once. Raises `ValueError` for what is no address of a page on the web.

    >>> linked("exemple.re/cartes https://exemple.re/cartes http://exemple.re")
    ['https://exemple.re/cartes', 'http://exemple.re']
    """
    return list(dict.fromkeys(_address(part) for part in _parts(typed, r"\s")))[:MOST]


def host(address: str) -> str:
    """By what a link is shown: the host that it leads to, so that no words can say another.

    >>> host("https://www.exemple.re/cartes?de=nuit")
    'exemple.re'
    """
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _parts(typed: str, between: str) -> Iterator[str]:
    return filter(None, map(wording.line, re.split(between, typed)))


def _address(typed: str) -> str:
    """An address of a page on the web, of a named host, without a name and password in it."""
    whole = typed if "://" in typed else f"https://{typed}"
    said = urlsplit(whole)
    said.port  # noqa: B018  raises for what is no number
    named = re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", said.hostname or "")
    if said.scheme not in {"http", "https"} or "@" in said.netloc or not named or len(whole) > ADDRESS:
        raise ValueError(typed)
    return whole
