"""Where people work, who stands with an organisation, and the first shield."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.circles.models import Circle, Member
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities import queries as community
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing
from entregent.discretion.viewer import Viewer
from entregent.market import actions, due, queries
from entregent.market.models import Organisation, Position
from entregent.people import actions as people

TODAY = datetime.fromisoformat("2026-11-22T12:00:00+00:00")


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def work(viewer, organisation="Filao", **said):
    return actions.state_position(viewer, organisation=organisation, **{"audience": None, **said})


def uid(slug):
    return Organisation.objects.values_list("uid", flat=True).get(slug=slug)


def stands(viewer, slug="filao", kind="staff"):
    return standing.stands_in(viewer, kind, uid(slug))


def declared(viewer):
    return standing.declared(viewer)


def signed_in(email):
    viewer = Viewer(person=people.person_of(account=people.open_account(email=email)))
    actions.recognise(viewer)
    return viewer


def test_an_organisation_is_found_by_its_name_however_it_is_typed(alice):
    slugs = [actions.register(alice, name=name) for name in ("Éts Filao", "ets  FILAO", "Filao", "Filao !")]
    assert slugs[:3] == ["ets-filao", "ets-filao", "filao"]
    assert slugs[3] not in slugs[:3]


def test_an_organisation_needs_a_name(alice):
    for name in ("", " ’ "):
        with pytest.raises(errors.Invalid):
            actions.register(alice, name=name)


def test_a_position_is_read_by_whom_it_is_for(alice, bob, dana, anonymous):
    slug = communities.found(alice, name="Les gens", entry="open")
    communities.join(bob, slug=slug)
    members = community.community(alice, slug).members_circle
    position = work(alice, title="Directrice", starts_on=date(2024, 2, 1), audience=members)
    held = queries.Held(position, "Filao", "filao", "Directrice", date(2024, 2, 1), None)
    assert [queries.positions(viewer, alice.me) for viewer in (alice, bob)] == [[held], [held]]
    assert [queries.positions(viewer, alice.me) for viewer in (dana, anonymous)] == [[], []]
    assert queries.workplaces(bob, [alice.me, bob.me]) == {alice.me: held}
    assert queries.workplaces(dana, [alice.me]) == {}


def test_what_somebody_typed_in_a_hidden_fact_stays_theirs(alice, bob):
    work(alice, "FILAO")
    work(bob, "Filao")
    assert [held.organisation for held in queries.positions(bob, bob.me)] == ["Filao"]
    assert queries.employer_names(bob) == ["Filao"]
    assert [kept.name for kept in queries.shielded(bob)] == ["Filao"]
    assert queries.organisation(bob, "filao").name == "Filao"


def test_an_organisation_is_found_by_those_who_see_somebody_there(alice, bob):
    work(alice, "Lagon")
    assert queries.organisation(alice, "lagon").name == "Lagon"
    for slug in ("lagon", "nowhere"):
        with pytest.raises(errors.NotFound):
            queries.organisation(bob, slug)


def test_the_workplace_is_where_one_began_last_and_has_not_left(alice):
    work(alice, "Old", starts_on=date(2010, 1, 1), ends_on=date(2026, 1, 1))
    work(alice, "First", starts_on=date(2015, 1, 1))
    work(alice, "Second", starts_on=date(2020, 1, 1))
    work(alice, "Next", starts_on=date(2027, 1, 1))
    assert queries.workplaces(alice, [alice.me])[alice.me].organisation == "Second"
    assert [own.held.organisation for own in queries.mine(alice)] == ["Next", "Second", "First", "Old"]
    assert queries.employer_names(alice) == ["Second", "First"]


def test_a_client_is_no_employer(alice):
    work(alice, "Client", client=True)
    assert (queries.employer_names(alice), queries.shielded(alice)) == ([], [])
    assert queries.situation(alice) == "own"
    assert stands(alice, "client")
    assert queries.workplaces(alice, [alice.me]) == {}
    assert queries.working_at(alice, "Client") == {}


def test_stating_a_position_answers_where_one_works(alice):
    assert (queries.situation(alice), declared(alice)) == (None, False)
    work(alice)
    assert (queries.situation(alice), declared(alice)) == ("employed", True)


@pytest.mark.parametrize("answer", ["own", "looking", "student", "retired"])
def test_other_answers_are_answers_too(alice, answer):
    actions.say_situation(alice, answer=answer)
    assert (queries.situation(alice), declared(alice)) == (answer, True)


def test_being_employed_is_no_answer_without_saying_where(alice):
    for answer in ("employed", "by my mother"):
        with pytest.raises(errors.Invalid):
            actions.say_situation(alice, answer=answer)
    assert not declared(alice)


def test_the_answer_is_for_nobody_else(alice, bob):
    actions.say_situation(alice, answer="looking")
    work(bob)
    assert (queries.situation(alice), queries.situation(bob)) == ("looking", "employed")


def test_taking_back_the_last_position_takes_back_the_answer(alice):
    first, second = work(alice), work(alice, "Lagon")
    actions.withdraw_position(alice, position=first)
    assert (declared(alice), stands(alice), stands(alice, "lagon")) == (True, False, True)
    actions.withdraw_position(alice, position=second)
    assert (declared(alice), queries.situation(alice), queries.mine(alice)) == (False, None, [])


def test_one_stands_with_an_organisation_for_ninety_days_after_leaving_it(alice):
    position = work(alice)
    actions.end_position(alice, position=position, ends_on=date(2026, 11, 1))
    standings = []
    for on in ("2026-11-22", "2027-01-29", "2027-01-31"):
        with clock.at(datetime.fromisoformat(f"{on}T00:00:00+00:00")):
            standings.append((stands(alice), stands(alice, kind="around")))
    assert standings == [(True, True), (True, True), (False, False)]


#: One in the morning of a Saturday on La Réunion, where it is Friday still in UTC.
EARLY = datetime.fromisoformat("2026-11-27T21:00:00+00:00")


@pytest.mark.parametrize(("hours", "works"), [(-1.1, True), (-0.9, False)])
def test_a_position_ends_where_its_day_begins_at_home(alice, bob, members, hours, works):
    """Midnight at home is four hours before that of UTC."""
    work(alice, ends_on=date(2026, 11, 28), audience=members)
    with clock.at(EARLY + timedelta(hours=hours)):
        [own] = queries.mine(alice)
        assert (own.employs, own.over) == (works, not works)
        found = [*queries.workplaces(bob, [alice.me]), *queries.working_at(bob, "Filao")]
        assert found == ([alice.me] * 2 if works else [])
        assert queries.employer_names(alice) == (["Filao"] if works else [])


def test_a_position_that_ends_today_at_home_is_no_answer_to_where_one_works(alice, bob):
    with clock.at(EARLY):
        work(alice, ends_on=date(2026, 11, 28))
        work(bob, ends_on=date(2026, 11, 29))
        assert (queries.situation(alice), queries.situation(bob)) == (None, "employed")


@pytest.mark.parametrize(("hours", "stood"), [(-1.1, True), (-0.9, False)])
def test_ninety_days_end_at_midnight_at_home_for_whoever_left_and_for_whose_shield_names_them(
    alice, bob, members, hours, stood
):
    work(alice, ends_on=date(2026, 8, 30), audience=members)
    actions.shield(bob, organisation="Filao")
    with clock.at(EARLY + timedelta(hours=hours)):
        assert (stands(alice), queries.before_shield(bob)) == (stood, {alice.me} if stood else set())
        assert due.clear_former_staff(clock.now()) == (0 if stood else 1)


def test_who_left_long_ago_or_never_worked_there_does_not_stand_there(alice, bob, anonymous):
    work(alice, ends_on=date(2020, 1, 1))
    assert [stands(viewer) for viewer in (alice, bob, anonymous)] == [False, False, False]
    assert queries.shielded(alice) == []


def test_of_two_positions_at_one_place_the_later_end_counts(alice):
    work(alice, ends_on=date(2020, 1, 1))
    work(alice)
    work(alice, ends_on=date(2019, 1, 1))
    assert stands(alice)


def test_time_clears_the_places_of_those_who_left(alice, bob):
    work(alice, ends_on=date(2026, 11, 1))
    work(bob)
    staff = Circle.objects.get(kind="staff", about=uid("filao"))
    with clock.at(TODAY + timedelta(days=80)):
        assert (due.clear_former_staff(clock.now()), due.clear_former_staff(clock.now())) == (1, 0)
    assert list(Member.objects.filter(circle=staff).values_list("person", flat=True)) == [bob.me]


def test_an_address_at_the_organisation_stands_with_it(alice):
    work(alice)
    actions.know_domain(organisation="filao", domain="https://www.filao.example/")
    eve, mallory = (signed_in(email) for email in ("eve@filao.example", "eve@notfilao.example"))
    assert [stands(eve), stands(mallory)] == [True, False]
    actions.forget_domain(domain="Filao.example")
    assert [stands(alice), stands(eve)] == [True, False]
    with pytest.raises(errors.NotFound):
        actions.forget_domain(domain="filao.example")


def test_a_domain_is_taken_from_those_who_sign_in_with_it(alice):
    eve = signed_in("eve@filao.example")
    actions.register(eve, name="Filao", domain="filao.example")
    assert stands(eve)
    for who, domain in ((alice, "filao.example"), (signed_in("eve@gmail.com"), "gmail.com")):
        with pytest.raises(errors.Invalid):
            actions.register(who, name="Rival", domain=domain)


def test_an_account_that_an_employer_can_open_states_nothing_discreet(alice):
    eve = signed_in("eve@filao.example")
    work(eve, discreet=True)
    actions.know_domain(organisation="filao", domain="filao.example")
    assert [queries.may_be_discreet(viewer) for viewer in (alice, eve)] == [True, False]
    with pytest.raises(errors.Refused):
        work(eve, "Lagon", discreet=True)
    actions.say_situation(eve, answer="own")
    assert queries.may_be_discreet(eve)


def test_a_shield_is_told_in_the_words_of_its_owner_alone(alice, bob, charlie):
    work(alice, "FILAO Océan")
    actions.shield(bob, organisation="Filao océan")
    actions.tie(charlie, one="Lagon", other="filao OCÉAN")
    actions.shield(charlie, organisation="LAGON")
    actions.tie(charlie, one="Lagon", other="filao OCÉAN")
    told = [[kept.name for kept in queries.shielded(viewer)] for viewer in (alice, bob, charlie)]
    assert told == [["FILAO Océan"], ["Filao océan"], ["filao OCÉAN", "LAGON"]]
    actions.unshield(bob, organisation=queries.shielded(bob)[0].slug)
    actions.shield(bob, organisation="Filao Océan")
    assert [kept.name for kept in queries.shielded(bob)] == ["Filao Océan"]


def test_the_first_position_somewhere_sets_up_the_shield_once(alice):
    position = work(alice)
    assert [kept.slug for kept in queries.shielded(alice)] == ["filao"]
    actions.unshield(alice, organisation="filao")
    actions.withdraw_position(alice, position=position)
    work(alice)
    assert queries.shielded(alice) == []
    actions.shield(alice, organisation="filao")
    assert [kept.slug for kept in queries.shielded(alice)] == ["filao"]


def test_a_discreet_position_is_kept_from_colleagues_and_shown_to_others(alice, bob, charlie):
    slug = communities.found(alice, name="Les gens", entry="open")
    for viewer in (bob, charlie):
        communities.join(viewer, slug=slug)
    members = community.community(alice, slug).members_circle
    work(alice)
    work(bob)
    work(charlie, "Lagon")
    actions.withdraw_position(alice, position=work(alice, "Side", audience=members))
    side = work(alice, "Side", audience=members, discreet=True, title="Associée")
    assert [[held.uid for held in queries.positions(viewer, alice.me)] for viewer in (bob, charlie)] == [[], [side]]


def test_a_sister_company_stands_around_once_the_tie_is_confirmed(alice, bob, dana):
    communities.found(dana, name="Les gens")
    work(alice)
    work(bob, "Lagon")
    actions.tie(alice, one="Filao", other="Lagon")
    assert (stands(bob, kind="around"), [kept.slug for kept in queries.shielded(alice)]) == (False, ["filao", "lagon"])
    with pytest.raises(errors.Refused):
        actions.confirm_tie(alice, one="Filao", other="Lagon")
    actions.confirm_tie(dana, one="lagon", other="Filao")
    assert (stands(bob, kind="around"), stands(alice, "lagon", "around")) == (True, True)
    actions.lift_tie(dana, one="Filao", other="Lagon")
    assert (stands(bob, kind="around"), stands(alice, kind="around")) == (False, True)


def test_a_steward_who_confirms_or_lifts_a_tie_does_not_learn_whether_anybody_said_so(bob, dana):
    communities.found(dana, name="Les gens")
    work(bob, "Lagon")
    actions.lift_tie(dana, one="Filao", other="Lagon")
    actions.confirm_tie(dana, one="Filao", other="Nowhere Ltd")
    actions.confirm_tie(dana, one="Filao", other="Lagon")
    assert stands(bob, kind="around")


def test_the_operator_ties_organisations_and_twice_is_once(alice, bob):
    work(alice)
    work(bob, "Lagon")
    actions.bind(one="Filao", other="Lagon")
    actions.bind(one="Lagon", other="Filao")
    assert stands(bob, kind="around")
    with pytest.raises(errors.Invalid):
        actions.bind(one="Filao", other="FILAO")


def test_positions_of_others_cannot_be_touched(alice, bob):
    position = work(alice)
    for act in (
        lambda: actions.end_position(bob, position=position, ends_on=date(2026, 1, 1)),
        lambda: actions.withdraw_position(bob, position=position),
        lambda: actions.show_position(bob, position=position, audience=EVERYONE),
    ):
        with pytest.raises(errors.NotFound):
            act()
    assert [own.held.ends_on for own in queries.mine(alice)] == [None]


def test_there_are_as_many_positions_as_somebody_has_held_in_a_long_life(alice, bob):
    held = [work(alice, client=number % 2, ends_on=date(2020, 1, 1)) for number in range(actions.MOST)]
    with pytest.raises(errors.Refused):
        work(alice)
    assert (len(queries.mine(alice)), queries.situation(alice)) == (actions.MOST, None)
    actions.end_position(alice, position=held[0], ends_on=date(2021, 1, 1))
    actions.show_position(alice, position=held[0], audience=None)
    work(bob)
    actions.withdraw_position(alice, position=held[0])
    work(alice)
    assert queries.situation(alice) == "employed"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2020, 1, 2), date(2020, 1, 1), "ends_on"),
        (date(202, 1, 1), None, "starts_on"),
        (None, date(9999, 12, 31), "ends_on"),
    ],
)
def test_dates_that_cannot_be_are_said_with_the_field(alice, starts_on, ends_on, field):
    with pytest.raises(errors.Invalid) as raised:
        work(alice, starts_on=starts_on, ends_on=ends_on)
    assert raised.value.field == field


def test_what_is_discreet_is_never_public(alice):
    with pytest.raises(errors.Invalid):
        work(alice, audience=EVERYONE, discreet=True)
    position = work(alice, audience=EVERYONE)
    with pytest.raises(errors.Invalid):
        actions.show_position(alice, position=position, audience=EVERYONE, discreet=True)
    actions.show_position(alice, position=position, audience=None, discreet=True)
    assert [(own.audience, own.discreet) for own in queries.mine(alice)] == [(None, True)]


def test_erasing_leaves_no_trace_of_where_one_worked(alice, bob):
    work(alice)
    work(bob)
    actions.tie(alice, one="Filao", other="Lagon")
    actions.erase(alice.me)
    discretion.erase(alice.me)
    assert list(Position.ledger.values_list("owner", flat=True)) == [bob.me]
    assert (stands(alice), queries.situation(alice), queries.shielded(alice)) == (False, None, [])
    assert list(Member.objects.filter(circle=DECLARED).values_list("person", flat=True)) == [bob.me]


@pytest.mark.parametrize(
    "erased",
    [
        lambda viewer, _held: actions.erase(viewer.me),
        lambda viewer, held: actions.withdraw_position(viewer, position=held),
    ],
    ids=["erased", "withdrawn"],
)
def test_leaving_takes_as_many_statements_whoever_else_works_there(alice, bob, erased):
    counts = []
    for others in ([], [bob]):
        with transaction.atomic():
            held = work(alice)
            for viewer in others:
                work(viewer)
            with CaptureQueriesContext(connection) as asked:
                erased(alice, held)
            counts.append(len(asked))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


def test_a_list_of_workplaces_is_one_statement(alice, bob, charlie, django_assert_num_queries):
    for viewer in (alice, bob, charlie):
        work(viewer)
    with django_assert_num_queries(1):
        queries.workplaces(alice, [alice.me, bob.me, charlie.me])


def test_somebody_beside_an_organisation_is_a_role_that_no_tie_of_others_changes(alice, bob):
    work(alice)
    work(bob, "Lagon")
    found = queries.beside(alice, ["filao", "lagon", "nowhere"])
    around = {slug: Circle.objects.get(kind="around", about=uid(slug)).pk for slug in ("filao", "lagon")}
    assert {slug: (place.circle, place.how) for slug, place in found.items()} == {
        slug: (circle, "open") for slug, circle in around.items()
    }
    actions.bind(one="Filao", other="Lagon")
    assert queries.beside(alice, ["filao", "lagon"]) == found
    assert standing.among(Viewer(imagined=(found["filao"],)), around.values()) == {around["filao"]}


@pytest.mark.parametrize("pair", [("Filao", "Lagon"), ("Lagon", "Filao")])
def test_a_shield_stands_before_a_tied_organisation_once_the_tie_is_confirmed(alice, bob, charlie, dana, pair):
    slug = communities.found(dana, name="Les gens", entry="open")
    for viewer in (alice, bob, charlie):
        communities.join(viewer, slug=slug)
    members = community.community(dana, slug).members_circle
    work(alice)
    work(bob, "Lagon", audience=members)
    work(charlie, "Lagon")
    work(dana, "Lagon", ends_on=date(2026, 1, 1), audience=members)
    actions.tie(charlie, one=pair[0], other=pair[1])
    assert queries.before_shield(alice) == {alice.me}
    actions.bind(one=pair[0], other=pair[1])
    assert queries.before_shield(alice) == {alice.me, bob.me}
    actions.lift_tie(dana, one="Filao", other="Lagon")
    assert queries.before_shield(alice) == {alice.me}


@pytest.mark.parametrize("said_before", [False, True])
def test_a_tie_that_one_states_is_in_one_s_shield_whoever_else_said_so_in_private(alice, bob, dana, said_before):
    slug = communities.found(dana, name="Les gens", entry="open")
    for viewer in (alice, bob):
        communities.join(viewer, slug=slug)
    work(alice)
    work(bob, "Lagon", audience=community.community(dana, slug).members_circle)
    if said_before:
        actions.tie(dana, one="Lagon", other="Filao")
    actions.tie(alice, one="Filao", other="Lagon")
    assert queries.before_shield(alice) == {alice.me, bob.me}


def test_an_employer_employs_until_one_leaves_and_a_client_does_not(alice):
    work(alice, ends_on=date(2026, 12, 1))
    work(alice, "Lagon", ends_on=date(2026, 11, 1))
    work(alice, "Cap Bernard", client=True)
    assert {own.held.organisation: (own.employs, own.over) for own in queries.mine(alice)} == {
        "Filao": (True, False),
        "Lagon": (False, True),
        "Cap Bernard": (False, False),
    }


def test_a_name_takes_as_many_statements_whether_or_not_somebody_else_typed_it(alice, bob):
    counts = []
    for viewer in (alice, bob):
        with CaptureQueriesContext(connection) as context:
            actions.shield(viewer, organisation="Filao")
        counts.append(len(context))
    assert counts[0] == counts[1]
