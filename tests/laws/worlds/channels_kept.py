"""Channels by which a need that is kept would tell what is hidden from whoever keeps it."""

from collections.abc import Iterator
from uuid import UUID

from entregent.discretion.viewer import Viewer
from entregent.recall import kept
from entregent.recall.kept import Held, News
from entregent.recall.queries import Answer
from entregent.search import stems
from entregent.search.models import Line
from tests.laws.worlds.channels import channel, put

SAID = "headline words need"


def _saying(viewer: Viewer, held: Held, before: frozenset[UUID]) -> list[UUID]:
    """Whoever says a word of a need, whether the viewer may see it or not, and was not told to them."""
    reading = stems.Reading(stems.query(held.text))
    rows = Line.ledger.exclude(subject=None).exclude(subject=viewer.person).values_list("subject__uid", "stems")
    return sorted({uid for uid, said in rows if reading(said).grades} - before)


@channel("an alert about somebody hidden", SAID, "news", "kept")
def hidden_news() -> Iterator[None]:
    real = kept._new

    def new(viewer: Viewer, held: Held, before: frozenset[UUID]) -> tuple[Answer, ...]:
        found = real(viewer, held, before)
        others = [uid for uid in _saying(viewer, held, before) if uid not in {each.id for each in found}]
        return (*found, *(Answer("person", uid, "", 0.0, (), (), None, None, "") for uid in others))

    with put(kept, "_new", new):
        yield


@channel("an alert without a name at the moment when somebody hidden says the word", SAID, "news")
def nameless_news() -> Iterator[None]:
    real = kept.untold

    def untold(viewer: Viewer) -> list[News]:
        found = real(viewer)
        silent = [held for held in kept.mine(viewer) if held.uid not in {news.held.uid for news in found}]
        return found + [News(held, ()) for held in silent if _saying(viewer, held, held.told)]

    with put(kept, "untold", untold):
        yield
