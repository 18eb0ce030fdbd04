"""Announcing an evening, changing it, calling it off."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from entregent.common import chance, clock, errors, ids
from entregent.discretion.viewer import ANYBODY
from entregent.meetups import actions, checks, gatherings, queries
from entregent.meetups.models import Meetup, Series
from entregent.meetups.recurrence import WEEK, Recurs
from entregent.notices.models import Notice
from entregent.people import queries as people
from entregent.search.models import Line
from tests.meetups.conftest import ENDS, STARTS, SUNDAY


def told(viewer):
    """What somebody is to be told, and when."""
    return dict(Notice.objects.filter(recipient=viewer.me).values_list("kind", "due_at"))


def test_an_evening_for_everyone_is_met_by_the_visitor_without_its_table_code(announce):
    evening = queries.evening(ANYBODY, announce(town="Saint-Denis", capacity=40))
    assert (evening.title, evening.place, evening.town) == ("Apéro Web 47", "Chez Zélie", "Saint-Denis")
    assert (evening.starts_at, evening.ends_at, evening.zone) == (STARTS, ENDS, "Indian/Reunion")
    assert (evening.state, evening.capacity, evening.audience) == ("open", 40, "everyone")
    assert (evening.organises, evening.here, evening.my_answer) == (False, None, "")


def test_whoever_announces_organises_and_knows_the_code_on_the_table(alice, bob, code):
    evening = queries.evening(alice, code)
    assert evening.organises
    assert evening.here is not None
    assert queries.evening_here(bob, evening.here).code == code


def test_an_evening_of_the_community_is_absent_for_others(announce, alice, bob, dana, anonymous):
    code = announce(audience="community")
    assert [queries.evening(viewer, code).audience for viewer in (alice, bob)] == ["community", "community"]
    for outsider in (dana, anonymous):
        with pytest.raises(errors.NotFound):
            queries.evening(outsider, code)
        with pytest.raises(errors.NotFound):
            actions.answer_as_guest(outsider, code=code, name="Dana")


def test_a_code_is_read_aloud_and_typed_in_small_letters(code):
    assert queries.evening(ANYBODY, code.lower()).code == code


def test_a_code_that_no_database_takes_leads_nowhere():
    with pytest.raises(errors.NotFound):
        queries.evening(ANYBODY, "K7Q2\0")


def test_somebody_outside_of_the_community_announces_nothing(dana, community):
    with pytest.raises(errors.Refused):
        actions.announce(dana, community=community, title="Ours", starts_at=STARTS, ends_at=ENDS, place="Here")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "a" * 161}),
        ("place", {"place": ""}),
        ("capacity", {"capacity": 0}),
        ("audience", {"audience": "friends"}),
        ("starts_at", {"starts_at": SUNDAY - timedelta(minutes=1)}),
        ("starts_at", {"starts_at": datetime.fromisoformat("0001-01-01T00:00:00+00:00")}),
        ("starts_at", {"starts_at": STARTS.replace(year=2062), "ends_at": ENDS.replace(year=2062)}),
        ("ends_at", {"ends_at": STARTS}),
        ("ends_at", {"ends_at": STARTS + timedelta(days=20)}),
    ],
)
def test_what_an_evening_cannot_be_is_said_with_the_field(announce, field, said):
    with pytest.raises(errors.Invalid) as raised:
        announce(**said)
    assert raised.value.field == field


def test_editing_rewrites_the_evening_and_the_line_it_is_found_by(alice, code):
    actions.edit(alice, code=code, title="Apéro Web 48", place="Chez Marceline")
    evening = queries.evening(alice, code)
    assert (evening.title, evening.place, evening.starts_at) == ("Apéro Web 48", "Chez Marceline", STARTS)
    assert Line.ledger.get(about=evening.uid).text == "Apéro Web 48\nChez Marceline"


def test_an_evening_is_dated_anew_once_it_is_opened_to_everyone_and_not_when_it_is_closed(alice, announce):
    code, moments = announce(audience="community"), [SUNDAY + timedelta(hours=hours) for hours in range(1, 5)]
    dated = []
    for moment, audience in zip(moments, ("community", "everyone", "everyone", "community"), strict=True):
        with clock.at(moment):
            actions.edit(alice, code=code, audience=audience)
            dated.append(gatherings.gathering(alice, code).revised_at)
    assert dated == [SUNDAY, moments[1], moments[1], moments[1]]


def test_those_of_a_series_that_follow_are_dated_by_the_day_on_which_they_are_opened(alice, announce):
    code = announce(audience="community", recurs=Recurs(WEEK, times=3))
    monday = SUNDAY + timedelta(days=1)
    with clock.at(monday):
        actions.edit_following(alice, code=code, audience="everyone")
    assert [one.revised_at for one in gatherings.dates(ANYBODY, code)] == [monday] * 3


def crowd(code, number, **said):
    """So many evenings like one, written as they are kept."""
    like = Meetup.ledger.get(code=code)
    kept = ("owner_id", "community_id", "audience_id", "zone", "title", "place", "starts_at", "ends_at", "cancelled_at")
    same = {name: getattr(like, name) for name in kept}
    return Meetup.ledger.bulk_create(Meetup(**{**same, **said}) for _ in range(number))


def test_one_person_announces_as_many_evenings_as_people_could_come_to(alice, bob, announce, community):
    code = announce()
    crowd(code, checks.TO_COME - 5, cancelled_at=SUNDAY)
    crowd(code, 5, starts_at=SUNDAY - timedelta(hours=4), ends_at=SUNDAY)
    before = Series.objects.count(), Meetup.ledger.count()
    with pytest.raises(errors.Refused):
        announce(recurs=Recurs(WEEK, times=5))
    assert (Series.objects.count(), Meetup.ledger.count()) == before
    announce(recurs=Recurs(WEEK, times=4))
    with pytest.raises(errors.Refused, match=str(checks.TO_COME)):
        announce()
    assert actions.announce(bob, community=community, title="À lui", starts_at=STARTS, ends_at=ENDS, place="Ici")
    with clock.at(ENDS):
        assert announce(starts_at=ENDS + timedelta(days=1), ends_at=ENDS + timedelta(days=1, hours=3))


def test_a_form_that_is_sent_twice_is_one_evening_also_where_no_other_one_fits(announce):
    once = ids.new()
    code = announce(once=once)
    crowd(code, checks.TO_COME - 1)
    assert announce(once=once) == code


def test_what_a_community_publishes_has_an_end_and_what_was_keeps_out_nothing_that_comes(announce, community):
    first, most = announce(title="Demain"), gatherings.PUBLISHED
    crowd(first, most, title="Plus tard", starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1))
    crowd(first, most, title="Naguère", starts_at=SUNDAY - timedelta(days=2), ends_at=SUNDAY - timedelta(days=1))
    crowd(first, 1, title="Jadis", starts_at=SUNDAY - timedelta(days=9), ends_at=SUNDAY - timedelta(days=8))
    told = [one.title for one in gatherings.published(ANYBODY, community=community)]
    assert told == ["Naguère"] * most + ["Demain"] + ["Plus tard"] * (most - 1)


def test_those_who_do_not_organise_edit_and_cancel_nothing(bob, code):
    with pytest.raises(errors.Refused):
        actions.edit(bob, code=code, title="Bob’s evening")
    with pytest.raises(errors.Refused):
        actions.cancel(bob, code=code)


def test_moving_an_evening_tells_those_who_come_and_moves_their_reminder(alice, bob, code):
    actions.answer(bob, code=code)
    actions.edit(alice, code=code, starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1))
    friday_morning = datetime.fromisoformat("2026-11-26T06:00:00+00:00")
    assert told(bob) == {"confirmed": SUNDAY, "changed": SUNDAY, "reminder": friday_morning}


def test_correcting_a_word_tells_nobody(alice, bob, code):
    actions.answer(bob, code=code)
    actions.edit(alice, code=code, words="Une table, des gens du web.")
    assert set(told(bob)) == {"confirmed", "reminder"}


def test_an_evening_that_goes_on_can_be_corrected_but_not_moved_into_the_past(alice, code):
    with clock.at(STARTS + timedelta(hours=1)):
        actions.edit(alice, code=code, words="Au fond de la cour.", capacity=30)
        with pytest.raises(errors.Invalid) as raised:
            actions.edit(alice, code=code, starts_at=STARTS - timedelta(hours=1))
    assert raised.value.field == "starts_at"


def test_an_evening_that_goes_on_can_last_longer_and_not_end_before_now(alice, code):
    with clock.at(ENDS - timedelta(minutes=30)):
        actions.edit(alice, code=code, ends_at=ENDS + timedelta(hours=1))
        with pytest.raises(errors.Invalid) as raised:
            actions.edit(alice, code=code, ends_at=ENDS - timedelta(hours=1))
    assert (raised.value.field, queries.evening(alice, code).ends_at) == ("ends_at", ENDS + timedelta(hours=1))


def test_what_is_over_is_neither_moved_nor_called_off_and_its_words_are_mended(alice, bob, code):
    with clock.at(ENDS + timedelta(days=100)):
        later = clock.now() + timedelta(days=1)
        with pytest.raises(errors.Invalid) as raised:
            actions.edit(alice, code=code, starts_at=later, ends_at=later + timedelta(hours=3))
        with pytest.raises(errors.Refused, match="passée"):
            actions.cancel(alice, code=code)
        actions.edit(alice, code=code, words="Merci à vous.")
        evening = queries.evening(bob, code)
    assert (raised.value.field, evening.state, evening.ends_at, evening.words) == (
        "starts_at",
        "past",
        ENDS,
        "Merci à vous.",
    )


def test_an_end_that_the_clock_on_the_wall_puts_after_the_start_comes_before_it_where_the_clock_is_turned():
    turned = ZoneInfo("Europe/Paris")
    starts_at = datetime(2027, 3, 28, 2, 45, tzinfo=turned)
    ends_at = datetime(2027, 3, 28, 3, 15, tzinfo=turned)
    assert (starts_at < ends_at, starts_at.astimezone(UTC) < ends_at.astimezone(UTC)) == (True, False)
    with pytest.raises(errors.Invalid) as raised:
        checks.times(Meetup(starts_at=starts_at, ends_at=ends_at))
    assert raised.value.field == "ends_at"


def test_a_cancelled_evening_takes_no_answer_and_tells_those_who_came(alice, bob, charlie, announce):
    code = announce(capacity=1)
    actions.answer(bob, code=code)
    actions.answer(charlie, code=code)
    actions.cancel(alice, code=code)
    actions.cancel(alice, code=code)
    assert [told(viewer) for viewer in (bob, charlie)] == [{"cancelled": SUNDAY}] * 2
    assert queries.evening(bob, code).state == "cancelled"
    with pytest.raises(errors.Refused):
        actions.answer(bob, code=code)


def test_what_is_said_when_an_evening_is_called_off_stays_and_is_said_once(alice, bob, code):
    actions.cancel(alice, code=code, farewell=" La route est coupée.\r\nÀ bientôt. ")
    actions.cancel(alice, code=code, farewell="Autre chose.")
    assert queries.evening(bob, code).farewell == "La route est coupée.\nÀ bientôt."


def test_a_farewell_that_is_too_long_calls_nothing_off(alice, code):
    with pytest.raises(errors.Invalid) as raised:
        actions.cancel(alice, code=code, farewell="a" * 301)
    assert (raised.value.field, queries.evening(alice, code).state) == ("farewell", "open")


def test_lists_hold_what_each_may_see_and_take_few_statements(alice, bob, dana, announce, django_assert_num_queries):
    soon = announce(title="Soon")
    hidden = announce(title="Hidden", audience="community", starts_at=STARTS + timedelta(minutes=5))
    later = announce(title="Later", starts_at=STARTS + timedelta(days=60), ends_at=ENDS + timedelta(days=60))
    actions.answer(bob, code=soon)
    with django_assert_num_queries(3):
        found = [(one.code, one.my_answer) for one in gatherings.upcoming(bob)]
    assert found == [(soon, "going"), (hidden, ""), (later, "")]
    assert [one.code for one in gatherings.upcoming(dana, limit=1)] == [soon]
    assert gatherings.past(bob) == []
    with clock.at(STARTS + timedelta(days=30)):
        assert [one.title for one in gatherings.past(bob, limit=2)] == ["Hidden", "Soon"]
        assert [one.title for one in gatherings.upcoming(bob)] == ["Later"]
        assert gatherings.past(bob, community="nowhere") == []


def test_evenings_of_one_hour_stand_in_an_order_that_tells_nothing_of_when_each_was_announced(alice, bob, announce):
    with chance.seeded("evenings"):
        codes = [announce(title=f"Apéro {number}") for number in range(6)]
    drawn = sorted(codes, key=lambda code: queries.evening(bob, code).uid)
    assert drawn != codes
    assert [one.code for one in gatherings.upcoming(bob)] == drawn
    with clock.at(STARTS + timedelta(days=30)):
        assert [one.code for one in gatherings.past(bob)] == drawn


def test_what_one_says_of_evenings_stands_in_an_order_that_tells_nothing_of_when_each_was_announced(bob, announce):
    with chance.seeded("evenings"):
        for number in range(6):
            actions.answer(bob, code=announce(title=f"Apéro {number}"))
    stated = [one.uid for one in gatherings.mine(bob)]
    assert stated == sorted(stated)


def test_the_public_id_of_an_evening_leads_a_notice_to_it(bob, code):
    uid = queries.evening(bob, code).uid
    assert queries.evening_about(bob, uid) == queries.evening(bob, code)


def test_an_erased_organiser_leaves_the_evening_to_whoever_looks_after_the_community(alice, bob, community, code):
    from entregent.communities import actions as communities

    communities.appoint(alice, slug=community, person=people.uid_of(person=bob.me))
    actions.erase(alice.me)
    evening = queries.evening(bob, code)
    assert (evening.owner, evening.organises) == (bob.me, True)


def test_what_is_never_seen_or_turns_its_neighbours_around_is_left_out(announce, alice):
    code = announce(title="Apéro\u202e Web\u200b\n47")
    actions.edit(alice, code=code, words="Une table.\u202e\r\n\r\nOn rentre tard.")
    held = queries.evening(alice, code)
    assert (held.title, held.words) == ("Apéro Web 47", "Une table.\n\nOn rentre tard.")


def test_an_evening_that_is_over_tells_nobody_of_a_change_and_long_after_keeps_its_seats(alice, bob, announce):
    code = announce(capacity=2)
    actions.answer(bob, code=code)
    before = set(Notice.objects.values_list("recipient", "kind"))
    with clock.at(ENDS):
        actions.edit(alice, code=code, capacity=1, place="Au Barachois")
    with clock.at(ENDS + timedelta(days=16)):
        with pytest.raises(errors.Invalid) as refused:
            actions.edit(alice, code=code, capacity=2)
        actions.edit(alice, code=code, capacity=1, place="Chez Zélie")
    assert (refused.value.field, set(Notice.objects.values_list("recipient", "kind"))) == ("capacity", before)
