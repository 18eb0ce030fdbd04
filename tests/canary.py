"""Canaries: no test may let a word of a hidden fact through to somebody from whom the fact is hidden.

What is promised. For every answer of the server that a test asks for, every mail that it sends, every command that it
runs `--as` somebody and every line that it logs, all texts of all facts in the database (every kind and column that the
models know, ids and codes included) are looked for, in whatever case, accents, entities, address, JSON or mail encoding
they stand. A word that is found must stand in some fact that the reader may see at that moment, judged by the sentence
of the policy and not by `discretion`; or have been typed by the reader; or be an account's own or a community's; or be
the product's own (templates, catalogues). Otherwise it is a `Leak`, which fails the test even where somebody swallows
it. A line of the log may hold no word at all that somebody typed into a fact, whoever reads it.

A text is known again by its words of three letters or more that the product doesn't say by itself, and by all of it
where it has none. `word` draws words that nobody else says: whatever makes facts for laws writes one into each text.

Its limits. A fact without words (an answer, a presence, a tie) is hidden by the name beside it, and where that name
may be seen elsewhere nothing is noticed here: the law of two worlds is for that. So it is for a word that the reader
finds in another fact, for counts, orders and times, for half a word, and for what is drawn in an image. A fact that is
gone when the answer is read is not looked for. Where a transaction is broken, nothing can be read: `counted` says how
often that was.
"""

import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entregent.common import chance
from tests import spoken
from tests.spoken import Spoken

if TYPE_CHECKING:
    from tests.stated import Tables, Text

#: What `word` draws from: five such syllables follow each other in no French or English word.
CONSONANTS, VOWELS, SYLLABLES = "kvxz", "aeiou", 5
DRAWN = re.compile(rf"\b(?:[{CONSONANTS}][{VOWELS}]){{{SYLLABLES}}}\b")


class Leak(AssertionError):
    """Something hidden was about to be told."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what they said themselves; nobody in particular reads a log."""

    name: str
    people: frozenset[int | None]
    typed: Spoken


#: What was refused since the test began, and lines of the log that could not be looked at when they were written.
refused: list[Leak] = []
_later: "list[tuple[str, Tables]]" = []
_looking = True
#: What somebody typed since the test began, by person or session.
_typed: dict[object, list[str]] = defaultdict(list)
#: How many answers, mails, commands and lines were looked at, how many could not be, and the time that it took.
counted: Counter[str] = Counter()


def word(*key: object) -> str:
    """A word that can be said aloud, and that nobody says: drawn, or the same for the same key.

    >>> word("a need of Bob's"), word("a need of Bob's") == word("another")
    ('kikevozuzo', False)
    """
    draw = int(chance.digest("canary", *key), 16) if key else chance.bits(64)
    found = ""
    for _ in range(SYLLABLES):
        draw, syllable = divmod(draw, len(CONSONANTS) * len(VOWELS))
        found += CONSONANTS[syllable % len(CONSONANTS)] + VOWELS[syllable // len(CONSONANTS)]
    return found


def words(text: str) -> list[str]:
    """The drawn words in a text."""
    return DRAWN.findall(spoken.folded(text))


def begin() -> None:
    """Forget what was before: a test begins."""
    _typed.clear()
    _later.clear()
    refused.clear()


def settle() -> None:
    """Look at what could not be looked at before, and raise whatever was refused and swallowed: a test ends."""
    waiting = list(_later)
    _later.clear()
    for line, tables in waiting:
        logged(line, tables)
    if refused:
        raise refused.pop(0)


@contextmanager
def expected() -> Iterator[list[Leak]]:
    """Let the block refuse what it refuses, and hand it over instead: for tests of canaries."""
    before, found = list(refused), list[Leak]()
    try:
        yield found
    except Leak:
        pass
    finally:
        found += refused[len(before) :]
        refused[:] = before


@contextmanager
def away() -> Iterator[None]:
    """Look at nothing within the block: for mutants, whose leaks another law has to notice by itself."""
    global _looking  # noqa: PLW0603  one switch for one process
    before, _looking = _looking, False
    try:
        yield
    finally:
        _looking = before


def is_away() -> bool:
    """Whether nothing is looked at now."""
    return not _looking


def typed_by(*who: object, text: str) -> list[str]:
    """What somebody types, and has typed since the test began, by whatever is known of them (person, session)."""
    for one in who:
        _typed[one].append(text)
    return [text, *(said for one in who for said in _typed[one])]


def summary() -> str:
    """What was looked at, in a line."""
    doors = ", ".join(f"{counted[door]} {door}" for door in ("answers", "mails", "lines", "commands", "unread"))
    return f"canaries: {doors}; {counted['nanoseconds'] / 1e9:.1f} s of this process"


def told(where: str, reader: Reader, texts: Iterable[str], tables: "Tables") -> None:
    """Refuse what a reader may not know of. Raises `Leak`."""
    if not _looking or not tables.readable():
        counted["unread"] += _looking
        return
    began = time.thread_time_ns()
    try:
        _refuse(
            where, reader, _hidden(reader, Spoken.of(form for text in texts for form in spoken.forms(text)), tables)
        )
    finally:
        counted["nanoseconds"] += time.thread_time_ns() - began


def logged(line: str, tables: "Tables") -> None:
    """Refuse a line of the log that holds a word of any fact, now or when the test ends. Raises `Leak`."""
    if not _looking:
        return
    if threading.current_thread() is not threading.main_thread() or not tables.readable():
        _later.append((line, tables))
        return
    reader = Reader("the log", frozenset(), Spoken.of([]))
    _refuse("a line", reader, _found(Spoken.of(spoken.forms(line)), tables.texts(drawn=False)))


def _refuse(where: str, reader: Reader, hidden: "Iterable[tuple[Text, str]]") -> None:
    for text, found in sorted(hidden):
        refused.append(Leak(f"{where} tells {reader.name} {found!r}, which is hidden: {text.kind}.{text.column}"))
        raise refused[-1]


def _hidden(reader: Reader, said: Spoken, tables: "Tables") -> "set[tuple[Text, str]]":
    """What is said of facts, and which words of theirs, that the reader neither may see nor typed."""
    texts = tables.texts()
    found = {(text, found) for text, found in _found(said, texts) if not reader.typed.says(found)}
    if not found:
        return set()
    wanted = {word for _, word in found}
    saying = {text for text in texts if any(spoken.of(text.text).says(word) for word in wanted)}
    seen = [text for person in reader.people for text in tables.seen(person, saying)]
    known = Spoken.of([text.text for text in seen])
    found = {(text, word) for text, word in found if not known.says(word)}
    if not found:
        return set()
    free = Spoken.of(text for person in reader.people for text in tables.open_to(person))
    return {(text, word) for text, word in found if not free.says(word)}


def _found(said: Spoken, texts: "Iterable[Text]") -> "Iterator[tuple[Text, str]]":
    """The canaries of facts that are said, each with its fact."""
    for text in texts:
        canaries = spoken.canaries(text.text)
        for found in canaries & said.words:
            yield text, found
        for found in canaries - said.words:
            if " " in found and said.says(found):
                yield text, found
