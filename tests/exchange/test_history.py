"""A history is brought in whole, once, for the community alone; what is wrong with its files changes nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle, Member
from entregent.common import clock
from entregent.communities.models import Community, Membership
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import arrivals, doctor, erasing, history, origins
from entregent.exchange.delimited import Unreadable
from entregent.exchange.history import Counts
from entregent.meetups.models import Meetup, Rsvp, Series
from entregent.people.models import Person
from entregent.profiles import queries as profiles
from entregent.profiles.models import Name
from entregent.search.models import Line
from tests.exchange.conftest import EVENTS, GROUPS, MEMBERS, NOW, RSVPS, SLUG, Dump, Source

ALL = Counts(series=2, people=5, evenings=3, answers=4)


def person(key: str) -> int:
    """The person who came of a key of the files."""
    return origins.person(key)


def test_a_history_comes_in_whole(source: Source):
    comparison = source.bring_in()
    assert (comparison.new, comparison.erased, source.skipped) == (ALL, Counts(), [])
    assert list(Series.objects.order_by("name").values_list("name", "category")) == [
        ("Trail Runners", "Outdoors"),
        ("Web Developers", "Tech"),
    ]
    assert list(Meetup.ledger.order_by("starts_at").values_list("title", "taken", "zone", "series__name")) == [
        ("Django by night", 2, "America/Chicago", "Web Developers"),
        ("Tea, and CSS", 2, "America/Chicago", "Web Developers"),
        ("Up the hill", 0, "America/Chicago", "Trail Runners"),
    ]
    assert sorted(Name.ledger.values_list("text", flat=True)) == [f"n°\u00a0{n}" for n in (1, 2, 3, 4, 9)]
    assert Membership.objects.filter(community__name="Nashville").count() == 5


def test_postgresql_looks_at_what_came_in_once(source: Source):
    for looks in (int(connection.vendor == "postgresql"), 0):
        with CaptureQueriesContext(connection) as asked:
            source.bring_in()
        assert [query["sql"] for query in asked].count("ANALYZE") == looks


def test_an_evening_lasts_two_hours_and_is_told_on_the_day_of_its_own_zone(source: Source):
    source.bring_in()
    starts_at, ends_at = Meetup.ledger.values_list("starts_at", "ends_at").get(title="Django by night")
    assert (starts_at, ends_at - starts_at) == (datetime(2016, 2, 3, 0, 30, tzinfo=UTC), arrivals.LASTS)
    assert Line.ledger.get(text="Django by night").on == date(2016, 2, 2)


def test_whoever_is_named_by_an_answer_or_organises_needs_no_row_of_their_own(source: Source):
    source.bring_in()
    assert Meetup.ledger.get(title="Up the hill").owner_id == person("m9")
    assert Rsvp.ledger.filter(owner=person("m4")).count() == 1


def test_answers_are_the_community_s_not_discreet_and_dated_at_their_evening(source: Source):
    source.bring_in()
    members = Circle.objects.get(kind="members", about=Community.objects.get(name="Nashville").uid).pk
    assert set(Rsvp.ledger.values_list("audience", "discreet", "until", "answer")) == {(members, False, None, "going")}
    row = Rsvp.ledger.get(owner=person("m1"))
    assert row.answered_at == datetime(2016, 2, 3, 0, 30, tzinfo=UTC)


def test_answers_to_an_evening_to_come_are_dated_at_the_import(source: Source):
    source.bring_in(events=EVENTS.replace("2016-02-03", "2030-02-03"))
    assert Rsvp.ledger.get(owner=person("m1")).answered_at == NOW


def test_the_community_sees_who_came_and_nobody_else_does(source: Source, dana: Viewer):
    source.bring_in()
    inside, keys = Viewer(person=person("m3")), [person("m1"), person("m2")]
    with clock.at(NOW):
        assert Rsvp.objects.visible_to(inside).count() == 4
        assert set(profiles.cards(inside, keys)) == set(keys)
        for outside in (dana, ANYBODY):
            assert Rsvp.objects.visible_to(outside).count() == 0
            assert Meetup.objects.visible_to(outside).count() == 0
            assert profiles.cards(outside, keys) == {}
            assert Line.objects.visible_to(outside).count() == 0


def test_the_band_of_an_evening_counts_the_answers_in_the_file(source: Source):
    many = RSVPS + "".join(f"e3,x{n}\n" for n in range(12))
    source.bring_in(rsvps=many)
    assert dict(Meetup.ledger.values_list("title", "band")) == {
        "Django by night": 0,
        "Tea, and CSS": 0,
        "Up the hill": 10,
    }


def test_the_doctor_has_nothing_to_say_about_a_history(source: Source):
    source.bring_in()
    assert doctor.examine(lambda _done, _of: None).found == []
    assert Member.objects.filter(circle__kind="going").count() == 4
    assert Member.objects.filter(circle__kind="organisers").count() == 3


def test_bringing_it_in_again_changes_nothing(source: Source, dump: Callable[[], Dump]):
    source.bring_in()
    before = dump()
    comparison = source.bring_in()
    assert (comparison.said, comparison.new) == (ALL, Counts())
    assert dump() == before


def test_a_file_that_overlaps_adds_what_is_new_and_counts_seats_again(source: Source):
    source.bring_in()
    comparison = source.bring_in(
        members="member_id\nm2\nm5\n",
        events="event_id,group_id,name,time\ne4,g1,More Django,2016-04-06 00:30:00\n",
        rsvps="event_id,member_id\ne1,m1\ne1,m5\ne4,m2\n",
    )
    assert (comparison.new, source.skipped) == (Counts(series=0, people=1, evenings=1, answers=2), [])
    assert dict(Meetup.ledger.values_list("title", "taken")) == {
        "Django by night": 3,
        "Tea, and CSS": 2,
        "Up the hill": 0,
        "More Django": 1,
    }
    assert doctor.examine(lambda _done, _of: None).found == []


def test_what_somebody_has_said_here_since_stands(source: Source):
    source.bring_in()
    Rsvp.ledger.filter(owner=person("m1")).update(answer="not_going", discreet=True)
    source.bring_in()
    assert Rsvp.ledger.values_list("answer", "discreet").get(owner=person("m1")) == ("not_going", True)


def test_whoever_was_erased_does_not_come_back(source: Source):
    source.bring_in()
    erasing.erase(person("m2"))
    people, answers = Person.objects.count(), Rsvp.ledger.count()
    comparison = source.bring_in()
    assert (comparison.new, comparison.erased) == (Counts(), Counts(people=1, answers=2))
    assert (Person.objects.count(), Rsvp.ledger.count()) == (people, answers)


def test_comparing_writes_nothing(source: Source, dump: Callable[[], Dump]):
    before = dump()
    said = source.read()
    assert history.compare(said, community="Nashville").new == ALL
    assert dump() == before


def test_a_community_of_that_name_is_the_one_that_is_meant(source: Source, community: str):
    said = source.read()
    history.bring_in(said, community="Les gens du web", zone="UTC", tell=lambda _d, _of: None)
    assert list(Community.objects.values_list("slug", flat=True)) == [community]
    assert Membership.objects.filter(community__slug=community).count() == 3 + ALL.people


def test_what_fails_half_way_leaves_nothing_behind(source: Source, dump: Callable[[], Dump]):
    before, said = dump(), source.read()

    def fail(done: int, _of: int) -> None:
        if done > 6:
            raise RuntimeError("the machine went down")

    with pytest.raises(RuntimeError, match="went down"):
        history.bring_in(said, community="Nashville", zone="UTC", tell=fail)
    assert dump() == before


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("groups", "g3,,Tech,m1", "group_name is empty"),
        ("groups", "g1,Again,Tech,m1", "g1 was given above"),
        ("members", ",Nashville,TN", "member_id is empty"),
        ("members", "m1,Nashville,TN", "m1 was given above"),
        ("members", f"{'m' * 81},Nashville,TN", "member_id is too long"),
        ("members", "m7,Nashville", "another number of columns than the first line"),
        ("events", "e1,g1,Again,2016-02-03 00:30:00,2", "e1 was given above"),
        ("events", "e7,g7,Whose,2016-02-03 00:30:00,2", "the group g7 is unknown"),
        ("rsvps", "e7,m1", "the event e7 is unknown"),
        ("rsvps", "e1,m1", "this answer was given above"),
    ],
)
def test_a_line_that_says_nothing_usable_is_skipped_with_its_number_and_reason(
    source: Source, file: str, line: str, reason: str
):
    usual = {"groups": GROUPS, "members": MEMBERS, "events": EVENTS, "rsvps": RSVPS}[file]
    comparison = source.bring_in(**{file: f"{usual}{line}\n"})
    [skipped] = source.skipped
    assert (skipped.file, skipped.line, skipped.reason) == (f"{file}.csv", usual.count("\n") + 1, reason)
    assert comparison.new == ALL


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("groups", b"", "groups.csv: the file is empty."),
        ("groups", GROUPS.replace("organizer_id", "boss"), "groups.csv, line 1: there is no column organizer_id."),
        ("members", MEMBERS.replace("Franklin", "Orl\u00e9ans").encode("latin-1"), "3: this is not text in UTF-8."),
        ("members", MEMBERS.encode("utf-16"), "line 1"),
        ("members", MEMBERS.replace("m2", "m\0"), "members.csv, line 3: it holds a zero byte"),
        ("events", EVENTS.replace("2016-02-03", "0000-00-00"), "events.csv, line 2: “0000-00-00 00:30:00” is no time"),
        ("events", EVENTS.replace("2016-02-03", "0001-01-01"), "events.csv, line 2: “0001-01-01 00:30:00” is no time"),
        ("events", EVENTS.replace("2016-02-03", "9999-12-31"), "events.csv, line 2: “9999-12-31 00:30:00” is no time"),
        ("events", EVENTS.replace('"Tea, and CSS"', '"Tea, and CSS'), "events.csv, line 4: not a delimited text"),
        ("rsvps", RSVPS[:-3], "rsvps.csv, line 5: it has no end, so the file may be cut"),
        ("rsvps", RSVPS + "e1," + "m" * 100_000 + "\n", "rsvps.csv, line 6: longer than 65536 bytes."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_line_and_changes_nothing(
    source: Source, dump: Callable[[], Dump], file: str, content: str | bytes, words: str
):
    source.bring_in()
    before = dump()
    with pytest.raises(Unreadable) as refused:
        source.bring_in(**{file: content})
    assert (words in str(refused.value.message), "\n" in str(refused.value.message)) == (True, False)
    assert dump() == before


def test_a_byte_order_mark_semicolons_and_other_columns_are_taken(source: Source):
    comparison = source.bring_in(
        members=b"\xef\xbb\xbfcity;member_id;x\r\nNashville;m1;1\r\n;m2;\r\n;m3;\r\n",
        events=EVENTS.replace("2016-02-03 00:30:00", "2016-02-03T01:30:00+01:00"),
    )
    assert (comparison.new, source.skipped) == (ALL, [])
    assert Meetup.ledger.get(title="Django by night").starts_at == datetime(2016, 2, 3, 0, 30, tzinfo=UTC)


def test_of_a_title_is_kept_what_shows_and_a_feed_holds_it(source: Source):
    odd = "e4,g1,Django\x1b[1m by\u202e day\uffff,2026-12-02 00:30:00,0\n"
    source.bring_in(events=EVENTS + odd + "e5,g1,\u200b,2026-12-02 00:30:00,0\n")
    assert [(line.line, line.reason) for line in source.skipped] == [(6, "name is empty")]
    # A feed without an account holds what is everyone's; what is brought in is its community's.
    Meetup.ledger.update(audience=EVERYONE)
    with clock.at(NOW):
        feed = Client().get(f"/c/{SLUG}/soirees.atom")
    assert (feed.status_code, "Django[1m by day" in feed.content.decode()) == (200, True)


def test_a_title_that_is_too_long_is_cut(source: Source):
    source.bring_in(events=EVENTS.replace("Django by night", "D" * 200))
    assert Meetup.ledger.filter(title="D" * 159 + "…").count() == 1
