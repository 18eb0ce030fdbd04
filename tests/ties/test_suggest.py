"""Whom to meet: whom somebody between knows, whose words answer what one looks for, at an evening or anywhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.meetups.queries import coming
from entregent.needs import actions as needs
from entregent.profiles import actions as profiles
from entregent.ties import actions, due, queries
from entregent.ties.models import Willing
from entregent.ties.queries import Reason
from tests.cast import member
from tests.ties.asking import BETWEEN, Together, key, later
from tests.ties.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sunday", "graph_root", "willing")


def suggested(viewer: Viewer, *, meetup: str | None = None, limit: int = 3) -> list[str]:
    among = None if meetup is None else coming(viewer, meetup)
    return [each.card.name for each in queries.suggest(viewer, among=among, limit=limit)]


@pytest.mark.usefixtures("evenings")
def test_whom_somebody_knows_is_suggested_with_who_it_is_and_the_way(bob: Viewer, dana: Viewer):
    with translation.override("en"):
        [found] = queries.suggest(bob)
    assert (found.card.person, found.reasons) == (dana.me, (Reason("knows", "Charlie Grondin knows them"),))
    assert [[card.name for card in way.people] for way in found.ways] == BETWEEN
    assert found.score == pytest.approx(found.ways[0].strength, rel=1e-5)


@pytest.mark.usefixtures("evenings")
def test_whom_one_met_or_noted_is_not_suggested(bob: Viewer, charlie: Viewer, dana: Viewer, together: Together):
    assert suggested(bob) == ["Dana Técher"]
    contact = encounters.note_somebody(bob, person=key(dana))
    assert suggested(bob) == []
    encounters.forget_contact(bob, contact=contact)
    assert suggested(bob) == ["Dana Técher"]
    together(bob, dana)
    assert suggested(bob) == []
    assert suggested(charlie) == []


@pytest.mark.usefixtures("evenings")
def test_who_hides_their_name_is_not_suggested(bob: Viewer, dana: Viewer):
    assert suggested(bob) == ["Dana Técher"]
    profiles.call_me(dana, text="Dana Técher", audience=None)
    assert suggested(bob) == []


@pytest.mark.usefixtures("evenings")
def test_who_blocks_somebody_is_not_suggested_to_them(bob: Viewer, dana: Viewer):
    assert suggested(bob) == ["Dana Técher"]
    discretion.block(dana, person=bob.me)
    assert suggested(bob) == []


@pytest.mark.usefixtures("evenings")
def test_whom_one_blocks_is_not_suggested_and_others_are_not_through_them(
    bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    assert suggested(bob) == ["Dana Técher"]
    discretion.block(bob, person=dana.me)
    assert (suggested(bob), suggested(bob, meetup=together(dana, days=4))) == ([], [])
    discretion.unblock(bob, person=dana.me)
    discretion.block(bob, person=charlie.me)
    assert suggested(bob) == []
    discretion.unblock(bob, person=charlie.me)
    assert suggested(bob) == ["Dana Técher"]


@pytest.mark.usefixtures("evenings")
def test_nobody_is_suggested_through_somebody_who_does_not_let_others_ask(bob: Viewer, charlie: Viewer, members: int):
    assert suggested(bob) == ["Dana Técher"]
    actions.let_ask(charlie, yes=False, audience=members)
    assert suggested(bob) == []


def test_whose_words_answer_what_one_looks_for_is_suggested_with_these_words(bob: Viewer, dana: Viewer, members: int):
    profiles.say_headline(dana, text="Graphiste, identités visuelles", audience=members)
    assert suggested(bob) == []
    needs.state(bob, text="une graphiste")
    [found] = queries.suggest(bob)
    assert (found.card.name, found.reasons) == (
        "Dana Técher",
        (Reason("does", "Graphiste, identités visuelles"),),
    )
    assert (found.score, found.ways) == (0.6, ())


def test_what_one_offers_meets_those_who_look_for_it(bob: Viewer, charlie: Viewer, dana: Viewer, members: int):
    profiles.say_headline(charlie, text="Graphiste", audience=members)
    needs.state(dana, text="Je cherche une graphiste", audience=members)
    needs.state(bob, text="graphiste", offered=True)
    assert suggested(bob) == ["Dana Técher"]


def test_whose_words_answer_and_who_hides_their_name_takes_nobodys_place(
    bob: Viewer, charlie: Viewer, dana: Viewer, members: int
):
    for viewer in (charlie, dana):
        profiles.say_headline(viewer, text="Graphiste", audience=members)
    needs.state(bob, text="graphiste")
    assert sorted(suggested(bob, limit=2)) == ["Charlie Grondin", "Dana Técher"]
    names = {charlie: "Charlie Grondin", dana: "Dana Técher"}
    for hidden, other in ((charlie, dana), (dana, charlie)):
        profiles.call_me(hidden, text=names[hidden], audience=None)
        assert suggested(bob, limit=1) == [names[other]]
        profiles.call_me(hidden, text=names[hidden], audience=members)


def test_at_an_evening_those_who_show_that_they_come_are_suggested(
    alice: Viewer, bob: Viewer, charlie: Viewer, dana: Viewer, together: Together
):
    together(bob, charlie)
    together(charlie, dana, ago=60)
    code = together(alice, bob, charlie, dana, ago=-1)
    assert suggested(bob, meetup=code) == ["Dana Técher", "Alice Hoareau"]
    hidden = together(bob, ago=-1)
    with later(-0.5):
        from_organisers = together(dana, shown="organisers", ago=-2)
    assert suggested(bob, meetup=hidden) == suggested(bob, meetup=from_organisers) == []


def test_those_who_come_tonight_are_suggested_until_the_evening_is_over(
    alice: Viewer, bob: Viewer, dana: Viewer, together: Together
):
    code = together(alice, bob, dana, ago=0)
    with later(3.9 / 24):
        assert sorted(suggested(bob, meetup=code)) == ["Alice Hoareau", "Dana Técher"]


def test_equals_come_in_an_order_that_is_each_viewers_own(
    bob: Viewer, charlie: Viewer, together: Together, imported: Callable[[str], Viewer]
):
    others = [imported(f"Membre {number}") for number in range(6)]
    viewers = [bob, *(member(name) for name in ("emile", "fatima", "gael"))]
    for viewer in viewers[1:]:
        communities.join(viewer, slug="les-gens-du-web")
    together(*viewers, charlie)
    together(charlie, *others)
    orders = {tuple(suggested(viewer, limit=6)) for viewer in viewers}
    scores = {each.score for each in queries.suggest(bob, limit=6)}
    assert (len(scores), {tuple(sorted(order)) for order in orders}) == (
        1,
        {tuple(f"Membre {number}" for number in range(6))},
    )
    assert len(orders) > 1
    assert suggested(bob, limit=6)[:2] == suggested(bob, limit=2)


@pytest.mark.usefixtures("evenings")
@pytest.mark.parametrize("stored", [True, False])
def test_how_many_statements_an_answer_takes_does_not_depend_on_what_others_did(
    stored: bool, bob: Viewer, charlie: Viewer, dana: Viewer
):
    if stored:
        due.rebuild(SUNDAY + timedelta(hours=1))
    with later():
        before = statements(bob, dana)
        for viewer in (charlie, dana):
            needs.state(viewer, text="Rien que pour moi")
            encounters.note_somebody(viewer, name="Quelqu’un", text="Rien que pour moi")
            actions.let_ask(viewer, yes=True, audience=Willing.ledger.get(owner=viewer.me).audience_id)
        assert statements(bob, dana) == before
    assert before == ((20, 22) if stored else (25, 27))


@pytest.mark.usefixtures("evenings")
def test_whoever_was_there_and_hides_their_name_costs_no_statement(
    bob: Viewer, dana: Viewer, together: Together, community: str
):
    shy = member("shy")
    communities.join(shy, slug=community)
    due.refresh(SUNDAY)
    before = statements(bob, dana)
    together(bob, shy, ago=20)
    assert statements(bob, dana) == before


def statements(viewer: Viewer, to: Viewer) -> tuple[int, int]:
    """How many statements a way and a suggestion take."""
    with CaptureQueriesContext(connection) as asked:
        assert queries.ways(viewer, to=to.me) != []
    with CaptureQueriesContext(connection) as suggesting:
        assert queries.suggest(viewer) != []
    return len(asked), len(suggesting)
