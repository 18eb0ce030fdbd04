"""Plain French or English, on a phone, with or without accents, as tokens that meet: one text per fact, one question.

Both sides go through the same steps, so what is typed carelessly on one side still meets the other. Tokens hold letters
and digits only, which SQLite and PostgreSQL take as they are. Nothing here ranks, and nothing here reads a table.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from string import ascii_lowercase

from entregent.search import vocabulary
from entregent.search.endings import SHORT, forms, unmarked

#: How much is read of a fact and of a question, and kept of a word, in characters; then the words of a question.
TEXT_LIMIT, QUESTION_LIMIT, WORD_LIMIT, TERM_LIMIT = 20_000, 1_000, 40, 32

#: How well a token answers a word: the word itself in any gender, number or tense; another word for it; a beginning.
SAME, KIN, BEGINNING = 1.0, 0.6, 0.5

#: A token that begins with this many letters of a word may resemble it, and does where it has that much in common with
#: it; chosen on the questions of `benchmarks.recall` that do not judge.
ROOT, RESEMBLING = 4, 0.4

#: How well a token answers a word that is one slip of the finger away from it, where nothing answers the word itself;
#: how long such a word is, in letters; and for how many words of a question slips are tried.
SLIP, SLIPPING, SLIPS = 0.45, range(5, 21), 3

#: How well two words answer one that is written together (`socialmedia`), where nothing answers the word itself; how
#: long each of them is at least, in letters.
PARTED, PART = 0.9, 3

#: For the stem of a word, the stems of another language that may stand for it, with how well, from 0 to 1.
Lexicon = Mapping[str, Mapping[str, float]]

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"})
_APOSTROPHE = re.compile(r"['`\u2018\u2019\u02bc\u2032]")
_ELISION = re.compile(r"\b([cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu)'(?=\w)")
_SAINT = re.compile(r"\b(?:saint|st)(e?)[-. \u2010]{1,3}(?=([^\W\d_]{3,40}))")
_COMPOUND = re.compile(r"[^\W_]+(?:[-.\u2010][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?…;])(?<!\b[Ss]t\.)(?<!\b[Ss]te\.)\s+|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: its own stems, the stems of other words for it, and beginnings.

    What begins with `prefix` will do, what begins with `root` may resemble the word; either may be "". `slips` are the
    stems of what it may have been meant to be, `parts` those of two words that it may be made of, `meanings` those of
    another language, with how well they answer.
    """

    word: str
    forms: tuple[str, ...]
    kin: tuple[str, ...]
    prefix: str
    root: str
    slips: frozenset[str] = frozenset()
    parts: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    meanings: Mapping[str, float] = field(default_factory=dict, hash=False)


