"""What a graph that was stored before says of what happened since: nothing but what the tables say."""

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.meetups.models import Meetup, Rsvp
from entregent.people import actions as people
from entregent.profiles import actions as profiles
from entregent.ties import actions, declassified, due, queries, strength
from entregent.ties.models import Stored
from tests.ties.asking import BETWEEN, Scene, Together, between, far_tie, later
from tests.ties.conftest import SUNDAY

#: A graph that is stored an hour later says all that the cast has done so far.
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")


def dana_answers(**said: object) -> Callable[[Scene], object]:
    """What actions do to an answer, when the evening is over too."""
    return lambda scene: Rsvp.ledger.filter(owner=scene.dana.me).update(**said)


#: After each of these, Bob has no way through Charlie.
REVOCATIONS: dict[str, Callable[[Scene], object]] = {
    "a name hidden": lambda scene: profiles.call_me(scene.charlie, text="Charlie", audience=None),
    "a discreet name": lambda scene: profiles.call_me(
        scene.charlie, text="Charlie", audience=scene.members, discreet=True
    ),
    "the name of the target hidden": lambda scene: profiles.call_me(scene.dana, text="Dana", audience=None),
    "a connector who says no": lambda scene: actions.let_ask(scene.charlie, yes=False, audience=scene.members),
    "a target who says no": lambda scene: actions.let_ask(scene.dana, yes=False, audience=scene.members),
    "a word for nobody": lambda scene: actions.let_ask(scene.charlie, yes=True, audience=None),
    "a block by the connector": lambda scene: discretion.block(scene.charlie, person=scene.bob.me),
    "a block by the target": lambda scene: discretion.block(scene.dana, person=scene.bob.me),
    "a block by the organiser": lambda scene: discretion.block(scene.alice, person=scene.bob.me),
    "one’s own block of the connector": lambda scene: discretion.block(scene.bob, person=scene.charlie.me),
    "one’s own block of the target": lambda scene: discretion.block(scene.bob, person=scene.dana.me),
    "a viewer who leaves": lambda scene: communities.leave(scene.bob, slug=scene.community),
    "an evening called off": lambda scene: Meetup.ledger.filter(code=scene.code).update(cancelled_at=SUNDAY),
    "an erased connector": lambda scene: erasing.erase(scene.charlie.me),
    "an erased target": lambda scene: erasing.erase(scene.dana.me),
    "an answer for nobody": dana_answers(audience=None),
    "a discreet answer": dana_answers(discreet=True),
    "an answer with an end": dana_answers(until=SUNDAY + timedelta(days=9)),
    "an answer that changed": dana_answers(answer=Rsvp.Answer.NOT_GOING),
    "an answer deleted": lambda scene: Rsvp.ledger.filter(owner=scene.dana.me).delete(),
}

#: After these he does not find Dana either.
GONE = {"the name of the target hidden", "a block by the target", "an erased target", "a viewer who leaves"}
GONE |= {"one’s own block of the target"}


@pytest.mark.parametrize("revocation", REVOCATIONS)
def test_a_revocation_holds_in_the_next_call_though_a_graph_was_stored_before(revocation: str, scene: Scene):
    due.rebuild(SUNDAY + HOUR)
    with later():
        assert between(scene.bob, scene.dana) == BETWEEN
        REVOCATIONS[revocation](scene)
        assert Stored.objects.get().built_at == SUNDAY + HOUR
        with pytest.raises(errors.NotFound) if revocation in GONE else contextlib.nullcontext():
            assert between(scene.bob, scene.dana) == []


def test_a_claim_holds_in_the_next_call(
    bob: Viewer, dana: Viewer, together: Together, imported: Callable[[str], Viewer]
):
    emile = imported("Émile Hoarau")
    together(bob, emile)
    together(emile, dana)
    due.rebuild(SUNDAY + HOUR)
    with later():
        assert between(bob, dana) != []
        people.attach(person=emile.me, account=people.open_account(email="emile@example.org"))
        assert between(bob, dana) == []


