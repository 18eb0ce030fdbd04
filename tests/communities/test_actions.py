"""Founding a community, getting in and out of it, looking after it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import errors, ids
from entregent.communities import actions, queries
from entregent.communities.models import Membership
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing_in
from entregent.discretion.viewer import ANYBODY
from entregent.people import actions as people_actions
from entregent.people import queries as people


def uid(viewer):
    return people.uid_of(person=viewer.me)


@pytest.fixture
def slug(alice):
    return actions.found(alice, name="Les Péiens du web", town="Saint-Denis", zone="Indian/Reunion")


def standing(viewer, slug):
    page = queries.community(viewer, slug)
    return page.belongs, page.steward


def enter(viewer, slug, host):
    return actions.join(viewer, slug=slug, invite=queries.community(host, slug).invite)


def test_whoever_founds_a_community_belongs_to_it_and_looks_after_it(alice, bob, slug):
    assert slug == "les-peiens-du-web"
    assert standing(alice, slug) == (True, True)
    assert standing(bob, slug) == (False, False)


def test_a_second_community_of_the_same_name_has_an_address_of_its_own(alice, slug):
    assert actions.found(alice, name="Les Péiens du Web") == "les-peiens-du-web-2"


@pytest.mark.parametrize(
    ("field", "value"), [("name", "  "), ("entry", "by force"), ("zone", "Indian/Atlantis"), ("zone", "../etc/passwd")]
)
def test_what_a_community_cannot_be_is_said_with_the_field(alice, slug, field, value):
    with pytest.raises(errors.Invalid) as raised:
        actions.edit(alice, slug=slug, **{field: value})
    assert raised.value.field == field


def test_one_gets_in_by_the_link_and_not_without(alice, bob, slug):
    with pytest.raises(errors.Refused):
        actions.join(bob, slug=slug)
    with pytest.raises(errors.Refused):
        actions.join(bob, slug=slug, invite="WRONG")
    assert enter(bob, slug, alice) == "in"
    assert standing(bob, slug) == (True, False)


def test_an_invitation_typed_in_small_letters_is_the_same(alice, bob, slug):
    assert actions.join(bob, slug=slug, invite=queries.community(alice, slug).invite.lower()) == "in"


def test_a_renewed_link_makes_the_old_one_lead_nowhere(alice, bob, slug):
    old = queries.community(alice, slug).invite
    new = actions.renew_invite(alice, slug=slug)
    with pytest.raises(errors.Refused):
        actions.join(bob, slug=slug, invite=old)
    assert actions.join(bob, slug=slug, invite=new) == "in"


def test_anybody_gets_into_an_open_community_and_twice_is_once(alice, bob, slug):
    actions.edit(alice, slug=slug, entry="open")
    assert [actions.join(bob, slug=slug) for _ in range(2)] == ["in", "in"]
    assert standing(bob, slug) == (True, False)


def test_asking_is_seen_by_the_stewards_and_by_whoever_asked(alice, bob, charlie, slug):
    enter(charlie, slug, alice)
    actions.edit(alice, slug=slug, entry="approved")
    assert actions.join(bob, slug=slug, name="Bob", words="Alice me connaît") == "asked"
    assert [(asking.name, asking.words) for asking in queries.requests(alice, slug)] == [("Bob", "Alice me connaît")]
    assert [asking.name for asking in queries.requests(bob, slug)] == ["Bob"]
    assert queries.requests(charlie, slug) == []
    assert standing(bob, slug) == (False, False)


def test_asking_needs_a_name_and_asking_again_replaces_the_first(alice, bob, slug):
    actions.edit(alice, slug=slug, entry="approved")
    with pytest.raises(errors.Invalid):
        actions.join(bob, slug=slug, name=" ")
    actions.join(bob, slug=slug, name="B")
    actions.join(bob, slug=slug, name="Bob")
    assert [asking.name for asking in queries.requests(alice, slug)] == ["Bob"]


def test_a_steward_lets_in_whoever_asked(alice, bob, slug):
    actions.edit(alice, slug=slug, entry="approved")
    actions.join(bob, slug=slug, name="Bob")
    [asking] = queries.requests(alice, slug)
    actions.approve(alice, request=asking.uid)
    assert standing(bob, slug) == (True, False)
    assert queries.requests(alice, slug) == []


def test_a_declined_request_is_gone_and_may_be_made_again(alice, bob, slug):
    actions.edit(alice, slug=slug, entry="approved")
    actions.join(bob, slug=slug, name="Bob")
    [asking] = queries.requests(alice, slug)
    actions.decline(alice, request=asking.uid)
    assert (queries.requests(alice, slug), standing(bob, slug)) == ([], (False, False))
    assert actions.join(bob, slug=slug, name="Bob") == "asked"


def test_nobody_lets_themselves_in_and_a_member_finds_no_request(alice, bob, charlie, slug):
    enter(charlie, slug, alice)
    actions.edit(alice, slug=slug, entry="approved")
    actions.join(bob, slug=slug, name="Bob")
    [asking] = queries.requests(bob, slug)
    with pytest.raises(errors.Refused):
        actions.approve(bob, request=asking.uid)
    with pytest.raises(errors.NotFound):
        actions.approve(charlie, request=asking.uid)
    actions.withdraw_request(bob, slug=slug)
    assert queries.requests(alice, slug) == []


def test_the_invitation_is_for_those_who_belong(alice, bob, anonymous, slug):
    assert len(queries.community(alice, slug).invite) == 8
    assert [queries.community(viewer, slug).invite for viewer in (bob, anonymous)] == ["", ""]


def test_leaving_holds_at_once(alice, bob, slug):
    enter(bob, slug, alice)
    assert [page.slug for page in queries.mine(bob)] == [slug]
    actions.leave(bob, slug=slug)
    assert (standing(bob, slug), queries.mine(bob)) == ((False, False), [])


def test_a_steward_removes_a_member_at_once(alice, bob, slug):
    enter(bob, slug, alice)
    actions.remove(alice, slug=slug, person=uid(bob))
    assert standing(bob, slug) == (False, False)


GOING = {
    "leave": lambda alice, slug: actions.leave(alice, slug=slug),
    "remove": lambda alice, slug: actions.remove(alice, slug=slug, person=uid(alice)),
}


@pytest.mark.parametrize("go", GOING)
@pytest.mark.parametrize("named", [False, True])
def test_the_only_steward_leaves_a_community_to_its_eldest_unless_they_named_another(
    alice, bob, charlie, slug, go, named
):
    for viewer in (bob, charlie):
        enter(viewer, slug, alice)
    if named:
        actions.appoint(alice, slug=slug, person=uid(charlie))
    GOING[go](alice, slug)
    assert [standing(viewer, slug) for viewer in (alice, bob, charlie)] == [
        (False, False),
        (True, not named),
        (True, named),
    ]


@pytest.mark.parametrize("go", GOING)
def test_a_steward_who_goes_is_not_told_whether_there_is_another(alice, bob, slug, go, django_assert_num_queries):
    """Bob, who blocks Alice, looks after the community too, or does not."""
    enter(bob, slug, alice)
    discretion.block(bob, person=alice.me)
    seen = []
    for role in ("member", "steward"):
        Membership.objects.filter(person=bob.me).update(role=role)
        actions.keep_circles(community=queries.community(alice, slug).key)
        with CaptureQueriesContext(connection) as asked:
            GOING[go](alice, slug)
        seen.append((len(asked), standing(alice, slug), standing(bob, slug)))
        enter(alice, slug, bob)
        actions.appoint(bob, slug=slug, person=uid(alice))
    assert seen[0] == seen[1]
    assert seen[0][1:] == ((False, False), (True, True))


def test_whoever_is_alone_in_a_community_may_leave_it(alice, slug):
    actions.leave(alice, slug=slug)
    assert standing(alice, slug) == (False, False)


def test_a_member_who_goes_leaves_its_stewards_alone(alice, bob, slug):
    enter(bob, slug, alice)
    actions.leave(bob, slug=slug)
    assert (standing(alice, slug), standing(bob, slug)) == ((True, True), (False, False))


WORK = {
    "edit": lambda actor, slug, other: actions.edit(actor, slug=slug, name="Mine"),
    "renew": lambda actor, slug, other: actions.renew_invite(actor, slug=slug),
    "remove": lambda actor, slug, other: actions.remove(actor, slug=slug, person=other),
    "appoint": lambda actor, slug, other: actions.appoint(actor, slug=slug, person=other),
}


@pytest.mark.parametrize("work", WORK)
def test_only_stewards_look_after_a_community(alice, bob, slug, work):
    enter(bob, slug, alice)
    before = queries.community(alice, slug)
    with pytest.raises(errors.Refused):
        WORK[work](bob, slug, uid(bob))
    with pytest.raises(errors.NotSignedIn):
        WORK[work](ANYBODY, slug, uid(bob))
    assert queries.community(alice, slug) == before
    assert standing(bob, slug) == (True, False)


def test_a_community_that_is_not_there_is_not_found(alice, anonymous):
    for read in (lambda: queries.community(anonymous, "nowhere"), lambda: queries.by_invite(alice, "NOCODE")):
        with pytest.raises(errors.NotFound):
            read()
    with pytest.raises(errors.NotFound):
        actions.leave(alice, slug="nowhere")


def test_a_visitor_finds_the_community_of_an_invitation(alice, anonymous, slug):
    page = queries.by_invite(anonymous, queries.community(alice, slug).invite)
    assert (page.slug, page.belongs, page.invite) == (slug, False, "")


def test_an_import_enrols_many_and_twice_is_once(alice, bob, charlie, slug):
    page = queries.community(alice, slug)
    for _ in range(2):
        actions.enrol(community=page.key, people=[bob.me, charlie.me])
    assert [standing(viewer, slug) for viewer in (alice, bob, charlie)] == [(True, True), (True, False), (True, False)]


def test_coming_in_by_an_import_takes_as_many_statements_whatever_was_reported(alice, bob, charlie, dana, slug):
    key, counts = queries.community(alice, slug).key, []
    for viewer, reported in ((bob, 0), (charlie, 1), (dana, 3)):
        for _ in range(reported):
            said = {"about": ids.new(), "called": "X", "person": bob.me, "words": "Trop de bruit."}
            actions.report(alice, slug=slug, kind="person", **said)
        with CaptureQueriesContext(connection) as asked:
            actions.enrol(community=key, people=[viewer.me])
        counts.append(len(asked))
        assert standing(viewer, slug) == (True, False)
    assert len(set(counts)) == 1


def test_an_audience_label_says_how_one_gets_in(alice, anonymous, slug):
    circle = queries.community(alice, slug).members_circle
    said = queries.Label(name="Les Péiens du web", entry="link")
    assert queries.labels(anonymous, [circle, -1]) == {circle: said}


def test_a_community_outlives_its_only_steward(alice, bob, charlie, slug):
    enter(charlie, slug, alice)
    enter(bob, slug, alice)
    actions.erase(alice.me)
    assert [standing(viewer, slug) for viewer in (alice, bob, charlie)] == [
        (False, False),
        (True, True),
        (True, False),
    ]


def test_a_community_that_nobody_looks_after_is_left_to_nobody_when_a_member_is_erased(alice, bob, charlie, slug):
    for viewer in (bob, charlie):
        enter(viewer, slug, alice)
    key = queries.community(alice, slug).key
    Membership.objects.filter(community=key).update(role="member")
    actions.keep_circles(community=key)
    actions.erase(charlie.me)
    assert [standing(viewer, slug) for viewer in (alice, bob)] == [(True, False), (True, False)]


def test_being_erased_takes_as_many_statements_whoever_looks_after_a_community(alice, bob, charlie, dana, slug):
    key, counts = queries.community(alice, slug).key, []
    for viewer in (bob, charlie, dana):
        enter(viewer, slug, alice)
    for viewer, role in ((bob, "steward"), (charlie, "member")):
        Membership.objects.filter(community=key, person=alice.me).update(role=role)
        actions.keep_circles(community=key)
        with CaptureQueriesContext(connection) as asked:
            actions.erase(viewer.me)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def nobody_s(alice, slug):
    """The key of somebody in the community who came in without account."""
    person, _secret = people_actions.welcome()
    actions.enrol(community=queries.community(alice, slug).key, people=[person])
    return person


def test_nobody_without_account_is_made_a_steward(alice, bob, slug, nobody_s):
    enter(bob, slug, alice)
    unable = people.uid_of(person=nobody_s)
    with pytest.raises(errors.Refused):
        actions.appoint(alice, slug=slug, person=unable)
    with pytest.raises(errors.Refused):
        actions.appoint(bob, slug=slug, person=unable)
    actions.remove(alice, slug=slug, person=unable)
    with pytest.raises(errors.NotFound):
        actions.appoint(alice, slug=slug, person=unable)


def test_a_steward_who_cannot_sign_in_is_none_to_leave_a_community_to(alice, bob, slug, nobody_s):
    enter(bob, slug, alice)
    Membership.objects.filter(person=nobody_s).update(role="steward")
    with pytest.raises(errors.Refused):
        actions.expel(community=queries.community(alice, slug).key, person=alice.me)
    actions.leave(alice, slug=slug)
    assert standing(bob, slug) == (True, True)


def test_one_statement_reads_a_page_and_one_where_the_viewer_stands(alice, slug, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.community(alice, slug)
    with django_assert_num_queries(3):
        queries.mine(alice)


def test_the_circle_around_somebody_follows_them_in_and_out(alice, bob, charlie, dana, slug):
    other = actions.found(charlie, name="Les gens du son", entry="open")
    enter(bob, slug, alice)
    around = actions.around(bob)
    held = []
    for move in (lambda: None, lambda: actions.join(bob, slug=other), lambda: actions.leave(bob, slug=slug)):
        move()
        held.append([around in standing_in.among(viewer, [around]) for viewer in (alice, charlie, dana)])
    assert held == [[True, False, False], [True, True, False], [False, True, False]]
    assert queries.around(bob) == around


def test_removing_somebody_costs_as_much_whether_or_not_they_show_anything_to_those_around_them(
    alice, bob, charlie, dana, slug
):
    other, counts = actions.found(alice, name="Les gens du son", entry="open"), []
    for who, hides in ((bob, False), (charlie, True), (dana, True)):
        enter(who, slug, alice)
        actions.around(who) if hides else None
    actions.join(dana, slug=other)
    for who in (bob, charlie, dana):
        with CaptureQueriesContext(connection) as asked:
            actions.remove(alice, slug=slug, person=people.uid_of(person=who.me))
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_an_import_leads_the_circle_around_somebody_too(alice, bob, charlie, slug):
    other = actions.found(charlie, name="Les gens du son")
    enter(bob, slug, alice)
    around = actions.around(bob)
    actions.enrol(community=queries.community(charlie, other).key, people=[bob.me])
    assert standing_in.among(charlie, [around]) == {around}


def test_erasing_leaves_no_circle_around_anybody(alice, bob, slug):
    enter(bob, slug, alice)
    around = actions.around(bob)
    assert standing_in.among(alice, [around]) == {around}
    actions.erase(bob.me)
    assert (standing_in.among(alice, [around]), queries.around(bob)) == (frozenset(), None)


def test_one_reads_where_one_asks_to_come_in_until_it_is_answered(alice, bob, slug):
    actions.edit(alice, slug=slug, entry="approved")
    actions.join(bob, slug=slug, name="Bob")
    [own] = queries.asked(bob)
    assert (own.slug, own.name, queries.asked(alice)) == (slug, "Les Péiens du web", [])
    actions.approve(alice, request=own.uid)
    assert queries.asked(bob) == []


def test_appointing_takes_as_many_statements_whether_or_not_they_are_a_steward(alice, bob, slug):
    enter(bob, slug, alice)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as context:
            actions.appoint(alice, slug=slug, person=uid(bob))
        counts.append(len(context))
    assert counts[0] == counts[1]
