"""The address book: somebody enters it in one gesture, is found again, and never learns of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.communities import actions as communities
from entregent.encounters import actions, due, queries
from entregent.encounters.models import Contact, Encounter, Note
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.search.models import Line
from tests.encounters.conftest import TODAY

DAY = date(2024, 11, 28)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def names(entries):
    return [entry.name for entry in entries]


def met(page):
    return [(each.on, each.title, each.place, each.through) for each in page.encounters]


def lines():
    return sorted(Line.ledger.values_list("kind", "text").exclude(kind__in=("name", "evening")))


def test_one_gesture_makes_a_contact_an_encounter_and_a_note(bob, charlie, apero):
    contact = actions.note_somebody(
        bob, person=uid(charlie), text="  Dessine des cartes. ", meetup=apero, through="Alice "
    )
    page = queries.contact(bob, contact)
    assert (page.name, page.person, page.member) == ("Charlie Grondin", charlie.me, uid(charlie))
    assert met(page) == [(DAY, "Apéro Web 31", "Chez Zélie, Saint-Denis", "Alice")]
    assert page.encounters[0].code == apero
    assert [(note.text, note.on, note.title) for note in page.notes] == [("Dessine des cartes.", DAY, "Apéro Web 31")]


def test_somebody_who_is_no_member_has_a_name(bob, db):
    contact = actions.note_somebody(bob, name=" Valérie  Hoarau ", on=date(2010, 1, 28), place="Chez Zélie")
    page = queries.contact(bob, contact)
    assert (page.name, page.person, page.member, page.notes) == ("Valérie Hoarau", None, None, ())
    assert met(page) == [(date(2010, 1, 28), "", "Chez Zélie", "")]


def test_a_name_alone_says_nothing_of_a_meeting(bob, db):
    contact = actions.note_somebody(bob, name="Valérie", text="Du SEO.")
    page = queries.contact(bob, contact)
    assert (page.encounters, [note.on for note in page.notes]) == ((), [TODAY.date()])


def test_the_same_evening_twice_adds_words_and_no_encounter(bob, charlie, apero):
    first = actions.note_somebody(bob, person=uid(charlie), text="Cartes.", meetup=apero)
    again = actions.note_somebody(bob, person=uid(charlie), text="Et sentiers.", meetup=apero)
    page = queries.contact(bob, again)
    assert (first, len(page.encounters), len(page.notes)) == (again, 1, 2)


def test_meeting_again_is_another_encounter_and_once_a_day(bob, charlie, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), meetup=apero)
    for _ in range(2):
        actions.meet_again(bob, contact=contact, on=date(2025, 3, 6), place="Le Port")
    assert met(queries.contact(bob, contact))[1:] == [(date(2025, 3, 6), "", "Le Port", "")]


def test_a_day_is_the_one_where_the_evening_was(bob, community, alice):
    late = clock.now() - timedelta(days=40)
    with clock.at(late):
        starts = late.replace(hour=20) + timedelta(days=10)
        code = meetups.announce(
            alice, community=community, title="Nuit", starts_at=starts, ends_at=starts + timedelta(hours=3), place="Ici"
        )
    contact = actions.note_somebody(bob, name="Valérie", meetup=code)
    assert queries.contact(bob, contact).encounters[0].on == starts.date() + timedelta(days=1)


def test_nobody_is_met_at_an_evening_to_come(bob, alice, community):
    starts = clock.now() + timedelta(days=9)
    code = meetups.announce(
        alice, community=community, title="Bientôt", starts_at=starts, ends_at=starts + timedelta(hours=3), place="Ici"
    )
    with pytest.raises(errors.Invalid) as caught:
        actions.note_somebody(bob, name="Valérie", meetup=code)
    assert (caught.value.field, Contact.ledger.count()) == ("on", 0)


def test_a_person_is_in_the_book_once(bob, charlie, community):
    first = actions.note_somebody(bob, person=uid(charlie), on=DAY)
    again = actions.note_somebody(bob, person=uid(charlie), on=date(2026, 1, 8))
    assert (first, len(queries.contact(bob, again).encounters)) == (again, 2)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "V" * 121}),
        ("on", {"name": "Valérie", "on": date(2026, 11, 25)}),
        ("on", {"name": "Valérie", "on": date(1800, 1, 1)}),
        ("text", {"name": "Valérie", "text": "a" * 4001}),
    ],
)
def test_what_cannot_be_taken_names_its_field_and_writes_nothing(bob, field, said):
    with pytest.raises(errors.Invalid) as caught:
        actions.note_somebody(bob, **said)
    assert (caught.value.field, Contact.ledger.count(), lines()) == (field, 0, [])


def test_one_does_not_meet_oneself(bob, community):
    with pytest.raises(errors.Invalid) as caught:
        actions.note_somebody(bob, person=uid(bob))
    assert caught.value.field == "person"


def test_whom_one_may_not_see_is_nobody(bob, charlie, dana, community):
    profiles.call_me(dana, text="Dana", audience=None)
    assert queries.contact(bob, actions.note_somebody(bob, person=uid(charlie))).member == uid(charlie)
    for sought in (uid(dana), ids.new()):
        with pytest.raises(errors.NotFound):
            actions.note_somebody(bob, person=sought)


def test_the_book_begins_with_whom_one_met_last(bob, db):
    actions.note_somebody(bob, name="Zoé", on=date(2026, 1, 8))
    actions.note_somebody(bob, name="Never met")
    actions.note_somebody(bob, name="Anne", on=date(2026, 1, 8))
    actions.note_somebody(bob, name="Valérie", on=DAY, text="Premier mot.")
    book = queries.book(bob)
    assert names(book) == ["Anne", "Zoé", "Valérie", "Never met"]
    assert [(entry.last.on if entry.last else None, entry.note) for entry in book[2:]] == [
        (DAY, "Premier mot."),
        (None, ""),
    ]


def test_the_woman_of_the_seo_in_saint_pierre_is_found_first(bob, db):
    actions.note_somebody(bob, name="Karine", text="À Saint-Pierre, aux musées.", on=DAY)
    valerie = actions.note_somebody(bob, name="Valérie", text="Un rire qui porte.", place="Chez Ti-Jo, Saint-Pierre")
    actions.edit_contact(bob, contact=valerie, name="Valérie", does="Référencement")
    actions.note_somebody(bob, name="Loïc", text="Développeur, Le Port.")
    assert names(queries.book(bob, "la fille du SEO à Saint-Pierre")) == ["Valérie", "Karine"]
    assert names(queries.book(bob, "vale")) == ["Valérie"]
    assert (queries.book(bob, "cuisine"), queries.book(bob, "?")) == ([], [])


def test_a_book_speaks_to_its_owner_alone(alice, bob, charlie, anonymous, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), text="Cherche autre chose.", meetup=apero)
    note = queries.contact(bob, contact).notes[0].uid
    assert names(queries.book(bob, "cherche")) == ["Charlie Grondin"]
    for other in (alice, charlie, anonymous):
        assert (queries.book(other), queries.book(other, "cherche"), queries.known(other)) == ([], [], {})
        assert queries.entries(other, people=[charlie.me], contacts=[contact]) == []
        with pytest.raises(errors.NotFound):
            queries.contact(other, contact)
    for other in (alice, charlie):
        for refused in (
            lambda by: actions.add_note(by, contact=contact, text="Ici."),
            lambda by: actions.drop_note(by, note=note),
            lambda by: actions.keep_note(by, note=note),
            lambda by: actions.edit_contact(by, contact=contact, name="Autre"),
            lambda by: actions.meet_again(by, contact=contact),
            lambda by: actions.forget_contact(by, contact=contact),
            lambda by: actions.keep_contact(by, contact=contact),
        ):
            with pytest.raises(errors.NotFound):
                refused(other)
    assert queries.contact(bob, contact).notes[0].text == "Cherche autre chose."


def test_the_visitor_has_no_book_to_write_in(anonymous, db):
    with pytest.raises(errors.NotSignedIn):
        actions.note_somebody(anonymous, name="Valérie")


def test_a_name_that_was_hidden_since_leaves_the_book_as_it_was_written(bob, charlie, apero, members):
    profiles.say_headline(charlie, text="Cartographe", audience=members)
    market.state_position(charlie, organisation="Lagon", title="Cartes", audience=members, starts_on=date(2024, 5, 1))
    contact = actions.note_somebody(bob, person=uid(charlie), meetup=apero)
    before = queries.contact(bob, contact)
    assert (before.headline, before.workplace, before.since) == ("Cartographe", "Lagon", date(2024, 5, 1))
    profiles.call_me(charlie, text="Charlie Grondin", audience=None)
    after = queries.contact(bob, contact)
    assert (after.name, after.person, after.member) == ("Charlie Grondin", None, None)
    assert (after.headline, after.workplace, after.since) == ("", "", None)


def test_an_evening_that_is_no_longer_seen_stays_in_memory(bob, dana, apero, community, alice):
    contact = actions.note_somebody(dana, name="Valérie", meetup=apero)
    assert queries.contact(dana, contact).encounters[0].code == apero
    with clock.at(TODAY):
        meetups.edit(alice, code=apero, audience="community")
    assert [(each.title, each.code) for each in queries.contact(dana, contact).encounters] == [("Apéro Web 31", None)]


def test_known_members_come_with_the_last_time(bob, alice, charlie, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), meetup=apero, text="Cartes.")
    actions.note_somebody(bob, name="Valérie")
    known = queries.known(bob)
    assert list(known) == [charlie.me]
    held = known[charlie.me]
    assert (held.uid, held.name, held.note) == (contact, "Charlie Grondin", "Cartes.")
    assert held.last is not None
    assert held.last.title == "Apéro Web 31"
    assert queries.known(bob, [alice.me]) == {}


def test_looking_for_somebody_whose_name_is_hidden_by_now_costs_what_looking_for_nobody_does(bob, charlie, apero):
    actions.note_somebody(bob, person=uid(charlie), text="Dessine des cartes", meetup=apero)
    profiles.call_me(charlie, text="Charlie", audience=None)
    asked = []
    for wanted in ([charlie.me], []):
        with CaptureQueriesContext(connection) as captured:
            queries.known(bob, wanted)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_entries_are_asked_for_by_member_or_by_public_id(bob, charlie, community):
    charlies = actions.note_somebody(bob, person=uid(charlie))
    valerie = actions.note_somebody(bob, name="Valérie")
    actions.note_somebody(bob, name="Loïc")
    found = queries.entries(bob, people=[charlie.me], contacts=[valerie])
    assert {entry.uid for entry in found} == {charlies, valerie}


def test_a_line_is_added_and_taken_away(bob, db):
    contact = actions.note_somebody(bob, name="Valérie")
    note = actions.add_note(bob, contact=contact, text="Café sans sucre.", on=DAY)
    assert lines() == [("contact", "Valérie"), ("note", "Café sans sucre.")]
    assert actions.drop_note(bob, note=note) == contact
    assert (lines(), queries.contact(bob, contact).notes) == ([("contact", "Valérie")], ())
    assert [entry.note for entry in queries.book(bob)] == [""]
    with pytest.raises(errors.Invalid):
        actions.add_note(bob, contact=contact, text=" ")


def test_a_line_that_was_struck_out_can_be_taken_back_for_an_hour(bob, db):
    contact = actions.note_somebody(bob, name="Valérie")
    gone, kept = (actions.add_note(bob, contact=contact, text=text, on=DAY) for text in ("SEO.", "Musées."))
    for note in (gone, kept):
        actions.drop_note(bob, note=note)
    assert actions.keep_note(bob, note=kept) == contact
    assert lines() == [("contact", "Valérie"), ("note", "Musées.")]
    assert due.forget(clock.now() + timedelta(minutes=60)) == 1
    assert [note.uid for note in queries.contact(bob, contact).notes] == [kept]
    with pytest.raises(errors.NotFound):
        actions.keep_note(bob, note=gone)
    with pytest.raises(errors.NotFound):
        actions.drop_note(bob, note=gone)


def test_a_correction_is_found_and_what_it_replaced_is_not(bob, db):
    contact = actions.note_somebody(bob, name="Valérie Payet")
    actions.edit_contact(bob, contact=contact, name="Valérie Hoarau", does="Référencement")
    assert (names(queries.book(bob, "payet")), names(queries.book(bob, "hoarau"))) == ([], ["Valérie Hoarau"])
    with pytest.raises(errors.Invalid):
        actions.edit_contact(bob, contact=contact, name="")


def test_forgetting_takes_everything_and_can_be_taken_back(bob, charlie, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), text="Cartes.", meetup=apero)
    before = (queries.contact(bob, contact), lines())
    actions.forget_contact(bob, contact=contact)
    assert (queries.book(bob), queries.known(bob), queries.entries(bob, contacts=[contact]), lines()) == (
        [],
        {},
        [],
        [],
    )
    with pytest.raises(errors.NotFound):
        queries.contact(bob, contact)
    actions.keep_contact(bob, contact=contact)
    assert (queries.contact(bob, contact), lines()) == before


def test_what_was_forgotten_goes_for_good_after_an_hour(bob, charlie, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), text="Cartes.", meetup=apero)
    kept = actions.note_somebody(bob, name="Valérie", text="SEO.", on=DAY)
    actions.forget_contact(bob, contact=contact)
    assert due.forget(clock.now() + timedelta(minutes=59)) == 0
    assert due.forget(clock.now() + timedelta(minutes=60)) == 1
    assert (names(queries.book(bob)), Note.ledger.count(), Encounter.ledger.count()) == (["Valérie"], 1, 1)
    with pytest.raises(errors.NotFound):
        actions.keep_contact(bob, contact=contact)
    assert queries.contact(bob, kept).notes[0].text == "SEO."


@pytest.mark.parametrize("member", [False, True])
def test_a_form_that_is_sent_again_after_an_undo_takes_that_back(bob, charlie, community, member):
    form = {"text": "Cartes.", "once": ids.new(), **({"person": uid(charlie)} if member else {"name": "Valérie"})}
    contact = actions.note_somebody(bob, **form)
    note = queries.contact(bob, contact).notes[0].uid
    actions.drop_note(bob, note=note)
    actions.forget_contact(bob, contact=contact)
    assert actions.note_somebody(bob, **form) == contact
    assert ([one.uid for one in queries.contact(bob, contact).notes], len(lines())) == ([note], 2)
    actions.forget_contact(bob, contact=contact)
    with pytest.raises(errors.NotFound):
        actions.add_note(bob, contact=contact, text="Cartes.", once=note)


def test_somebody_forgotten_and_noted_again_begins_anew(bob, charlie, apero):
    gone = actions.note_somebody(bob, person=uid(charlie), text="Cartes.", meetup=apero)
    actions.forget_contact(bob, contact=gone)
    contact = actions.note_somebody(bob, person=uid(charlie), text="Sentiers.")
    assert contact != gone
    assert [note.text for note in queries.contact(bob, contact).notes] == ["Sentiers."]
    with pytest.raises(errors.NotFound):
        actions.keep_contact(bob, contact=gone)


def test_an_erased_person_stays_in_the_books_of_others_as_a_name_that_leads_to_nobody(alice, bob, charlie, apero):
    contact = actions.note_somebody(bob, person=uid(charlie), text="Cartes.", meetup=apero)
    actions.note_somebody(charlie, person=uid(bob), text="Mémoire.", meetup=apero)
    for person in (charlie.me, alice.me):
        actions.erase(person)
    page = queries.contact(bob, contact)
    assert (page.name, page.person, [note.text for note in page.notes]) == ("Charlie Grondin", None, ["Cartes."])
    assert [(each.title, each.code) for each in page.encounters] == [("Apéro Web 31", apero)]
    assert queries.book(charlie) == []


def test_an_evening_that_goes_with_its_organiser_stays_in_the_books_of_others_without_leading_there(
    alice, bob, charlie, community, apero
):
    contact = actions.note_somebody(bob, name="Valérie", text="Cartes.", meetup=apero)
    note = Note.ledger.get(owner=bob.me)
    for viewer in (bob, charlie):
        communities.leave(viewer, slug=community)
    actions.erase(alice.me)
    page = queries.contact(bob, contact)
    assert [(each.title, each.code) for each in page.encounters] == [("Apéro Web 31", None)]
    assert Note.ledger.get(owner=bob.me).changed_at == note.changed_at


def test_what_no_database_takes_for_a_character_is_left_out_of_a_note(bob):
    contact = actions.note_somebody(bob, name="Zélie", text="a\0b")
    assert [note.text for note in queries.contact(bob, contact).notes] == ["ab"]


def test_a_contact_has_a_name_that_shows(bob):
    contact = actions.note_somebody(bob, name="\u202eZélie\u200b")
    assert queries.contact(bob, contact).name == "Zélie"
    with pytest.raises(errors.Invalid):
        actions.note_somebody(bob, name="\u200b")
