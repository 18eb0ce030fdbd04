"""The oracle and the product say the same: what comes of each act, and which facts each person may see.

The oracle is written from the words alone. Where the two differ, one of them is wrong.
"""

import pytest

from entregent.common import clock
from entregent.communities.models import Claim, Request
from entregent.discretion.models import Fact
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters.models import Contact, Encounter, Note
from entregent.market.models import Position, Situation
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs.models import Need
from entregent.profiles.models import Headline, Name
from entregent.ties.models import Willing
from tests.laws.worlds import played
from tests.laws.worlds.history import history
from tests.laws.worlds.oracle import Oracle
from tests.laws.worlds.pen import END

KINDS: dict[str, type[Fact]] = {
    "name": Name,
    "headline": Headline,
    "willing": Willing,
    "situation": Situation,
    "position": Position,
    "need": Need,
    "evening": Meetup,
    "answer": Rsvp,
    "presence": Presence,
    "request": Request,
    "claim": Claim,
    "contact": Contact,
    "encounter": Encounter,
    "note": Note,
}

SEEDS = range(12)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_oracle_and_the_product_agree_on_every_act_and_on_what_everybody_sees(seed: int) -> None:
    told, oracle = history(seed), Oracle()
    with played.opened() as world:
        for act in told.acts:
            expected = oracle.do(act)
            played.play(world, act)
            assert (act, world.outcomes[act.key]) == (act, expected)
        with clock.at(END):
            for handle in ("", *oracle.world.people):
                assert (handle, _shown(world, handle)) == (handle, _known(oracle, handle))


def _shown(world: played.Played, handle: str) -> dict[str, list[str]]:
    """What the policy lets somebody see: how many facts of each kind, of whom."""
    viewer = world.cast.get(handle, ANYBODY)
    handles = {one.me: who for who, one in world.cast.items()}
    return {kind: sorted(handles.get(owner, "") for owner in _owners(table, viewer)) for kind, table in KINDS.items()}


def _owners(table: type[Fact], viewer: Viewer) -> list[int]:
    return list(table.objects.visible_to(viewer).values_list("owner", flat=True))


def _known(oracle: Oracle, handle: str) -> dict[str, list[str]]:
    sight = oracle.sight(handle, END)
    return {kind: sorted(fact.owner for fact in sight.seen(kind)) for kind in KINDS}
