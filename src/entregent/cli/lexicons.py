"""Learns what French words mean in English, and stores it where questions are asked."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from entregent.cli import show
from entregent.cli.failures import Failure
from entregent.cli.language import _, ngettext
from entregent.search import lexicon


def learn(*, french: Sequence[Path], english: Sequence[Path], half: bool, into: Path | None) -> None:
    """Learn from pairs of files: the first French one with the first English one, and so on."""
    if len(french) != len(english):
        raise Failure(_("As many French files are wanted as English ones, in the same order."))
    with show.err.status(_("Learning")):
        pairs = [pair for files in zip(french, english, strict=True) for pair in _pairs(*files, half=half)]
        learnt = lexicon.learn(pairs)
    if not learnt:
        raise Failure(_("These files have no URI in common."))
    lexicon.write(into or settings.LEXICON, learnt)
    words = ngettext("{words:n} word, from {pairs:n} labels.", "{words:n} words, from {pairs:n} labels.", len(learnt))
    show.line(words.format(words=len(learnt), pairs=len(pairs)))


def _pairs(french: Path, english: Path, *, half: bool) -> list[tuple[str, str]]:
    try:
        return list(lexicon.pairs(french, english, half=half))
    except (KeyError, ValueError) as error:
        words = _("{file}: a CSV file in UTF-8 with the columns conceptUri and preferredLabel is wanted.")
        raise Failure(words.format(file=f"{french}, {english}")) from error
