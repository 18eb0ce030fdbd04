"""Pages on which somebody says "this is me", and stewards answer: nobody else sees anything of it."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.config import worker
from entregent.discretion.viewer import Viewer
from entregent.exchange import origins
from entregent.exchange.models import Origin
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from tests.web import browser


@pytest.fixture
def imported(alice, community, members):
    """Somebody who came in by a file, with the address that the file says."""
    cache.clear()
    person, key = Person.objects.create(), community_of.community(alice, community).key
    profiles.call_me(Viewer(person=person.pk), text="Somebody 7512", audience=members)
    communities.enrol(community=key, people=[person.pk])
    address = "eve@example.org"
    Origin.objects.create(community_id=key, kind="member", key="7512", about=person.uid, address=address)
    return person.uid


def names(context):
    return [(one.name, one.of) for one in context["claims"]]


def pages(viewers, *addresses):
    """The pages of each, without the token that is drawn for every form."""
    answers = [browser.of(viewer).get(address) for viewer in viewers for address in addresses]
    return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in answers]


def test_somebody_says_it_is_them_and_a_steward_confirms(alice, bob, community, imported):
    bobs, alices = browser.of(bob), browser.of(alice)
    assert f"/p/{imported}/moi/" in bobs.get(f"/p/{imported}/").content.decode()
    assert bobs.post(f"/p/{imported}/moi/")["Location"] == f"/p/{imported}/"
    assert f"/p/{imported}/pas-moi/" in bobs.get(f"/p/{imported}/").content.decode()
    page = alices.get(f"/c/{community}/")
    assert names(page.context) == [("Bob Payet", "Somebody 7512")]
    [claim] = page.context["claims"]
    assert alices.post(f"/reconnaissances/{claim.uid}/oui/")["Location"] == f"/c/{community}/"
    assert names(alices.get(f"/c/{community}/").context) == []
    worker.tick(clock.now())
    assert [viewer.get(f"/p/{imported}/").status_code for viewer in (alices, bobs)] == [404, 404]


def test_a_claim_changes_no_page_of_anybody_else(alice, bob, charlie, dana, community, imported):
    viewers, addresses = (charlie, dana), (f"/p/{imported}/", f"/c/{community}/", "/")
    before = pages(viewers, *addresses)
    browser.of(bob).post(f"/p/{imported}/moi/")
    assert pages(viewers, *addresses) == before
    assert names(browser.of(alice).get(f"/c/{community}/").context) == [("Bob Payet", "Somebody 7512")]


def test_declining_leaves_the_request_as_the_claimant_sees_it(alice, bob, charlie, community, imported):
    bobs, alices = browser.of(bob), browser.of(alice)
    bobs.post(f"/p/{imported}/moi/")
    [claim] = alices.get(f"/c/{community}/").context["claims"]
    refused = [browser.of(one).post(f"/reconnaissances/{claim.uid}/non/").status_code for one in (bob, charlie)]
    assert refused == [409, 404]
    alices.post(f"/reconnaissances/{claim.uid}/non/")
    assert names(alices.get(f"/c/{community}/").context) == []
    assert bobs.get(f"/p/{imported}/").context["unclaimed"].asked is True
    bobs.post(f"/p/{imported}/pas-moi/")
    assert bobs.get(f"/p/{imported}/").context["unclaimed"].asked is False


def test_members_with_an_account_cannot_be_claimed(bob, charlie, community, imported):
    uid = people.uid_of(person=charlie.me)
    page = browser.of(bob).get(f"/p/{uid}/")
    assert (page.status_code, page.context["unclaimed"]) == (200, None)
    assert browser.of(bob).post(f"/p/{uid}/moi/").status_code == 404


def test_a_stranger_finds_nobody_to_claim(client, dana, imported):
    assert browser.of(dana).post(f"/p/{imported}/moi/").status_code == 404
    assert client.post(f"/p/{imported}/moi/")["Location"] == "/entrer/?next=/"


def test_whoever_proves_the_address_of_the_file_is_that_person(client, alice, community, imported):
    client.post("/entrer/", {"email": "Eve@Example.org"})
    [code] = re.findall(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    client.post("/entrer/code/", {"code": code})
    eve = origins.person("eve@example.org")
    assert (Person.objects.filter(uid=imported).exists(), Origin.objects.get().about) == (
        False,
        people.uid_of(person=eve),
    )
    assert community_of.community(Viewer(person=eve), community).belongs
