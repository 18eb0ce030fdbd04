"""Calendars: whoever was asked to past events is read, each once, and every other event is accounted for."""

import time
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from entregent.common import clock
from entregent.exchange import reasons
from entregent.exchange.contacts import calendars, reading, stored
from entregent.exchange.contacts.said import ASKED, CARDS_BYTES, EVENINGS, LABELS, Evening, Said, Skipped, Unreadable
from tests.exchange import books

EVENING, NIGHT = date(2024, 11, 29), "Apéro Web 31 29/11/2024"


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def guests(count: int, name: str = "z") -> str:
    return "\n".join(f"ATTENDEE:mailto:{name}.{number}@example.org" for number in range(count))


def read(*events: str, **of_all: str) -> tuple[tuple[Said, ...], tuple[Skipped, ...]]:
    head = "".join(f"X-WR-{name.upper()}:{value}\n" for name, value in of_all.items())
    book = reading.read(f"BEGIN:VCALENDAR\n{head}{''.join(events)}END:VCALENDAR\n".encode())
    assert book.source == "calendar"
    return book.said, book.skipped


def test_whoever_was_asked_is_one_person_with_a_label_for_each_evening_and_where_the_last_was():
    book = reading.read(books.CALENDAR.encode())
    place = "Apéro Web 31, Chez Zélie, Saint-Denis"
    assert book.said == (
        Said(
            line=5,
            name="Payet, Karine",
            labels=(NIGHT, "Galette 05/01/2023"),
            mails=("karine@example.org",),
            on=EVENING,
            place=place,
        ),
        Said(
            line=6,
            name="Yann Techer",
            labels=(NIGHT,),
            mails=("yann.techer@example.org",),
            on=EVENING,
            place=place,
        ),
    )
    assert book.skipped == (Skipped(0, "to_come"), Skipped(0, "called_off"))
    assert book.evenings == (Evening(date(2024, 2, 1), "Dentiste", ""),)


@pytest.mark.parametrize(
    ("begins", "on"),
    [
        ("DTSTART:20241128T203000Z", date(2024, 11, 29)),
        ("DTSTART;TZID=Indian/Reunion:20241128T203000", date(2024, 11, 28)),
        ("DTSTART;VALUE=DATE:20241128", date(2024, 11, 28)),
    ],
)
def test_an_evening_is_of_its_own_day(begins, on):
    [one], _ = read(event(begins, "SUMMARY:Apéro", "ATTENDEE;CN=Zoé:mailto:z@example.org"), timezone="Indian/Reunion")
    assert (one.on, one.labels) == (on, (f"Apéro {on:%d/%m/%Y}",))


@pytest.mark.parametrize(("minute", "taken"), [(59, 0), (1, 1)])
def test_an_evening_is_to_come_until_its_day_begins_where_the_calendar_is(minute, taken):
    """On La Réunion a day begins at 20 h of UTC."""
    with clock.at(datetime(2024, 11, 27, 20 - (minute == 59), minute, tzinfo=UTC)):
        said, _ = read(
            event("DTSTART:20241128", "SUMMARY:Apéro", "ATTENDEE:mailto:z@example.org"), timezone="Indian/Reunion"
        )
    assert len(said) == taken


@pytest.mark.parametrize("begins", ["DTSTART:20241399", "DTSTART:00000000", "DTSTART:hier", "SUMMARY:Apéro"])
def test_an_event_without_a_day_is_told(begins):
    assert read(event(begins, "ATTENDEE:mailto:z@example.org")) == ((), (Skipped(2, "dateless"),))


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Nulle/Part", "America", "\\", ""])
def test_a_zone_that_is_none_is_that_of_the_clock(zone):
    [one], _ = read(event("DTSTART:20241128T233000Z", "ATTENDEE:mailto:z@example.org"), timezone=zone)
    assert one.on == date(2024, 11, 28)


def test_a_rule_without_an_end_and_a_torn_event_change_nothing():
    torn = "BEGIN:VEVENT\nDTSTART:20241128\n"
    endless = event("DTSTART:20200101", "RRULE:FREQ=SECONDLY", "ATTENDEE;CN=Zoé:mailto:z@example.org")
    began = time.perf_counter()
    said, skipped = read(*[endless] * 2000, torn)
    assert (len(said), said[0].labels, skipped[-1].reason) == (1, ("01/01/2020",), "torn_event")
    assert time.perf_counter() - began < 10


