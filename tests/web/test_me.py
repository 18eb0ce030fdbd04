"""One's own page: words, work, shield, needs and offers, and leaving for good."""

from datetime import UTC, date, datetime

import pytest

from entregent.common import clock
from entregent.communities import queries as communities
from entregent.discretion.viewer import ANYBODY
from entregent.encounters import actions as encounters
from entregent.exchange import erasing
from entregent.market import actions as market_actions
from entregent.market import queries as market
from entregent.needs import actions as needs_actions
from entregent.needs import queries as needs
from entregent.people import actions as people_actions
from entregent.people import queries as people
from entregent.people.models import Account
from entregent.profiles import actions as profiles_actions
from entregent.profiles import queries as profiles
from entregent.ties import queries as ties
from tests.web import browser

WORK = {"where": "organisation", "organisation": "Filao", "title": "Chef de projet", "since": "2024-02"}


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def mine(alice, community):
    """What a form calls the community."""
    return str(communities.community(alice, community).uid)


@pytest.fixture
def friend(bob, alice, community):
    """Alice is in Bob's notebook: the id of his contact."""
    return encounters.note_somebody(bob, person=people.uid_of(person=alice.me), name="Alice")


def may_be_asked(viewer):
    said = ties.let_ask(viewer)
    return said.yes if said else None


def errors(answer, form):
    return sorted(answer.context[form].errors)


def test_the_page_shows_what_was_said(bobs, bob, mine):
    context = bobs.get("/moi/").context
    assert context["form"].initial == {"name": "Bob Payet", "headline": "", "audience": mine}
    assert (context["positions"], context["needs"], context["shield"], context["situation"]) == ([], [], [], None)
    assert context["mail"] == "bob@example.org"


def test_audiences_are_offered_by_nothing_that_counts_what_others_made(bobs, mine):
    offered = [value for value, _words in bobs.get("/moi/").context["form"].fields["audience"].choices]
    assert offered == ["me", "connections", mine, "everyone"]


def test_name_and_headline_are_kept_for_whom_they_are_said(bobs, alice, bob, dana, mine):
    said = {"name": "Robert", "headline": "Dev front", "audience": mine}
    assert bobs.post("/moi/nom/", said)["Location"] == "/moi/"
    seen = [profiles.cards(viewer, [bob.me]).get(bob.me) for viewer in (alice, dana)]
    assert [(card.name, card.headline) if card else None for card in seen] == [("Robert", "Dev front"), None]
    bobs.post("/moi/nom/", {**said, "audience": "me"})
    assert profiles.cards(alice, [bob.me]) == {}


@pytest.mark.parametrize(
    ("said", "wrong"), [({"audience": "me"}, ["name"]), ({"name": "B", "audience": "99999"}, ["audience"])]
)
def test_words_that_cannot_be_taken_change_nothing(bobs, bob, said, wrong):
    answer = bobs.post("/moi/nom/", said)
    assert (answer.status_code, errors(answer, "form")) == (422, wrong)
    assert profiles.cards(bob, [bob.me])[bob.me].name == "Bob Payet"


def test_a_place_of_work_is_added_with_its_audience_and_a_shield(bobs, alice, bob, mine):
    assert bobs.post("/moi/travail/", {**WORK, "audience": mine})["Location"] == "/moi/"
    [held] = market.positions(alice, bob.me)
    assert (held.organisation, held.title, held.starts_on) == ("Filao", "Chef de projet", date(2024, 2, 1))
    context = bobs.get("/moi/").context
    assert (context["shield"], context["situation"]) == (["Filao"], "employed")
    assert [(row["organisation"], row["audience"].words) for row in context["positions"]] == [
        ("Filao", "La communauté, entrée libre")
    ]


def test_a_discreet_place_of_work_says_from_whom_it_is_kept(bobs, mine):
    bobs.post("/moi/travail/", {**WORK, "audience": mine, "discreet": "on"})
    [row] = bobs.get("/moi/").context["positions"]
    assert row["audience"].apart_from == ("Filao",)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"audience": ""}, ["audience"]),
        ({"organisation": ""}, ["organisation"]),
        ({"where": ""}, ["where"]),
        ({"since": "1224-02"}, ["__all__"]),
        ({"since": "spring"}, ["since"]),
        ({"audience": "everyone", "discreet": "on"}, ["audience"]),
    ],
)
def test_a_place_of_work_that_cannot_be_is_said_and_not_kept(bobs, bob, mine, change, wrong):
    answer = bobs.post("/moi/travail/", {**WORK, "audience": mine, **change})
    assert (answer.status_code, errors(answer, "work_form")) == (422, wrong)
    assert market.mine(bob) == []


def test_another_answer_than_an_organisation_is_nobody_elses(bobs, bob):
    bobs.post("/moi/travail/", {"where": "looking"})
    assert (market.situation(bob), market.mine(bob)) == ("looking", [])


