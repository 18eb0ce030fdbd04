"""Needs and offers, and to whom they show."""

from datetime import UTC, datetime, timedelta

import pytest

from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Circle, Member
from entregent.common import clock, errors, ids
from entregent.discretion import actions as discretion
from entregent.market import actions as market
from entregent.needs import actions, queries
from entregent.needs.models import Need
from entregent.profiles import actions as profiles
from entregent.search import queries as search
from entregent.search import stems

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(viewer, owner):
    return [need.text for need in queries.of(viewer, owner.me)]


def found(viewer, words):
    return [(hit.kind, hit.text) for hit in search.lines(viewer, stems.query(words))]


def test_a_need_is_for_nobody_until_somebody_is_chosen(alice, bob, members):
    with clock.at(NOW):
        uid = actions.state(alice, text="Un vidéoprojecteur")
    said = queries.Said(uid, "other", offered=False, text="Un vidéoprojecteur", place="", said_at=NOW)
    assert queries.mine(alice) == [queries.Own(said, audience=None, discreet=False, until=None)]
    assert (read(alice, alice), read(bob, alice)) == (["Un vidéoprojecteur"], [])


def test_a_need_shows_to_its_audience_and_is_found_by_it(alice, bob, dana, members):
    actions.state(alice, text="Une salle pour vingt personnes", kind="room", audience=members)
    actions.state(alice, text="Une salle à prêter", kind="room", offered=True, audience=members)
    assert read(bob, alice) == ["Une salle à prêter", "Une salle pour vingt personnes"]
    assert sorted(found(bob, "salle")) == [
        ("need", "Une salle pour vingt personnes"),
        ("offer", "Une salle à prêter"),
    ]
    assert (read(dana, alice), found(dana, "salle")) == ([], [])


def test_a_job_search_is_discreet_whatever_was_asked(alice, bob):
    circle = discretion.name_people(alice, people=[bob.me])
    actions.state(alice, text="Un poste", kind="job", audience=circle, discreet=False)
    [own] = queries.mine(alice)
    assert (own.discreet, read(bob, alice)) == (True, ["Un poste"])


def test_a_job_search_goes_to_no_open_circle(alice, members):
    for audience in (members, EVERYONE):
        with pytest.raises(errors.Invalid):
            actions.state(alice, text="Un poste", kind="job", audience=audience)
    assert queries.mine(alice) == []
    actions.state(alice, text="Un poste à pourvoir", kind="job", offered=True, audience=members)
    assert [own.discreet for own in queries.mine(alice)] == [False]


def test_the_employer_gets_nothing_of_a_discreet_need(alice, bob, charlie, members):
    for viewer, organisation in ((alice, "Filao"), (bob, "Filao"), (charlie, "Lagon")):
        market.state_position(viewer, organisation=organisation, audience=None)
    actions.state(alice, text="Une mission ailleurs", kind="mission", audience=members, discreet=True)
    assert [read(viewer, alice) for viewer in (charlie, bob)] == [["Une mission ailleurs"], []]
    assert [found(viewer, "mission") for viewer in (charlie, bob)] == [[("need", "Une mission ailleurs")], []]


def test_a_need_ends_for_others_and_stays_its_owners(alice, bob, members):
    with clock.at(NOW):
        actions.state(alice, text="Avant Noël", audience=members, until=NOW + timedelta(days=30))
        assert read(bob, alice) == ["Avant Noël"]
    with clock.at(NOW + timedelta(days=30)):
        assert (read(bob, alice), read(alice, alice), found(bob, "noël")) == ([], ["Avant Noël"], [])


def test_a_withdrawn_need_is_gone_with_its_line(alice, bob, members):
    need = actions.state(alice, text="Une salle", audience=members)
    with pytest.raises(errors.NotFound):
        actions.withdraw(bob, need=need)
    actions.withdraw(alice, need=need)
    assert (read(bob, alice), found(alice, "salle")) == ([], [])
    with pytest.raises(errors.NotFound):
        actions.withdraw(alice, need=ids.new())


def named_by(viewer):
    """Whom somebody has named, by circle."""
    return list(Member.objects.filter(circle__owner=viewer.me).order_by("circle").values_list("circle", "person"))


