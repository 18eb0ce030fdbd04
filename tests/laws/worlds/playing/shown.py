"""What the policy shows people in a world that was played, beside what the oracle gives them."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from entregent.cards.models import Card, Crossing, Handed, Showing
from entregent.common import clock
from entregent.communities import declassified
from entregent.communities.models import Claim, Report, Request
from entregent.discretion.models import Fact
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters.models import Channel, Contact, Encounter, FollowUp, Import, Label, Note, Upload
from entregent.market.models import Position, Situation
from entregent.meetups.models import (
    Admission,
    Joint,
    Listed,
    Meetup,
    Organising,
    Pick,
    Picture,
    Presence,
    Rsvp,
    Takedown,
)
from entregent.needs.models import Need
from entregent.profiles.models import Headline, Name, Portrait, Words
from entregent.recall.models import Kept
from entregent.statements.prepared import Rows, prepared
from entregent.ties.models import Willing
from entregent.writing.models import Closed, Given, Written
from tests.laws.worlds.knowing import reporting, standing
from tests.laws.worlds.knowing.oracle import Oracle
from tests.laws.worlds.knowing.standing import Sight
from tests.laws.worlds.playing.played import Played

KINDS: dict[str, type[Fact]] = {
    "name": Name,
    "headline": Headline,
    "words": Words,
    "portrait": Portrait,
    "willing": Willing,
    "situation": Situation,
    "position": Position,
    "need": Need,
    "evening": Meetup,
    "joint": Joint,
    "organising": Organising,
    "answer": Rsvp,
    "presence": Presence,
    "admission": Admission,
    "picture": Picture,
    "takedown": Takedown,
    "pick": Pick,
    "request": Request,
    "claim": Claim,
    "report": Report,
    "kept": Kept,
    "listed": Listed,
    "contact": Contact,
    "encounter": Encounter,
    "note": Note,
    "promise": FollowUp,
    "channel": Channel,
    "label": Label,
    "import": Import,
    "upload": Upload,
    "written": Written,
    "given": Given,
    "closed": Closed,
    "card": Card,
    "crossing": Crossing,
    "showing": Showing,
    "handed": Handed,
}


def _read(table: type[Fact]) -> Callable[[Viewer], Rows]:
    @prepared
    def rows(viewer: Viewer) -> QuerySet[Any, Any]:
        return table.objects.visible_to(viewer).values_list("owner", "uid")

    return rows


#: How the facts of each kind are read that somebody may see: owner and public id.
READ = {kind: _read(table) for kind, table in KINDS.items()}
#: The reports that somebody hears as a steward (D6): the policy says who is kept off.
HEARD = "heard"
#: Of each kind, the facts by owner and public id; no id where the act that made a fact made another thing as well.
Facts = dict[str, list[tuple[str, str]]]


def astray(world: Played, at: datetime) -> str | None:
    """The first who sees others' facts than the oracle gives them at a moment, by handle; None where all agree."""
    everybody = ("", *_oracle(world).world.people)
    return next((who for who in everybody if misseen(world, who, at, given(world, who, at))), None)


def given(world: Played, handle: str, at: datetime) -> Facts:
    """The facts of each kind that the oracle gives somebody in a world at a moment."""
    return known(_oracle(world).sight(handle, at), world)


def misseen(world: Played, handle: str, at: datetime, given: Facts) -> list[str]:
    """The kinds of fact of which somebody sees others' than they are given."""
    with clock.at(at):
        there = seen(world, handle)
    return [kind for kind in there if there[kind] != given[kind]]


def _oracle(world: Played) -> Oracle:
    return Oracle(tuple(mark.act for mark in world.marks))


def seen(world: Played, handle: str) -> Facts:
    """The facts of each kind that the policy lets somebody see now."""
    viewer = world.cast.get(handle, ANYBODY)
    handles = {one.me: who for who, one in world.cast.items()}
    made = {(thing.kind, thing.uid) for thing in world.things.values()}
    rows = {kind: read(viewer) for kind, read in READ.items()}
    heard = Report.objects.visible_to(viewer).filter(declassified.hears(viewer))
    rows[HEARD] = list(heard.values_list("owner", "uid"))
    return {
        kind: sorted(
            (handles.get(owner, ""), str(uid) if ("report" if kind == HEARD else kind, uid) in made else "")
            for owner, uid in found
        )
        for kind, found in rows.items()
    }


def known(sight: Sight, world: Played) -> Facts:
    """The facts of each kind that the oracle gives somebody in a world."""
    facts = {kind: list(sight.seen(kind)) for kind in KINDS}
    facts[HEARD] = [fact for fact in facts["report"] if reporting.hears(sight, fact)]
    made = sight.world.made
    return {kind: sorted((fact.owner, _id(fact, world, made)) for fact in found) for kind, found in facts.items()}


def _id(fact: standing.Fact, world: Played, made: Mapping[str, Hashable]) -> str:
    """The public id of a fact, where an act that made it made nothing else.

    Somebody whom a card brought into a book is named by the act that noted them later.
    """
    noted = [key for key, at in made.items() if at == fact.key] if fact.kind == "contact" else []
    things = (world.things.get(key) for key in (fact.key, *noted))
    return next((str(thing.uid) for thing in things if thing is not None and thing.kind == fact.kind), "")
