"""Evenings as machines read them: a feed, schema.org, h-event, previews; what everybody sees, and nobody's name."""

import re
from datetime import timedelta

import extruct
import feedparser
import mf2py
import pytest
from django.test import Client

from entregent.common import clock
from entregent.meetups import actions, queries
from entregent.meetups.models import Meetup
from entregent.meetups.recurrence import WEEK, Recurs
from entregent.profiles import actions as profiles
from tests.web import browser
from tests.web.test_calendars import ENDS, STARTS, SUNDAY, announce, sunday

__all__ = ["announce", "sunday"]

#: What an organiser may write who wants to leave the block of data.
EVIL = "</script><script>alert(1)</script><!-- ]]> & \" ' \u2028 é"


def feed(community, client=None):
    answer = (client or Client()).get(f"/c/{community}/soirees.atom")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.version) == (False, "atom10")
    return read


def event(code, client=None):
    """The event that the page of an evening tells in JSON-LD."""
    page = (client or Client()).get(f"/s/{code}/").content.decode()
    return extruct.extract(page, syntaxes=["json-ld"])["json-ld"]


@pytest.fixture
def code(announce):
    return announce(address="12 rue du Port", words="Une table, des gens du web.", capacity=40)


def test_a_feed_reader_reads_the_next_evenings_of_a_community(alice, community, code, settings):
    with clock.at(SUNDAY + timedelta(hours=2)):
        actions.edit(alice, code=code, place="Chez Marceline")
    read = feed(community)
    assert (read.feed.title, read.feed.link) == ("Les gens du web", f"{settings.BASE_URL}/c/{community}/")
    [entry] = read.entries
    assert (entry.title, entry.link) == ("Apéro Web 47", f"{settings.BASE_URL}/s/{code}/")
    assert entry.id == f"urn:uuid:{queries.evening(alice, code).uid}"
    assert (entry.updated, read.feed.updated) == ("2026-11-22T10:00:00+00:00",) * 2
    told = entry.summary.replace("\xa0", " ")
    assert told == "Jeudi 26 novembre, 18 h 30 · Chez Marceline, 12 rue du Port, Étang"


def test_the_page_of_a_community_names_its_feed(community, code):
    page = Client().get(f"/c/{community}/").content.decode()
    [address] = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', page)
    assert Client().get(address).status_code == 200


def test_a_feed_without_evenings_is_one_and_says_the_same_each_time(community):
    first = Client().get(f"/c/{community}/soirees.atom").content
    assert feed(community).entries == []
    with clock.at(SUNDAY + timedelta(days=9)):
        assert Client().get(f"/c/{community}/soirees.atom").content == first


def test_a_feed_holds_the_next_evening_of_a_series_and_what_was_called_off(alice, community, announce):
    announce(recurs=Recurs(WEEK, times=4))
    codes = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    [entry] = feed(community).entries
    assert entry.summary.endswith(" · Chaque jeudi")
    actions.cancel(alice, code=codes[0])
    assert [entry.title for entry in feed(community).entries] == ["Annulée\u00a0: Apéro Web 47", "Apéro Web 47"]
    with clock.at(ENDS + timedelta(days=8)):
        assert [entry.link.split("/")[-2] for entry in feed(community).entries] == [codes[2]]


def test_a_feed_holds_what_whoever_reads_it_sees(community, announce, bob):
    announce(audience="community")
    assert (len(feed(community).entries), len(feed(community, browser.of(bob)).entries)) == (0, 1)


def test_machines_read_the_evening_as_schema_org_has_it(community, code, settings):
    base = settings.BASE_URL
    assert event(code) == [
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": "Apéro Web 47",
            "startDate": "2026-11-26T18:30:00+04:00",
            "endDate": "2026-11-26T22:30:00+04:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "url": f"{base}/s/{code}/",
            "image": f"{base}/s/{code}/apercu.png",
            "location": {
                "@type": "Place",
                "name": "Chez Zélie",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "12 rue du Port",
                    "addressLocality": "Étang",
                },
            },
            "organizer": {"@type": "Organization", "name": "Les gens du web", "url": f"{base}/c/{community}/"},
            "description": "Une table, des gens du web.",
            "maximumAttendeeCapacity": 40,
        }
    ]


def test_an_evening_that_was_called_off_says_so(alice, code):
    actions.cancel(alice, code=code)
    assert event(code)[0]["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_evening_of_the_community_alone_is_not_told_to_machines(announce, bob):
    code = announce(audience="community")
    assert event(code, browser.of(bob)) == []


def test_whatever_an_organiser_writes_stays_within_its_block(announce):
    code = announce(title=EVIL, place=EVIL, words=EVIL)
    page = Client().get(f"/s/{code}/").content.decode()
    assert page.count("<script") == page.count("</script>") == 2
    shown = " ".join(EVIL.split())
    [told] = event(code)
    assert (told["name"], told["location"]["name"]) == (shown, shown)


def test_machines_read_the_evening_as_an_h_event(code, settings):
    page = Client().get(f"/s/{code}/").content.decode()
    [item] = [item for item in mf2py.parse(doc=page)["items"] if "h-event" in item["type"]]
    assert {name: values[0] for name, values in item["properties"].items()} == {
        "name": "Apéro Web 47",
        "url": f"{settings.BASE_URL}/s/{code}/",
        "summary": "Une table, des gens du web.",
        "start": f"{STARTS:%Y-%m-%dT%H:%M:%S%z}",
        "end": f"{ENDS:%Y-%m-%dT%H:%M:%S%z}",
        "location": "Chez Zélie",
    }


def test_a_messenger_gets_the_date_the_place_and_a_picture_in_words(code):
    page = Client().get(f"/s/{code}/").content.decode()
    told = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)"', page))
    assert told["description"].replace("\xa0", " ") == "Jeudi 26 novembre, 18 h 30 · Chez Zélie, Étang"
    assert (told["title"], told["image:alt"]) == ("Apéro Web 47", "Apéro Web 47")


def test_nothing_that_machines_read_says_a_name_that_everybody_does_not_see(alice, bob, community, code):
    """Alice is called so to the community alone, and Bob comes: the page shows a visitor neither."""
    for viewer, name in ((alice, "Alice Hoarau"), (bob, "Bob Técher")):
        profiles.call_me(viewer, text=name, audience=community_of(viewer, community))
    actions.answer(bob, code=code, audience="going", discreet=False)
    client = browser.of(bob)
    assert "Alice Hoarau" in client.get(f"/s/{code}/").content.decode()
    told = [str(event(code, client)), str(mf2py.parse(doc=client.get(f"/s/{code}/").content.decode())["items"])]
    told += [str(feed(community, client))]
    assert [name for name in ("Alice", "Bob", "Hoarau", "Técher") for text in told if name in text] == []


def community_of(viewer, slug):
    from entregent.communities import queries as communities

    return communities.community(viewer, slug).members_circle
