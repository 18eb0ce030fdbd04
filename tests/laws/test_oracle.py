"""The oracle and the product say the same: what comes of each act, and which facts each person may see.

The oracle is written from the words alone. Where the two differ, one of them is wrong.
"""

from dataclasses import replace
from datetime import datetime

import pytest

from entregent.common import chance, clock
from entregent.communities.models import Claim, Report, Request
from entregent.discretion.models import Fact
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters.models import Contact, Encounter, Note
from entregent.market.models import Position, Situation
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs.models import Need
from entregent.profiles.models import Headline, Name
from entregent.ties.models import Willing
from tests.laws.worlds import changes, played
from tests.laws.worlds.acts import Act
from tests.laws.worlds.history import history
from tests.laws.worlds.oracle import Oracle
from tests.laws.worlds.pen import END
from tests.laws.worlds.standing import Sight

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
    "report": Report,
}
#: What nobody does in somebody's place.
OWN = {"enter", "erase", "tick", "import_evening", "know_domain", "found", "answer_as_guest", "arrive_as_guest"}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_the_oracle_and_the_product_agree_on_every_act_and_on_what_everybody_sees(seed: int) -> None:
    _agree(history(seed).acts, END)


@pytest.mark.django_db
def test_they_agree_on_what_is_refused() -> None:
    clumsy = [_clumsy(seed) for seed in range(100, 105)]
    outcomes = {outcome for acts in clumsy for outcome in Oracle(acts).outcomes.values()}
    assert outcomes == {"done", "NotFound", "Refused", "Invalid"}
    for acts in clumsy:
        _agree(acts, END)


@pytest.mark.django_db
def test_an_oracle_that_overlooks_blocks_is_noticed() -> None:
    with played.opened() as world:
        oracle = Oracle(told := _blocking())
        world.become(told)
        with clock.at(END):
            differ = {
                handle
                for handle in oracle.world.people
                if _shown(world, handle) != _known(_overlooking(oracle.sight(handle, END)))
            }
    assert differ == {"carla"}


def _agree(acts: tuple[Act, ...], at: datetime) -> None:
    oracle = Oracle()
    with played.opened() as world:
        for act in acts:
            expected = oracle.do(act)
            played.play(world, act)
            assert (act, world.outcomes[act.key]) == (act, expected)
        with clock.at(at):
            for handle in ("", *oracle.world.people):
                assert (handle, _shown(world, handle)) == (handle, _known(oracle.sight(handle, at)))


def _clumsy(seed: int) -> tuple[Act, ...]:
    """A history in which people also try what others did: what is not theirs, what is over, what is done already."""
    told = history(seed).acts
    with chance.seeded(("clumsy", seed)) as draw:
        tried = [act for act in told if act.do not in OWN] * 2
        for number, act in enumerate(tried):
            at = changes.between(draw, told, act.at, END)
            who = draw.choice(changes.here(told, at))
            tried[number] = replace(act, key=f"!{number}-{act.do}", at=at, who=who)
        return changes.in_order((*told, *{act.at: act for act in tried}.values()))


def _blocking() -> tuple[Act, ...]:
    """Bob blocks Carla, in a history in which she sees him."""
    for seed in range(50):
        acts = history(seed).acts
        bob = Act("block", END.replace(minute=29), "bob", "block", {"person": "carla"})
        before, after = Oracle(acts), Oracle((*acts, bob))
        if not before.world.blocks and _known(before.sight("carla", END)) != _known(after.sight("carla", END)):
            return (*acts, bob)
    raise LookupError


def _overlooking(sight: Sight) -> Sight:
    sight.blockers = set()
    return sight


def _shown(world: played.Played, handle: str) -> dict[str, list[str]]:
    """What the policy lets somebody see: of whom, for each kind of fact."""
    viewer = world.cast.get(handle, ANYBODY)
    handles = {one.me: who for who, one in world.cast.items()}
    return {kind: sorted(handles.get(owner, "") for owner in _owners(table, viewer)) for kind, table in KINDS.items()}


def _owners(table: type[Fact], viewer: Viewer) -> list[int]:
    return list(table.objects.visible_to(viewer).values_list("owner", flat=True))


def _known(sight: Sight) -> dict[str, list[str]]:
    return {kind: sorted(fact.owner for fact in sight.seen(kind)) for kind in KINDS}
