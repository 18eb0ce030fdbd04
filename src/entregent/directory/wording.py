"""What two spellings of a tag or of a town have in common. Pure."""

import re

from entregent.search.stems import fold

#: Longest key, in characters.
KEY = 120

_GAP = re.compile(r"[\W_]+")


def key_of(words: str) -> str:
    """Small letters and digits, one blank between words; with its signs where nothing else is left.

    >>> key_of("BOULOGNE-Billancourt"), key_of("Boulogne Billancourt"), key_of("C++"), key_of("?")
    ('boulogne billancourt', 'boulogne billancourt', 'c++', '?')
    """
    folded = fold(words)
    plain = _GAP.sub(" ", folded).strip()
    return (plain if len(plain) > 1 else folded)[:KEY]
