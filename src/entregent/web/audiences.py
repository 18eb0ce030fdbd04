"""Who sees the viewer's own facts, in the words of `labels`; and the audiences that a form offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.communities import actions as communities_kept
from entregent.communities import queries as communities
from entregent.communities.queries import AROUND
from entregent.discretion import queries as discretion
from entregent.discretion.policy import EVERYONE
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.profiles import queries as profiles
from entregent.web.labels import ENTRIES, KINDS, Audience

#: On what terms a fact is stated: the key of its audience (None: only me), and whether it is discreet.
Terms = tuple[int | None, bool]


def described(viewer: Viewer, terms: Iterable[Terms]) -> dict[Terms, Audience]:
    """Each of these terms of the viewer's own facts in words: a few statements, however many there are."""
    wanted = set(terms)
    circles = {circle for circle, _discreet in wanted if circle is not None} - {EVERYONE}
    entries = {circle: label.entry for circle, label in communities.labels(viewer, circles).items()}
    names = _names(viewer, circles - entries.keys())
    around = communities.around(viewer) if circles - entries.keys() - names.keys() else None
    kept = tuple(kept.name for kept in market.shielded(viewer)) if any(discreet for _, discreet in wanted) else ()
    return {
        (circle, discreet): replace(_audience(circle, entries, names, around), apart_from=kept if discreet else ())
        for circle, discreet in wanted
    }


def offered(mine: Sequence[communities.Page]) -> list[tuple[str, Any]]:
    """The audiences of a fact about oneself, as choices of a form: a circle's key, or `me` for nobody else.

    `mine` are the communities that one belongs to.
    """
    several = len(mine) > 1
    named = [(str(page.members_circle), page.name if several else ENTRIES[page.entry]) for page in mine]
    around = [(AROUND, KINDS[AROUND][0])] if several else []
    return [("me", _("Only me")), *named, *around, (str(EVERYONE), _("Everyone"))]


def chosen(actor: Viewer, answer: str) -> int | None:
    """The key of the audience that an answer among those offered stands for."""
    if answer == AROUND:
        return communities_kept.around(actor)
    return int(answer) if answer.isdigit() else None


def _audience(
    circle: int | None, entries: Mapping[int, str], names: Mapping[int, tuple[str, ...]], around: int | None
) -> Audience:
    if circle in (None, EVERYONE):
        return Audience("me" if circle is None else "everyone")
    if circle in entries:
        return Audience("members", entry=entries[circle])
    if circle in names:
        return Audience("chosen", names=names[circle])
    return Audience(AROUND if circle == around else "connections")


def _names(viewer: Viewer, circles: Iterable[int]) -> dict[int, tuple[str, ...]]:
    people = discretion.chosen(viewer, list(circles))
    cards = profiles.cards(viewer, {person for named in people.values() for person in named})
    return {circle: tuple(cards[p].name for p in named if p in cards) for circle, named in people.items()}
