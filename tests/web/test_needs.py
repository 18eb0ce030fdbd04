"""One's own needs and offers, each on its page; and those of others, by kind and place."""

from datetime import UTC, datetime, timedelta

import pytest

from entregent.common import clock, ids
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.needs import actions, queries
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from tests.web import browser

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def room(bob, members):
    """Bob needs a room, and says so to the community."""
    with clock.at(NOW):
        return actions.state(bob, text="Une salle", kind="room", place="Le Port", audience=members)


def listed(browsing, **chosen):
    answer = browsing.get("/besoins/", chosen)
    return [line["text"] for line in answer.context["lines"]]


def test_a_need_is_changed_on_its_page_and_what_is_not_touched_stays(bobs, bob, alice, room):
    form = bobs.get(f"/moi/besoins/{room}/").context["form"]
    said = {name: value for name, value in form.initial.items() if value}
    assert (said["text"], said["kind"], said["place"]) == ("Une salle", "room", "Le Port")
    assert bobs.post(f"/moi/besoins/{room}/", {**said, "text": "Une grande salle"})["Location"] == "/moi/"
    assert queries.of(alice, bob.me) == [
        queries.Said(room, "room", offered=False, text="Une grande salle", place="Le Port", said_at=NOW)
    ]


def test_people_who_are_named_stay_named_and_the_day_stays_theirs(bobs, bob, alice, members):
    encounters.note_somebody(bob, person=people.uid_of(person=alice.me))
    with clock.at(NOW):
        named = discretion.name_people(bob, people=[alice.me])
        uid = actions.state(bob, text="Un poste", kind="job", audience=named)
    said = {name: value for name, value in bobs.get(f"/moi/besoins/{uid}/").context["form"].initial.items() if value}
    assert said["audience"] == "named"
    bobs.post(f"/moi/besoins/{uid}/", {**said, "text": "Un poste plus calme"})
    assert [(one.text, one.said_at) for one in queries.of(alice, bob.me)] == [("Un poste plus calme", NOW)]
    assert [own.audience for own in queries.mine(bob)] == [named]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [({"text": ""}, ["text"]), ({"kind": "job"}, ["audience"]), ({"until": "9999-12-31"}, ["until"])],
)
def test_a_change_that_cannot_be_is_asked_again(bobs, bob, room, change, wrong):
    said = {name: value for name, value in bobs.get(f"/moi/besoins/{room}/").context["form"].initial.items() if value}
    answer = bobs.post(f"/moi/besoins/{room}/", {**said, **change})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert [own.said.text for own in queries.mine(bob)] == ["Une salle"]


def test_what_was_found_is_nobody_elses_until_it_is_said_again(bobs, bob, alice, room):
    with clock.at(NOW):
        assert bobs.post(f"/moi/besoins/{room}/fini/")["Location"] == f"/moi/besoins/{room}/"
        assert (queries.of(alice, bob.me), bobs.get(f"/moi/besoins/{room}/").context["need"]["over"]) == ([], True)
        [row] = bobs.get("/moi/").context["needs"]
        assert (row["over"], row["audience"].kind) == (True, "me")
        bobs.post(f"/moi/besoins/{room}/encore/")
        [own] = queries.mine(bob)
        assert own.until is not None
        assert (own.until - NOW).days == 90
        assert [one.text for one in queries.of(alice, bob.me)] == ["Une salle"]


@pytest.mark.parametrize("search", [False, True])
def test_what_ended_today_stays_ended_when_its_words_are_changed(bobs, bob, alice, members, search):
    encounters.note_somebody(bob, person=people.uid_of(person=alice.me))
    with clock.at(NOW):
        audience = discretion.name_people(bob, people=[alice.me]) if search else members
        uid = actions.state(bob, text="Un poste", kind="job" if search else "other", audience=audience)
        assert [one.text for one in queries.of(alice, bob.me)] == ["Un poste"]
        bobs.post(f"/moi/besoins/{uid}/fini/")
    with clock.at(NOW + timedelta(minutes=1)):
        form = bobs.get(f"/moi/besoins/{uid}/").context["form"]
        said = {name: value for name, value in form.initial.items() if value}
        bobs.post(f"/moi/besoins/{uid}/", {**said, "text": "Un poste trouvé"})
        [own] = queries.mine(bob)
        assert (own.said.text, own.until, queries.of(alice, bob.me)) == ("Un poste trouvé", NOW, [])
        later = {**said, "until": str(said["until"] + timedelta(days=1))}
        bobs.post(f"/moi/besoins/{uid}/", later)
        assert [one.text for one in queries.of(alice, bob.me)] == ["Un poste"]


def test_needs_of_others_are_no_page_of_ones_own(alice, room):
    alices = browser.of(alice)
    for uid in (room, ids.new()):
        ways = [f"/moi/besoins/{uid}/", f"/moi/besoins/{uid}/fini/", f"/moi/besoins/{uid}/encore/"]
        assert [alices.post(way, {"text": "Rien", "kind": "other", "audience": "me"}).status_code for way in ways] == [
            404,
            404,
            404,
        ]


def test_what_others_say_is_chosen_by_kind_and_place(bob, alice, charlie, members, room):
    actions.state(charlie, text="Un cours", kind="mentoring", offered=True, place="le port", audience=members)
    actions.state(charlie, text="Un secret", place="Cilaos")
    alices = browser.of(alice)
    assert listed(alices) == ["Un cours", "Une salle"]
    assert [name for name, _words in alices.get("/besoins/").context["form"].fields["place"].choices] == ["", "le port"]
    assert (listed(alices, kind="room"), listed(alices, offered="yes")) == (["Une salle"], ["Un cours"])
    assert listed(alices, place="le port") == ["Un cours", "Une salle"]
    assert (listed(alices, kind="job"), alices.get("/besoins/?kind=job").context["told"]) == ([], True)
    assert listed(alices, place="cilaos") == listed(alices, kind="feud") == ["Un cours", "Une salle"]


def test_nobody_is_in_the_list_whose_name_is_hidden_or_whom_one_blocks(bob, alice, charlie, members, room):
    actions.state(charlie, text="Un cours", audience=members)
    alices = browser.of(alice)
    assert listed(alices) == ["Un cours", "Une salle"]
    profiles.call_me(bob, text="Bob", audience=None)
    discretion.block(alice, person=charlie.me)
    assert (listed(alices), alices.get("/besoins/").context["told"]) == ([], False)


def test_a_long_list_goes_on(alice, bob, charlie, members):
    for number in range(41):
        with clock.at(NOW + timedelta(minutes=number)):
            actions.state((bob, charlie)[number % 2], text=f"Une salle {number}", kind="room", audience=members)
    alices = browser.of(alice)
    page = alices.get("/besoins/?kind=room")
    assert (len(page.context["lines"]), page.context["next_page"]) == (40, "?kind=room&page=2")
    assert [line["text"] for line in alices.get("/besoins/?kind=room&page=2").context["lines"]] == ["Une salle 0"]


def test_however_much_is_said_the_list_takes_as_many_statements(alice, bob, members, django_assert_num_queries):
    alices = browser.of(alice)
    for number in range(3):
        with django_assert_num_queries(10):
            alices.get("/besoins/")
        actions.state(bob, text=f"Une salle {number}", audience=members)