def test_more_than_anybody_has_is_refused():
    with pytest.raises(Unreadable, match="too_big"):
        reading.read(b"BEGIN:VCALENDAR\n" + b"x" * CARDS_BYTES)
    with pytest.raises(Unreadable, match="too_many_events"):
        read(event("SUMMARY:x") * 50_001)
    with pytest.raises(Unreadable, match="no_events"):
        read()
    with pytest.raises(Unreadable, match="'too_many'"):
        read(*[event("DTSTART:20240101", guests(480, f"z{number}")) for number in range(22)])


def test_an_event_to_which_a_mailing_list_was_asked_is_told_and_nobody_was_met_there():
    begins = "DTSTART:20240101"
    said, skipped = read(event(begins, guests(ASKED)), event(begins, guests(ASKED + 1)))
    assert ({one.labels for one in said}, len(said)) == ({("01/01/2024",)}, ASKED)
    assert skipped == (Skipped(ASKED + 5, "crowd"),)
    assert read(event("DTSTART:20990101", guests(ASKED + 1)))[1] == (Skipped(0, "to_come"),)


def test_the_guests_of_all_calendars_are_bounded_together(monkeypatch):
    monkeypatch.setattr(calendars, "GUESTS", 30)
    held = event("DTSTART:20240101", guests(10))
    assert len(reading.read(books.archive({"a.ics": held * 2, "b.ics": held})).said) == 10
    assert refused(books.archive({"a.ics": held * 2, "b.ics": held * 2})) == "too_many_guests"


def test_whoever_was_at_many_evenings_has_the_last_twenty_as_labels():
    evenings = [event(f"DTSTART:202401{day:02}", "SUMMARY:Apéro", guests(2)) for day in range(1, 26)]
    said, _ = read(*evenings, *evenings)
    assert {one.labels for one in said} == {tuple(f"Apéro {day:02}/01/2024" for day in range(25, 25 - LABELS, -1))}


def test_a_line_of_many_megabytes_is_one_event_that_is_told():
    said, skipped = read(event("DTSTART:20240101", "ATTENDEE:" + "x" * 20_000_000))
    assert (said, [one.reason for one in skipped]) == ((), ["long_line"])


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        reading.read(data)
    return refusal.value.reason


def test_the_calendars_of_an_archive_are_one_and_a_calendar_is_nobody():
    book = reading.read(books.archive(books.CALENDARS))
    place = "Galette des rois, Le Port"
    assert [(one.name, one.labels, one.on, one.place) for one in book.said] == [
        ("Karine Payet", ("Galette des rois 09/01/2025", NIGHT, "Galette 05/01/2023"), date(2025, 1, 9), place),
        ("Nadège Boyer", ("Galette des rois 09/01/2025",), date(2025, 1, 9), place),
        ("Yann Techer", (NIGHT,), EVENING, "Apéro Web 31, Chez Zélie, Saint-Denis"),
    ]
    assert book.source == "calendar"
    assert len({one.line for one in book.said}) == len(book.said)


def test_an_archive_of_one_calendar_says_what_the_calendar_does():
    one = reading.read(books.CALENDAR.encode())
    for name in ("jeremie@example.org.ics", "Takeout/Agenda/Perso.ICS"):
        assert reading.read(books.archive({name: books.CALENDAR, "__MACOSX/._Perso.ics": b"\0\5\x16\7"})) == one


def test_a_calendar_of_an_archive_that_cannot_be_taken_is_told_by_its_name():
    torn = books.AGENDA.partition("END:VEVENT")[0]
    book = reading.read(books.archive({"a.ics": torn, "b.ics": b"\0\0\0\0", "c.ics": "", "d.ics": books.CALENDAR}))
    assert [one.name for one in book.said] == ["Payet, Karine", "Yann Techer"]
    assert {one for one in book.skipped if one.file != "d.ics"} >= {
        Skipped(5, "torn_event", "a.ics"),
        Skipped(0, "no_events", "c.ics"),
    }
    assert [one.file for one in book.skipped if one.reason in {"binary", "no_events"}] == ["b.ics", "c.ics"]


