"""Series in calendars: read by real clients to the right moments, telling nothing of what their reader does not see."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from entregent.common import clock, ids
from entregent.communities import actions as communities
from entregent.meetups import actions, gatherings, queries, recurrence, standings
from entregent.meetups.models import Meetup
from entregent.meetups.recurrence import FORTNIGHT, LAST, RULES, WEEK, Recurs
from entregent.web import ics, ics_entry
from tests.laws.worlds import channels
from tests.web import browser
from tests.web.test_calendars import KHALRC, SUNDAY, announce, read, sequence, subscribe, sunday

__all__ = ["announce", "sunday"]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHOLE = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 1, tzinfo=UTC))
#: 19:30 in Paris on the Thursday before the clocks go back.
PARIS = datetime.fromisoformat("2026-10-22T19:30+02:00")


def evenings(calendar):
    """What a client shows: the start as the calendar tells it, the length, where, and whether it is called off."""
    found = recurring_ical_events.of(calendar).between(*WHOLE)
    shown = [
        (
            f"{one['DTSTART'].dt:%Y-%m-%d %H:%M}",
            one["DTEND"].dt - one["DTSTART"].dt,
            str(one["LOCATION"]),
            one["STATUS"],
        )
        for one in found
    ]
    return sorted(shown)


def by_khal(content, folder, zone="Indian/Reunion"):
    """What khal lists of a calendar that it imported, line by line."""
    (folder / "calendar").mkdir(parents=True)
    config, file = folder / "khal.conf", folder / "series.ics"
    config.write_text(KHALRC.format(path=folder / "calendar").replace("Indian/Reunion", zone))
    file.write_bytes(content)
    around = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    khal = [str(Path(sys.executable).with_name("khal")), "--config", str(config)]
    subprocess.run([*khal, "import", "--batch", str(file)], env=around, check=True, capture_output=True)
    command = [
        *khal,
        "list",
        "--format",
        "{start}|{end-time}|{location}|{status}",
        "--day-format",
        "",
        "2026-10-01",
        "300d",
    ]
    told = subprocess.run(command, env=around, check=True, capture_output=True, text=True)
    return [line.strip() for line in told.stdout.splitlines() if line.strip()]


@pytest.fixture
def codes(alice, announce):
    """Five last Thursdays of the month: the second one moved by a day and an hour, the third one called off."""
    announce(recurs=Recurs(LAST, times=5), town="")
    found = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    moved = datetime.fromisoformat("2027-01-01T15:30:00+00:00")
    with clock.at(SUNDAY + HOUR):
        actions.edit(alice, code=found[1], starts_at=moved, ends_at=moved + 4 * HOUR, place="Chez Marceline")
        actions.cancel(alice, code=found[2])
    return found


HOURS = timedelta(hours=4)
EXPECTED = [
    ("2026-11-26 18:30", HOURS, "Chez Zélie", "CONFIRMED"),
    ("2027-01-01 19:30", HOURS, "Chez Marceline", "CONFIRMED"),
    ("2027-01-28 18:30", HOURS, "Chez Zélie", "CANCELLED"),
    ("2027-02-25 18:30", HOURS, "Chez Zélie", "CONFIRMED"),
    ("2027-03-25 18:30", HOURS, "Chez Zélie", "CONFIRMED"),
]


def test_a_series_is_one_rule_with_what_was_moved_and_called_off(community, codes):
    calendar = read(f"/c/{community}/soirees.ics")
    master, moved, cancelled = calendar.events
    assert master["RRULE"].to_ical() == b"FREQ=MONTHLY;COUNT=5;BYDAY=-1TH"
    later = sequence(SUNDAY + HOUR)
    assert (int(master["SEQUENCE"]), "EXDATE" in master, "RECURRENCE-ID" in master) == (later, False, False)
    assert [f"{one['RECURRENCE-ID'].dt:%Y-%m-%d %H:%M}" for one in (moved, cancelled)] == [
        "2026-12-31 18:30",
        "2027-01-28 18:30",
    ]
    assert [(str(one["STATUS"]), int(one["SEQUENCE"])) for one in (moved, cancelled)] == [
        ("CONFIRMED", later),
        ("CANCELLED", later),
    ]
    assert len({str(one["UID"]) for one in calendar.events}) == 1
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Indian/Reunion"]
    assert evenings(calendar) == EXPECTED


def test_khal_lists_the_same_dates(community, codes, tmp_path):
    lines = by_khal(Client().get(f"/c/{community}/soirees.ics").content, tmp_path)
    assert lines == [
        f"{start}|22:30|{where}|{status}" if start != "2027-01-01 19:30" else f"{start}|23:30|{where}|{status}"
        for start, _length, where, status in EXPECTED
    ]


def test_the_hour_on_the_wall_stays_across_a_change_of_clocks_for_every_client(alice, announce, tmp_path):
    home = communities.found(alice, name="Les gens de Paris", zone="Europe/Paris", entry="open")
    with clock.at(PARIS - 2 * DAY):
        announce(community=home, recurs=Recurs(WEEK, times=3), starts_at=PARIS, ends_at=PARIS + timedelta(hours=3))
        content = Client().get(f"/c/{home}/soirees.ics").content
    [master] = icalendar.Calendar.from_ical(content).events
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=3"
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(*WHOLE)
    starts = sorted(one["DTSTART"].dt.astimezone(UTC).isoformat() for one in found)
    assert starts == ["2026-10-22T17:30:00+00:00", "2026-10-29T18:30:00+00:00", "2026-11-05T18:30:00+00:00"]
    days = ["2026-10-22", "2026-10-29", "2026-11-05"]
    assert by_khal(content, tmp_path, "Europe/Paris") == [
        f"{day} 19:30|22:30|Chez Zélie, Étang|CONFIRMED" for day in days
    ]


def hide(alice, *codes):
    for code in codes:
        actions.edit(alice, code=code, audience="community")


def seen(client, community, code):
    """All that says something of a series to whoever asks, without the token of a form."""
    addresses = (
        f"/c/{community}/soirees.ics",
        f"/c/{community}/",
        f"/s/{code}/",
        f"/s/{code}/dates/",
        f"/s/{code}/soiree.ics",
    )
    bodies = [client.get(address).content.decode() for address in addresses]
    assert all(bodies)
    return [line for body in bodies for line in body.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("hidden", [(1,), (3, 4), (0, 2), (1, 2, 3, 4), (0, 1, 3)])
def test_what_is_hidden_of_a_series_is_what_was_never_there(alice, bob, community, announce, hidden):
    announce(recurs=Recurs(FORTNIGHT, times=5))
    codes = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    hide(alice, *(codes[place] for place in hidden))
    left = next(code for place, code in enumerate(codes) if place not in hidden)
    assert len(evenings(read(f"/c/{community}/soirees.ics", browser.of(bob)))) == 5
    before = seen(Client(), community, left)
    assert len(evenings(read(f"/c/{community}/soirees.ics"))) == 5 - len(hidden)
    Meetup.ledger.filter(code__in=[codes[place] for place in hidden]).delete()
    assert seen(Client(), community, left) == before


def raw(viewer, *, community):
    """What a calendar would tell that is read for nobody; of a list on a page, the canaries find the addresses."""
    return gatherings._gatherings(viewer, Meetup.ledger.filter(community__slug=community).order_by(*standings.NEXT))


def test_that_comparison_finds_a_calendar_that_is_read_for_nobody(alice, community, announce):
    announce(recurs=Recurs(FORTNIGHT, times=5))
    codes = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    hide(alice, codes[1])
    with channels.put(gatherings, "published", raw):
        before = seen(Client(), community, codes[0])
        Meetup.ledger.filter(code=codes[1]).delete()
        assert seen(Client(), community, codes[0]) != before


def test_a_day_that_one_does_not_see_is_left_out_of_the_rule(alice, community, announce, tmp_path):
    announce(recurs=Recurs(WEEK, times=4))
    codes = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    hide(alice, codes[1], codes[3])
    [master] = read(f"/c/{community}/soirees.ics").events
    assert (master["RRULE"].to_ical(), f"{master['EXDATE'].dts[0].dt:%Y-%m-%d %H:%M}") == (
        b"FREQ=WEEKLY;COUNT=3",
        "2026-12-03 18:30",
    )
    lines = by_khal(Client().get(f"/c/{community}/soirees.ics").content, tmp_path)
    assert [line.partition("|")[0] for line in lines] == ["2026-11-26 18:30", "2026-12-10 18:30"]
    hide(alice, codes[2])
    [single] = read(f"/c/{community}/soirees.ics").events
    assert ("RRULE" in single, str(single["UID"]).partition("@")[0]) == (
        False,
        str(queries.evening(alice, codes[0]).uid),
    )


def test_ones_own_evenings_of_a_series_are_told_one_by_one(alice, bob, announce):
    announce(recurs=Recurs(WEEK, times=4))
    codes = list(Meetup.ledger.order_by("slot_on").values_list("code", flat=True))
    for code in codes[1:3]:
        actions.answer(bob, code=code)
    calendar = read(f"/{subscribe(bob)}")
    assert [f"{one['DTSTART'].dt:%d/%m}" for one in calendar.events] == ["03/12", "10/12"]
    assert not any("RRULE" in one for one in calendar.events)


def an_entry(series, every, on, start, **said):
    usual = {"title": "Apéro", "zone": "Europe/Paris", "where": "Ici", "address": "", "cancelled": False, "sure": True}
    times = {"starts_at": start, "ends_at": start + timedelta(hours=3), "revision": 0, "revised_at": SUNDAY}
    recurs = ics_entry.Recurs(series, every, on, "https://example.org/dates/")
    return ics_entry.Entry(uid=ids.new(), recurs=recurs, **{**usual, **times, **said})


@given(st.sampled_from(RULES), st.sampled_from(["19:30", "02:30", "23:30"]), st.data())
def test_whatever_was_moved_called_off_or_is_not_seen_clients_read_the_very_evenings(every, hour, data):
    """Around both changes of clocks, at hours that do not exist, too."""
    first = date(2026, 10, 25) if every != recurrence.NTH else date(2026, 10, 11)
    series, entries = ids.new(), []
    for on, _number in zip(recurrence.days(every, first), range(8), strict=False):
        fate = data.draw(st.sampled_from(["usual", "usual", "usual", "hidden", "moved", "called off", "elsewhere"]))
        usual = datetime.fromisoformat(f"{first}T{hour}").replace(tzinfo=ZoneInfo("Europe/Paris"))
        start, end = recurrence.on_day(usual, usual + timedelta(hours=3), "Europe/Paris", on)
        start, end = start.astimezone(UTC), max(end.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=1))
        if fate == "moved":
            start, end = start + timedelta(days=1), end + timedelta(days=1, hours=1)
        if fate != "hidden":
            said = {"cancelled": fate == "called off", "where": "Là-bas" if fate == "elsewhere" else "Ici"}
            entries.append(an_entry(series, every, on, start, ends_at=end, **said))
    told = icalendar.Calendar.from_ical(ics.calendar("Séries", "example.org", entries))
    found = recurring_ical_events.of(told).between(*WHOLE)
    read = [(one["DTSTART"].dt.astimezone(UTC), one["STATUS"], str(one["LOCATION"])) for one in found]
    meant = [(one.starts_at, "CANCELLED" if one.cancelled else "CONFIRMED", one.where) for one in entries]
    assert sorted(read) == sorted(meant)
    length = {
        one["DTSTART"].dt.timestamp(): one["DTEND"].dt.timestamp() - one["DTSTART"].dt.timestamp() for one in found
    }
    assert length == {one.starts_at.timestamp(): (one.ends_at - one.starts_at).total_seconds() for one in entries}


def test_the_calendar_of_a_series_says_nobodys_name(alice, bob, community, codes):
    actions.answer(bob, code=codes[0])
    whole = Client().get(f"/c/{community}/soirees.ics").content.decode()
    assert [name for name in ("Alice", "Bob", "alice", "bob") if name in whole] == []
