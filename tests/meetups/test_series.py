"""Evenings that recur: each its own, at the same hour there; one changed, those that follow, all ended."""

from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.meetups import actions, gatherings, queries, recurrence
from entregent.meetups.models import Meetup, Series
from entregent.meetups.recurrence import FORTNIGHT, LAST, NTH, RULES, WEEK, Recurs
from entregent.notices.models import Notice
from entregent.search.models import Line
from tests.meetups.conftest import ENDS, STARTS

#: 19:30 in Paris on Thursday 15 October 2026, ten days before the clocks go back.
PARIS = datetime.fromisoformat("2026-10-15T19:30+02:00")


def told(viewer):
    """Of which evenings somebody is to be told what, without their confirmations and reminders."""
    rows = Notice.objects.filter(recipient=viewer.me).exclude(kind__in=["confirmed", "reminder"])
    return sorted(rows.values_list("about", "kind"))


def days(viewer, code, zone="Indian/Reunion"):
    """The days and hours of the dates to come of a series, on the clock there."""
    return [f"{one.starts_at.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for one in gatherings.dates(viewer, code)]


@pytest.fixture
def weekly(announce):
    """The codes of four evenings, one a week."""
    return codes(announce(recurs=Recurs(WEEK, times=4)))


def codes(code):
    series = Meetup.ledger.get(code=code).series
    return list(Meetup.ledger.filter(series=series).order_by("slot_on").values_list("code", flat=True))


def test_a_series_is_as_many_evenings_each_with_its_own_page_and_seats(alice, bob, weekly):
    assert days(bob, weekly[0]) == ["26 Nov 18:30", "03 Dec 18:30", "10 Dec 18:30", "17 Dec 18:30"]
    actions.answer(bob, code=weekly[1])
    found = [queries.evening(bob, code) for code in weekly]
    assert [one.my_answer for one in found] == ["", "going", "", ""]
    assert len({one.uid for one in found} | {one.code for one in found}) == 8
    assert all(queries.evening(alice, code).organises for code in weekly)
    assert Line.ledger.filter(about__in=[one.uid for one in found]).count() == 4


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (FORTNIGHT, ["26 Nov 18:30", "10 Dec 18:30", "24 Dec 18:30"]),
        (NTH, ["26 Nov 18:30", "24 Dec 18:30", "28 Jan 18:30"]),
        (LAST, ["26 Nov 18:30", "31 Dec 18:30", "28 Jan 18:30"]),
    ],
)
def test_an_evening_recurs_by_the_rhythm_that_was_chosen(bob, announce, every, expected):
    assert days(bob, announce(recurs=Recurs(every, times=3))) == expected


def test_a_series_goes_on_until_a_day_that_may_be_its_last(bob, announce):
    assert days(bob, announce(recurs=Recurs(WEEK, last_on=date(2026, 12, 10)))) == [
        "26 Nov 18:30",
        "03 Dec 18:30",
        "10 Dec 18:30",
    ]


def test_the_hour_on_the_wall_stays_when_the_clocks_change(alice, announce):
    home = communities.found(alice, name="Les gens de Paris", zone="Europe/Paris", entry="open")
    with clock.at(PARIS - timedelta(days=3)):
        said = {"community": home, "starts_at": PARIS, "ends_at": PARIS + timedelta(hours=3)}
        code = announce(recurs=Recurs(WEEK, times=3), **said)
        assert days(alice, code, "Europe/Paris") == ["15 Oct 19:30", "22 Oct 19:30", "29 Oct 19:30"]
        assert [f"{one.starts_at:%H:%M}" for one in gatherings.dates(alice, code)] == ["17:30", "17:30", "18:30"]
        assert {one.ends_at - one.starts_at for one in gatherings.dates(alice, code)} == {timedelta(hours=3)}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("every", Recurs("year", times=3)),
        ("every", Recurs("", times=3)),
        ("times", Recurs(WEEK)),
        ("times", Recurs(WEEK, times=3, last_on=date(2026, 12, 24))),
        ("times", Recurs(WEEK, times=1)),
        ("times", Recurs(WEEK, times=61)),
        ("times", Recurs(WEEK, times=-3)),
        ("times", Recurs(LAST, times=40)),
        ("last_on", Recurs(WEEK, last_on=date(2026, 11, 30))),
        ("last_on", Recurs(WEEK, last_on=date(2020, 1, 1))),
        ("last_on", Recurs(WEEK, last_on=date(2028, 6, 1))),
    ],
)
def test_what_a_series_cannot_be_is_said_with_the_field_and_nothing_is_announced(announce, field, said):
    with pytest.raises(errors.Invalid) as raised:
        announce(recurs=said)
    assert raised.value.field == field
    assert (Meetup.ledger.count(), Series.objects.count()) == (0, 0)


