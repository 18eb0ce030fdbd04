"""The full demonstration opens on both databases, is healthy, and tells the story among all the others.

It is loaded once, and its tests only read.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from entregent.cli import demonstration as opening
from entregent.common import clock
from entregent.communities.models import Community, Membership
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, FollowUp, Note
from entregent.exchange import demonstration, doctor, origins, told
from entregent.market.models import Organisation
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs.models import Need
from entregent.people import queries as people
from entregent.profiles.models import Name
from entregent.recall import queries as recall
from tests import canary
from tests.exchange.conftest import NOW

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
QUESTION = "je m'ennuie dans mon agence, je cherche un poste plus responsable"
NEEDS = tomllib.loads((Path(__file__).parents[1] / "recall" / "needs.toml").read_text(encoding="utf-8"))["needs"]


@pytest.fixture(scope="module", autouse=True)
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What `entregent demo` opens on 22 November 2026, seen at noon on La Réunion, gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(NOW):
        opening.prepare(TODAY, small=False)
        yield
        transaction.set_rollback(True)


def search_of(handle: str) -> str:
    """What somebody says that they look for, discreetly."""
    text: str = Need.ledger.values_list("text", flat=True).get(owner=origins.person(handle), kind="job", offered=False)
    return text


def test_all_of_it_is_there():
    assert [kind._default_manager.count() for kind in (Organisation, Community)] == [45, 2]
    assert [kind.ledger.count() for kind in (Name, Meetup)] == [149, 40]
    data = told.full()
    came = [answer for evening in data["evenings"] for answer in evening["answers"] if answer.get("came")]
    assert (Presence.ledger.count(), Contact.ledger.count()) == (
        len([each for each in came if each["person"] != "clotilde"]),
        len([each for each in data["contacts"] if each["owner"] != "clotilde"]),
    )
    assert Need.ledger.count() == len(data["needs"])
    promised = [promise for contact in data["contacts"] for promise in contact.get("promises", ())]
    assert (FollowUp.ledger.count(), FollowUp.ledger.exclude(done_at=None).count()) == (
        len(promised),
        len([each for each in promised if "kept" in each]),
    )


def test_the_doctor_finds_nothing():
    assert doctor.examine(lambda _done, _of: None) == doctor.Report(found=[], left=[])


def test_everything_is_dated_as_it_happened():
    first = Membership.objects.earliest("since")
    assert (first.since.date(), first.person_id) == (date(2007, 2, 6), origins.person("jean-rene"))
    late = [row for row in Rsvp.ledger.select_related("meetup") if row.answered_at > row.meetup.starts_at]
    assert (late, Note.ledger.filter(on__gt=TODAY).count()) == ([], 0)


def test_the_person_of_that_evening_still_comes_first_with_the_evening_as_a_reason():
    first, *_others = recall.ask(origins.viewer("jeremie"), QUESTION)
    met = next(reason for reason in first.reasons if reason.kind == "met")
    assert (first.name, "Apéro Web 40" in met.text) == ("Karine Payet", True)
    assert "appelle-moi" in next(reason for reason in first.reasons if reason.kind == "said").text


@pytest.mark.parametrize(
    ("who", "curious", "friend"),
    [
        ("jeremie", "patrick", "nadege"),
        ("jeremie", "quentin", "loic"),
        ("jeremie", "laetitia", "nadege"),
        ("kevin", "patrick", "nicolas"),
        ("kevin", "jeremie", "hery"),
        ("dylan", "david", "remi"),
    ],
)
def test_a_search_is_read_by_those_who_were_named_and_by_nobody_of_the_house(who: str, curious: str, friend: str):
    search = search_of(who)
    seen = [Need.objects.visible_to(origins.viewer(each)).filter(text=search).count() for each in (friend, curious)]
    answers = recall.ask(origins.viewer(curious), search)
    assert (seen, [reason for each in answers for reason in each.reasons if reason.text in search]) == ([1, 0], [])


def test_a_discreet_answer_is_hidden_from_a_firm_that_is_tied_to_one_s_own():
    """Jérémie of Filao came discreetly to the same evening as Mickaël, of the sister company."""
    rows = Rsvp.ledger.filter(owner=origins.person("jeremie"), discreet=True, meetup__title="Apéro Web 40")
    both = [
        Rsvp.objects.visible_to(origins.viewer(who)).filter(pk__in=rows.values("pk")) for who in ("mickael", "remi")
    ]
    assert (rows.count(), [seen.count() for seen in both]) == (1, [0, 1])


def test_whoever_left_stays_a_name_in_the_books_of_others():
    names = Contact.ledger.filter(name="Clotilde Vaubaillon")
    assert set(names.values_list("owner", flat=True)) == {
        origins.person("didier"),
        origins.person("stephanie"),
    }
    assert names.exclude(person=None).count() == 0


@pytest.mark.parametrize("handle", ["patrick", "nadege", "tom"])
def test_no_page_says_a_word_of_what_its_reader_may_not_see(handle: str):
    """The canaries look at each answer, for the texts of all facts there are."""
    before, client = canary.counted["answers"], Client()
    account = people.account_of(person=origins.person(handle))
    client.force_login(get_user_model().objects.get(pk=str(account)))
    others = [people.uid_of(person=origins.person(other)) for other in ("jeremie", "kevin")]
    pages = ["/ce-soir/", "/carnet/", "/moi/qui-voit-quoi/", f"/s/{demonstration.next_evening()}/"]
    pages += [f"/p/{uid}/" for uid in others]
    assert [(page, client.get(page).status_code) for page in pages] == [(page, 200) for page in pages]
    assert client.post("/besoin/", {"q": QUESTION}).status_code == 200
    assert canary.counted["answers"] == before + len(pages) + 1


def test_a_visitor_sees_nobody_of_it_and_the_next_evening_alone():
    seen = list(Meetup.objects.visible_to(Viewer()).values_list("title", flat=True))
    assert (recall.ask(Viewer(), QUESTION), seen) == ([], ["Apéro Web 47"])


def test_each_of_the_thirty_needs_is_typed_by_somebody_and_has_somebody_right():
    handles = {person["handle"] for person in told.full()["people"]}
    wrong = [need for need in NEEDS if not {need["asker"], *need.get("right", ())} <= handles]
    assert (len(NEEDS), wrong) == (30, [])
    assert [need for need in NEEDS if ("right" in need) == ("name" in need)] == []
    assert [need["text"] for need in NEEDS if re.search(r"[A-Z]{2}", need["text"])] == []
