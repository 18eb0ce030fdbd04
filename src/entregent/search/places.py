"""What the operator says of places: which towns a region holds, and how else a town is called. Pure.

A file beside the database, and no list in the sources: every place has its own south.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from entregent.search.endings import forms
from entregent.search.stems import Lexicon, spoken

log = logging.getLogger(__name__)

#: How well a town answers the region that holds it, and a region the town that is in it.
HELD, AROUND = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Places:
    """`near` says which other places answer a place; `called` how a town is written, by how else it is called."""

    near: Lexicon = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, text: str) -> str:
        """`text` with every town as it is written.

        >>> Places(called={"gilles les bains": "Saint-Gilles"}).spelled("un hôtel à Gilles-les-Bains")
        'un hôtel à Saint-Gilles'
        """
        for called, town in self.called.items():
            words = r"[\s-]+".join(map(re.escape, called.split()))
            text = re.sub(rf"(?<![\w-]){words}(?!\w)", lambda _found, town=town: town, text, flags=re.IGNORECASE)  # type: ignore[misc]
        return text

    def answering(self, place: str, towns: Iterable[str]) -> list[str]:
        """Those of `towns` that are at a place: it, what it holds, and what the smallest region around it holds.

        >>> said({"le sud": ["Saint-Pierre", "Le Tampon"]}, {}).answering("saint pierre", ["Le Tampon", "Cilaos"])
        ['Le Tampon']
        """
        asked = _token_of(self.spelled(place))
        near = self.near.get(asked, {})
        around = [region for region, grade in near.items() if grade == AROUND]
        smallest = min(around, key=lambda region: len(self.near.get(region, {})), default="")
        held = {town for town, grade in {**self.near.get(smallest, {}), **near}.items() if grade == HELD}
        return [town for town in towns if asked and _token_of(town) in {asked, *held}]


def said(regions: Mapping[str, list[str]], called: Mapping[str, str]) -> Places:
    """What the table says: the towns of each region, and the towns by how else they are called.

    >>> said({"le sud": ["Saint-Pierre", "Le Tampon"]}, {}).near
    {'sud': {'saintpier': 0.8, 'tampon': 0.8}, 'saintpier': {'sud': 0.4}, 'tampon': {'sud': 0.4}}
    """
    near: dict[str, dict[str, float]] = {}
    for region, towns in regions.items():
        for around, town in ((_token(region), _token(town)) for town in towns):
            near.setdefault(around, {})[town] = HELD
            near.setdefault(town, {})[around] = AROUND
    return Places(
        {place: near[place] for place in sorted(near, key=lambda place: len(near[place]), reverse=True)}, called
    )


def write(path: Path, table: Mapping[str, Any]) -> None:
    """Store a table of `regions` and `called`, whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(table, ensure_ascii=False, indent=2), encoding="utf-8")
    draft.replace(path)


def stored(path: Path) -> Places:
    """The places stored there; none where there is no file, or where it is torn, which the log says once."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Places()


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Places:
    try:
        held = json.loads(path.read_bytes())
        regions = {str(name): [str(town) for town in towns] for name, towns in held.get("regions", {}).items()}
        return said(regions, {str(name): str(town) for name, town in held.get("called", {}).items()})
    except (ValueError, TypeError, AttributeError, RecursionError):
        log.warning("%s holds no places: questions are answered without. docs/operating.md says what it holds.", path)
        return Places()


def _token(place: str) -> str:
    """The stem by which a place is found: that of its longest word. Raises `ValueError` where it has none."""
    return forms(max(spoken(place), key=len))[0]


def _token_of(place: str) -> str:
    """The same, or nothing where it has no word."""
    return _token(place) if spoken(place) else ""
