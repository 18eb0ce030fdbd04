"""One folded word as the tokens it is found by: Snowball's French and English stems, and the relatives they keep apart.

Snowball (M. Porter, snowballstem.org) leaves développeur and développeuse, graphiste and graphisme, directrice and
direction on different stems, and wants the accents that a phone leaves out. The rules here mend that and no more.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from entregent.search import vocabulary

#: Words this short are acronyms and names of things (seo, ux, ios, css), and stay as they are.
SHORT = 3

#: Endings whose accent the French stemmer wants to see (conseillère: the masculine; lieux: the singular).
_REACCENTED = (
    (re.compile(r"iere(s?)$"), r"ière\1"),
    (re.compile(r"ee(s?)$"), r"ée\1"),
    (re.compile(r"ite(s?)$"), r"ité\1"),
    (re.compile(r"(?<=\w{3}[^i])eres?$"), "er"),
    (re.compile(r"(?<=\w{3}er)s$"), ""),
    (re.compile(r"^(\w{1,2}eu)x$"), r"\1"),
)

#: Directrice, directeur, direction; vendeuse, vendeur; graphiste, graphisme, graphique; créative, créatif; ennuyé.
_RELATED = (
    (re.compile(r"(?<=t)ric$"), "eur"),
    (re.compile(r"eux$"), "eur"),
    (re.compile(r"(?<=\w{4})(?:eur|ist|ism)$"), ""),
    (re.compile(r"(?<=\w{5})(?:iqu|ic|ion)$"), ""),
    (re.compile(r"(?<=\w{2})if$"), "iv"),
    (re.compile(r"(?<=\w{2})y$"), "i"),
)

_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1+")
_THREAD = threading.local()


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, ...]:
    """The tokens of one folded word: its French stem, and its English one where it differs.

    >>> forms("developpeuse"), forms("developer")
    (('develop', 'developeus'), ('develop',))
    """
    if len(word) <= SHORT or word in vocabulary.UNBENT or any(map(str.isdigit, word)):
        return (word,)
    return tuple(dict.fromkeys((_french(word), undoubled(_stemmer("english").stemWord(word)))))


def undoubled(word: str) -> str:
    """`word` with single consonants, unless it gets short: few people write développement twice alike.

    >>> undoubled("appellation"), undoubled("css")
    ('apelation', 'css')
    """
    single = _DOUBLED.sub(r"\1", word)
    return single if len(single) > SHORT else word


def unmarked(text: str) -> str:
    """`text` decomposed, without accents and without invisible characters such as the soft hyphen."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isascii() or unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})


def _french(word: str) -> str:
    for pattern, ending in _REACCENTED:
        word = pattern.sub(ending, word)
    stem = undoubled(unmarked(_stemmer("french").stemWord(word)))
    for pattern, ending in _RELATED:
        stem = pattern.sub(ending, stem)
    return stem


def _stemmer(language: str) -> Stemmer.Stemmer:
    """PyStemmer's objects may not be shared between threads."""
    if not hasattr(_THREAD, language):
        setattr(_THREAD, language, Stemmer.Stemmer(language, 0))
    return getattr(_THREAD, language)
