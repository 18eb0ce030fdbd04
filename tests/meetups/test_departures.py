"""Whoever leaves a community, or is taken out of it, organises none of its evenings that are not over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles.models import Member
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities import queries as places
from entregent.communities.models import Membership
from entregent.discretion import actions as discretion
from entregent.exchange import doctor
from entregent.meetups import actions, declassified, departures, hosts, queries
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.search.models import Line
from tests import cast

Act = Callable[[], Any]

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


def uid(viewer):
    return people.uid_of(person=viewer.me)


def help_with(host, *helpers, code):
    together = hosts.ask_for_help(host, code=code)
    for number, helper in enumerate(helpers):
        with clock.at(SUNDAY + timedelta(minutes=number)):
            hosts.co_organise(helper, code=code, together=together)


def who(code, *viewers):
    """Whose an evening is, who helps, and who of some organises it."""
    one = queries.evening(viewers[0], code)
    helping = [host.person for host in queries.hosts(viewers[0], code)]
    return one.owner, helping, [viewer.me for viewer in viewers if queries.evening(viewer, code).organises]


def left(viewer, community, alice):
    departures.leave(viewer, slug=community)


def removed(viewer, community, alice):
    departures.remove(alice, slug=community, person=uid(viewer))


def reported(viewer, community, alice):
    dana = cast.member("erin")
    communities.join(dana, slug=community)
    profiles.report(dana, person=uid(viewer), community=community, words="Il a crié.")
    [heard] = places.reports(alice, community)
    assert departures.remove_named(alice, report=heard.uid) == community


def expelled(viewer, community, alice):
    departures.expel(community=places.community(alice, community).key, person=viewer.me)


WAYS = (left, removed, reported, expelled)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def go(request, community, alice):
    """Each way out of the community."""
    return lambda viewer: request.param(viewer, community, alice)


def test_whoever_goes_organises_no_more_with_others(alice, bob, community, go):
    code = cast.announce(alice, community)
    help_with(alice, bob, code=code)
    assert who(code, alice, bob) == (alice.me, [bob.me], [alice.me, bob.me])
    go(bob)
    assert who(code, alice, bob) == (alice.me, [], [alice.me])
    hidden: list[Act] = [lambda: declassified.seats(bob, code), lambda: declassified.door(bob, code)]
    hidden += [lambda: actions.export(bob, code=code, fields=["name"])]
    for act in hidden:
        with pytest.raises(errors.NotFound):
            act()
    for refused in (lambda: actions.edit(bob, code=code, title="Chez moi"), lambda: hosts.stand_down(bob, code=code)):
        with pytest.raises(errors.Refused):
            refused()


def test_what_they_announced_goes_to_whoever_helps_the_longest(alice, bob, charlie, dana, community, go):
    communities.join(dana, slug=community)
    code = cast.announce(bob, community)
    help_with(bob, charlie, dana, code=code)
    go(bob)
    assert who(code, alice, bob, charlie, dana) == (charlie.me, [dana.me], [charlie.me, dana.me])
    assert doctor.examine(lambda _done, _of: None).found == []


def test_without_anybody_who_helps_it_goes_to_the_steward_who_is_there_the_longest(alice, bob, charlie, community, go):
    with clock.at(SUNDAY + timedelta(days=1)):
        communities.appoint(alice, slug=community, person=uid(charlie))
        code = cast.announce(bob, community)
        go(bob)
        assert who(code, alice, bob, charlie) == (alice.me, [], [alice.me])
        assert list(Line.ledger.filter(kind="evening").values_list("owner", flat=True)) == [alice.me]


def test_whom_one_answered_as_a_guest_is_told_to_the_new_organiser_alone(alice, bob, anonymous, community, go):
    code = cast.announce(bob, community)
    actions.answer_as_guest(anonymous, code=code, name="Zoé")
    assert [seat.name for seat in declassified.seats(bob, code).lines] == ["Zoé"]
    go(bob)
    assert [seat.name for seat in declassified.seats(alice, code).lines] == ["Zoé"]
    assert Member.objects.filter(person=bob.me, circle__kind="organisers").count() == 0


def test_what_is_over_stays_theirs_and_what_goes_on_does_not(alice, bob, community):
    over, now = cast.announce(bob, community, days=1), cast.announce(bob, community, days=2)
    with clock.at(SUNDAY + timedelta(days=2, hours=1)):
        departures.leave(bob, slug=community)
        assert [who(code, alice, bob)[2] for code in (over, now)] == [[bob.me], [alice.me]]


def test_evenings_of_another_community_stay_theirs(alice, bob, community):
    other = communities.found(bob, name="Les gens de la donnée", entry="open")
    code = cast.announce(bob, other)
    departures.leave(bob, slug=community)
    assert who(code, bob, alice) == (bob.me, [], [bob.me])


def test_where_nobody_else_signs_in_it_stays_theirs(alice, bob, community):
    code = cast.announce(bob, community)
    help_with(bob, alice, code=code)
    hosts.stand_down(alice, code=code)
    place = places.community(alice, community).key
    Membership.objects.filter(community=place, role="steward").update(role="member")
    departures.leave(bob, slug=community)
    assert who(code, alice, bob) == (bob.me, [], [bob.me])


def test_whoever_comes_in_again_does_not_organise_again(alice, bob, community):
    code = cast.announce(bob, community)
    departures.leave(bob, slug=community)
    communities.join(bob, slug=community)
    assert who(code, alice, bob) == (alice.me, [], [alice.me])


def test_nothing_changes_where_one_may_not_take_out(bob, charlie, community):
    code = cast.announce(charlie, community)
    with pytest.raises(errors.Refused):
        departures.remove(bob, slug=community, person=uid(charlie))
    assert who(code, bob)[0] == charlie.me


def test_what_the_last_steward_announced_goes_to_whoever_looks_after_the_community_then(alice, bob, community):
    code = cast.announce(alice, community)
    departures.leave(alice, slug=community)
    assert (who(code, alice, bob), places.community(bob, community).steward) == ((bob.me, [], [bob.me]), True)


def test_taking_somebody_out_takes_as_many_statements_whatever_they_organise(alice, bob, charlie, dana, community):
    """A steward may see nothing of an evening whose organiser blocks them, nor of whoever helps there."""
    communities.join(dana, slug=community)
    discretion.block(dana, person=alice.me)

    def taken_out(code=None, *helpers, host=None):
        if host is not None:
            help_with(host, *helpers, code=code)
        with CaptureQueriesContext(connection) as asked:
            departures.remove(alice, slug=community, person=uid(bob))
        communities.join(bob, slug=community)
        return len(asked)

    nothing = taken_out()
    hidden = taken_out(cast.announce(dana, community), bob, host=dana)
    own = taken_out(cast.announce(bob, community), dana, charlie, host=bob)
    for _ in range(3):
        cast.announce(bob, community)
    assert [hidden, own, taken_out()] == [nothing] * 3