def test_calendars_beside_tables_are_read_as_well():
    book = reading.read(books.archive({"Connections.csv": books.LINKEDIN, **books.CALENDARS}))
    assert sorted(one.name for one in book.said) == [
        "Karine Hoareau",
        "Karine Payet",
        "Nadège Boyer",
        "Yann Techer",
        "Yann Técher, PMP",
    ]
    assert len({one.line for one in book.said}) == len(book.said)
    assert Skipped(6, "hidden", "Connections.csv") in book.skipped


def test_an_archive_of_calendars_has_the_bounds_of_every_other():
    assert refused(books.archive({"a.ics": b"0" * 30_000_000})) == "bomb"
    assert refused(books.archive({"a.ics": b"0" * 9_000_000, "b.ics": b"0" * 9_000_000}, zipfile.ZIP_STORED)) == "bomb"
    assert refused(books.archive({f"{at}.ics": b"\n" * 250_000 for at in range(3)}, zipfile.ZIP_STORED)) == "bomb"
    assert refused(books.archive({"a.ics": books.CALENDAR}, zipfile.ZIP_LZMA)) == "torn_archive"
    assert refused(books.archive({"a.ics": "", "b.ics": "BEGIN:VCALENDAR"})) == "no_events"
    many = {f"{at}.ics": event("SUMMARY:x") * 17_000 for at in range(3)}
    assert refused(books.archive(many, zipfile.ZIP_STORED)) == "too_many_events"


def test_the_name_of_an_entry_is_one_short_line_where_it_is_told():
    name = "a" * 300 + "\n\u202e/" + "b" * 30 + ".ics"
    book = reading.read(books.archive({name: "BEGIN:VEVENT\n", "c.ics": books.CALENDAR}))
    [told] = {one.file for one in book.skipped if one.reason == "torn_event"}
    assert (len(told), told.endswith("/" + "b" * 30 + ".ics"), told.isprintable()) == (120, True, True)


def test_events_that_name_nobody_are_counted_for_each_reason_over_all_calendars_before_whatever_is_wrong():
    alone, torn = event("DTSTART:20240101", "LOCATION:Le Port") * 1200, "BEGIN:VEVENT\nDTSTART:20241128\n"
    held = {"a.ics": alone + torn, "b.ics": books.CALENDAR, "c.ics": books.AGENDA}
    book = reading.read(books.archive(held, zipfile.ZIP_STORED))
    assert book.skipped == (
        Skipped(0, "no_guests", count=1200),
        Skipped(0, "to_come"),
        Skipped(0, "called_off"),
        Skipped(4801, "torn_event", "a.ics"),
    )
    text = stored.skipped_json(book.skipped)
    assert (stored.skipped_count(text), stored.skipped_of(text)) == (1203, list(book.skipped))
    assert [one.title for one in book.evenings] == ["Ménage", "Dentiste"]


def test_evenings_without_guests_are_there_once_the_last_first_and_the_two_thousand_last_ones():
    days = [f"{year}{month:02}{day:02}" for year in range(2000, 2007) for month in range(1, 13) for day in range(1, 26)]
    said = "".join(
        event(f"DTSTART;VALUE=DATE:{day}", "SUMMARY:Apéro\\, le soir", "LOCATION:Chez Zélie") for day in days
    )
    book = reading.read(f"BEGIN:VCALENDAR\n{said}{said}END:VCALENDAR\n".encode())
    assert (len(days), len(book.evenings), book.said) == (2100, EVENINGS, ())
    assert book.skipped == (Skipped(0, "old_evenings", count=100),)
    assert book.evenings[0] == Evening(date(2006, 12, 25), "Apéro, le soir", "Chez Zélie")
    assert book.evenings[-1].on == date(2000, 5, 1)
    assert stored.evenings_of(stored.evenings_json(book.evenings)) == list(book.evenings)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "One event without guests and without a name: nobody to propose.",
                "1,202 events without guests and without a name: nobody to propose.",
            ],
        ),
        (
            "fr",
            [
                "Un événement sans invités ni titre\u00a0: rien à proposer.",
                "1\u00a0202 événements sans invités ni titre\u00a0: rien à proposer.",
            ],
        ),
    ],
)
def test_how_many_events_have_no_guests_is_said_in_both_languages(language, told):
    with translation.override(language):
        assert [reasons.left_out(Skipped(0, "no_guests", count=count)) for count in (1, 1202)] == told
