"""What the shared graph is made of: base facts, weighed by what everybody may know, whatever their keys and the day."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction

from entregent.common import chance, clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.profiles import actions as profiles
from entregent.ties import actions, declassified, queries
from tests.cast import member
from tests.ties.asking import Together, later
from tests.ties.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")


def tied() -> dict[tuple[int, int], float]:
    """The loads of the shared ties, told for the first of January."""
    found = declassified.pairs(clock.now())
    loads: dict[tuple[int, int], float] = {}
    for a, b, load in zip(found.a.tolist(), found.b.tolist(), found.loads.tolist(), strict=True):
        loads[a, b] = loads.get((a, b), 0.0) + load
    return loads


@pytest.mark.parametrize(("band", "weight"), [(0, 0.30), (10, 0.18), (20, 0.10), (30, 0.07), (40, None), (400, None)])
def test_an_evening_weighs_by_its_band(
    band: int, weight: float | None, bob: Viewer, charlie: Viewer, together: Together
):
    code = together(bob, charlie, ago=(SUNDAY.date() - date(2026, 1, 1)).days)
    Meetup.ledger.filter(code=code).update(band=band)
    assert list(tied().values()) == ([] if weight is None else [pytest.approx(weight, abs=1e-12)])


def test_an_evening_without_a_band_weighs_little_however_many_came(bob: Viewer, charlie: Viewer, together: Together):
    code = together(bob, charlie, ago=(SUNDAY.date() - date(2026, 1, 1)).days, shows_band=False)
    for band in (0, 400):
        Meetup.ledger.filter(code=code).update(band=band)
        assert list(tied().values()) == [pytest.approx(0.07, abs=1e-12)]


NO_BASE = ({"audience": None}, {"discreet": True}, {"until": SUNDAY + timedelta(days=9)})


@pytest.mark.parametrize("said", [*NO_BASE, {"answer": Rsvp.Answer.WAITING}], ids=lambda said: next(iter(said)))
def test_an_answer_that_is_no_base_fact_ties_nobody(
    said: dict[str, object], bob: Viewer, charlie: Viewer, together: Together
):
    together(bob, charlie)
    assert list(tied()) == [(bob.me, charlie.me)]
    Rsvp.ledger.filter(owner=charlie.me).update(**said)
    assert tied() == {}


@pytest.mark.parametrize("said", NO_BASE, ids=lambda said: next(iter(said)))
def test_a_presence_that_is_no_base_fact_ties_nobody(
    said: dict[str, object], bob: Viewer, charlie: Viewer, members: int, together: Together
):
    there = Meetup.ledger.get(code=together(bob))
    Presence.ledger.create(meetup=there, owner_id=charlie.me, audience_id=members)
    assert list(tied()) == [(bob.me, charlie.me)]
    Presence.ledger.update(**said)
    assert tied() == {}


def test_whoever_has_no_account_and_a_first_name_alone_ties_nobody(bob: Viewer, charlie: Viewer, together: Together):
    code = together(bob, charlie)
    with clock.at(SUNDAY - timedelta(days=31)):
        meetups.answer_as_guest(ANYBODY, code=code, name="Camille")
    assert Rsvp.ledger.filter(meetup__code=code).count() == 3
    assert list(tied()) == [(bob.me, charlie.me)]


def test_a_client_is_no_place_of_work(bob: Viewer, charlie: Viewer, members: int):
    market.state_position(bob, organisation="Filao", audience=members)
    beside = market.state_position(charlie, organisation="Filao", audience=members)
    assert list(tied()) == [(bob.me, charlie.me)]
    market.withdraw_position(charlie, position=beside)
    market.state_position(charlie, organisation="Filao", audience=members, client=True)
    assert tied() == {}


def test_loads_are_the_same_to_the_last_bit_on_every_day_of_a_year(
    bob: Viewer, charlie: Viewer, dana: Viewer, members: int, together: Together
):
    for ago in (1, 30, 700):
        together(bob, charlie, dana, ago=ago)
    for viewer in (bob, charlie):
        market.state_position(viewer, organisation="Filao", audience=members)
    before = tied()
    with later(30):
        assert (tied(), len(before)) == (before, 3)


def test_the_ties_of_some_people_are_those_among_the_ties_of_all(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie, dana)
    together(alice, charlie)
    everybody, some = declassified.pairs(clock.now()), declassified.pairs(clock.now(), [dana.me])
    theirs = everybody.where((everybody.a == dana.me) | (everybody.b == dana.me))
    assert (some.a.tolist(), some.b.tolist()) == (theirs.a.tolist(), theirs.b.tolist())
    assert np.array_equal(some.loads, theirs.loads)
    assert (len(some.a), len(everybody.a)) == (2, 4)


def test_answers_do_not_depend_on_the_keys_of_rows():
    names = [f"person{number}" for number in range(8)]
    ways, suggested = told(names)
    assert (len(ways), len(suggested)) == (3, 4)
    assert told(names[::-1]) == told(names[3:] + names[:3]) == (ways, suggested)


def told(names: list[str]) -> tuple[list[object], list[object]]:
    """Ways and suggestions for the first of eight people, made in the order of `names`; three are in between."""
    with transaction.atomic():
        viewers = {name: drawn(name) for name in names}
        me, *others = (viewers[name] for name in sorted(names))
        slug = communities.found(me, name="Huit", entry="open")
        circle = community_of.community(me, slug).members_circle
        for name, viewer in viewers.items():
            communities.join(viewer, slug=slug)
            profiles.call_me(viewer, text=name, audience=circle)
            actions.let_ask(viewer, yes=True, audience=circle)
        for ago in sorted((20, 41, 333), reverse=names[0] > names[1]):
            evening(slug, ago, [me, *others[:3]])
            evening(slug, ago + 5, others)
        ways = [([card.name for card in way.people], way.strength) for way in queries.ways(me, to=others[6].me)]
        suggested = [(each.card.name, each.score, each.reasons) for each in queries.suggest(me, limit=5)]
        transaction.set_rollback(True)
    return [*ways], [*suggested]


def drawn(name: str) -> Viewer:
    """Somebody whose public id their name gives."""
    with chance.seeded(name):
        return member(name)


def evening(community: str, ago: int, came: list[Viewer]) -> None:
    starts = SUNDAY - timedelta(days=ago)
    ends = starts + timedelta(hours=4)
    with clock.at(starts - timedelta(days=2)):
        code = meetups.announce(
            came[0], community=community, title="Apéro", starts_at=starts, ends_at=ends, place="Ici"
        )
        for viewer in came:
            meetups.answer(viewer, code=code, audience="community", discreet=False)