def test_whom_a_need_named_is_forgotten_with_it_and_with_its_change(alice, bob, charlie):
    first, second = (discretion.name_people(alice, people=[one.me]) for one in (bob, charlie))
    need = actions.state(alice, text="Un poste", kind="job", audience=first)
    assert named_by(alice) == [(first, bob.me), (second, charlie.me)]
    actions.edit(alice, need=need, text="Un bon poste", kind="job", audience=first)
    actions.edit(alice, need=need, text="Un bon poste", kind="job", audience=second)
    assert named_by(alice) == [(second, charlie.me)]
    actions.withdraw(alice, need=need)
    assert (named_by(alice), Circle.objects.filter(owner=alice.me).exists()) == ([], False)


def test_whom_another_fact_names_as_well_stays(alice, bob):
    circle = discretion.name_people(alice, people=[bob.me])
    need = actions.state(alice, text="Un poste", kind="job", audience=circle)
    profiles.call_me(alice, text="Alice", audience=circle)
    actions.withdraw(alice, need=need)
    assert named_by(alice) == [(circle, bob.me)]


def test_a_place_is_one_of_the_words_by_which_a_need_is_found(alice, bob, members):
    actions.state(alice, text="Une salle", place=" Saint-Pierre ", audience=members)
    assert [(need.text, need.place) for need in queries.of(bob, alice.me)] == [("Une salle", "Saint-Pierre")]
    assert found(bob, "saint-pierre") == [("need", "Une salle, Saint-Pierre")]


def test_a_need_that_is_corrected_stays_the_same_one_of_the_same_day(alice, bob, members):
    with clock.at(NOW):
        uid = actions.state(alice, text="Une sale", audience=members)
    with clock.at(NOW + timedelta(days=2)):
        actions.edit(alice, need=uid, text="Une salle", kind="room", place="Le Port", audience=members)
    said = queries.Said(uid, "room", offered=False, text="Une salle", place="Le Port", said_at=NOW)
    assert queries.of(bob, alice.me) == [said]
    assert (found(bob, "sale"), found(bob, "salle")) == ([], [("need", "Une salle, Le Port")])


def opened_by(alice, bob, *, before, after):
    """The day on which Bob reads that something was said, after it was said on other terms two days before."""
    with clock.at(NOW - timedelta(days=2)):
        uid = actions.state(alice, text="Une salle", **before)
    with clock.at(NOW):
        actions.edit(alice, need=uid, text="Une salle", **after)
        return [said.said_at for said in queries.of(bob, alice.me)]


def test_a_need_that_is_opened_to_others_tells_nothing_of_when_it_was_kept_from_them(alice, bob, members):
    named, other = (discretion.name_people(alice, people=[bob.me]) for _ in range(2))
    opened = [
        ({}, {"audience": members}),
        ({"audience": named}, {"audience": members}),
        ({"audience": named}, {"audience": other}),
        ({"audience": members, "discreet": True}, {"audience": members}),
        ({"audience": members, "until": NOW - timedelta(days=1)}, {"audience": members}),
    ]
    assert [opened_by(alice, bob, before=before, after=after) for before, after in opened] == [
        [NOW] * number for number in range(1, 6)
    ]


def test_a_need_that_is_kept_for_fewer_stays_of_its_day(alice, bob, members):
    before = {"audience": members, "until": NOW + timedelta(days=9)}
    day = NOW - timedelta(days=2)
    assert opened_by(alice, bob, before=before, after={"audience": members}) == [day]
    alices = queries.mine(alice)[0].said.uid
    actions.edit(alice, need=alices, text="Une salle", audience=None)
    assert ([own.said.said_at for own in queries.mine(alice)], read(bob, alice)) == ([day], [])


def test_a_need_that_becomes_a_job_search_is_one(alice, members):
    uid = actions.state(alice, text="Un poste", audience=members)
    with pytest.raises(errors.Invalid):
        actions.edit(alice, need=uid, text="Un poste", kind="job", audience=members)
    actions.edit(alice, need=uid, text="Un poste", kind="job")
    assert [(own.said.kind, own.audience, own.discreet) for own in queries.mine(alice)] == [("job", None, True)]


