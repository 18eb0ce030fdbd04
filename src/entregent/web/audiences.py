"""Who sees the viewer's own facts, in the words of `labels`; and the audiences that a form offers."""

from collections.abc import Collection, Iterable, Sequence
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
    kinds = discretion.kinds(viewer, [circle for circle, _discreet in wanted if circle is not None])
    places = communities.labels(viewer, [circle for circle, kind in kinds.items() if kind == "members"])
    names = _names(viewer, [circle for circle, kind in kinds.items() if kind == "chosen"])
    names |= {circle: (place.name,) for circle, place in places.items()}
    kept = tuple(kept.name for kept in market.shielded(viewer)) if any(discreet for _, discreet in wanted) else ()
    return {
        (circle, discreet): Audience(
            kind=kinds[circle] if circle else "me",
            names=names.get(circle, ()) if circle else (),
            entry=places[circle].entry if circle in places else "",
            apart_from=kept if discreet else (),
        )
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


def _names(viewer: Viewer, circles: Collection[int]) -> dict[int, tuple[str, ...]]:
    if not circles:
        return {}
    people = discretion.chosen(viewer, circles)
    cards = profiles.cards(viewer, {person for named in people.values() for person in named})
    return {circle: tuple(cards[p].name for p in named if p in cards) for circle, named in people.items()}
