"""Taken out of a community: at the next request everything that was open through it is gone, in the same browser."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.mail import sending
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.ties import actions as ties
from tests.web import browser

SUNDAY = datetime(2026, 11, 22, 8, tzinfo=UTC)
STARTS = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
DURING = STARTS + timedelta(hours=1)
PAST = datetime(2026, 9, 24, 14, 30, tzinfo=UTC)
#: The day before at ten, on La Réunion: when reminders are due.
REMINDED = datetime(2026, 11, 25, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(starts, audience="community"):
        with clock.at(starts - timedelta(days=20)):
            return meetups.announce(
                alice,
                community=community,
                title="Apéro 47",
                place="Chez Zélie",
                starts_at=starts,
                ends_at=starts + timedelta(hours=4),
                audience=audience,
            )

    return announced


@pytest.fixture
def code(alice, bob, charlie, announce, community):
    """An evening for the community alone, to which the three of them come."""
    communities.edit(alice, slug=community, entry="link")
    market.say_situation(charlie, answer="own")
    code = announce(STARTS)
    for viewer in (alice, bob, charlie):
        meetups.answer(viewer, code=code, audience="going", discreet=False)
    return code


@pytest.fixture
def charlies(charlie, code):
    return browser.of(charlie)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def remove(alice, charlie, community):
    browser.of(alice).post(f"/c/{community}/retirer/{uid(charlie)}/")


def codes(browsing, *addresses):
    return [browsing.get(address).status_code for address in addresses]


def test_its_page_is_the_one_of_whoever_never_belonged(alice, charlie, charlies, community):
    before = charlies.get(f"/c/{community}/").context
    remove(alice, charlie, community)
    after = charlies.get(f"/c/{community}/").context
    seen = [(page["member"], len(page["coming"]), bool(page["join_address"])) for page in (before, after)]
    assert seen == [(True, 1, True), (False, 0, False)]
    assert codes(charlies, f"/c/{community}/affiche/", f"/c/{community}/soirees/nouvelle/") == [404, 404]


def test_its_evenings_are_gone_in_the_middle_of_a_session(alice, charlie, charlies, community, code):
    addresses = (f"/s/{code}/", f"/s/{code}/apercu.png", f"/s/{code}/signaler/")
    before = codes(charlies, *addresses), charlies.get("/ce-soir/").context["meetup"]["code"]
    remove(alice, charlie, community)
    assert before == ([200, 200, 200], code)
    assert (codes(charlies, *addresses), charlies.get("/ce-soir/").context["meetup"]) == ([404] * 3, None)
    tries = [charlies.post(f"/s/{code}/{act}/", {"words": "Encore."}) for act in ("reponse", "rendre", "signaler")]
    assert [answer.status_code for answer in tries] == [404] * 3


def test_the_room_closes_on_whoever_stands_in_it(alice, bob, charlie, charlies, community, code):
    here = evenings.evening(alice, code).here or ""
    with clock.at(DURING):
        for viewer in (alice, bob, charlie):
            presences.arrive(viewer, here=here, seen=True)
        before = [line["name"] for line in charlies.get(f"/s/{code}/salle/").context["here"]]
        [bobs] = [one.uid for one in evenings.present(charlie, code) if one.person == bob.me]
        remove(alice, charlie, community)
        assert sorted(before) == ["Alice Hoareau", "Bob Payet"]
        assert codes(charlies, f"/s/{code}/salle/", f"/ici/{here}/") == [404, 404]
        noted = charlies.post(f"/s/{code}/salle/noter/", {"person": bobs, "words": "Encore."})
        seen = charlies.post(f"/s/{code}/salle/visible/", {"seen": "yes"})
        assert (noted.status_code, seen.status_code) == (404, 404)


def test_names_pages_and_ways_are_gone(alice, bob, charlie, charlies, community):
    addresses = [f"/p/{uid(viewer)}/{more}" for viewer in (alice, bob) for more in ("", "chemins/", "signaler/")]
    before = codes(charlies, *addresses)
    remove(alice, charlie, community)
    assert (before, codes(charlies, *addresses)) == ([200] * 6, [404] * 6)


def test_a_need_finds_nobody_of_it(alice, bob, charlie, charlies, community, members):
    needs.state(bob, text="Je prête une sono et des enceintes", offered=True, audience=members)
    asked = {"q": "une sono"}
    before = [one["name"] for one in charlies.post("/besoin/", asked).context["answers"]]
    remove(alice, charlie, community)
    assert (before, charlies.post("/besoin/", asked).context["answers"]) == (["Bob Payet"], [])


def test_nobody_of_it_is_suggested_or_lies_on_a_way(alice, bob, charlie, dana, charlies, announce, community, members):
    past, soon = announce(PAST), announce(STARTS, audience="everyone")
    for viewer in (alice, bob, charlie):
        ties.let_ask(viewer, yes=True, audience=members)
    for one, viewers in ((past, (alice, bob)), (soon, (bob, charlie))):
        with clock.at(PAST - timedelta(days=2)):
            for viewer in viewers:
                meetups.answer(viewer, code=one, audience="community", discreet=False)
    before = [line["name"] for line in charlies.get(f"/s/{soon}/").context["to_meet"]]
    remove(alice, charlie, community)
    after = charlies.get(f"/s/{soon}/")
    assert (before, after.status_code, after.context["to_meet"], after.context["hosts"]) == (["Bob Payet"], 200, [], [])


def test_mails_that_are_due_are_not_sent(alice, bob, charlie, community, code):
    sending.send_due(SUNDAY)
    mail.outbox.clear()
    meetups.edit(alice, code=code, place="Au Vieux Port")
    remove(alice, charlie, community)
    sending.send_due(SUNDAY)
    changed = [message.to for message in mail.outbox]
    mail.outbox.clear()
    with clock.at(REMINDED):
        sending.send_due(REMINDED)
    reminded = [message.to for message in mail.outbox]
    assert ["charlie@example.org"] not in [*changed, *reminded]
    assert [sorted(to) for to in (changed, reminded)] == [[["alice@example.org"], ["bob@example.org"]]] * 2


def test_a_steward_who_is_taken_out_looks_after_nothing(alice, bob, charlie, charlies, community):
    communities.appoint(alice, slug=community, person=uid(charlie))
    before = codes(charlies, f"/c/{community}/modifier/")
    remove(alice, charlie, community)
    assert (before, codes(charlies, f"/c/{community}/modifier/")) == ([200], [404])
    tries = [charlies.post(f"/c/{community}/{act}/") for act in (f"retirer/{uid(bob)}", f"nommer/{uid(bob)}")]
    assert [answer.status_code for answer in tries] == [404, 404]
    assert community_of.community(bob, community).belongs is True


def test_one_s_own_stays_one_s_own(alice, bob, charlie, charlies, community):
    charlies.post(f"/p/{uid(bob)}/noter/", {"words": "Prête une sono."})
    remove(alice, charlie, community)
    [line] = charlies.get("/carnet/").context["lines"]
    page = charlies.get(f"/carnet/{line['contact']}/")
    assert (page.context["who"]["name"], page.context["person"]) == ("Bob Payet", None)


def test_what_anybody_may_read_stays_open_as_to_a_visitor(alice, charlie, charlies, announce, community):
    code = announce(STARTS, audience="everyone")
    remove(alice, charlie, community)
    assert [browsing.get(f"/s/{code}/").status_code for browsing in (charlies, Client())] == [200, 200]


def test_an_evening_of_theirs_is_no_longer_a_window_into_it(alice, bob, charlie, charlies, community):
    code = meetups.announce(
        charlie,
        community=community,
        title="Chez Charlie",
        place="Chez lui",
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=2),
        audience="community",
    )
    meetups.answer(bob, code=code, audience="going", discreet=False)
    before = [seat["name"] for seat in charlies.get(f"/s/{code}/organiser/").context["seats"]]
    remove(alice, charlie, community)
    after = charlies.get(f"/s/{code}/organiser/")
    assert (before, after.status_code) == (["Bob Payet"], 404)
    assert "Bob" not in after.content.decode()
