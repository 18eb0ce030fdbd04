"""Pages of a community: what each of the cast sees of it, and coming in."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from entregent.common import ids
from entregent.communities import actions, queries
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market_actions
from entregent.market import queries as market
from entregent.meetups import actions as meetups
from entregent.people import actions as people_actions
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles_actions
from entregent.profiles import queries as profiles
from tests import cast
from tests.web import browser

NEW = {
    "name": "Les gens du son",
    "place": "Saint-Pierre",
    "zone": "Indian/Reunion",
    "entry": "link",
    "welcome": "Oui",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def evening(alice, community):
    return cast.announce(alice, community)


def see(address, *browsers):
    return [browsing.get(address) for browsing in browsers]


def invite(viewer, slug):
    return queries.community(viewer, slug).invite


def code():
    [found] = re.findall(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    return found


def standing(viewer, slug):
    page = queries.community(viewer, slug)
    return page.belongs, page.steward


def test_somebody_founds_a_community_on_a_page(dana):
    answer = browser.of(dana).post("/communautes/nouvelle/", NEW)
    assert answer["Location"] == "/c/les-gens-du-son/"
    page = queries.community(dana, "les-gens-du-son")
    assert (page.name, page.town, page.words, page.entry, page.steward) == (
        "Les gens du son",
        "Saint-Pierre",
        "Oui",
        "link",
        True,
    )


def test_a_community_without_a_name_or_a_door_is_asked_for_them(dana):
    answer = browser.of(dana).post("/communautes/nouvelle/", {"zone": "Indian/Reunion"})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["entry", "name"])


def test_a_name_in_which_nothing_shows_is_asked_for_again_and_nothing_else_is_lost(dana, alice, bob, community):
    said = {"name": "\u200b\u202e", "zone": "Indian/Reunion", "entry": "open", "welcome": "Bienvenue"}
    for viewer, address in ((dana, "/communautes/nouvelle/"), (alice, f"/c/{community}/modifier/")):
        answer = browser.of(viewer).post(address, said)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
        assert answer.context["form"]["welcome"].value() == "Bienvenue"
    assert queries.community(bob, community).name == "Les gens du web"


def test_a_visitor_is_sent_to_sign_in_before_founding(client, db):
    assert client.get("/communautes/nouvelle/")["Location"] == "/entrer/?next=/communautes/nouvelle/"


def shown(answer):
    context = answer.context
    names = [row["meetup"]["name"] for row in context["coming"]]
    return names, context["member"], context["steward"], context["join_address"] != "", context["join_key"]


@pytest.mark.usefixtures("evening")
def test_the_page_shows_each_what_is_for_them(client, alice, bob, community):
    pages = see(f"/c/{community}/", browser.of(alice), browser.of(bob), client)
    assert [shown(page) for page in pages] == [
        (["Apéro 47"], True, True, True, ""),
        (["Apéro 47"], True, False, True, ""),
        (["Apéro 47"], False, False, False, community),
    ]


def test_the_invitation_is_on_no_page_of_whoever_does_not_belong(client, alice, dana, community):
    actions.edit(alice, slug=community, entry="link")
    browsers = (browser.of(alice), browser.of(dana), client)
    secret = invite(alice, community)
    pages = see(f"/c/{community}/", *browsers)
    assert [secret in page.content.decode() for page in pages] == [True, False, False]
    assert [page.status_code for page in see(f"/c/{community}/affiche/", *browsers)] == [200, 404, 404]


def test_the_text_to_share_leads_to_the_door_and_names_nobody(alice, community):
    share = browser.of(alice).get(f"/c/{community}/").context["share"]
    assert f"/rejoindre/{invite(alice, community)}/" in share["text"]
    assert ("Alice" in share["text"], share["title"]) == (False, "Les gens du web")


def test_a_steward_changes_the_community_and_others_find_no_such_page(alice, bob, community):
    address = f"/c/{community}/modifier/"
    assert browser.of(bob).get(address).status_code == 404
    assert browser.of(bob).post(address, NEW).status_code == 404
    assert browser.of(alice).post(address, NEW)["Location"] == f"/c/{community}/"
    assert queries.community(alice, community).name == "Les gens du son"


def test_the_page_of_changes_lists_those_whose_name_the_steward_sees(alice, bob, dana, community):
    actions.join(dana, slug=community)
    people_listed = browser.of(alice).get(f"/c/{community}/modifier/").context["people"]
    assert [card.name for card in people_listed] == ["Bob Payet", "Charlie Grondin"]


def test_a_steward_of_many_looks_for_one(alice, community, members):
    crowd = [Viewer(person=people_actions.welcome()[0]) for _ in range(50)]
    actions.enrol(community=queries.community(alice, community).key, people=[viewer.me for viewer in crowd])
    for number, viewer in enumerate(crowd, start=10):
        profiles_actions.call_me(viewer, text=f"Ändré {number}", audience=members)
    alices, address = browser.of(alice), f"/c/{community}/modifier/"
    found = [alices.get(address, {"q": sought}).context for sought in ("", "andre 42", "nobody")]
    assert [len(context["people"]) for context in found] == [50, 1, 0]
    assert [found[0]["people"][-1].name, found[1]["people"][0].name] == ["Ändré 59", "Ändré 42"]
    assert [context["many"] for context in found] == [True, True, True]


def test_a_steward_takes_out_and_appoints(alice, bob, charlie, community):
    alices = browser.of(alice)
    alices.post(f"/c/{community}/nommer/{people.uid_of(person=bob.me)}/")
    refused = browser.of(charlie).post(f"/c/{community}/retirer/{people.uid_of(person=bob.me)}/")
    assert (refused.status_code, standing(bob, community)) == (409, (True, True))
    alices.post(f"/c/{community}/retirer/{people.uid_of(person=charlie.me)}/")
    assert [standing(viewer, community) for viewer in (bob, charlie)] == [(True, True), (False, False)]


def test_somebody_without_account_is_offered_and_made_no_steward(alice, bob, community, members):
    one = Viewer(person=people_actions.welcome()[0])
    actions.enrol(community=queries.community(alice, community).key, people=[one.me])
    profiles_actions.call_me(one, text="n° 12", audience=members)
    alices, (able, unable) = browser.of(alice), [people.uid_of(person=viewer.me) for viewer in (bob, one)]
    page = alices.get(f"/c/{community}/modifier/").content.decode()
    offered = [f"/c/{community}/{act}/{uid}/" in page for act in ("nommer", "retirer") for uid in (able, unable)]
    assert (offered, alices.post(f"/c/{community}/nommer/{unable}/").status_code) == ([True, False, True, True], 409)
    profiles_actions.call_me(one, text="n° 12", audience=None)
    assert [alices.post(f"/c/{community}/nommer/{uid}/").status_code for uid in (unable, ids.new())] == [404, 404]
    assert standing(one, community) == (True, False)


def test_whoever_hides_their_name_from_a_steward_is_nobody_to_take_out_or_to_appoint(alice, bob, charlie, community):
    discretion.block(bob, person=alice.me)
    told = [
        browser.of(alice).post(f"/c/{community}/{act}/{uid}/").status_code
        for act in ("retirer", "nommer")
        for uid in (people.uid_of(person=bob.me), ids.new())
    ]
    assert told == [404] * 4
    assert standing(bob, community) == (True, False)


def test_one_leaves_on_a_page_and_a_steward_reads_there_who_looks_after_it_then(alice, bob, charlie, community):
    pages = [browser.of(viewer).get(f"/c/{community}/").content.decode() for viewer in (alice, bob)]
    assert ["Si personne d’autre ne s’en occupe" in page for page in pages] == [True, False]
    for viewer in (bob, alice):
        assert browser.of(viewer).post(f"/c/{community}/partir/")["Location"] == "/"
    assert [standing(viewer, community) for viewer in (alice, bob, charlie)] == [
        (False, False),
        (False, False),
        (True, True),
    ]


def test_renewing_the_invitation_closes_the_old_door(client, alice, community):
    actions.edit(alice, slug=community, entry="link")
    old = invite(alice, community)
    browser.of(alice).post(f"/c/{community}/invitation/")
    assert [client.get(f"/rejoindre/{key}/").status_code for key in (old, invite(alice, community))] == [404, 200]


def test_a_community_by_link_is_not_joined_by_its_name(client, alice, community):
    actions.edit(alice, slug=community, entry="link")
    assert [client.get(f"/rejoindre/{key}/").status_code for key in (community, "nowhere")] == [404, 404]


def test_a_member_without_a_name_or_an_employer_says_both_in_coming_in(alice, dana, community):
    danas = browser.of(dana)
    form = danas.get(f"/rejoindre/{community}/").context["form"]
    assert list(form.fields) == ["name", "where", "organisation", "title"]
    said = {"name": "Dana", "where": "organisation", "organisation": "Lagon", "title": "Graphiste"}
    answer = danas.post(f"/rejoindre/{community}/", said)
    assert answer["Location"] == f"/c/{community}/"
    assert standing(dana, community) == (True, False)
    assert profiles.cards(alice, [dana.me])[dana.me].name == "Dana"
    assert [own.held.organisation for own in market.mine(dana)] == ["Lagon"]
    assert (market.positions(alice, dana.me), market.situation(dana)) == ([], "employed")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": "Dana"}, ["where"]),
        ({"where": "own"}, ["name"]),
        ({"name": "Dana", "where": "organisation"}, ["organisation"]),
        ({"name": "Dana", "where": "organisation", "organisation": " ’ "}, ["organisation"]),
        ({"name": "Dana", "where": "employed"}, ["where"]),
    ],
)
def test_coming_in_half_way_is_not_coming_in(dana, community, said, wrong):
    answer = browser.of(dana).post(f"/rejoindre/{community}/", said)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert (standing(dana, community), market.situation(dana)) == ((False, False), None)


def test_whoever_has_answered_before_is_asked_nothing_again(alice, bob, community):
    browser.of(bob).post(f"/rejoindre/{community}/", {"where": "own"})
    assert browser.of(bob).get(f"/rejoindre/{community}/")["Location"] == f"/c/{community}/"


def test_a_second_community_asks_for_the_name_again_and_both_know_it(alice, bob, dana, community):
    market_actions.say_situation(bob, answer="own")
    other = actions.found(dana, name="Les gens du son", entry="open")
    bobs = browser.of(bob)
    form = bobs.get(f"/rejoindre/{other}/").context["form"]
    assert (list(form.fields), form.initial) == (["name"], {"name": "Bob Payet"})
    assert profiles.cards(dana, [bob.me]) == {}
    bobs.post(f"/rejoindre/{other}/", {"name": "Bob"})
    assert [profiles.cards(viewer, [bob.me])[bob.me].name for viewer in (alice, dana)] == ["Bob", "Bob"]
    assert bobs.get("/moi/").context["form"].initial["audience"] == "communities"
    third = actions.found(dana, name="Les gens de l’image", entry="open")
    assert bobs.get(f"/rejoindre/{third}/").context["form"].fields == {}


def join_as_a_visitor(client, key, **said):
    answer = client.post(f"/rejoindre/{key}/", {"email": "eve@example.org", "name": "Ève", "where": "looking", **said})
    return answer["Location"]


def test_a_visitor_comes_in_once_the_code_has_come_back(client, alice, community):
    way = join_as_a_visitor(client, invite(alice, community))
    assert Person.objects.count() == 3
    assert client.post(way, {"code": code()})["Location"] == f"/c/{community}/"
    eve = Viewer(person=people.person_with(email="eve@example.org"))
    assert standing(eve, community) == (True, False)
    assert (profiles.cards(alice, [eve.me])[eve.me].name, market.situation(eve)) == ("Ève", "looking")
    assert ("joining" in client.session, "becoming" in client.session) == (False, False)


def test_a_visitor_who_never_brings_the_code_back_leaves_nothing(client, alice, community):
    way = join_as_a_visitor(client, invite(alice, community))
    client.post(way, {"code": "0000-0000"})
    assert (Person.objects.count(), market.mine(alice)) == (3, [])


def test_asking_to_come_in_waits_for_a_steward(client, alice, community):
    actions.edit(alice, slug=community, entry="approved")
    client.post(join_as_a_visitor(client, community, words="Alice me connaît"), {"code": code()})
    eve = Viewer(person=people.person_with(email="eve@example.org"))
    assert (standing(eve, community), profiles.cards(alice, [eve.me])) == ((False, False), {})
    alices = browser.of(alice)
    [asking] = alices.get(f"/c/{community}/").context["requests"]
    assert (asking["name"], asking["words"]) == ("Ève", "Alice me connaît")
    alices.post(f"/demandes/{asking['uid']}/oui/")
    assert standing(eve, community) == (True, False)
    assert client.get("/ce-soir/")["Location"] == f"/rejoindre/{community}/"
    assert list(client.get(f"/rejoindre/{community}/").context["form"].fields) == ["name"]


def test_a_request_is_for_stewards_to_answer(alice, bob, dana, community):
    actions.edit(alice, slug=community, entry="approved")
    browser.of(dana).post(f"/rejoindre/{community}/", {"name": "Dana", "where": "own"})
    [asking] = queries.requests(alice, community)
    bobs = browser.of(bob)
    assert bobs.get(f"/c/{community}/").context["requests"] == []
    tries = [f"/demandes/{uid}/{word}/" for uid in (asking.uid, ids.new()) for word in ("oui", "non")]
    answers = [bobs.post(address).status_code for address in tries]
    assert answers == [404] * 4
    browser.of(alice).post(f"/demandes/{asking.uid}/non/")
    assert (queries.requests(alice, community), standing(dana, community)) == ([], (False, False))


def test_a_guest_who_joins_keeps_what_they_answered(client, alice, community, evening):
    seat = meetups.answer_as_guest(Viewer(), code=evening, name="Ève")
    session = client.session
    session["key"] = seat.secret
    session.save()
    guest = people.holder_of(secret=seat.secret)
    way = join_as_a_visitor(client, invite(alice, community), along="yes")
    client.post(way, {"code": code()})
    assert (people.person_with(email="eve@example.org"), client.session.get("key")) == (guest, None)


def test_however_many_evenings_a_page_takes_thirteen_statements(alice, community, django_assert_num_queries):
    alices = browser.of(alice)
    for _ in range(2):
        cast.announce(alice, community)
        with django_assert_num_queries(13):
            alices.get(f"/c/{community}/")
