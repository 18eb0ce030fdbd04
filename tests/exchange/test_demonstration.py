"""The demonstration opens once, dated as it happened, and holds the story that Entregent was made for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from entregent.common import clock
from entregent.communities.models import Membership
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.encounters.models import FollowUp, Note
from entregent.exchange import demonstration, origins
from entregent.meetups import queries as meetups
from entregent.meetups.models import Meetup, Rsvp
from entregent.needs.models import Need
from entregent.notices.models import Notice
from entregent.recall import queries as recall
from entregent.ties import queries as ties
from tests.exchange.conftest import NOW, Dump

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
QUESTION = "je m'ennuie dans mon agence, je cherche un poste plus responsable"
#: What his employer's people might ask.
CURIOUS = ("qui cherche un poste", "chargé de comptes qui s'ennuie", "Jérémie", "je regarde ailleurs", "Apéro 47")


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration of 22 November 2026, seen at noon on La Réunion, gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(NOW):
        demonstration.open_on(TODAY)
        yield
        transaction.set_rollback(True)


def search_of_jeremie() -> str:
    """What Jérémie says that he looks for."""
    text: str = Need.ledger.values_list("text", flat=True).get(owner=origins.person("jeremie"))
    return text


def test_the_person_of_that_evening_comes_first_with_the_evening_as_a_reason(played: None):
    first, *_others = recall.ask(origins.viewer("jeremie"), QUESTION)
    met = next(reason for reason in first.reasons if reason.kind == "met")
    assert (first.name, met.on, "Apéro Web 40" in met.text) == ("Karine Payet", TODAY - timedelta(days=730), True)
    assert "appelle-moi" in next(reason for reason in first.reasons if reason.kind == "said").text


def test_what_was_promised_at_that_evening_was_kept_and_is_a_reason_too(played: None):
    [first, *_others] = recall.ask(origins.viewer("jeremie"), "le verre au Barachois")
    told = [(reason.kind, reason.text, reason.on) for reason in first.reasons if reason.kind in {"promised", "kept"}]
    assert first.name == "Karine Payet"
    assert [(kind, on) for kind, _text, on in told] == [
        ("kept", TODAY - timedelta(days=698)),
        ("promised", TODAY - timedelta(days=730)),
    ]
    assert (told[1][1], Note.ledger.filter(text__startswith="Promis").count()) == ("Un verre au Barachois", 0)


def test_those_whom_one_click_signs_in_have_something_to_do_but_for_the_newcomer(played: None):
    found = {role.handle: origins.viewer(role.handle) for role in demonstration.roles()}
    due = {handle: [one.text for one in followups.due(viewer, TODAY)] for handle, viewer in found.items()}
    assert due == {
        "jeremie": ["Lui donner le nom de l’imprimeur"],
        "patrick": ["La rappeler pour l’appel d’offres de la Région"],
        "emmanuelle": [],
        "karine": ["Lui renvoyer la carte des sentiers à jour"],
        "anais": [],
    }
    assert {handle for handle, viewer in found.items() if followups.open_ones(viewer)} == found.keys() - {"anais"}
    reminded = FollowUp.ledger.filter(due_on__lte=TODAY, done_at=None).values_list("reminded_on", flat=True)
    assert set(reminded) == {TODAY}


@pytest.mark.parametrize("handle", ["patrick", "aurelie", "mickael"])
def test_his_employer_s_people_get_nothing_of_his_search(played: None, handle: str):
    curious, friend = origins.viewer(handle), origins.viewer("nadege")
    assert Need.objects.visible_to(friend).filter(text=search_of_jeremie()).count() == 1
    assert Need.objects.visible_to(curious).filter(text=search_of_jeremie()).count() == 0
    told = [reason.text for text in CURIOUS for answer in recall.ask(curious, text) for reason in answer.reasons]
    assert (len(told) > 0, [text for text in told if text in search_of_jeremie()]) == (True, [])


@pytest.mark.parametrize("handle", ["patrick", "aurelie", "mickael"])
def test_his_employer_s_people_do_not_see_that_he_came_or_comes(played: None, handle: str):
    curious, friend, jeremie = origins.viewer(handle), origins.viewer("karine"), origins.person("jeremie")
    hidden = Rsvp.ledger.filter(owner=jeremie, discreet=True).values("pk")
    assert Rsvp.objects.visible_to(friend).filter(pk__in=hidden).count() == 2
    assert Rsvp.objects.visible_to(curious).filter(pk__in=hidden).count() == 0
    coming = meetups.coming(curious, Meetup.ledger.values_list("code", flat=True).get(title="Apéro Web 47"))
    assert jeremie not in {each.card.person for each in ties.suggest(curious, among=coming, limit=20)}


def test_everything_is_dated_as_it_happened(played: None):
    first = Membership.objects.earliest("since")
    assert (first.since.date(), first.person_id) == (date(2008, 4, 2), origins.person("nadege"))
    assert [row.answered_at for row in Rsvp.ledger.all() if row.answered_at > _starts_of(row)] == []
    assert Note.ledger.earliest("on").on == date(2008, 4, 17)
    assert Notice.objects.filter(sent_at=None, due_at__lte=NOW).count() == 0


def _starts_of(row: Rsvp) -> datetime:
    return Meetup.ledger.values_list("starts_at", flat=True).get(pk=row.meetup_id)


def test_the_next_evening_is_four_days_ahead(played: None):
    meetup = Meetup.ledger.get(code=demonstration.next_evening())
    assert (meetup.title, meetup.starts_at.date()) == ("Apéro Web 47", TODAY + timedelta(days=4))
    assert (meetup.taken, meetup.band) == (11, 10)


def test_opening_it_again_changes_nothing(played: None, dump: Callable[[], Dump]):
    before = dump()
    assert (demonstration.open_on(TODAY + timedelta(days=30)), dump() == before) == (False, True)


def test_everybody_signs_in_with_an_address_that_nobody_has(played: None):
    roles = [role.handle for role in demonstration.roles()]
    assert roles == ["jeremie", "patrick", "emmanuelle", "karine", "anais"]
    assert [origins.person(f"{handle}@example.org") for handle in roles] == [origins.person(h) for h in roles]


def test_a_visitor_sees_nobody_of_it_and_the_next_evening_alone(played: None):
    seen = list(Meetup.objects.visible_to(Viewer()).values_list("title", flat=True))
    assert (recall.ask(Viewer(), QUESTION), seen) == ([], ["Apéro Web 47"])