def test_what_was_found_ends_for_others_and_may_be_said_again(alice, bob, members):
    with clock.at(NOW):
        uid = actions.state(alice, text="Une salle", audience=members)
        actions.close(alice, need=uid)
        assert (read(bob, alice), found(bob, "salle"), read(alice, alice)) == ([], [], ["Une salle"])
    later, end = NOW + timedelta(days=1), NOW + timedelta(days=90)
    with clock.at(later):
        actions.close(alice, need=uid)
        assert [own.until for own in queries.mine(alice)] == [NOW]
        actions.renew(alice, need=uid, until=end)
        assert [(said.text, said.said_at) for said in queries.of(bob, alice.me)] == [("Une salle", later)]
        assert found(bob, "salle") == [("need", "Une salle")]
        actions.renew(alice, need=uid, until=None)
    assert [(own.until, own.said.said_at) for own in queries.mine(alice)] == [(None, later)]


def test_needs_of_others_are_not_there_to_be_changed(alice, bob, members):
    uid = actions.state(alice, text="Une salle", audience=members)
    for do in (
        lambda: actions.edit(bob, need=uid, text="Rien"),
        lambda: actions.close(bob, need=uid),
        lambda: actions.renew(bob, need=uid, until=None),
        lambda: actions.close(bob, need=ids.new()),
    ):
        with pytest.raises(errors.NotFound):
            do()
    assert read(bob, alice) == ["Une salle"]


def test_what_others_say_to_somebody_is_one_list(alice, bob, charlie, members):
    with clock.at(NOW):
        actions.state(alice, text="Une salle", audience=members)
        actions.state(bob, text="Un projecteur", audience=members)
        actions.state(charlie, text="Un secret")
    with clock.at(NOW + timedelta(days=1)):
        actions.state(charlie, text="Un cours", audience=members, offered=True)
    said = [(one.person, one.said.text) for one in queries.heard(bob)]
    assert said == [(charlie.me, "Un cours"), (alice.me, "Une salle")]


#: How one that has ended would hold again.
AGAIN = {
    "stated": lambda viewer, _need: actions.state(viewer, text="Une salle"),
    "edited": lambda viewer, need: actions.edit(viewer, need=need, text="Une salle"),
    "renewed": lambda viewer, need: actions.renew(viewer, need=need, until=clock.now() + timedelta(days=1)),
}


@pytest.mark.parametrize("again", AGAIN)
def test_as_many_needs_and_offers_hold_as_one_looks_through(alice, bob, again):
    ends = [None, clock.now() + timedelta(days=1)] * (actions.MOST // 2)
    ended, *held = [actions.state(alice, text="Une salle", until=until) for until in ends]
    actions.close(alice, need=ended)
    actions.state(alice, text="Un cours", offered=True)
    with pytest.raises(errors.Refused):
        AGAIN[again](alice, ended)
    actions.state(bob, text="Une salle")
    actions.close(alice, need=held[0])
    AGAIN[again](alice, ended)
    standing = [own for own in queries.mine(alice) if own.until is None or own.until > clock.now()]
    assert len(standing) == actions.MOST


def test_whoever_has_said_enough_changes_and_ends_what_they_said(alice):
    tomorrow = clock.now() + timedelta(days=1)
    [*_, last] = [actions.state(alice, text="Une salle", once=ids.new()) for _ in range(actions.MOST)]
    assert actions.state(alice, text="Une salle", once=last) == last
    actions.edit(alice, need=last, text="Deux salles", until=tomorrow)
    actions.renew(alice, need=last, until=tomorrow + timedelta(days=1))
    actions.close(alice, need=last)
    actions.state(alice, text="Une salle, sans fin")
    actions.edit(alice, need=last, text="Trois salles", until=clock.now())
    actions.state(alice, text="Une salle, hier", until=clock.now())
    assert len(queries.mine(alice)) == actions.MOST + 2


@pytest.mark.parametrize("said", [{"text": " "}, {"text": "Une salle", "kind": "feud"}])
def test_what_cannot_be_said_changes_nothing(alice, said):
    with pytest.raises(errors.Invalid):
        actions.state(alice, **said)
    assert queries.mine(alice) == []


def test_an_account_that_an_employer_can_open_searches_for_no_job(alice):
    market.register(alice, name="Exemple")
    market.know_domain(organisation="exemple", domain="example.org")
    with pytest.raises(errors.Refused):
        actions.state(alice, text="Un poste", kind="job")
    assert queries.mine(alice) == []


def test_erasing_forgets_needs(alice, bob, members):
    actions.state(alice, text="Une salle", audience=members)
    actions.state(bob, text="Un projecteur", audience=members)
    actions.erase(alice.me)
    assert list(Need.ledger.values_list("text", flat=True)) == ["Un projecteur"]
