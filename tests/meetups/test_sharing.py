"""An evening of several communities: where it stands, for whom it is, to whom that is told, who hears of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.circles.models import Circle
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities import queries as places
from entregent.communities.models import Membership
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import doctor, erasing
from entregent.meetups import actions, departures, gatherings, hosts, presences, queries, sharing
from entregent.meetups.models import Joint, Meetup, Organising, Rsvp
from entregent.meetups.recurrence import WEEK, Recurs
from entregent.people import queries as people
from entregent.search.models import Line
from tests import canary, cast

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")


@pytest.fixture(autouse=True)
def sunday():
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def away(alice, dana):
    """A community on approval, of Alice and Dana."""
    return founded(alice, dana, "approved")


def founded(steward, member, entry):
    slug = communities.found(steward, name=canary.word().title(), entry=entry)
    communities.join(member, slug=slug, invite=places.community(steward, slug).invite, name="Dana")
    for asking in places.requests(steward, slug):
        communities.approve(steward, request=asking.uid)
    return slug


def announced(alice, community, away, audience="community"):
    code = cast.announce(alice, community, audience=audience)
    sharing.stand_in(alice, code=code, also=[away])
    return code


def also(viewer, code):
    return [slug for slug, _name in queries.evening(viewer, code).also]


def there(viewer, slug):
    return [one.code for one in gatherings.published(viewer, community=slug)]


def audiences(kind):
    """Of what kind the circles are that the rows of a kind go to."""
    return set(kind.ledger.values_list("audience__kind", flat=True))


@pytest.mark.parametrize("audience", ["everyone", "community"])
def test_it_stands_in_each_and_is_for_whoever_is_in_one_of_them(alice, bob, dana, community, away, audience):
    code = cast.announce(alice, community, audience=audience)
    assert (there(dana, away), gatherings.agenda(dana)) == ([], [])
    sharing.stand_in(alice, code=code, also=[away])
    assert [there(viewer, away) for viewer in (alice, dana)] == [[code], [code]]
    assert [one.code for one in gatherings.agenda(dana)] == [code]
    assert [one.code for one in gatherings.upcoming(dana, community=away)] == [code]
    assert [one.code for one in gatherings.found(dana, community=away)] == [code]
    assert (queries.evening(dana, code).community, also(dana, code)) == (community, [away])
    assert there(bob, community) == [code]


def test_a_community_that_is_not_open_is_told_to_those_alone_who_are_in_it(alice, bob, dana, community, away):
    code = announced(alice, community, away, "everyone")
    assert [also(viewer, code) for viewer in (alice, dana, bob, ANYBODY)] == [[away], [away], [], []]
    assert [there(viewer, away) for viewer in (bob, ANYBODY)] == [[], []]


def test_an_open_one_is_told_to_whoever_sees_the_evening(alice, bob, dana, community):
    away = founded(alice, dana, "open")
    code = announced(alice, community, away, "everyone")
    assert (also(ANYBODY, code), there(ANYBODY, away)) == ([away], [code])
    actions.edit(alice, code=code, audience="community")
    assert (also(bob, code), there(ANYBODY, away)) == ([away], [])


def test_it_is_announced_in_several_at_once_and_each_of_a_series_stands_in_them(alice, dana, community, away):
    start = clock.now() + timedelta(days=3)
    code = actions.announce(
        alice,
        community=community,
        title="Apéro",
        place="Chez Zélie",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        audience="community",
        also=[away],
        recurs=Recurs(WEEK, times=3),
    )
    first, second, third = there(dana, away)
    assert first == code
    sharing.stand_in(alice, code=second, also=[])
    assert there(dana, away) == [first, third]
    sharing.stand_in_following(alice, code=first, also=[])
    assert there(dana, away) == []
    sharing.stand_in_following(alice, code=first, also=[away], everywhere=True)
    assert there(dana, away) == [first, second, third]


def test_a_series_that_is_closed_or_opened_is_so_to_the_communities_of_each(alice, bob, dana, community, away):
    start = clock.now() + timedelta(days=3)
    said: dict[str, Any] = {"title": "Apéro", "place": "Chez Zélie", "starts_at": start}
    said["ends_at"] = start + timedelta(hours=2)
    code = actions.announce(alice, community=community, also=[away], recurs=Recurs(WEEK, times=2), **said)
    _first, second = there(dana, away)
    sharing.stand_in(alice, code=second, also=[])
    actions.edit_following(alice, code=code, audience="community")
    assert [len(there(viewer, community)) for viewer in (bob, ANYBODY)] == [2, 0]
    assert there(dana, community) == [code]


def test_only_whoever_announced_it_and_in_communities_of_their_own(alice, bob, charlie, dana, community, away):
    code = cast.announce(alice, community)
    elsewhere = founded(charlie, dana, "open")
    with pytest.raises(errors.Refused):
        sharing.stand_in(alice, code=code, also=[elsewhere])
    with pytest.raises(errors.NotFound):
        sharing.stand_in(alice, code=code, also=["nowhere"])
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    for viewer in (bob, charlie):
        with pytest.raises(errors.Refused):
            sharing.stand_in(viewer, code=code, also=[community])
    with pytest.raises(errors.Refused):
        cast_in(alice, community, elsewhere)
    assert Joint.ledger.count() == 0


def cast_in(viewer, community, also):
    start = clock.now() + timedelta(days=3)
    said: dict[str, Any] = {"title": "Apéro", "place": "Chez Zélie", "starts_at": start}
    said["ends_at"] = start + timedelta(hours=2)
    return actions.announce(viewer, community=community, also=[also], **said)


def test_what_was_said_to_the_community_stays_with_those_to_whom_it_was(alice, bob, dana, community, away):
    code = cast.announce(alice, community, audience="everyone")
    actions.answer(bob, code=code, audience="community", discreet=False)
    sharing.stand_in(alice, code=code, also=[away])
    actions.answer(dana, code=code, audience="community", discreet=False)
    assert [queries.coming(viewer, code) for viewer in (alice, bob, dana)] == [
        [bob.me, dana.me],
        [bob.me],
        [dana.me],
    ]
    sharing.stand_in(alice, code=code, also=[])
    assert queries.coming(alice, code) == [bob.me, dana.me]
    assert queries.terms(dana, code).audience == "community"


def test_whoever_is_in_several_answers_to_all_their_communities(alice, bob, dana, community, away):
    code = announced(alice, community, away)
    actions.answer(alice, code=code, audience="community", discreet=False)
    assert [queries.coming(viewer, code) for viewer in (bob, dana)] == [[alice.me], [alice.me]]
    assert (audiences(Rsvp), queries.terms(alice, code).audience) == ({"communities"}, "community")


def test_its_line_and_those_who_help_follow_it(alice, bob, dana, community, away):
    code = cast.announce(alice, community)
    help_with(alice, bob, code)
    for audience, kind in (("everyone", "everyone"), ("community", "invited")):
        actions.edit(alice, code=code, audience=audience)
        line = set(Line.ledger.filter(about=queries.evening(alice, code).uid).values_list("audience__kind", flat=True))
        assert [audiences(Meetup), audiences(Organising), line] == [{kind}] * 3
    sharing.stand_in(alice, code=code, also=[away])
    assert queries.evening(dana, code).code == code
    sharing.stand_in(alice, code=code, also=[])
    with pytest.raises(errors.NotFound):
        queries.evening(dana, code)


def help_with(host, helper, code):
    hosts.co_organise(helper, code=code, together=hosts.ask_for_help(host, code=code))


def test_to_whom_ones_help_goes_says_nothing_of_where_the_evening_stands(alice, bob, dana, community, away):
    code = cast.announce(alice, community, audience="community")
    help_with(alice, bob, code)

    def told():
        [one] = [one for one in gatherings.mine(bob) if one.kind == "Organising"]
        circle = one.audience or 0
        inside = gatherings.invited(bob, [circle])[circle]
        return circle, [label.name for label in places.labels(bob, inside).values()]

    before = told()
    sharing.stand_in(alice, code=code, also=[away])
    assert (told(), before[1]) == (before, [places.community(alice, community).name])
    assert also(dana, code) == [away]


def test_those_for_whom_an_evening_is_are_told_by_the_communities_that_one_knows(alice, bob, dana, community, away):
    announced(alice, community, away)
    audience = Circle.objects.get(kind="invited").pk
    members = [places.community(alice, slug).members_circle for slug in (community, away)]
    assert gatherings.invited(alice, [audience]) == {audience: members}
    assert gatherings.invited(bob, [audience]) == {audience: members[:1]}
    discretion.block(alice, person=bob.me)
    assert gatherings.invited(bob, [audience]) == {audience: []}


def test_an_evening_from_a_file_goes_to_its_circle_before_anybody_helps(alice, bob, community, away):
    code = cast.announce(alice, community, audience="community")
    Meetup.ledger.update(audience=places.community(alice, community).members_circle)
    help_with(alice, bob, code)
    assert [audiences(Meetup), audiences(Organising)] == [{"invited"}, {"invited"}]


def test_people_of_any_of_them_help_to_organise(alice, dana, community, away):
    code = announced(alice, community, away)
    hosts.co_organise(dana, code=code, together=hosts.ask_for_help(alice, code=code))
    assert queries.evening(dana, code).organises


def test_a_report_goes_to_the_one_that_was_chosen_of_those_that_are_seen(alice, bob, charlie, dana, community):
    away = founded(dana, bob, "open")
    communities.join(alice, slug=away)
    code = announced(alice, community, away, "everyone")
    actions.report(bob, code=code, words="Il crie.", community=away)
    assert [one.words for one in places.reports(dana, away)] == ["Il crie."]
    actions.report(charlie, code=code, words="Il hurle.")
    assert (places.reported(charlie)[0].slug, len(places.reports(dana, away))) == (community, 1)


def test_none_is_told_of_a_community_that_the_reporter_does_not_see(alice, bob, dana, community, away):
    code = announced(alice, community, away, "everyone")
    with pytest.raises(errors.NotFound):
        actions.report(bob, code=code, words="Il crie.", community=away)
    assert places.reported(bob) == []


def test_whoever_is_blocked_finds_it_in_none(alice, dana, community, away):
    code = announced(alice, community, away)
    discretion.block(alice, person=dana.me)
    assert there(dana, away) == []
    discretion.unblock(alice, person=dana.me)
    assert there(dana, away) == [code]


def test_whoever_leaves_sees_it_no_more_and_whoever_comes_in_does(alice, bob, dana, community, away):
    code = announced(alice, community, away)
    departures.leave(dana, slug=away)
    with pytest.raises(errors.NotFound):
        queries.evening(dana, code)
    communities.entrust(community=places.community(alice, away).key, person=bob.me)
    assert also(bob, code) == [away]


def test_whoever_looks_after_a_further_community_takes_it_off(alice, bob, dana, community, away):
    code = announced(alice, community, away, "everyone")
    for viewer, slug in ((dana, away), (bob, away), (dana, community)):
        with pytest.raises(errors.Refused):
            sharing.take_off(viewer, code=code, community=slug)
    communities.appoint(alice, slug=away, person=people.uid_of(person=dana.me))
    sharing.take_off(dana, code=code, community=away)
    assert (there(dana, away), there(dana, community)) == ([], [code])
    for viewer, slug in ((dana, away), (alice, community)):
        with pytest.raises(errors.NotFound):
            sharing.take_off(viewer, code=code, community=slug)


def test_once_it_passes_on_it_stands_in_its_own_alone(alice, bob, dana, community, away):
    code = announced(alice, community, away)
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    erasing.erase(alice.me)
    assert (queries.evening(bob, code).organises, Joint.ledger.count()) == (True, 0)
    assert (there(bob, community), there(dana, away)) == ([code], [])
    assert (audiences(Meetup), examined().found) == ({"invited"}, [])


@pytest.mark.parametrize("audience", ["everyone", "community"])
def test_whoever_leaves_its_own_leaves_it_to_whoever_helps_and_it_stands_there_alone(
    alice, bob, charlie, dana, community, away, audience
):
    code = announced(alice, community, away, audience)
    communities.entrust(community=places.community(alice, community).key, person=charlie.me)
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    hosts.co_organise(charlie, code=code, together=queries.evening(alice, code).together)
    departures.leave(alice, slug=community)
    assert (queries.evening(bob, code).owner, Joint.ledger.count(), there(dana, away)) == (bob.me, 0, [])
    kept = "everyone" if audience == "everyone" else "invited"
    line = set(Line.ledger.filter(about=queries.evening(bob, code).uid).values_list("audience__kind", flat=True))
    assert [audiences(Meetup), audiences(Organising), line, examined().found] == [{kept}, {kept}, {kept}, []]


def test_who_helps_from_a_further_community_alone_gets_no_evening(alice, bob, charlie, dana, community, away):
    """Nobody there could take it from them."""
    codes = [announced(alice, community, away, "everyone") for _number in range(2)]
    for code in codes:
        help_with(alice, dana, code)
    with clock.at(SUNDAY + timedelta(minutes=1)):
        help_with(alice, bob, codes[0])
    communities.entrust(community=places.community(alice, community).key, person=charlie.me)
    departures.leave(alice, slug=community)
    assert [queries.evening(charlie, code).owner for code in codes] == [bob.me, charlie.me]
    assert [queries.evening(dana, code).organises for code in codes] == [False, False]
    assert examined().found == []


def test_who_is_erased_leaves_it_to_the_community_before_a_helper_from_elsewhere(alice, bob, dana, community, away):
    code = announced(alice, community, away, "everyone")
    help_with(alice, dana, code)
    erasing.erase(alice.me)
    assert queries.evening(bob, code).owner in {viewer.me for viewer in members(bob, community)}
    assert not queries.evening(dana, code).organises


def members(viewer, slug):
    keys = Membership.objects.filter(community=places.community(viewer, slug).key).values_list("person", flat=True)
    return [Viewer(person=key) for key in keys]


@pytest.mark.parametrize("act", ["owner", "steward"])
def test_whoever_helps_from_a_community_of_which_it_is_no_more_helps_no_more(alice, bob, dana, community, away, act):
    code = announced(alice, community, away, "everyone")
    for helper in (bob, dana):
        help_with(alice, helper, code)
    if act == "owner":
        sharing.stand_in(alice, code=code, also=[])
    else:
        sharing.take_off(alice, code=code, community=away)
    assert [queries.evening(viewer, code).organises for viewer in (alice, bob, dana)] == [True, True, False]
    assert ([host.person for host in queries.hosts(alice, code)], examined().found) == ([bob.me], [])


def test_who_helped_with_what_is_over_stays_who_helped(alice, dana, community, away):
    code = announced(alice, community, away, "everyone")
    help_with(alice, dana, code)
    with clock.at(SUNDAY + timedelta(days=40)):
        sharing.stand_in(alice, code=code, also=[])
        assert [host.person for host in queries.hosts(alice, code)] == [dana.me]


def test_who_was_taken_out_of_a_community_adds_no_date_there(alice, bob, dana, community):
    away = founded(dana, alice, "approved")
    first, second = series_of(alice, community)
    sharing.stand_in(alice, code=first, also=[away])
    departures.remove(dana, slug=away, person=people.uid_of(person=alice.me))
    sharing.stand_in_following(alice, code=first, also=[away], everywhere=True)
    assert there(dana, away) == [first]
    with pytest.raises(errors.Refused):
        sharing.stand_in_following(alice, code=second, also=[away], everywhere=True)


def series_of(viewer, community, also=()):
    start = clock.now() + timedelta(days=3)
    said: dict[str, Any] = {"title": "Apéro", "place": "Chez Zélie", "recurs": Recurs(WEEK, times=2), "also": also}
    said |= {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    actions.announce(viewer, community=community, **said)
    return list(Meetup.ledger.order_by("starts_at").values_list("code", flat=True))


def counted(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@pytest.mark.parametrize("audience", ["everyone", "community"])
def test_whoever_helps_changes_it_with_as_many_statements_wherever_it_stands(alice, bob, dana, community, audience):
    code = cast.announce(alice, community, audience=audience)
    help_with(alice, bob, code)
    counts, also = [], []
    for entry in ("", "approved", "open", "link"):
        also += [founded(alice, dana, entry)] if entry else []
        sharing.stand_in(alice, code=code, also=also)
        counts.append(counted(lambda: actions.edit(bob, code=code, title=canary.word(), audience=audience)))
    assert (len(also), counts) == (3, counts[:1] * 4)


def test_whoever_looks_after_one_takes_it_off_with_as_many_statements_wherever_it_stands(alice, dana, community):
    code = cast.announce(alice, community, audience="community")
    own, *hidden = (founded(alice, dana, "approved") for _ in range(3))
    communities.appoint(alice, slug=own, person=people.uid_of(person=dana.me))
    counts = []
    for others in ([], hidden[:1], hidden):
        sharing.stand_in(alice, code=code, also=[own, *others])
        counts.append(counted(lambda: sharing.take_off(dana, code=code, community=own)))
        assert set(also(alice, code)) == set(others)
    assert counts == counts[:1] * 3


def test_whoever_leaves_a_further_one_helps_no_more_and_what_they_announced_stands_on(alice, dana, community, away):
    code = announced(alice, community, away, "everyone")
    hosts.co_organise(dana, code=code, together=hosts.ask_for_help(alice, code=code))
    departures.leave(dana, slug=away)
    assert not queries.evening(dana, code).organises
    communities.entrust(community=places.community(alice, away).key, person=dana.me)
    departures.leave(alice, slug=away)
    assert (queries.evening(alice, code).organises, also(alice, code), there(dana, away)) == (True, [away], [code])


def test_erasing_who_announced_takes_as_many_statements_whether_an_evening_passes_on_or_goes(alice, bob, dana):
    """Whoever it passes to may be hidden from who leaves, whom the cost of leaving is not to tell of them."""

    def erased(owner, member=None):
        home, also = (communities.found(owner, name=canary.word().title(), entry="open") for _place in range(2))
        if member is not None:
            communities.join(member, slug=home, name="Dana")
        start = clock.now() + timedelta(days=3)
        said: dict[str, Any] = {"title": "Apéro", "place": "Chez Zélie", "recurs": Recurs(WEEK, times=2)}
        said |= {"starts_at": start, "ends_at": start + timedelta(hours=2), "audience": "community"}
        code = actions.announce(owner, community=home, also=[also], **said)
        with CaptureQueriesContext(connection) as asked:
            erasing.erase(owner.me)
        assert Meetup.ledger.filter(code=code).exists() is (member is not None)
        return len(asked)

    assert erased(alice) == erased(bob, dana)


def test_no_circle_stays_of_an_evening_that_goes(alice, bob):
    home = communities.found(alice, name="Café carto", entry="open")
    for audience in ("everyone", "community"):
        code = cast.announce(alice, home, audience=audience)
        actions.answer(alice, code=code, audience="going", discreet=False)
        with clock.at(queries.evening(alice, code).starts_at):
            presences.arrive(alice, here=queries.evening(alice, code).here or "", seen=True, discreet=False)
    kinds = {"going", "attended", "organisers", "invited"}
    assert set(Circle.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds
    erasing.erase(alice.me)
    assert (Circle.objects.filter(kind__in=kinds).count(), examined().found) == (0, [])


def test_where_nobody_is_left_all_of_it_goes(alice, dana):
    home, away = (communities.found(alice, name=name, entry="approved") for name in ("Ici", "Là"))
    announced(alice, home, away)
    erasing.erase(alice.me)
    assert (Joint.ledger.count(), Meetup.ledger.count(), Circle.objects.filter(kind="invited").count()) == (0, 0, 0)


def test_the_doctor_finds_nothing_and_mends_what_is_wrong(alice, dana, community, away):
    code = announced(alice, community, away)
    assert examined().found == []
    Joint.ledger.all().delete()
    assert len(examined().found) == 1
    assert there(dana, community) == [code]
    assert doctor.repair(lambda _done, _of: None).left == []
    assert there(dana, community) == []


def examined():
    return doctor.examine(lambda _done, _of: None)


def test_whoever_announced_it_reads_among_their_own_where_it_stands(alice, bob, community, away):
    announced(alice, community, away)
    name = places.community(alice, away).name
    assert [one.answer for one in gatherings.mine(alice) if one.kind == "Joint"] == [name]
    assert [one for one in gatherings.mine(bob) if one.kind == "Joint"] == []
