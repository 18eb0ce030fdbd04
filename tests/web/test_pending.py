"""Two people on one browser: what one of them began is nobody else's, and comes along where they say so."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from entregent.common import clock
from entregent.communities import queries as communities
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.market import queries as market
from entregent.meetups import actions as meetups
from entregent.meetups import queries as evenings
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from tests import cast
from tests.web import browser

ALONG = "/entrer/?autre=1"
EVE, TYPO = "eve@example.org", "eve@example.rog"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def evening(alice, community):
    return cast.announce(alice, community)


@pytest.fixture
def secret(evening):
    """The link of Ève, who answered without an account."""
    return meetups.answer_as_guest(ANYBODY, code=evening, name="Ève").secret


@pytest.fixture
def phone(secret):
    """A browser that knows her."""
    client = Client()
    client.post(f"/r/{secret}/ici/")
    return client


def code():
    [found] = re.findall(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    return found


def join(client, community, email=EVE, **said):
    told = {"email": email, "name": "Ève", "where": "organisation", "organisation": "Lagon", "title": "Graphiste"}
    return client.post(f"/rejoindre/{community}/", {**told, **said})


def ask(client, email, address="/entrer/", **said):
    return client.post(address, {"email": email, **said})


def enter(client, way="/entrer/code/"):
    return client.post(way, {"code": code()})


def sign_in(client, email, address="/entrer/", **said):
    return enter(client, ask(client, email, address, **said)["Location"])


def known(email=EVE):
    return Viewer(person=people.person_with(email=email))


def standing(viewer, community):
    """What joining leaves: whether they are in, their name, where they work."""
    name = cards.me(viewer).name
    work = [own.held.organisation for own in market.mine(viewer)]
    return communities.community(viewer, community).belongs, name.text if name else "", work


JOINED: tuple[bool, str, list[str]] = (True, "Ève", ["Lagon"])
NOBODY: tuple[bool, str, list[str]] = (False, "", [])


def test_what_somebody_said_in_joining_and_left_there_is_nobody_else_s(client, dana, community):
    profiles.call_me(dana, text="Dana", audience=None)
    join(client, community)
    assert client.session["joining"]["said"]["organisation"] == "Lagon"
    sign_in(client, "dana@example.org")
    assert standing(dana, community) == (False, "Dana", [])
    assert ("joining" in client.session, market.situation(dana)) == (False, None)


def test_it_is_forgotten_as_soon_as_a_code_leaves_for_somebody_else(client, db, community):
    join(client, community)
    ask(client, "dana@example.org")
    assert "joining" not in client.session


def test_a_code_asked_for_again_brings_in_whoever_joins_by_the_same_address(client, community):
    join(client, community)
    sign_in(client, EVE.upper())
    assert standing(known(), community) == JOINED


def test_what_was_said_is_kept_as_long_as_a_code_lives(client, community):
    """The second is Ève as well: by then nobody knows whether she still means it."""
    for minutes, found in ((9, JOINED), (11, NOBODY)):
        with clock.at(clock.now()):
            join(client, community, email=f"eve{minutes}@example.org")
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            sign_in(client, f"eve{minutes}@example.org")
        assert standing(known(f"eve{minutes}@example.org"), community) == found
        client.post("/sortir/")


def test_any_page_forgets_what_has_waited_too_long(client, community):
    join(client, community)
    client.get("/serveur/")
    assert "joining" in client.session
    with clock.at(clock.now() + timedelta(minutes=11)):
        client.get("/serveur/")
    assert "joining" not in client.session


@pytest.mark.parametrize("kept", ["a secret", {"name": "Ève", "where": "own"}])
def test_what_an_earlier_version_kept_is_nobody_s(client, db, kept):
    session = client.session
    session["becoming"] = session["joining"] = kept
    session.save()
    sign_in(client, EVE)
    assert ("becoming" in client.session, cards.me(known()).name) == (False, None)


def test_whoever_joins_on_a_guest_s_phone_is_asked_whether_they_are_the_guest(phone, community):
    form = phone.get(f"/rejoindre/{community}/").context["form"]
    assert (next(iter(form.fields)), form["along"].label) == ("along", "Êtes-vous Ève\u202f?")
    answer = join(phone, community)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["along"])
    assert "along" not in Client().get(f"/rejoindre/{community}/").context["form"].fields


def test_whoever_said_without_an_account_that_they_are_there_is_asked_as_well(client, alice, community):
    with clock.at(clock.now() - timedelta(days=4)):
        evening = cast.announce(alice, community)
    client.post(f"/ici/{evenings.evening(alice, evening).here}/", {"name": "Ève", "seen": "no"})
    join(client, community, along="yes")
    enter(client)
    assert evenings.my_presence(known(), evening) is not None


@pytest.mark.parametrize("along", ["yes", "no"])
def test_what_a_guest_answered_comes_along_where_they_say_that_it_was_them(phone, secret, community, evening, along):
    guest = people.holder_of(secret=secret)
    join(phone, community, along=along)
    enter(phone)
    eve, taken = known(), along == "yes"
    assert standing(eve, community) == JOINED
    assert (eve.person == guest, people.holder_of(secret=secret) == guest) == (taken, not taken)
    assert evenings.evening(eve, evening).my_answer == ("going" if taken else "")


def test_a_guest_who_began_an_account_and_left_it_is_nobody_else_s(client, bob, secret, evening):
    ask(client, EVE, f"/r/{secret}/compte/")
    sign_in(client, "bob@example.org")
    assert (evenings.evening(bob, evening).my_answer, people.holder_of(secret=secret) is None) == ("", False)


def test_a_guest_becomes_a_member_seconds_after_answering(client, evening):
    link = client.post(f"/s/{evening}/reponse/", {"name": "Ève"})["Location"]
    sign_in(client, EVE, f"{link.partition('?')[0]}compte/")
    assert evenings.evening(known(), evening).my_answer == "going"
    name = cards.me(known()).name
    assert ("key" in client.session, name.text if name else "") == (False, "Ève")


def test_the_page_of_the_code_leads_to_another_address_and_on_to_the_same_page(client, community):
    way = join(client, community, email=TYPO)["Location"]
    assert f'href="{ALONG}&amp;next=/c/{community}/"' in client.get(way).content.decode()


@pytest.mark.parametrize("along", ["yes", "no"])
def test_whoever_mistyped_their_address_says_that_it_is_still_them(client, community, along):
    join(client, community, email=TYPO)
    there = f"{ALONG}&next=/c/{community}/"
    assert client.get(there).context["form"]["along"].label == "Êtes-vous Ève\u202f?"
    assert ask(client, EVE, there).status_code == 422
    assert sign_in(client, EVE, there, along=along)["Location"] == f"/c/{community}/"
    assert standing(known(), community) == (JOINED if along == "yes" else NOBODY)


def test_a_guest_who_mistyped_their_address_is_asked_the_same(client, secret, evening):
    ask(client, TYPO, f"/r/{secret}/compte/")
    sign_in(client, EVE, ALONG, along="yes")
    assert evenings.evening(known(), evening).my_answer == "going"


def test_signing_in_names_nobody_who_began_something_here(client, community):
    join(client, community)
    assert "Ève" not in client.get("/entrer/").content.decode()
    assert "Ève" not in Client().get(ALONG).content.decode()


def test_somebody_signed_in_takes_no_guest_s_answers_by_a_link(bob, secret):
    bobs = browser.of(bob)
    assert bobs.post(f"/r/{secret}/compte/", {"email": EVE})["Location"] == "/"
    assert ("becoming" in bobs.session, mail.outbox) == (False, [])


def test_a_guest_in_the_room_finds_their_link_there_and_has_the_phone_forget_them(client, alice, community):
    with clock.at(clock.now() - timedelta(days=4)):
        evening = cast.announce(alice, community)
    client.post(f"/ici/{evenings.evening(alice, evening).here}/", {"name": "Ève", "seen": "yes"})
    room, link = client.get(f"/s/{evening}/salle/").content.decode(), f"/r/{client.session['key']}/"
    assert (f'href="{link}"' in room, "M’oublier sur ce téléphone" in room) == (True, True)
    client.post("/sortir/")
    page = client.get(link).content.decode()
    assert ("Ève, gardez ce lien" in page, "Me reconnaître sur ce téléphone" in page) == (True, True)
    alices = browser.of(alice)
    alices.post(f"/ici/{evenings.evening(alice, evening).here}/", {"seen": "yes"})
    assert "M’oublier" not in alices.get(f"/s/{evening}/salle/").content.decode()


def test_a_guest_has_a_phone_forget_them(phone, secret, evening):
    assert "M’oublier sur ce téléphone" in phone.get(f"/r/{secret}/").content.decode()
    assert "M’oublier" not in Client().get(f"/r/{secret}/").content.decode()
    answer = phone.post("/sortir/")
    assert (answer["Location"], answer["Clear-Site-Data"], dict(phone.session)) == ("/", '"storage"', {})
    assert phone.get(f"/s/{evening}/").context["key"] == ""
    assert evenings.answered(Viewer(person=people.holder_of(secret=secret))).my_answer == "going"
