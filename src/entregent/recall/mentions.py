"""Reads of whom the lines speak that answer a need: members, the viewer's own contacts, whoever was at an evening."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.market import queries as market
from entregent.meetups import queries as meetups
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.search import queries as search
from entregent.search import stems

#: How many evenings are opened, the latest, and as many where the viewer was; each set of words that evenings answer
#: has the same share of them. An evening says little about who was there, and an older one says less.
EVENINGS = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A line, and the member or the contact of whom it speaks to the viewer.

    The line of an evening speaks of whoever `came`, or only said that they would.
    """

    line: search.Hit
    person: int | None
    contact: UUID | None = None
    came: bool = True

    @property
    def latest(self) -> tuple[date, int]:
        """By what lines are put in order: the greatest is the latest."""
        return _latest(self.line)


def shown(
    viewer: Viewer, terms: Sequence[stems.Term], mine: Collection[UUID]
) -> tuple[list[Mention], Mapping[int, Card]]:
    """What answers the question about somebody who shows the viewer their name or is in their book; their cards.

    What is said of anybody else is as if nobody had said it: it makes no word right either. Nothing is said of the
    viewer, nor of whom they block. A question about a job is not for those before whom the viewer's shield stands, nor
    for those of the viewer's book who work there: it would be told to a boss. Whoever no longer shows their name is
    known to nobody as blocked, or as a boss: what the viewer noted of them is found like that of somebody who has left.
    """
    spoken = _spoken(viewer, terms, mine)
    cards = profiles.cards(viewer, {each.person for each in spoken if each.person})
    left_out: set[int | None] = {viewer.person, *discretion.blocked(viewer)}
    kept_off: Mapping[UUID, int | None] = {}
    if viewer.person and stems.about_a_job(terms):
        kept_off = encounters.working_at(viewer, market.shielded_names(viewer))
        left_out |= {*market.before_shield(viewer), *kept_off.values()}
    named = cards.keys() - left_out
    kept = (each for each in spoken if each.contact not in kept_off)
    told = [each for each in kept if each.person in named or (each.contact and each.person not in cards)]
    return told, {person: cards[person] for person in named}


def attended(viewer: Viewer) -> dict[UUID, bool]:
    """The evenings of the viewer's own, and whether they came."""
    mine = meetups.there(viewer, people=[viewer.person]) if viewer.person else ()
    return {each.meetup: each.came for each in mine}


def _spoken(viewer: Viewer, terms: Sequence[stems.Term], mine: Collection[UUID]) -> list[Mention]:
    """What answers the question, of whom it speaks."""
    hits = search.lines(viewer, terms)
    evenings = [hit for hit in hits if hit.kind == "evening"]
    spoken = [Mention(hit, hit.subject, hit.contact) for hit in hits if hit.subject or hit.contact]
    return spoken + _there(viewer, _telling(evenings, mine))


def _telling(evenings: Iterable[search.Hit], mine: Collection[UUID]) -> dict[UUID, search.Hit]:
    """Of the evenings that answer, those to open."""
    told: dict[tuple[frozenset[str], bool], list[search.Hit]] = {}
    for hit in sorted(evenings, key=_latest, reverse=True):
        for where in {False, hit.about in mine}:
            told.setdefault((frozenset(hit.grades), where), []).append(hit)
    share = max(1, EVENINGS // len({words for words, _where in told} or {None}))
    return {hit.about: hit for hits in told.values() for hit in hits[:share]}


def _latest(hit: search.Hit) -> tuple[date, int]:
    return hit.on or date.min, hit.about.int


def _there(viewer: Viewer, evenings: Mapping[UUID, search.Hit]) -> list[Mention]:
    """Who was, or comes, to evenings: for each person and set of words, the latest."""
    kept: dict[tuple[int, frozenset[str]], Mention] = {}
    for each in meetups.there(viewer, evenings=evenings) if evenings else ():
        hit = evenings[each.meetup]
        said, key = Mention(hit, each.person, came=each.came), (each.person, frozenset(hit.grades))
        kept[key] = max(kept.get(key, said), said, key=lambda one: one.latest)
    return list(kept.values())
