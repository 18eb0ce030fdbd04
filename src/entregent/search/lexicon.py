"""What words mean in another language, learnt from pairs of short texts that say the same. Pure.

The pairs are the operator's own copy of a public register; nothing is learnt from what members write.
"""

import csv
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from entregent.search.endings import forms
from entregent.search.stems import WORD_LIMIT, Lexicon, spoken

log = logging.getLogger(__name__)

#: How often all pairs are gone through; how likely a meaning is at least, and how many are kept of a word.
ROUNDS, LIKELY, KEPT = 6, 0.02, 8

Pairs = list[tuple[tuple[str, ...], tuple[str, ...]]]
Table = Mapping[str, Mapping[str, float]]


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """For each stem of the first language the stems of the second, with how well one answers the other, from 0 to 1.

    Expectation maximisation over which word stands for which, without order (Brown et al., 1993, model 1), in both
    directions: the mean of what each says of the other, or a rare word would stand for whatever it is said with.

    >>> learn([("chef pâtissier", "pastry chef"), ("pâtissier", "pastry"), ("chef", "chef")])["patisi"].keys()
    dict_keys(['pastri'])
    """
    stemmed = [(_stems(one, 0), _stems(other, -1)) for one, other in pairs]
    there, back = _likely(stemmed), _likely([(other, one) for one, other in stemmed])
    means = {
        word: {other: (likely + back.get(other, {}).get(word, 0.0)) / 2 for other, likely in meant.items()}
        for word, meant in there.items()
    }
    return {word: kept for word, meant in means.items() if (kept := _kept(meant))}


def pairs(first: Path, second: Path, *, half: bool) -> Iterator[tuple[str, str]]:
    """The labels of the same URI in two files of ESCO; of every URI, or of those whose SHA-256 is even."""
    said = dict(_labels(second))
    for uri, label in _labels(first):
        if uri in said and not (half and int(hashlib.sha256(uri.encode()).hexdigest(), 16) % 2):
            yield label, said[uri]


def write(path: Path, lexicon: Lexicon) -> None:
    """Store a lexicon, whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(lexicon, separators=(",", ":")), encoding="utf-8")
    draft.replace(path)


def stored(path: Path) -> Lexicon:
    """The lexicon stored there; an empty one where there is none, or where it is torn, which the log says once."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Lexicon:
    try:
        held = json.loads(path.read_bytes())
        return {word: _meant(meant) for word, meant in held.items() if _is_token(word)}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        log.warning("%s holds no lexicon: questions are answered without one. Learn it again.", path)
        return {}


def _meant(meanings: Mapping[str, Any]) -> dict[str, float]:
    """The tokens that a database may be asked for, with how well they answer."""
    return {token: min(1.0, max(0.0, float(well))) for token, well in meanings.items() if _is_token(token)}


def _is_token(text: str) -> bool:
    return text.isalnum() and len(text) <= WORD_LIMIT


def _labels(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["conceptUri"], row["preferredLabel"]


def _stems(text: str, language: int) -> tuple[str, ...]:
    """The stems of a text, each once: of `forms` the French one is the first, the English one the last."""
    return tuple(dict.fromkeys(forms(word)[language] for word in spoken(text)))


def _likely(pairs: Pairs) -> Table:
    """How likely each word of the first language is said by each word of the second."""
    table: Table = {word: dict.fromkeys(meant, 1.0) for word, meant in _together(pairs).items()}
    for _round in range(ROUNDS):
        table = _again(table, pairs)
    return table


def _together(pairs: Pairs) -> dict[str, list[str]]:
    met: dict[str, list[str]] = defaultdict(list)
    for words, others in pairs:
        for word in words:
            met[word] += others
    return met


def _again(table: Table, pairs: Pairs) -> Table:
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for words, others in pairs:
        for other in others:
            whole = sum(table[word][other] for word in words)
            for word in words if whole else ():
                counts[word][other] += table[word][other] / whole
    totals = {word: sum(meant.values()) for word, meant in counts.items()}
    return {word: {other: n / totals[word] for other, n in meant.items()} for word, meant in counts.items()}


def _kept(meant: Mapping[str, float]) -> dict[str, float]:
    """The likely ones; the square root, so that one meaning of four counts half."""
    likely = sorted(((-p, other) for other, p in meant.items() if p >= LIKELY))[:KEPT]
    return {other: round(sqrt(-p), 3) for p, other in likely}
