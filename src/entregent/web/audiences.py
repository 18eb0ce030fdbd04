"""Who sees the viewer's own facts, in the words of `labels`; and the audiences that a form offers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.cards import actions as cards
from entregent.circles.fixed import EVERYONE
from entregent.communities import actions as communities_kept
from entregent.communities import queries as communities
from entregent.communities.queries import MY_COMMUNITIES
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.meetups import gatherings
from entregent.profiles import queries as profiles
from entregent.web.labels import ENTRIES, KINDS, Audience

#: What a form calls the audiences that are nobody's in particular.
ME, ALL = "me", "everyone"
#: Those with whom one crossed cards.
CROSSED = "connections"

#: On what terms a fact is stated: the key of its audience (None: only me), and whether it is discreet.
Terms = tuple[int | None, bool]


def described(viewer: Viewer, terms: Iterable[Terms], kept: Iterable[market.Kept]) -> dict[Terms, Audience]:
    """Each of these terms of the viewer's own facts in words: a few statements, however many there are.

    `kept` is their shield.
    """
    wanted = set(terms)
    kinds = discretion.kinds(viewer, [circle for circle, _discreet in wanted if circle is not None])
    around = gatherings.invited(viewer, [circle for circle, kind in kinds.items() if kind == "invited"])
    members = [circle for circle, kind in kinds.items() if kind == "members"]
    places = communities.labels(viewer, [*members, *(key for inside in around.values() for key in inside)])
    names = _names(viewer, [circle for circle, kind in kinds.items() if kind == "chosen"])
    names |= {circle: (place.name,) for circle, place in places.items()}
    apart = tuple(one.name for one in kept)
    said = {circle: _invited([places[key] for key in inside]) for circle, inside in around.items()}
    for circle, kind in kinds.items():
        entry = places[circle].entry if circle in places else ""
        said.setdefault(circle, Audience(kind, names.get(circle, ()), entry))
    return {
        (circle, discreet): replace(said[circle] if circle else Audience("me"), apart_from=apart if discreet else ())
        for circle, discreet in wanted
    }


def _invited(places: Sequence[communities.Label]) -> Audience:
    """Those for whom an evening is, by the communities that the viewer knows to be its own."""
    names = tuple(place.name for place in places)
    if len(places) == 1:
        return Audience("members", names, places[0].entry)
    return Audience("invited", names, told_apart=True)


def offered(mine: Sequence[communities.Page]) -> list[tuple[str, Any]]:
    """The audiences of a fact about oneself, as choices of a form: me, crossed cards, communities by id, all.

    `mine` are the communities that one belongs to.
    """
    several = len(mine) > 1
    named = [(str(page.uid), page.name if several else ENTRIES[page.entry]) for page in mine]
    around = [(MY_COMMUNITIES, KINDS[MY_COMMUNITIES][0])] if several else []
    return [(ME, _("Only me")), (CROSSED, KINDS[CROSSED][0]), *named, *around, (ALL, _("Everyone"))]


def usual(mine: Sequence[communities.Page]) -> str:
    """The answer for what is the community's unless its owner says otherwise: nobody else's for who is in none."""
    return ME if not mine else str(mine[0].uid) if len(mine) == 1 else MY_COMMUNITIES


def chosen(actor: Viewer, mine: Sequence[communities.Page], answer: str) -> int | None:
    """The key of the audience that an answer among those offered stands for."""
    if answer == MY_COMMUNITIES:
        return communities_kept.around(actor)
    if answer == CROSSED:
        return cards.connections(actor)
    return _keys(mine).get(answer)


def answer(mine: Sequence[communities.Page], circle: int | None, crossed: int | None) -> str:
    """The answer that stands for an audience, by its key: one that is not offered so is around the viewer.

    `crossed` is the key of the circle of those with whom the viewer crossed cards, where there is one.
    """
    keys = _keys(mine) | ({CROSSED: crossed} if crossed else {})
    return next((said for said, key in keys.items() if key == circle), MY_COMMUNITIES)


def _keys(mine: Sequence[communities.Page]) -> dict[str, int | None]:
    # A circle's key counts the circles that were made before it: it stands on no page.
    return {ME: None, ALL: EVERYONE} | {str(page.uid): page.members_circle for page in mine}


def _names(viewer: Viewer, circles: Collection[int]) -> dict[int, tuple[str, ...]]:
    if not circles:
        return {}
    people = discretion.chosen(viewer, circles)
    cards = profiles.cards(viewer, {person for named in people.values() for person in named})
    shown = {circle: [cards[person] for person in named if person in cards] for circle, named in people.items()}
    return {
        circle: tuple(card.name for card in sorted(held, key=lambda card: card.by_name))
        for circle, held in shown.items()
    }
