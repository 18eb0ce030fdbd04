"""A form that is sent twice on a bad network states what it says once; one that is drawn anew states it again."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from entregent.common import clock
from entregent.communities.models import Community
from entregent.encounters.models import Contact, Note
from entregent.meetups.models import Meetup
from entregent.needs.models import Need
from entregent.people import queries as people

pytestmark = pytest.mark.both


@pytest.fixture
def bobs(bob, community):
    """Bob's browser, whose forms are taken with their token alone."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=str(people.account_of(person=bob.me))))
    return client


def token(client, page):
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', client.get(page).content.decode())[0]


def send(client, page, address, said):
    """Where a form leads that is drawn once and sent three times."""
    form = {**said, "csrfmiddlewaretoken": token(client, page)}
    [to] = {client.post(address, form)["Location"] for _ in range(3)}
    return to


def test_a_line_about_somebody_is_written_once_for_each_form(bobs, charlie):
    page = f"/p/{people.uid_of(person=charlie.me)}/"
    for often in (1, 2):
        contact = send(bobs, page, f"{page}noter/", {"words": "Parle cadastre"})
        assert Note.ledger.count() == often
        send(bobs, contact, f"{contact}ligne/", {"words": f"Rappeler {often}"})
        Note.ledger.filter(text__startswith="Rappeler").get(text=f"Rappeler {often}").delete()


def test_what_was_struck_out_and_is_sent_again_stands_again(bobs, charlie):
    page = f"/p/{people.uid_of(person=charlie.me)}/"
    form = {"words": "Parle cadastre", "csrfmiddlewaretoken": token(bobs, page)}
    for _ in range(2):
        contact = bobs.post(f"{page}noter/", form)["Location"]
        note = Note.ledger.get()
        assert note.forgotten_at is None
        bobs.post(f"/carnet/lignes/{note.uid}/rayer/", {"csrfmiddlewaretoken": token(bobs, contact)})


def test_somebody_is_noted_by_hand_once_for_each_form(bobs):
    for often in (1, 2):
        send(bobs, "/carnet/nouveau/", "/carnet/nouveau/", {"name": "Marie", "words": "Du cadastre"})
        assert Contact.ledger.count() == often


def test_an_evening_is_announced_once_for_each_form(bobs, community):
    address = f"/c/{community}/soirees/nouvelle/"
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    said = {"name": "Apéro", "on": day, "at": "18 h 30", "place": "Chez Zélie", "entry": "everyone", "until": "22 h"}
    for often in (1, 2):
        send(bobs, address, address, said)
        assert Meetup.ledger.count() == often
    assert Meetup.ledger.values_list("owner", flat=True).distinct().count() == 1


def test_a_community_is_founded_once_for_each_form(bobs):
    said = {"name": "Les gens du son", "zone": settings.HOME_ZONE, "entry": "open"}
    for often in (1, 2):
        send(bobs, "/communautes/nouvelle/", "/communautes/nouvelle/", said)
        assert Community.objects.filter(name="Les gens du son").count() == often


def test_a_need_is_said_once_for_each_form_and_what_is_corrected_is_another(bobs):
    for often in (1, 2):
        send(bobs, "/moi/besoins/", "/moi/besoins/", {"kind": "room", "text": "Une salle", "audience": "me"})
        assert Need.ledger.count() == often
    form = {"kind": "room", "audience": "me", "csrfmiddlewaretoken": token(bobs, "/moi/")}
    for text in ("Une salle à Saint-Denis", "Une salle à Saint-Pierre"):
        bobs.post("/moi/besoins/", {**form, "text": text})
    assert Need.ledger.count() == 4