@pytest.mark.parametrize(("every", "off"), [(LAST, -7), (NTH, 35)])
def test_a_series_begins_on_a_day_of_its_rule(announce, every, off):
    """The 19th is not the last Thursday of November, and not every month has a fifth one as December has."""
    with pytest.raises(errors.Invalid) as raised, clock.at(STARTS - timedelta(days=20)):
        announce(
            recurs=Recurs(every, times=3), starts_at=STARTS + timedelta(days=off), ends_at=ENDS + timedelta(days=off)
        )
    assert raised.value.field == "every"


def test_sixty_evenings_are_announced_at_most(alice, announce):
    assert len(gatherings.dates(alice, announce(recurs=Recurs(WEEK, times=60)))) == 60


def test_a_form_that_is_sent_twice_opens_one_series(alice, announce):
    from entregent.common import ids

    once = ids.new()
    assert announce(recurs=Recurs(WEEK, times=3), once=once) == announce(recurs=Recurs(WEEK, times=3), once=once)
    assert (Meetup.ledger.count(), Series.objects.count()) == (3, 1)


def test_changing_one_evening_leaves_the_others_and_tells_those_who_come_to_it(alice, bob, charlie, weekly):
    actions.answer(bob, code=weekly[1])
    actions.answer(charlie, code=weekly[2])
    actions.edit(alice, code=weekly[1], starts_at=STARTS + timedelta(days=8), ends_at=ENDS + timedelta(days=8))
    assert days(bob, weekly[0]) == ["26 Nov 18:30", "04 Dec 18:30", "10 Dec 18:30", "17 Dec 18:30"]
    assert [kind for _about, kind in told(bob)] == ["changed"]
    assert told(charlie) == []


def test_this_and_those_that_follow_change_in_what_is_said_anew(alice, bob, charlie, weekly):
    actions.answer(bob, code=weekly[0])
    actions.answer(charlie, code=weekly[3])
    actions.edit_following(alice, code=weekly[1], title="Apéro Web", place="Chez Marceline")
    found = [queries.evening(bob, code) for code in weekly]
    assert [(one.title, one.place) for one in found] == [
        ("Apéro Web 47", "Chez Zélie"),
        *[("Apéro Web", "Chez Marceline")] * 3,
    ]
    assert (told(bob), [kind for _about, kind in told(charlie)]) == ([], ["changed"])


def test_the_hour_changes_for_those_that_follow_and_not_the_day(alice, bob, weekly):
    hour = timedelta(hours=1)
    actions.edit_following(alice, code=weekly[2], starts_at=STARTS + timedelta(days=14) + hour)
    assert days(bob, weekly[0]) == ["26 Nov 18:30", "03 Dec 18:30", "10 Dec 19:30", "17 Dec 19:30"]
    with pytest.raises(errors.Invalid) as raised:
        actions.edit_following(alice, code=weekly[1], starts_at=STARTS + timedelta(days=8))
    assert raised.value.field == "starts_at"


def test_what_was_said_otherwise_by_hand_stays_unless_it_is_meant_too(alice, bob, weekly):
    day = timedelta(days=1)
    actions.edit(alice, code=weekly[1], starts_at=STARTS + 8 * day, ends_at=ENDS + 8 * day)
    actions.edit(alice, code=weekly[2], place="Chez Tonton")
    actions.cancel(alice, code=weekly[3])
    actions.edit_following(alice, code=weekly[0], place="Chez Marceline", starts_at=STARTS + timedelta(hours=1))
    assert days(bob, weekly[0]) == ["26 Nov 19:30", "04 Dec 18:30", "10 Dec 19:30", "17 Dec 18:30"]
    places = ["Chez Marceline", "Chez Marceline", "Chez Tonton", "Chez Zélie"]
    assert [queries.evening(bob, code).place for code in weekly] == places
    actions.edit_following(alice, code=weekly[0], everywhere=True, place="Chez Zoé", starts_at=STARTS)
    assert days(bob, weekly[0]) == ["26 Nov 18:30", "04 Dec 18:30", "10 Dec 18:30", "17 Dec 18:30"]
    assert [queries.evening(bob, code).place for code in weekly] == [*["Chez Zoé"] * 3, "Chez Zélie"]