@pytest.mark.parametrize("stored", [True, False])
def test_an_evening_counts_from_its_end_on_whenever_the_graph_was_stored(
    stored: bool, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    together(charlie, dana, ago=-1)
    if stored:
        due.rebuild(SUNDAY + HOUR)
    with later(1.1):
        assert between(bob, dana) == []
    with later(1.2):
        assert between(bob, dana) == BETWEEN


@pytest.fixture(params=[True, False], ids=["stored", "built"])
def colleagues(
    request: pytest.FixtureRequest, bob: Viewer, charlie: Viewer, dana: Viewer, members: int, together: Together
) -> None:
    """Bob met Charlie; Dana worked where Charlie does, for four days; the ties are stored, or built when asked for."""
    together(bob, charlie)
    said: dict[str, Any] = {"organisation": "Filao", "audience": members}
    market.state_position(charlie, **said)
    market.state_position(dana, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 27), **said)
    if request.param:
        due.rebuild(SUNDAY + HOUR)


@pytest.mark.usefixtures("colleagues")
def test_colleagues_are_tied_from_the_first_day_on_and_fade_from_the_last_one(
    bob: Viewer, charlie: Viewer, dana: Viewer
):
    with later(1):
        assert between(bob, dana) == []
    with later(2):
        assert far_tie(bob, charlie, dana) == pytest.approx(strength.strength(1.2), rel=1e-5)
    with later(8):
        three_days_later = strength.strength(1.2 * strength.fading(3))
        assert far_tie(bob, charlie, dana) == pytest.approx(three_days_later, rel=1e-5)


@pytest.mark.usefixtures("colleagues")
def test_a_day_begins_at_home_for_colleagues_whatever_day_it_is_in_utc(bob: Viewer, charlie: Viewer, dana: Viewer):
    """The first day at home begins at 20 h in UTC; the sixth is dated one, not two, days after the fifth."""
    with clock.at(datetime(2026, 11, 23, 19, 59, tzinfo=UTC)):
        assert (between(bob, dana), queries.strengths(dana, [charlie.me])) == ([], {})
    with clock.at(datetime(2026, 11, 23, 20, 1, tzinfo=UTC)):
        whole: Any = pytest.approx(strength.strength(1.2), rel=1e-5)
        assert (far_tie(bob, charlie, dana), queries.strengths(dana, [charlie.me])) == (whole, {charlie.me: whole})
    with clock.at(datetime(2026, 11, 27, 21, tzinfo=UTC)):
        faded = pytest.approx(strength.strength(1.2 * strength.fading(1)), rel=1e-9)
        assert queries.strengths(dana, [charlie.me]) == {charlie.me: faded}


def test_an_evening_is_of_its_day_at_home(bob: Viewer, charlie: Viewer, together: Together):
    """One that began at half past nine of UTC was on the day after; three hours later no day has passed."""
    begun = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
    with clock.at(begun):
        together(bob, charlie, ago=0)
    seen = []
    for moment in (begun + timedelta(hours=5), begun + timedelta(days=1)):
        with clock.at(moment):
            seen.append(queries.strengths(bob, [charlie.me])[charlie.me])
    weights = [declassified.weight(0, True) * strength.fading(days) for days in (0, 1)]
    assert seen == pytest.approx([strength.strength(weight) for weight in weights], rel=1e-9)


def test_a_year_begins_at_home_for_the_graph_that_is_stored(scene: Scene):
    """At 21 h in UTC it is the first of January: what was stored before is of another year."""
    due.rebuild(new_year := datetime(2026, 12, 31, 19, tzinfo=UTC))
    with clock.at(new_year + timedelta(hours=2)):
        due.refresh(clock.now())
        assert list(Stored.objects.order_by("pk").values_list("built_at", flat=True)) == [new_year, clock.now()]
        assert declassified.reference(clock.now()) == date(2027, 1, 1)
    with clock.at(new_year + timedelta(hours=6)):
        due.refresh(clock.now())
        assert Stored.objects.count() == 2
