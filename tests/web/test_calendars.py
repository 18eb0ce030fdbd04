"""Evenings in calendars: read by real clients, to the right moment, without anybody's name."""

import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.encounters import actions as encounters
from entregent.encounters import promises
from entregent.meetups import actions, gatherings, queries
from entregent.meetups.models import Feed
from tests.web import browser

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)
KHALRC = """[calendars]
[[evenings]]
path = {path}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdateformat = %Y-%m-%d
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Indian/Reunion
default_timezone = Indian/Reunion
"""


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def announce(alice, community):
    def announced(**said):
        usual = {"title": "Apéro Web 47", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie", "town": "Étang"}
        return actions.announce(alice, **{"community": community, **usual, **said})

    return announced


def read(address, client=None):
    """The evenings of a calendar, as an icalendar library reads them."""
    answer = (client or Client()).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    return icalendar.Calendar.from_ical(answer.content)


def titles(calendar):
    return [str(event["SUMMARY"]) for event in calendar.events]


def subscribe(viewer, **said):
    """The address that somebody draws for their calendar."""
    page = browser.of(viewer).post("/moi/agenda/", said)
    return page.context["address"].partition("://")[2].partition("/")[2]


def test_an_evening_is_read_to_its_moment_and_its_place_in_its_own_zone(announce):
    code = announce()
    [event] = recurring_ical_events.of(read(f"/s/{code}/soiree.ics")).between(STARTS, ENDS)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (STARTS, ENDS)
    assert str(event["DTSTART"].dt.tzinfo) == "Indian/Reunion"
    assert (event["LOCATION"], event["STATUS"]) == ("Chez Zélie, Étang", "CONFIRMED")
    assert str(event["URL"]).endswith(f"/s/{code}/")


def test_khal_shows_the_evening_at_the_hour_of_the_place(announce, tmp_path):
    code = announce()
    config, file = tmp_path / "khal.conf", tmp_path / "soiree.ics"
    config.write_text(KHALRC.format(path=tmp_path / "calendar"))
    (tmp_path / "calendar").mkdir()
    file.write_bytes(Client().get(f"/s/{code}/soiree.ics").content)
    command = [str(Path(sys.executable).with_name("khal")), "--config", str(config), "printics", "--format"]
    around = {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    told = subprocess.run(
        [*command, "{start}|{end}|{title}|{location}", str(file)],
        env=around,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2026-11-26 18:30|2026-11-26 22:30|Apéro Web 47|Chez Zélie, Étang" in told.stdout


def sequence(at):
    """The number of what was last changed then."""
    return int(at.timestamp()) // 60


def test_whatever_calendars_show_counts_as_a_revision_and_nothing_else(alice, announce):
    code = announce(capacity=20)

    def revised():
        [event] = read(f"/s/{code}/soiree.ics").events
        return int(event["SEQUENCE"]), event["DTSTAMP"].dt

    later, last = SUNDAY + timedelta(hours=1), SUNDAY + timedelta(hours=2)
    assert revised() == (sequence(SUNDAY), SUNDAY)
    with clock.at(later):
        actions.edit(alice, code=code, capacity=30, shows_band=False)
        assert revised() == (sequence(SUNDAY), SUNDAY)
        actions.edit(alice, code=code, place="Chez Marceline")
        assert revised() == (sequence(later), later)
    with clock.at(last):
        actions.edit(alice, code=code, place="Chez Marceline")
        assert revised() == (sequence(later), later)
        actions.cancel(alice, code=code)
        [event] = read(f"/s/{code}/soiree.ics").events
        assert (event["STATUS"], int(event["SEQUENCE"])) == ("CANCELLED", sequence(last))
    assert sequence(SUNDAY) < sequence(later) < sequence(last)


def test_an_evening_that_is_opened_is_read_like_one_that_is_announced_that_day(alice, community, announce):
    code = announce(title="Apéro", audience="community")
    for hours, place in ((1, "Chez Marceline"), (2, "Au Barachois")):
        with clock.at(SUNDAY + timedelta(hours=hours)):
            actions.edit(alice, code=code, place=place)
    with clock.at(SUNDAY + timedelta(days=1)):
        actions.edit(alice, code=code, audience="everyone")
        announce(title="Apéro", place="Au Barachois")
        calendar = read(f"/c/{community}/soirees.ics")
        feed = Client().get(f"/c/{community}/soirees.atom").content.decode()
    said = [{name: value for name, value in event.items() if name not in {"UID", "URL"}} for event in calendar.events]
    assert said[0] == said[1]
    monday = (SUNDAY + timedelta(days=1)).isoformat()
    assert re.findall("<updated>(.+?)</updated>", feed) == [monday] * 3


def test_an_evening_that_one_does_not_see_is_no_calendar(announce, bob):
    code = announce(audience="community")
    assert Client().get(f"/s/{code}/soiree.ics").status_code == 404
    assert titles(read(f"/s/{code}/soiree.ics", browser.of(bob))) == ["Apéro Web 47"]


def test_a_community_is_read_as_far_as_whoever_reads_it_sees(announce, community, bob):
    announce()
    announce(
        title="Entre nous", audience="community", starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1)
    )
    address = f"/c/{community}/soirees.ics"
    assert titles(read(address)) == ["Apéro Web 47"]
    assert titles(read(address, browser.of(bob))) == ["Apéro Web 47", "Entre nous"]
    with clock.at(ENDS + gatherings.LOOKING_BACK):
        assert titles(read(address)) == []


def test_ones_own_evenings_are_read_by_whoever_has_the_address_and_say_where_one_waits(announce, bob, charlie):
    going, full = (
        announce(),
        announce(title="Cartes", capacity=1, starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1)),
    )
    announce(title="Ailleurs")
    actions.answer(charlie, code=full)
    for code in (going, full):
        actions.answer(bob, code=code)
    calendar = read(f"/{subscribe(bob)}")
    assert [(str(event["SUMMARY"]), event["STATUS"]) for event in calendar.events] == [
        ("Apéro Web 47", "CONFIRMED"),
        ("Cartes", "TENTATIVE"),
    ]


def test_whoever_organises_has_the_evening_in_their_calendar(announce, alice):
    announce()
    assert titles(read(f"/{subscribe(alice)}")) == ["Apéro Web 47"]


@pytest.mark.parametrize("how", [{"audience": "me"}, {"audience": "going", "discreet": True}])
def test_what_one_keeps_from_others_is_left_out_or_nothing_but_time_that_is_taken(announce, alice, bob, how):
    code = announce()
    actions.answer(bob, code=code, **how)
    assert titles(read(f"/{subscribe(bob)}")) == []
    [event] = read(f"/{subscribe(bob, busy='on')}").events
    assert (event["SUMMARY"], event["DTSTART"].dt, "LOCATION" in event, "URL" in event) == (
        "Occupé",
        STARTS,
        False,
        False,
    )
    assert str(queries.evening(bob, code).uid) not in str(event["UID"])
    actions.edit(alice, code=code, title="Apéro 48", place="Ailleurs")
    [again] = read(f"/{subscribe(bob, busy='on')}").events
    assert (
        (again["SEQUENCE"], again["DTSTAMP"].dt)
        == (event["SEQUENCE"], event["DTSTAMP"].dt)
        == (0, SUNDAY.replace(hour=0))
    )


def test_a_calendar_speaks_the_language_of_its_owner_whatever_the_program_that_reads_it_speaks(announce, bob):
    actions.answer(bob, code=announce(), audience="me")
    english = Client(headers={"accept-language": "en"})
    assert titles(read(f"/{subscribe(bob, busy='on')}", english)) == ["Occupé"]


def test_no_calendar_holds_a_name(announce, bob, charlie):
    code = announce()
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    whole = Client().get(f"/{subscribe(bob)}").content.decode() + Client().get(f"/s/{code}/soiree.ics").content.decode()
    assert [name for name in ("Alice", "Bob", "Charlie", "alice", "bob", "charlie") if name in whole] == []


def test_a_new_address_ends_the_earlier_one_and_a_closed_one_was_never_there(bob, announce):
    actions.answer(bob, code=announce())
    first, second = subscribe(bob), subscribe(bob)
    assert (Client().get(f"/{first}").status_code, titles(read(f"/{second}"))) == (404, ["Apéro Web 47"])
    client = browser.of(bob)
    assert client.post("/moi/agenda/fermer/").status_code == 302
    assert (Client().get(f"/{second}").status_code, Feed.objects.count()) == (404, 0)


def test_the_address_is_shown_once_and_kept_as_a_hash(bob):
    client = browser.of(bob)
    page = client.post("/moi/agenda/", {})
    secret = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert page.context["webcal"].startswith("webcal://")
    assert secret not in client.get("/moi/agenda/").content.decode()
    assert secret not in str(list(Feed.objects.values()))


def test_what_one_promised_is_in_it_where_that_was_ticked_on_its_day_and_takes_no_time(bob, announce):
    actions.answer(bob, code=announce())
    karine = encounters.note_somebody(bob, name="Karine")
    day = SUNDAY.date() + timedelta(days=3)
    call = promises.promise(bob, contact=karine, text="L'appeler", due_on=day)
    promises.promise(bob, contact=karine, text="Un jour")
    assert titles(read(f"/{subscribe(bob)}")) == ["Apéro Web 47"]
    address = f"/{subscribe(bob, promises='on')}"
    with CaptureQueriesContext(connection) as asked:
        read(address)
    # In one statement: between two, something else is promised.
    assert len([one for one in asked if "encounters_followup" in one["sql"]]) == 1
    [task] = [event for event in read(address).events if str(event["SUMMARY"]) != "Apéro Web 47"]
    assert (task["SUMMARY"], task["DTSTART"].dt, task["TRANSP"]) == ("Karine · L'appeler", day, "TRANSPARENT")
    assert [event["SUMMARY"] for event in recurring_ical_events.of(read(address)).at(day)] == ["Karine · L'appeler"]
    with clock.at(SUNDAY + timedelta(hours=1)):
        promises.put_off_promise(bob, promise=call, due_on=day + timedelta(days=2))
        [moved] = recurring_ical_events.of(read(address)).at(day + timedelta(days=2))
        assert (moved["UID"], moved["DTSTAMP"].dt) == (task["UID"], SUNDAY + timedelta(hours=1))
        promises.keep_promise(bob, promise=call)
        assert titles(read(address)) == ["Apéro Web 47"]
