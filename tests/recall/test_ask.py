"""A need in plain words finds whom the viewer met or can reach, and says why."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.utils import translation

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import queries
from entregent.search import places
from entregent.ties.queries import Reason
from tests.cast import member
from tests.recall.conftest import THURSDAY
from tests.together import before

DAY = date(2024, 11, 28)
NEED = "je m’ennuie dans mon agence, je cherche un poste plus responsable"
SAID = "Le jour où tu t’ennuies, appelle-moi : il me faudra un responsable."


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def named(community, members):
    """Brings somebody into the community, by name and with what they do."""

    def came(name, does=""):
        viewer = member(name.partition(" ")[0].lower())
        communities.join(viewer, slug=community)
        profiles.call_me(viewer, text=name, audience=members)
        profiles.say_headline(viewer, text=does, audience=members)
        return viewer

    return came


def uid(viewer):
    return people.uid_of(person=viewer.me)


def names(viewer, text, **more):
    return [answer.name for answer in queries.ask(viewer, text, **more)]


def reasons(viewer, text):
    return [(reason.kind, reason.text, reason.on) for reason in queries.ask(viewer, text)[0].reasons]


def test_of_what_somebody_says_at_length_the_sentence_that_answers_is_quoted(bob, charlie, members):
    said = "J’ai grandi au Port. " * 12 + "Je dessine des cartes à la main. " + "Le dimanche je marche. " * 12
    profiles.say(charlie, kind="does", text=said, audience=members)
    assert reasons(bob, "cartographe") == [("does", "Je dessine des cartes à la main.", None)]


def test_whoever_was_met_two_years_ago_comes_first_with_that_evening(bob, charlie, named, apero, members):
    named("Loïc Boyer", "Responsable hébergement, poste fixe")
    profiles.say_headline(charlie, text="Directrice de clientèle", audience=members)
    contact = encounters.note_somebody(bob, person=uid(charlie), meetup=apero, text=SAID, through="Mickaël")
    first, second = queries.ask(bob, NEED)
    assert (first.kind, first.id, first.name) == ("person", uid(charlie), "Charlie Grondin")
    assert (first.contact, first.person, first.does) == (contact, charlie.me, "Directrice de clientèle")
    assert first.reasons == (
        Reason("met", "At Apéro Web 31, Chez Zélie, Saint-Denis, through Mickaël", DAY),
        Reason("said", SAID, DAY),
        Reason("does", "Directrice de clientèle"),
    )
    assert (second.name, second.score < first.score) == ("Loïc Boyer", True)


def test_whom_one_blocks_is_no_answer_whatever_one_noted_of_them(bob, charlie, apero, named):
    named("Loïc Boyer", "Responsable hébergement")
    encounters.note_somebody(bob, person=uid(charlie), meetup=apero, text="Responsable de clientèle.")
    assert names(bob, "un responsable") == ["Charlie Grondin", "Loïc Boyer"]
    discretion.block(bob, person=charlie.me)
    assert names(bob, "un responsable") == ["Loïc Boyer"]
    discretion.unblock(bob, person=charlie.me)
    assert names(bob, "un responsable") == ["Charlie Grondin", "Loïc Boyer"]


def test_somebody_who_is_no_member_is_an_answer_too(bob, db):
    contact = encounters.note_somebody(bob, name="Valérie", on=date(2010, 1, 28), place="Saint-Pierre")
    encounters.edit_contact(bob, contact=contact, name="Valérie", does="Référencement")
    encounters.add_note(bob, contact=contact, text="La fille du SEO.", on=date(2010, 1, 28))
    [answer] = queries.ask(bob, "quelqu’un qui fait du référencement")
    assert (answer.kind, answer.id, answer.contact, answer.person) == ("contact", contact, contact, None)
    assert (answer.name, answer.does) == ("Valérie", "Référencement")
    assert answer.reasons == (
        Reason("met", "Saint-Pierre", date(2010, 1, 28)),
        Reason("said", "La fille du SEO.", date(2010, 1, 28)),
    )


def test_the_encounter_that_answers_is_the_one_that_is_told(bob, charlie, apero):
    contact = encounters.note_somebody(bob, person=uid(charlie), meetup=apero)
    encounters.meet_again(bob, contact=contact, on=date(2026, 3, 6), place="Le Port")
    assert reasons(bob, "zélie") == [("met", "At Apéro Web 31, Chez Zélie, Saint-Denis", DAY)]
    assert reasons(bob, "Charlie") == [("met", "Le Port", date(2026, 3, 6))]


def test_a_name_kept_without_a_meeting_says_where_it_is_kept(bob, db):
    encounters.note_somebody(bob, name="Valérie", text="Du SEO.")
    assert reasons(bob, "SEO")[0] == ("met", "In your notebook", None)


def test_what_people_do_look_for_and_offer_is_quoted_in_their_words(bob, charlie, members):
    market.state_position(charlie, organisation="Lagon", title="Cartographe", audience=members, starts_on=DAY)
    needs.state(charlie, text="Je donne des cours de cartographie", offered=True, audience=members)
    assert reasons(bob, "un cours de cartographie") == [
        ("does", "Je donne des cours de cartographie", date(2026, 11, 22)),
        ("does", "Cartographe, Lagon", DAY),
    ]
    assert reasons(bob, "Lagon") == [("does", "Cartographe, Lagon", DAY)]


def test_evenings_tell_who_was_there_and_who_comes(bob, charlie, named, announce, come):
    atelier, soon = announce("Atelier couleurs", THURSDAY - timedelta(days=400)), announce("Soirée couleurs", THURSDAY)
    loic = named("Loïc Boyer")
    come(atelier, charlie)
    come(soon, loic)
    told = {answer.name: answer.reasons for answer in queries.ask(bob, "couleurs")}
    assert told == {
        "Charlie Grondin": (Reason("does", "Had said yes to Atelier couleurs", date(2025, 10, 22)),),
        "Loïc Boyer": (Reason("does", "Says yes to Soirée couleurs", date(2026, 11, 26)),),
    }


def test_an_evening_where_both_were_is_a_reason(bob, charlie, apero, come, members):
    profiles.say_headline(charlie, text="Photographe", audience=members)
    assert reasons(bob, "photographe") == [("does", "Photographe", None)]
    come(apero, bob)
    come(apero, charlie)
    assert reasons(bob, "photographe")[0] == ("met", "You too had said yes to Apéro Web 31", DAY)


def test_an_evening_that_is_hidden_while_one_asks_is_no_reason(alice, bob, charlie, apero, come, members):
    profiles.say_headline(charlie, text="Photographe", audience=members)
    come(apero, bob)
    come(apero, charlie)
    with before('"meetups_meetup"."uid" IN', partial(discretion.block, alice, person=bob.me), turn=2):
        assert reasons(bob, "photographe") == [("does", "Photographe", None)]


def test_whoever_was_seen_in_the_room_was_there(alice, bob, charlie, announce):
    for title, days in (("Atelier couleurs", 400), ("Soirée jeux", 200)):
        code = announce(title, THURSDAY - timedelta(days=days))
        with clock.at(THURSDAY - timedelta(days=days)):
            for viewer in (bob, charlie):
                presences.arrive(viewer, here=evenings.evening(alice, code).here or "", seen=True, discreet=False)
    [answer] = queries.ask(bob, "jeux")
    assert answer.reasons == (Reason("met", "You too were at Soirée jeux", date(2026, 5, 10)),)
    [answer] = queries.ask(bob, "couleurs")
    assert answer.reasons == (
        Reason("met", "You too were at Soirée jeux", date(2026, 5, 10)),
        Reason("does", "Was at Atelier couleurs", date(2025, 10, 22)),
    )
    assert queries.ask(alice, "couleurs") == []


def test_of_two_evenings_of_one_name_and_day_the_one_where_both_were_is_told(alice, bob, charlie, announce, come):
    said, came = (announce("Soirée jeux", THURSDAY - timedelta(days=200)) for _ in range(2))
    for viewer in (bob, charlie):
        come(said, viewer)
        with clock.at(THURSDAY - timedelta(days=200)):
            presences.arrive(viewer, here=evenings.evening(alice, came).here or "", seen=True, discreet=False)
    [answer] = queries.ask(bob, "jeux")
    assert answer.reasons == (Reason("met", "You too were at Soirée jeux", date(2026, 5, 10)),)


def test_whoever_declined_or_meets_nobody_was_not_there(bob, charlie, alice, announce, come):
    apero, off = announce("Atelier couleurs", THURSDAY), announce("Soirée couleurs", THURSDAY)
    come(apero, charlie)
    come(off, charlie)
    assert len(names(bob, "couleurs")) == 1
    meetups.answer(charlie, code=apero, answer="not_going")
    assert reasons(bob, "couleurs")[0][1] == "Says yes to Soirée couleurs"
    meetups.cancel(alice, code=off)
    assert names(bob, "couleurs") == []


def test_whoever_was_only_in_the_room_is_no_answer_beside_one(bob, charlie, named, announce, come, members):
    loic = named("Loïc Boyer")
    come(announce("Atelier couleurs", THURSDAY - timedelta(days=400)), loic)
    assert names(bob, "couleurs et cartes marines") == ["Loïc Boyer"]
    needs.state(charlie, text="Couleurs, cartes marines", offered=True, audience=members)
    assert names(bob, "couleurs et cartes marines") == ["Charlie Grondin"]
    profiles.say_headline(loic, text="Peintre, couleurs", audience=members)
    assert names(bob, "couleurs et cartes marines") == ["Charlie Grondin", "Loïc Boyer"]


def test_one_evening_of_each_kind_is_enough_to_know_somebody(bob, charlie, announce, come):
    for week in range(3):
        come(announce(f"Atelier couleurs {week}", THURSDAY - timedelta(weeks=week + 1)), charlie)
    [answer] = queries.ask(bob, "couleurs")
    assert [reason.text for reason in answer.reasons] == ["Had said yes to Atelier couleurs 0"]


def test_the_reader_s_language_is_spoken(bob, charlie, named, apero, announce, come):
    encounters.note_somebody(bob, person=uid(charlie), meetup=apero, through="Mickaël", text=SAID)
    with translation.override("fr"):
        assert reasons(bob, NEED)[0][1] == "À l’Apéro Web 31, Chez Zélie, Saint-Denis, par Mickaël"


def test_one_is_never_an_answer_to_oneself(bob, members, apero, come):
    profiles.say_headline(bob, text="Photographe", audience=members)
    needs.state(bob, text="Un photographe", audience=None)
    come(apero, bob)
    assert [names(bob, text) for text in ("photographe", "apéro", "Bob")] == [[], [], []]


def test_the_limit_counts_whom_the_viewer_may_see(bob, charlie, named, members):
    hidden = [named(f"Hidden{number}", "Photographe") for number in range(5)]
    profiles.say_headline(charlie, text="Photographe à ses heures, et cartographe", audience=members)
    assert len(names(bob, "photographe", limit=10)) == 6
    for viewer in hidden:
        profiles.call_me(viewer, text="Hidden", audience=None)
    assert names(bob, "photographe", limit=1) == ["Charlie Grondin"]


def test_nothing_found_and_nothing_asked_are_nobody(bob, charlie, community):
    assert names(bob, "Charlie") == ["Charlie Grondin"]
    assert [queries.ask(bob, text) for text in ("cadastre", "", "?")] == [[], [], []]


def test_the_visitor_finds_what_is_open_to_everyone(charlie, anonymous, members):
    profiles.call_me(charlie, text="Charlie", audience=1)
    profiles.say_headline(charlie, text="Photographe", audience=members)
    needs.state(charlie, text="Photographies de mariage", offered=True, audience=1)
    [answer] = queries.ask(anonymous, "photographies")
    assert (answer.name, answer.does, [reason.text for reason in answer.reasons]) == (
        "Charlie",
        "",
        ["Photographies de mariage"],
    )


@pytest.mark.parametrize("typed", ["grphiste", "graphsite", "graphizte", "graaphiste", "GRAPHISSTE", "graphist"])
def test_one_slip_of_the_finger_finds_what_was_meant(bob, named, typed):
    named("Loïc Boyer", "Graphiste")
    named("Anaïs Hoarau", "Photographe")
    assert names(bob, f"un {typed}") == ["Loïc Boyer"]


def test_slips_are_tried_only_where_nothing_answers_the_word(bob, named):
    named("Loïc Boyer", "Cartes marines")
    assert names(bob, "martes") == ["Loïc Boyer"]
    named("Anaïs Hoarau", "Martes et zibelines")
    assert names(bob, "martes") == ["Anaïs Hoarau"]


def test_who_answers_less_than_a_fifth_as_well_as_the_best_is_no_answer(bob, named):
    named("Loïc Boyer", "Photographe de festivals, de nuit, à cheval et en bateau")
    named("Anaïs Hoarau", "Festivals")
    named("Mickaël Payet", "Location d’une salle, pour une soirée, un repas, un bal ou un séminaire de nuit")
    assert names(bob, "photographe de festival la nuit à cheval en bateau") == ["Loïc Boyer", "Anaïs Hoarau"]
    assert names(bob, "la nuit") == ["Loïc Boyer", "Mickaël Payet"]


def test_who_is_called_by_name_needs_no_other_reason(bob, named):
    named("Loïc Boyer")
    [answer] = queries.ask(bob, "Loïc")
    assert (answer.name, answer.reasons) == ("Loïc Boyer", ())


def test_a_region_finds_who_is_in_its_towns_where_the_operator_says_which(bob, named, settings, tmp_path):
    settings.PLACES = tmp_path / "places.json"
    named("Loïc Boyer", "Graphiste à Saint-Denis")
    named("Anaïs Hoarau", "Graphiste à Saint-Pierre")
    named("Gilles Payet", "Comptable")
    assert "Gilles Payet" in names(bob, "un hôtel à gilles les bains")
    places.write(
        settings.PLACES, {"regions": {"le sud": ["Saint-Pierre"]}, "called": {"gilles les bains": "St-Gilles"}}
    )
    assert names(bob, "un graphiste vers le sud") == ["Anaïs Hoarau", "Loïc Boyer"]
    assert names(bob, "un hôtel à gilles les bains") == []


def test_two_words_written_as_one_are_found_where_nothing_answers_the_one(bob, named):
    named("Loïc Boyer", "Stratégie pour le web social")
    named("Anaïs Hoarau", "Le web, puis la plage. Travail social.")
    assert names(bob, "#websocial") == ["Loïc Boyer"]
    named("Mickaël Payet", "Websocial")
    assert names(bob, "websocial") == ["Mickaël Payet"]


def test_a_need_that_is_said_at_night_is_told_on_the_day_at_home(bob, charlie, members):
    with clock.at(datetime(2024, 11, 28, 20, 30, tzinfo=UTC)):
        needs.state(charlie, text="Je loue une salle claire", offered=True, audience=members)
        assert ("does", "Je loue une salle claire", date(2024, 11, 29)) in reasons(bob, "une salle claire")
