"""The desk on which a file is sorted into a book: who is new, who is in it already, and whether there is room."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book_of
from entregent.encounters.models import Import
from entregent.exchange import bounds, matching
from entregent.exchange.contacts.said import CHANNELS, WORDS, Said

#: How much of each a page takes from files.
LIMITS = {"labels": encounters.MOST, "mails": CHANNELS, "telephones": CHANNELS, "links": CHANNELS}
#: What stands between the words of several lines about one person.
APART = "\n\n"


@dataclass(slots=True)
class Desk:
    """One import as it is written: whose, the contacts known, what is to be made of new people; then the import."""

    owner: int
    known: matching.Known
    fresh: list[Said] = field(default_factory=list)
    more: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    brought: Import = field(init=False)

    def sort(self, lines: Iterable[Said]) -> None:
        """Who is new, and who is in the book. New people go by negative numbers until they are written."""
        for said in lines:
            at = self.known.find(said)
            if at is None:
                self.fresh.append(said)
                self.known.add(matching.as_held(-len(self.fresh), said))
                continue
            self.known.grow(at, said)
            if at < 0:
                self.fresh[-at - 1] = _joined(self.fresh[-at - 1], said)
            else:
                self.more[at].append(said)

    def short(self) -> bounds.Short | None:
        """What is said where the new people do not fit into the book."""
        return bounds.short(held=len(self.known.says) - len(self.fresh), fresh=len(self.fresh))


def known(viewer: Viewer) -> matching.Known:
    """Everybody in the viewer's own book, as they are looked for."""
    return matching.Known.of(
        matching.Held(
            at=one.key,
            name=one.name,
            organisation=one.organisation,
            key=one.line,
            mails=frozenset(mail.lower() for mail in one.mails),
            telephones=matching.numbers(one.telephones),
        )
        for one in book_of.sought(viewer)
    )


def _joined(one: Said, other: Said) -> Said:
    """Two lines of a file about one person, as much as a page takes: what is full takes no more."""
    lists: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))[:most] for name, most in LIMITS.items()
    }
    words = added(one.words, other.words, set(one.words.split(APART)))
    return replace(one, **lists, words=words, on=one.on or other.on, place=one.place or other.place)


def added(words: str, more: str, there: set[str]) -> str:
    """Words, and those paragraphs of others that are not there; as long as a note may be."""
    if len(words) >= WORDS:
        return words
    fresh = [part for part in dict.fromkeys(more.split(APART)) if part and part not in there]
    return APART.join(filter(None, (words, *fresh)))[:WORDS]
