"""A promise that was kept ties whoever kept it to whom they had promised it, and ties nobody else to anybody."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import followups, promises
from entregent.ties import queries, strength
from entregent.ties.queries import Reason
from entregent.ties.strength import Evidence, Kind
from tests.ties.asking import Together, key
from tests.ties.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")

TODAY = SUNDAY.date()
Keep = Callable[..., UUID]


@pytest.fixture
def charlies(bob: Viewer, charlie: Viewer) -> UUID:
    """Charlie's page in Bob's notebook."""
    return encounters.note_somebody(bob, person=key(charlie))


@pytest.fixture
def keep(bob: Viewer, charlies: UUID) -> Keep:
    """Lets Bob keep, so many days ago, what he had just promised Charlie."""

    def kept(ago: float = 0) -> UUID:
        with clock.at(SUNDAY - timedelta(days=ago)):
            promise = promises.promise(bob, contact=charlies, text="L'appeler")
            promises.keep_promise(bob, promise=promise)
        return promise

    return kept


def worth(*ago: int) -> float:
    """How strong a tie is that promises make which were kept so many days ago."""
    pieces = [Evidence(Kind.FOLLOWED_UP, TODAY - timedelta(days=days)) for days in ago]
    return strength.strength(strength.load(pieces, TODAY))


def tie(viewer: Viewer, to: Viewer) -> float:
    return queries.strengths(viewer, [to.me]).get(to.me, 0.0)


def test_a_promise_that_was_kept_is_evidence_and_one_that_was_made_is_none(
    bob: Viewer, charlie: Viewer, charlies: UUID
):
    promise = promises.promise(bob, contact=charlies, text="L'appeler")
    made = tie(bob, charlie)
    promises.keep_promise(bob, promise=promise)
    kept = tie(bob, charlie)
    promises.resume_promise(bob, promise=promise)
    assert [made, kept, tie(bob, charlie)] == pytest.approx([0.0, worth(0), 0.0])
    assert worth(0) == pytest.approx(0.393469, abs=1e-6)


def test_it_fades_and_adds_to_what_else_there_is(bob: Viewer, charlie: Viewer, keep: Keep, together: Together):
    together(bob, charlie)
    before = tie(bob, charlie)
    keep(ago=730)
    assert tie(bob, charlie) == pytest.approx(1 - (1 - before) * (1 - worth(730)))
    assert 0 < worth(730) < worth(0)


def test_coming_back_counts_once_a_day_however_much_was_promised(bob: Viewer, charlie: Viewer, keep: Keep):
    keep(ago=9)
    once = tie(bob, charlie)
    keep(ago=9)
    twice = tie(bob, charlie)
    keep(ago=3)
    assert [once, twice, tie(bob, charlie)] == pytest.approx([worth(9), worth(9), worth(9, 3)])


def test_the_day_is_that_of_the_place_where_the_server_is_at_home(bob: Viewer, charlies: UUID, keep: Keep):
    """At nine in the evening in UTC it is the next day on La Réunion."""
    keep(ago=1 + 11 / 24)
    keep(ago=1)
    assert {one.on for one in followups.kept(bob)} == {TODAY - timedelta(days=1)}


def test_it_goes_with_the_contact_and_is_nothing_for_somebody_who_is_no_member(
    bob: Viewer, charlie: Viewer, charlies: UUID, keep: Keep
):
    keep()
    assert tie(bob, charlie) == pytest.approx(worth(0))
    encounters.forget_contact(bob, contact=charlies)
    assert tie(bob, charlie) == 0.0
    encounters.keep_contact(bob, contact=charlies)
    valerie = encounters.note_somebody(bob, name="Valérie")
    promises.keep_promise(bob, promise=promises.promise(bob, contact=valerie, text="L'appeler"))
    assert queries.own(bob).people.tolist() == [charlie.me]


@pytest.mark.usefixtures("evenings")
def test_it_changes_the_ties_of_whoever_kept_it_alone(bob: Viewer, charlie: Viewer, dana: Viewer, keep: Keep):
    people = [bob.me, charlie.me, dana.me]

    def others() -> object:
        ties = [queries.strengths(viewer, people) for viewer in (charlie, dana)]
        ways = [queries.ways(viewer, to=to.me) for viewer, to in ((dana, bob), (charlie, bob), (charlie, dana))]
        return ties, ways, queries.suggest(dana), queries.suggest(charlie)

    before, [way], mine = others(), queries.ways(bob, to=dana.me), tie(bob, charlie)
    keep()
    [stronger] = queries.ways(bob, to=dana.me)
    assert others() == before
    assert stronger.strength == pytest.approx(way.strength * tie(bob, charlie) / mine, rel=1e-5)
    assert tie(bob, charlie) > mine


@pytest.mark.usefixtures("evenings")
def test_a_suggestion_says_of_whoever_is_between_that_one_kept_ones_word(bob: Viewer, keep: Keep, charlie: Viewer):
    keep(ago=9)
    keep(ago=3)
    with translation.override("en"):
        [found] = queries.suggest(bob)
    assert found.reasons == (
        Reason("knows", "Charlie Grondin knows them"),
        Reason("kept", "You kept your word to Charlie Grondin", TODAY - timedelta(days=3)),
    )


@pytest.mark.usefixtures("evenings")
def test_it_costs_as_many_statements_whether_or_not_a_word_was_kept(bob: Viewer, keep: Keep):
    def asked() -> list[int]:
        counts = []
        for ask in (lambda: queries.suggest(bob), lambda: queries.own(bob)):
            with CaptureQueriesContext(connection) as statements:
                ask()
            counts.append(len(statements))
        return counts

    queries.suggest(bob)
    before = asked()
    keep()
    assert asked() == before