def test_leaving_a_place_of_work_ends_it_today_and_taking_it_back_leaves_nothing(bobs, bob):
    position = market_actions.state_position(bob, organisation="Filao", audience=None)
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        bobs.post(f"/moi/travail/{position}/fini/")
        assert [own.held.ends_on for own in market.mine(bob)] == [date(2026, 11, 22)]
        assert [row["until"] for row in bobs.get("/moi/").context["positions"]] == [date(2026, 11, 22)]
    bobs.post(f"/moi/travail/{position}/retirer/")
    assert market.mine(bob) == []


def test_who_sees_a_place_of_work_is_changed_where_it_stands(bobs, alice, bob, members):
    position = market_actions.state_position(bob, organisation="Filao", audience=None)
    [row] = bobs.get("/moi/").context["positions"]
    assert row["show_form"].initial == {"audience": "me", "discreet": False}
    known = {"me", "connections", "everyone"}
    community = next(key for key, _words in row["show_form"].fields["audience"].choices if key not in known)
    bobs.post(f"/moi/travail/{position}/montrer/", {"audience": community})
    assert [held.organisation for held in market.positions(alice, bob.me)] == ["Filao"]
    bobs.post(f"/moi/travail/{position}/montrer/", {"audience": community, "discreet": "on"})
    assert market.positions(alice, bob.me) == []
    assert [(own.audience, own.discreet) for own in market.mine(bob)] == [(members, True)]
    for said in ({}, {"audience": "99"}, {"audience": "everyone", "discreet": "on"}):
        assert bobs.post(f"/moi/travail/{position}/montrer/", said).status_code == 409
    assert browser.of(alice).post(f"/moi/travail/{position}/montrer/", {"audience": "me"}).status_code == 404


def test_positions_and_needs_of_others_are_not_there(bobs, alice):
    position = market_actions.state_position(alice, organisation="Filao", audience=None)
    need = needs_actions.state(alice, text="Une salle")
    addresses = [f"/moi/travail/{position}/fini/", f"/moi/travail/{position}/retirer/", f"/moi/besoins/{need}/retirer/"]
    assert [bobs.post(address).status_code for address in addresses] == [404, 404, 404]
    assert (len(market.mine(alice)), len(needs.mine(alice))) == (1, 1)


def test_the_shield_is_what_is_ticked(bobs, bob):
    for organisation in ("Filao", "Lagon"):
        market_actions.state_position(bob, organisation=organisation, audience=None)
    bobs.post("/moi/bouclier/", {"organisations": ["lagon"], "other": "Cap Bernard"})
    assert [kept.name for kept in market.shielded(bob)] == ["Cap Bernard", "Lagon"]
    form = bobs.get("/moi/").context["shield_form"]
    assert form.fields["organisations"].choices == [
        ("cap-bernard", "Cap Bernard"),
        ("filao", "Filao"),
        ("lagon", "Lagon"),
    ]
    bobs.post("/moi/bouclier/", {"organisations": ["filao"]})
    assert [kept.name for kept in market.shielded(bob)] == ["Filao"]


def test_whether_one_may_be_asked_is_a_question_without_an_answer_beforehand(bobs, alice, bob, members):
    form = bobs.get("/moi/").context["ask_form"]
    assert (form["through_me"].value(), ties.let_ask(bob)) == (None, None)
    assert bobs.post("/moi/relations/", {}).context["ask_form"].errors.keys() == {"through_me"}
    bobs.post("/moi/relations/", {"through_me": "yes"})
    assert (may_be_asked(bob), bobs.get("/moi/").context["ask_form"]["through_me"].value()) == (True, "yes")
    bobs.post("/moi/relations/", {"through_me": "no"})
    assert may_be_asked(bob) is False


def test_nobody_is_asked_who_belongs_nowhere(dana):
    danas = browser.of(dana)
    assert danas.get("/moi/").context["ask_form"] is None
    assert (danas.post("/moi/relations/", {"through_me": "yes"}).status_code, ties.let_ask(dana)) == (404, None)


def test_a_need_goes_to_whom_it_is_said(bobs, alice, bob, mine):
    said = {"kind": "room", "text": "Une salle", "audience": mine, "until": "2099-12-24"}
    assert bobs.post("/moi/besoins/", said)["Location"] == "/moi/"
    assert [need.text for need in needs.of(alice, bob.me)] == ["Une salle"]
    [row] = bobs.get("/moi/").context["needs"]
    assert (row["text"], row["offered"], row["audience"].words) == ("Une salle", False, "La communauté, entrée libre")
    bobs.post(f"/moi/besoins/{row['uid']}/retirer/")
    assert needs.mine(bob) == []


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Martinique", "9999-12-31"), ("Indian/Reunion", "0001-01-01"), ("UTC", "1026-12-24")]
)
def test_a_need_ends_in_a_year_of_ours_wherever_the_server_is(bobs, bob, settings, zone, day):
    settings.HOME_ZONE = zone
    answer = bobs.post("/moi/besoins/", {"kind": "room", "text": "Une salle", "audience": "me", "until": day})
    assert (answer.status_code, errors(answer, "form"), needs.mine(bob)) == (422, ["until"], [])