def test_evenings_that_are_over_or_not_ones_own_stay_as_they_are(alice, bob, weekly):
    Meetup.ledger.filter(code=weekly[2]).update(owner=bob.me)
    for code in weekly:
        actions.keep_circles(meetup=Meetup.ledger.get(code=code).pk)
    with clock.at(ENDS + timedelta(days=7)):
        actions.edit_following(alice, code=weekly[1], title="Autrement")
    titles = ["Apéro Web 47", "Autrement", "Apéro Web 47", "Autrement"]
    assert [queries.evening(alice, code).title for code in weekly] == titles
    for action in (actions.edit_following, actions.end_series):
        with pytest.raises(errors.Refused):
            action(bob, code=weekly[0])


def test_ending_a_series_calls_off_what_is_to_come_and_tells_those_who_come(alice, bob, weekly):
    actions.answer(bob, code=weekly[2])
    with clock.at(ENDS):
        actions.end_series(alice, code=weekly[2])
        actions.end_series(alice, code=weekly[2])
        states = [queries.evening(bob, code).state for code in weekly]
    assert states == ["past", "cancelled", "cancelled", "cancelled"]
    assert [kind for _about, kind in told(bob)] == ["cancelled"]


def test_an_evening_that_stands_alone_has_no_other_dates_and_no_series_to_end(alice, code):
    assert gatherings.dates(alice, code) == []
    actions.edit_following(alice, code=code, title="Autrement")
    assert queries.evening(alice, code).title == "Autrement"
    with pytest.raises(errors.NotFound):
        actions.end_series(alice, code=code)


def test_dates_are_those_that_the_viewer_sees(alice, bob, dana, weekly):
    actions.edit(alice, code=weekly[1], audience="community")
    assert [len(gatherings.dates(viewer, weekly[0])) for viewer in (bob, dana)] == [4, 3]
    with pytest.raises(errors.NotFound):
        gatherings.dates(dana, weekly[1])


def test_lists_hold_the_next_evening_of_a_series_and_those_that_one_answered(
    alice, bob, dana, weekly, announce, django_assert_num_queries
):
    alone = announce(title="Seule", starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1))
    actions.answer(bob, code=weekly[2])
    actions.edit(alice, code=weekly[3], audience="community")
    with django_assert_num_queries(4):
        found = [(one.code, one.more) for one in gatherings.upcoming(bob)]
    assert found == [(weekly[0], 3), (alone, 0), (weekly[2], 0)]
    assert [(one.code, one.more) for one in gatherings.agenda(bob)] == found
    assert [(one.code, one.more) for one in gatherings.upcoming(dana)] == [(weekly[0], 2), (alone, 0)]
    with clock.at(ENDS + timedelta(days=14)):
        assert [(one.code, one.more) for one in gatherings.upcoming(bob)] == [(weekly[3], 0)]


def test_a_series_goes_with_the_last_of_its_evenings(alice, announce):
    home = communities.found(alice, name="Les gens de Paris", zone="Europe/Paris", entry="open")
    announce(community=home, recurs=Recurs(WEEK, times=3))
    assert Series.objects.count() == 1
    actions.erase(alice.me)
    assert (Meetup.ledger.count(), Series.objects.count()) == (0, 0)


@given(st.sampled_from(RULES), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_days_are_those_of_the_rule_and_each_is_one_on_which_it_could_begin(every, first):
    if not recurrence.stands_on(every, first):
        return
    found = list(islice(recurrence.days(every, first), 12))
    assert found[0] == first
    assert {day.weekday() for day in found} == {first.weekday()}
    apart = [(later - day).days for day, later in pairwise(found)]
    assert set(apart) <= {WEEK: {7}, FORTNIGHT: {14}}.get(every, {28, 35})
    if every in {NTH, LAST}:
        assert all(recurrence.stands_on(every, day) for day in found)
        months = [day.year * 12 + day.month for day in found]
        assert months == list(range(months[0], months[0] + 12))
    assert found == [recurrence.days(every, day).__next__() for day in found]
    assert {recurrence.line(every, day) for day in found} == {recurrence.line(every, first)}
