"""What others would find: SQLite's full text, the same over French stems, and character n-grams. Pure.

They are here to be compared with, and follow their definition to the letter; the product uses none of them.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext as _

import numpy as np
import Stemmer

from entregent.common import errors
from entregent.evaluation.files import Text

#: How many texts are listed for a question.
LISTED = 100

#: The ids found for a question, best first.
Finder = Callable[[str], list[str]]

_TOKEN = re.compile(r"[^\W_]+")

#: Snowball's stop words of French (M. Porter, snowballstem.org, BSD licence).
STOP_WORDS = frozenset(
    """
    au aux avec ce ces dans de des du elle en et eux il ils je la le les leur lui ma mais me même mes moi mon ne nos
    notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l à m
    n s t y été étée étées étés étant étante étants étantes suis es est sommes êtes sont serai seras sera serons serez
    seront serais serait serions seriez seraient étais était étions étiez étaient fus fut fûmes fûtes furent sois soit
    soyons soyez soient fusse fusses fût fussions fussiez fussent ayant ayante ayantes ayants eu eue eues eus ai as
    avons avez ont aurai auras aura aurons aurez auront aurais aurait aurions auriez auraient avais avait avions aviez
    avaient eut eûmes eûtes eurent aie aies ait ayons ayez aient eusse eusses eût eussions eussiez eussent
    """.split()
)


def finders(corpus: Sequence[Text]) -> dict[str, Finder]:
    """Each baseline over `corpus`, whose ids are in order. Raises `DomainError` where scikit-learn is not installed."""
    return {
        "SQLite FTS5": _full_text(corpus, _tokens, _whole),
        "FTS5 on stems": _full_text(corpus, _stemmed, _begun),
        "3-5-grams": _n_grams(corpus),
    }


def unmarked(text: str) -> str:
    """`text` decomposed, without marks.

    >>> unmarked("Œuvre ﬁlée à Éloïse")
    'Œuvre filee a Eloise'
    """
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def _stemmed(text: str) -> list[str]:
    kept = [token for token in _tokens(text) if token not in STOP_WORDS]
    return [unmarked(stem) for stem in Stemmer.Stemmer("french", 0).stemWords(kept)]


def _whole(token: str) -> str:
    return f'"{token}"'


def _begun(token: str) -> str:
    return f'"{token}"*' if len(token) >= 3 else f'"{token}"'


def _full_text(corpus: Sequence[Text], tokens: Callable[[str], list[str]], term: Callable[[str], str]) -> Finder:
    """FTS5 with its defaults: rows in the order of the ids, so that of equals the smaller id comes first."""
    table = sqlite3.connect(":memory:", check_same_thread=False)
    table.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='unicode61')")
    rows = (
        (place, each.text if tokens is _tokens else " ".join(tokens(each.text))) for place, each in enumerate(corpus)
    )
    table.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)
    best = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT ?"

    def found(question: str) -> list[str]:
        asked = " OR ".join(map(term, dict.fromkeys(tokens(question))))
        return [corpus[place].id for (place,) in table.execute(best, (asked, LISTED))] if asked else []

    return found


def _n_grams(corpus: Sequence[Text]) -> Finder:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 it belongs to an extra
    except ModuleNotFoundError as error:
        raise errors.DomainError(
            _("This needs scikit-learn: install it with pip install 'entregent[evaluation]'.")
        ) from error
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    texts = grams.fit_transform(_folded(each.text for each in corpus)).tocsr()

    def found(question: str) -> list[str]:
        scores = (texts @ grams.transform(_folded([question])).T).toarray().ravel()
        first = np.argsort(-scores, kind="stable")[:LISTED]
        return [corpus[place].id for place in first if scores[place] > 0]

    return found


def _folded(texts: Iterable[str]) -> list[str]:
    return [unmarked(text).lower() for text in texts]