def test_leaving_after_midnight_at_home_is_of_that_day(bobs, bob):
    """Four hours before it is midnight in UTC."""
    position = market_actions.state_position(bob, organisation="Filao", audience=None)
    with clock.at(datetime(2026, 11, 27, 20, 1, tzinfo=UTC)):
        bobs.post(f"/moi/travail/{position}/fini/")
        [own] = market.mine(bob)
        assert (own.held.ends_on, own.over) == (date(2026, 11, 28), True)


def test_a_job_search_goes_to_those_one_names_and_is_discreet(bobs, alice, charlie, bob, friend):
    said = {"kind": "job", "text": "Un poste", "audience": "named", "people": [str(friend)]}
    assert bobs.post("/moi/besoins/", said)["Location"] == "/moi/"
    assert [[need.text for need in needs.of(viewer, bob.me)] for viewer in (alice, charlie)] == [["Un poste"], []]
    assert [(own.discreet, own.said.kind) for own in needs.mine(bob)] == [(True, "job")]
    [row] = bobs.get("/moi/").context["needs"]
    assert row["audience"].names == ("Alice Hoareau",)


@pytest.mark.usefixtures("friend")
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "job", "audience": "everyone"}, ["audience"]),
        ({"kind": "other", "audience": "named"}, ["people"]),
        ({"kind": "feud", "audience": "me"}, ["kind"]),
        ({"kind": "other"}, ["audience"]),
    ],
)
def test_a_need_that_cannot_be_is_said_and_not_kept(bobs, bob, said, wrong):
    answer = bobs.post("/moi/besoins/", {"text": "Un poste", **said})
    assert (answer.status_code, errors(answer, "form")) == (422, wrong)
    assert needs.mine(bob) == []


def test_somebody_who_hides_their_name_can_be_named_no_more_than_somebody_gone(bobs, alice, friend, members):
    def offered():
        return [value for value, _words in bobs.get("/moi/besoins/").context["form"].fields["people"].choices]

    assert offered() == [str(friend)]
    profiles_actions.call_me(alice, text="Alice", audience=None)
    hidden = offered()
    erasing.erase(alice.me)
    assert (hidden, offered()) == ([], [])


def test_people_stand_by_name_and_not_by_who_came_first(bobs, alice, bob, charlie, members):
    profiles_actions.call_me(alice, text="Zoé Hoareau", audience=members)
    known = [encounters.note_somebody(bob, person=people.uid_of(person=one.me)) for one in (alice, charlie)]
    offered = bobs.get("/moi/besoins/").context["form"].fields["people"].choices
    assert offered == [(str(known[1]), "Charlie Grondin"), (str(known[0]), "Zoé Hoareau")]
    said = {"kind": "job", "text": "Un poste", "audience": "named", "people": [str(one) for one in known]}
    bobs.post("/moi/besoins/", said)
    [row] = bobs.get("/moi/").context["needs"]
    assert row["audience"].names == ("Charlie Grondin", "Zoé Hoareau")


def test_only_members_of_ones_own_notebook_can_be_named(bobs, alice, bob):
    theirs = encounters.note_somebody(alice, person=people.uid_of(person=bob.me), name="Bob")
    answer = bobs.post(
        "/moi/besoins/", {"kind": "other", "text": "Un mot", "audience": "named", "people": [str(theirs)]}
    )
    assert (answer.status_code, needs.mine(bob)) == (422, [])


def test_leaving_for_good_leaves_nothing(bobs, alice, bob):
    assert profiles.cards(alice, [bob.me])[bob.me].name == "Bob Payet"
    answer = bobs.post("/moi/effacer/")
    assert (answer.status_code, errors(answer, "erase_form")) == (422, ["sure"])
    assert profiles.cards(alice, [bob.me])[bob.me].name == "Bob Payet"
    assert bobs.post("/moi/effacer/", {"sure": "on"})["Location"] == "/"
    assert (profiles.cards(alice, [bob.me]), people.person_with(email="bob@example.org")) == ({}, None)
    assert Account.objects.filter(email="bob@example.org").count() == 0
    assert bobs.get("/moi/")["Location"] == "/entrer/?next=/moi/"


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, db):
    _guest, secret = people_actions.welcome()
    session = client.session
    session["key"] = secret
    session.save()
    assert client.get("/moi/")["Location"] == "/entrer/?next=/moi/"
    assert client.post("/moi/nom/", {"name": "Ève", "audience": "me"})["Location"] == "/entrer/?next=/"
    assert profiles.cards(ANYBODY, [_guest]) == {}


def test_however_much_was_said_the_page_takes_as_many_statements(bobs, bob, members, django_assert_num_queries):
    for number in range(3):
        market_actions.state_position(bob, organisation=f"Filao {number}", audience=members, discreet=True)
        needs_actions.state(bob, text="Une salle", audience=members)
        with django_assert_num_queries(26):
            bobs.get("/moi/")
