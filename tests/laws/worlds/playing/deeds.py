"""Each word of `acts.KINDS` as a call of the product's actions. What an act makes is returned by its names.

Tables are read for ids that no action returns, and written for handles alone, which are the operator's.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from entregent.cards import actions as cards
from entregent.circles import actions as circles
from entregent.circles.fixed import EVERYONE
from entregent.communities import actions as communities
from entregent.communities import queries as pages
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from tests.laws.worlds.acting.acts import Act, Audience
from tests.laws.worlds.playing.things import Thing

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played

Made = dict[str, Any] | None
Deed = Callable[["Played", Act], Made]
DEEDS: dict[str, Deed] = {}
Found = TypeVar("Found")


class Unknown(Exception):
    """An act names somebody or something that is not in this world."""


def deed(function: Deed) -> Deed:
    """Put a function among the deeds, under its name."""
    DEEDS[function.__name__.strip("_")] = function
    return function


def done(played: "Played", act: Act) -> Made:
    """Do an act; the names of what it made."""
    return DEEDS[act.do](played, act)


def actor_of(played: "Played", act: Act) -> Viewer:
    return known(played.cast, act.who)


def known(held: dict[str, Found], key: str) -> Found:
    if key not in held:
        raise Unknown(key)
    return held[key]


def thing_of(played: "Played", act: Act, field: str) -> Thing:
    return known(played.things, act.said[field])


def about(played: "Played", act: Act) -> Thing:
    return known(played.people, act.said["person"])


def said_of(act: Act, *fields: str) -> dict[str, Any]:
    return {field: act.said[field] for field in fields if field in act.said}


def audience_of(played: "Played", actor: Viewer, audience: Audience) -> int | None:
    match audience.kind:
        case "me":
            return None
        case "everyone":
            return EVERYONE
        case "around":
            return communities.around(actor)
        case "crossed":
            return cards.connections(actor)
        case "named":
            return discretion.name_people(actor, people=[known(played.cast, one).me for one in audience.people])
        case "members":
            return pages.community(actor, known(played.things, audience.of).slug).members_circle
    evening = known(played.things, audience.of)
    assert evening.uid is not None
    return circles.circle(kind=audience.kind, about=evening.uid)


def terms_of(played: "Played", act: Act) -> dict[str, Any]:
    actor = actor_of(played, act)
    return {"audience": audience_of(played, actor, act.said.get("audience", Audience())), **said_of(act, "discreet")}


def uid_of(thing: Thing) -> Any:
    assert thing.uid is not None
    return thing.uid
