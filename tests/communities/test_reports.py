"""A report reaches the stewards, other than the one it names; what they make of it is told to nobody."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles.models import Circle, Member
from entregent.common import clock, errors, ids
from entregent.communities import actions, queries
from entregent.communities.models import Report
from entregent.discretion import actions as discretion
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests import cast

SAID = "Il a crié sur tout le monde."


def uid(viewer):
    return people.uid_of(person=viewer.me)


@pytest.fixture
def by_bob(alice, bob, charlie, community):
    """Has Bob report somebody, Charlie unless said otherwise."""

    def reported(about=None, words=SAID):
        profiles.report(bob, person=uid(about or charlie), community=community, words=words)

    return reported


@pytest.fixture
def stewards(alice, charlie, dana, community, members):
    """Alice, Charlie and Dana look after the community."""
    actions.join(dana, slug=community)
    profiles.call_me(dana, text="Dana Técher", audience=members)
    for viewer in (charlie, dana):
        actions.appoint(alice, slug=community, person=uid(viewer))
    return community


def hear(slug, *viewers):
    return [[one.words for one in queries.reports(viewer, slug)] for viewer in viewers]


def test_a_steward_hears_what_was_reported(alice, bob, charlie, community, by_bob):
    with clock.at(datetime(2026, 11, 22, 8, tzinfo=UTC)):
        by_bob()
    [heard] = queries.reports(alice, community)
    assert (heard.kind, heard.about, heard.named, heard.by, heard.words) == (
        "person",
        uid(charlie),
        charlie.me,
        bob.me,
        SAID,
    )
    assert heard.said_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.usefixtures("stewards")
def test_neither_whom_it_names_nor_whoever_looks_after_nothing_hears_it(
    alice, bob, charlie, dana, anonymous, community, by_bob
):
    by_bob()
    assert hear(community, alice, dana) == [[SAID], [SAID]]
    assert hear(community, charlie, bob, anonymous) == [[], [], []]


def test_an_evening_is_reported_past_whoever_organises_it(alice, bob, charlie, dana, stewards):
    code = cast.announce(charlie, stewards)
    meetups.report(bob, code=code, words=SAID)
    assert hear(stewards, alice, dana, charlie) == [[SAID], [SAID], []]
    [heard] = queries.reports(alice, stewards)
    assert (heard.kind, heard.named) == ("evening", charlie.me)


def test_who_looks_after_the_community_from_now_on_hears_it_and_who_no_longer_does_not(
    alice, bob, charlie, dana, community, members, by_bob
):
    by_bob()
    actions.join(dana, slug=community)
    before = hear(community, alice, dana)
    for viewer in (charlie, dana):
        actions.appoint(alice, slug=community, person=uid(viewer))
    after = hear(community, alice, dana, charlie)
    actions.remove(dana, slug=community, person=uid(alice))
    assert (before, after, hear(community, alice, dana, charlie)) == (
        [[SAID], []],
        [[SAID], [SAID], []],
        [[], [SAID], []],
    )


def test_a_steward_before_whom_the_named_holds_a_shield_hears_nothing(alice, bob, charlie, dana, stewards, by_bob):
    by_bob()
    discretion.shield(charlie, person=alice.me)
    market.state_position(dana, organisation="Filao", audience=None)
    heard = hear(stewards, alice, dana)
    market.shield(charlie, organisation="Filao")
    behind = hear(stewards, alice, dana)
    discretion.unshield(charlie, person=alice.me)
    assert (heard, behind, hear(stewards, alice, dana)) == ([[], [SAID]], [[], []], [[SAID], []])


def test_a_steward_whom_either_of_them_blocks_hears_nothing(alice, bob, charlie, dana, stewards, by_bob):
    by_bob()
    discretion.block(charlie, person=alice.me)
    discretion.block(bob, person=dana.me)
    assert hear(stewards, alice, dana) == [[], []]
    discretion.unblock(charlie, person=alice.me)
    assert hear(stewards, alice, dana) == [[SAID], []]


def test_nobody_hears_as_a_steward_what_they_reported(alice, bob, community):
    profiles.report(alice, person=uid(bob), community=community, words=SAID)
    assert (hear(community, alice), [one.words for one in queries.reported(alice)]) == ([[]], [SAID])


def test_said_again_it_takes_the_place_of_the_first_and_is_on_the_table_again(alice, bob, charlie, community, by_bob):
    by_bob()
    [heard] = queries.reports(alice, community)
    actions.see_to(alice, report=heard.uid)
    by_bob(words="Encore.")
    assert (hear(community, alice), Report.ledger.count()) == ([["Encore."]], 1)
    assert [one.uid for one in queries.reports(alice, community)] == [heard.uid]


def test_what_was_seen_to_is_off_the_table_and_can_be_put_back(alice, community, by_bob):
    by_bob()
    [heard] = queries.reports(alice, community)
    assert (actions.see_to(alice, report=heard.uid), hear(community, alice)) == (community, [[]])
    assert (actions.reopen(alice, report=heard.uid), hear(community, alice)) == (community, [[SAID]])


def test_whoever_reports_reads_the_same_whatever_becomes_of_it(alice, bob, charlie, community, by_bob, stewards):
    by_bob()
    before = queries.reported(bob)
    [heard] = queries.reports(alice, community)
    actions.see_to(alice, report=heard.uid)
    profiles.call_me(charlie, text="Autrement", audience=None)
    actions.leave(alice, slug=community)
    assert (queries.reported(bob), [one.called for one in before]) == (before, ["Charlie Grondin"])


def test_only_those_who_hear_it_settle_it(alice, bob, charlie, community, by_bob, stewards):
    by_bob()
    [heard] = queries.reports(alice, community)
    for viewer in (bob, charlie):
        for settle in (actions.see_to, actions.reopen):
            for report in (heard.uid, ids.new()):
                with pytest.raises(errors.NotFound):
                    settle(viewer, report=report)
    assert hear(community, alice) == [[SAID]]


def test_a_report_is_taken_back_by_whoever_made_it(alice, bob, charlie, community, by_bob):
    by_bob()
    [said] = queries.reported(bob)
    for viewer in (alice, charlie):
        with pytest.raises(errors.NotFound):
            actions.withdraw_report(viewer, report=said.uid)
    actions.withdraw_report(bob, report=said.uid)
    assert (hear(community, alice), queries.reported(bob)) == ([[]], [])
    assert Circle.objects.filter(kind="hearing").count() == 0


def test_one_reports_whom_one_sees_to_a_community_of_one_s_own(bob, charlie, dana, community):
    profiles.call_me(dana, text="Dana", audience=None)
    elsewhere = actions.found(dana, name="Ailleurs", entry="open")
    for about, slug in ((uid(dana), community), (ids.new(), community), (uid(charlie), elsewhere)):
        with pytest.raises(errors.NotFound):
            profiles.report(bob, person=about, community=slug, words=SAID)
    with pytest.raises(errors.Refused):
        profiles.report(bob, person=uid(bob), community=community, words=SAID)
    assert Report.ledger.count() == 0


def test_a_report_says_something_and_no_more_than_a_page(alice, bob, community, by_bob):
    with pytest.raises(errors.Invalid) as raised:
        by_bob(words=" \u200b\n")
    assert raised.value.field == "words"
    by_bob(words="a" * 3000)
    assert [len(words) for [words] in hear(community, alice)] == [2000]


def test_how_many_statements_changes_of_stewards_take_does_not_depend_on_what_was_reported(
    alice, bob, charlie, community, by_bob, stewards
):
    def changes():
        counts = []
        for change in (actions.remove, lambda *_, **__: actions.join(charlie, slug=community), actions.appoint):
            with CaptureQueriesContext(connection) as asked:
                change(alice, slug=community, person=uid(charlie))
            counts.append(len(asked))
        return counts

    before = changes()
    by_bob()
    by_bob(alice)
    assert (changes(), Report.ledger.count()) == (before, 2)


def test_a_new_steward_is_written_once_among_the_stewards_and_those_who_hear(alice, charlie, dana, community, by_bob):
    actions.join(dana, slug=community)
    by_bob()
    with CaptureQueriesContext(connection) as asked:
        actions.appoint(alice, slug=community, person=uid(dana))
    written = [one["sql"] for one in asked if one["sql"].startswith('INSERT INTO "circles_member"')]
    assert (len(written), hear(community, dana)) == (2, [[SAID]])


def test_what_a_steward_reported_stays_theirs_when_they_are_one_no_longer(alice, charlie, community, stewards):
    profiles.report(charlie, person=uid(alice), community=community, words=SAID)
    said = queries.reported(charlie)
    actions.remove(alice, slug=community, person=uid(charlie))
    assert queries.reported(charlie) == said
    before = set(Member.objects.values_list("circle", "person"))
    actions.keep_circles(community=queries.community(alice, community).key)
    assert set(Member.objects.values_list("circle", "person")) == before


def test_being_erased_takes_as_much_for_whom_reports_name_as_for_anybody(bob, charlie, dana, stewards, by_bob):
    by_bob()
    counts = []
    for viewer in (charlie, dana):
        with CaptureQueriesContext(connection) as asked:
            actions.erase(viewer.me)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_erasing_whoever_reported_takes_the_report_along(alice, bob, community, by_bob):
    by_bob()
    actions.erase(bob.me)
    assert (hear(community, alice), Report.ledger.count(), Circle.objects.filter(kind="hearing").count()) == (
        [[]],
        0,
        0,
    )


def test_erasing_whom_it_names_leaves_it_to_whoever_made_it(alice, bob, charlie, community, by_bob):
    by_bob()
    before = queries.reported(bob)
    actions.erase(charlie.me)
    [after] = queries.reported(bob)
    assert (hear(community, alice), after.called, after.words) == ([[]], before[0].called, before[0].words)
    assert Member.objects.filter(circle__kind="hearing").count() == 0
    actions.keep_circles(community=queries.community(alice, community).key)
    assert hear(community, alice) == [[]]