def fold(text: str) -> str:
    """`text` in small letters without accents, ligatures, apostrophes or superfluous blanks. Idempotent.

    >>> fold("L’Œuvre d'Éloïse,  à  Saint-Leu")
    'l oeuvre d eloise, a saint-leu'
    >>> fold("aujourd’hui, Prud’homme")
    'aujourdhui, prudhomme'
    """
    plain = unmarked(unmarked(text).casefold().translate(_LIGATURES))
    elided = _ELISION.sub(r"\1 ", _APOSTROPHE.sub("'", plain))
    return " ".join(elided.replace("'", "").split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, small ones included; a compound gives its parts and the whole.

    >>> words("Dév. front-end C++ à St Pierre")
    ('dev', 'front', 'end', 'frontend', 'cplusplus', 'a', 'saintpierre')
    """
    plain = _SAINT.sub(_saint, _spelled(fold(_acronyms(text[:TEXT_LIMIT]))[:TEXT_LIMIT]))
    return tuple(word[:WORD_LIMIT] for found in _COMPOUND.finditer(plain) for word in _parts(found[0]))


def stems(text: str) -> str:
    r"""What to index of `text`, in its order: the French stem of every word, and the English one where it differs.

    Each sentence that says something is a line.

    >>> stems("Chargée de comptes, puis directrice technique. Et toi ? Développeuse !")
    'charg charge compt direct directric techn techniqu\ndevelop developeus'
    """
    told = (" ".join(form for word in spoken(said) for form in forms(word)) for said in sentences(text[:TEXT_LIMIT]))
    return "\n".join(filter(None, told))


def sentences(text: str) -> list[str]:
    """The sentences of `text`, and the lines that it is written on.

    >>> sentences("Vu à St. Leu. Fait des cartes !")
    ['Vu à St. Leu.', 'Fait des cartes !']
    """
    return [said for said in _SENTENCE.split(text) if said]


def spoken(text: str) -> list[str]:
    """The folded words of `text` that say something."""
    return [word for word in words(text) if _speaks(word)]


def query(text: str, *lexicons: Lexicon) -> tuple[Term, ...]:
    """The words of a question, in order, each once; the words of asking only where there is nothing else.

    >>> [term.word for term in query("je cherche un poste plus responsable")]
    ['poste', 'responsable']
    >>> [term.word for term in query("qui cherche ?")]
    ['cherche']
    """
    said = spoken(text[:QUESTION_LIMIT])
    topical = [word for word in said if word not in vocabulary.ASKING_WORDS] or said
    by_stem = {forms(word)[0]: word for word in reversed(topical)}
    ordered = sorted(by_stem.values(), key=topical.index)
    terms = (_term(word, last=word == topical[-1]) for word in ordered[:TERM_LIMIT])
    return tuple(replace(term, meanings=_meanings(term.forms[0], lexicons)) for term in terms)


def _meanings(stem: str, lexicons: Iterable[Lexicon]) -> Mapping[str, float]:
    return {token: well for lexicon in lexicons for token, well in lexicon.get(stem, {}).items()}


def about_a_job(terms: Iterable[Term]) -> bool:
    """Whether somebody asks for a job: in these words, in others for it, or in what they may have been meant to be.

    >>> [about_a_job(query(words)) for words in ("je m’ennuie, un poste plus responsable", "facteur à La Poste")]
    [True, False]
    """
    jobs = _job_stems()
    return any(not jobs.isdisjoint(said) for term in terms for said in _any_of(term))


def _any_of(term: Term) -> Iterator[Iterable[str]]:
    yield from (term.forms, term.kin, term.slips, term.meanings)
    yield from (stem for parts in term.parts for stem in parts)


@cache
def _job_stems() -> frozenset[str]:
    return frozenset(form for word in vocabulary.JOB_WORDS for form in forms(word))


def mended(terms: Sequence[Term], answers: Iterable[Mapping[str, float]]) -> tuple[Term, ...]:
    """The same question, with the slips and parts of those words that no text answers; `answers`: grades of each text.

    What a word may have been meant to be is made of its own letters: no list of words says what others wrote.

    >>> [len(term.slips) > 100 for term in mended(query("un photgraphe au musée"), [{"musee": 1.0}])]
    [True, False]
    """
    answered = {word for grades in answers for word, grade in grades.items() if grade >= BEGINNING}
    missed = [term for term in terms if term.word not in answered and _may_slip(term.word)][:SLIPS]
    return tuple(_otherwise(term) if term in missed else term for term in terms)


def _otherwise(term: Term) -> Term:
    return replace(term, slips=_slips(term.word), parts=tuple(_parts_of(term.word)))


def _parts_of(word: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for at in range(PART, len(word) - PART + 1):
        yield frozenset(forms(word[:at])), frozenset(forms(word[at:]))


def _may_slip(word: str) -> bool:
    return len(word) in SLIPPING and word.isascii() and word.isalpha()


def _slips(word: str) -> frozenset[str]:
    """The stems of everything one letter more, less or other than `word`, or with two neighbours swapped."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = [left + right[1:] for left, right in halves if right]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1]
    other = [left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase]
    more = [left + letter + right for left, right in halves for letter in ascii_lowercase]
    stemmed = (form for meant in {*less, *swapped, *other, *more} for form in forms.__wrapped__(meant))
    return frozenset(form for form in stemmed if len(form) > SHORT)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text answers: for each word of the question how well, from 0 to 1, and how often; `length` in tokens.

    `sentences` are those of its sentences that answer, read in the same way.
    """

    grades: Mapping[str, float]
    times: Mapping[str, float]
    length: int
    sentences: tuple["Read", ...] = ()


class Reading:
    """Reads texts for a question. What answers less well than the best of a text counts for less than once.

    >>> read = Reading(query("développeuse"))
    >>> [read(stems(said)).grades for said in ("développeur", "programmeur", "graphiste")]
    [{'developpeuse': 1.0}, {'developpeuse': 0.6}, {}]
    >>> read("develop program").times
    {'developpeuse': 1.6}
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self.parted = tuple(term for term in self.terms if term.parts)
        self.tokens: dict[str, tuple[tuple[str, float], ...]] = {}

    def __call__(self, stems: str) -> Read:
        """What a text of these stems answers."""
        said = [self.sentence(line.split()) for line in stems.split("\n")]
        return whole([each for each in said if each.grades], sum(each.length for each in said))

    def sentence(self, tokens: Sequence[str]) -> Read:
        """What one sentence answers."""
        answers = [each for token in tokens for each in self.graded(token)]
        if self.parted:
            answers += [(word, PARTED) for word in self._parted(tokens)]
        return read(answers, len(tokens))

    def _parted(self, tokens: Collection[str]) -> Iterator[str]:
        """The words of the question that stand there in two."""
        for term in self.parted:
            if any(not part.isdisjoint(tokens) and not rest.isdisjoint(tokens) for part, rest in term.parts):
                yield term.word

    def graded(self, token: str) -> tuple[tuple[str, float], ...]:
        """The words that a token answers, and how well; the same tokens come again and again."""
        graded = self.tokens.get(token)
        if graded is None:
            every = ((term.word, _grade(term, token)) for term in self.terms)
            graded = self.tokens[token] = tuple(each for each in every if each[1])
        return graded


def whole(sentences: Sequence[Read], length: int) -> Read:
    """What a text of `length` tokens answers in those of its sentences that answer."""
    if len(sentences) == 1:
        return Read(sentences[0].grades, sentences[0].times, length, tuple(sentences))
    answers = [(word, grade * each.times[word]) for each in sentences for word, grade in each.grades.items()]
    best = read([answer for each in sentences for answer in each.grades.items()], length).grades
    return Read(best, _times(answers, best), length, tuple(sentences))


def read(answers: Sequence[tuple[str, float]], length: int) -> Read:
    """What `length` tokens answer, of which some answer a word, each with how well."""
    best = dict(answers)
    if len(best) == len(answers):
        return Read(best, dict.fromkeys(best, 1.0), length)
    for word, grade in answers:
        best[word] = max(best.get(word, grade), grade)
    return Read(best, _times(answers, best), length)


def _times(answers: Iterable[tuple[str, float]], best: Mapping[str, float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for word, grade in answers:
        total[word] = total.get(word, 0.0) + grade
    return {word: total[word] / grade for word, grade in best.items()}


def _grade(term: Term, token: str) -> float:
    if token in term.forms:
        return SAME
    if token in term.kin:
        return KIN
    slipped = SLIP if token in term.slips else 0.0
    begun = BEGINNING if term.prefix and token.startswith(term.prefix) else 0.0
    alike = _alike(term.forms[0], token) if term.root and token.startswith(term.root) else 0.0
    return max(begun, slipped, term.meanings.get(token, 0.0), alike**2 if alike > RESEMBLING else 0.0)


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> float:
    """How many of their pieces of three to five letters two words share (Dice, 1945), ends included; from 0 to 1.

    >>> _alike("plomb", "plombery") > RESEMBLING > _alike("photograph", "photovoltaiqu")
    True
    """
    mine, theirs = _pieces(one), _pieces(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


@lru_cache(maxsize=1 << 14)
def _pieces(word: str) -> frozenset[str]:
    ended = f" {word} "
    return frozenset(ended[at : at + size] for size in (3, 4, 5) for at in range(len(ended) - size + 1))


def fts5(terms: Iterable[Term]) -> str:
    """The same question for SQLite's `MATCH`, any word sufficing; "" when there is nothing to ask.

    >>> fts5(query("SEO Payet"))
    '"seo" OR "referenc" OR "referenceur" OR "payet" OR "paye"*'
    """
    said = list(terms)
    words = [f'"{token}"{"*" if begins else ""}' for token, begins in _alternatives(said)]
    return " OR ".join(words + [_both(parts, '"', " OR ", " AND ") for term in said for parts in term.parts])


def tsquery(terms: Iterable[Term]) -> str:
    """The same question for PostgreSQL's `to_tsquery('simple', ...)`; "" when there is nothing to ask.

    >>> tsquery(query("Payet"))
    "'payet' | 'paye':*"
    """
    said = list(terms)
    words = [f"'{token}'{':*' if begins else ''}" for token, begins in _alternatives(said)]
    return " | ".join(words + [_both(parts, "'", " | ", " & ") for term in said for parts in term.parts])


def _both(parts: Iterable[Iterable[str]], quote: str, either: str, both: str) -> str:
    told = (either.join(f"{quote}{token}{quote}" for token in sorted(part)) for part in parts)
    return f"({both.join(f'({tokens})' for tokens in told)})"


def _acronyms(text: str) -> str:
    """`text` with IT and AI written out, unless all of it is in capitals and they may be small words."""
    if text.isupper() and " " in text:
        return text
    for acronym, meaning in vocabulary.ACRONYMS:
        text = re.sub(rf"(?<![\w'’]){acronym}\b", meaning, text)
    return text


def _spelled(plain: str) -> str:
    for spelling, token in vocabulary.SPELLINGS:
        plain = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", token, plain)
    return plain


def _saint(found: re.Match[str]) -> str:
    """Saint-Pierre is one word: an island has ten towns that begin with Saint."""
    return found[0] if found[2] in vocabulary.STOP_WORDS else f"saint{found[1]}"


def _parts(compound: str) -> Iterator[str]:
    parts = _PART.findall(compound)
    yield from parts
    if 1 < len(parts) <= 4:
        yield "".join(parts)


def _speaks(word: str) -> bool:
    return len(word) > 1 and word not in vocabulary.STOP_WORDS


def _term(word: str, last: bool) -> Term:
    own = forms(word)
    kin = dict.fromkeys(form for other in _kin().get(own[0], ()) for form in forms(other) if form not in own)
    return Term(word, own, tuple(kin), _prefix(word, last), _root(own[0]) if len(own[0]) > SHORT else "")


def _root(stem: str) -> str:
    """The first letters: of a town called after a saint those of the name, or each town would resemble the next."""
    return stem[: ROOT + (len("saint") if stem.startswith("saint") else 0)]


def _prefix(word: str, last: bool) -> str:
    """A stem that is long enough to mean something; the last word typed, which may be unfinished."""
    stem = forms(word)[0]
    return stem if len(stem) > SHORT else word if last else ""


def _alternatives(terms: Iterable[Term]) -> Iterator[tuple[str, bool]]:
    for term in terms:
        yield from ((token, False) for token in (*term.forms, *term.kin, *term.meanings, *sorted(term.slips)))
        if term.root or term.prefix:
            yield term.root or term.prefix, True


@cache
def _kin() -> dict[str, tuple[str, ...]]:
    """For each French stem of the table, the words on its lines."""
    table: dict[str, tuple[str, ...]] = {}
    for line in map(str.split, vocabulary.KIN):
        for word in line:
            table[forms(word)[0]] = table.get(forms(word)[0], ()) + tuple(line)
    return table
