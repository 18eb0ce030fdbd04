"""The notebook's pages: a list that finds, a page about each, lines that can be taken back; for its owner alone."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.discretion import actions as blocking
from entregent.encounters import actions, promises, queries
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.people import queries as people
from entregent.ties.queries import Reason
from tests.web import browser

TODAY = datetime(2026, 11, 22, 8, tzinfo=UTC)
STARTS = datetime(2024, 11, 28, 14, 30, tzinfo=UTC)
DAY = date(2024, 11, 28)


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def apero(alice, bob, community):
    """Two years ago, Bob was there."""
    with clock.at(STARTS - timedelta(days=9)):
        code = meetups.announce(
            alice,
            community=community,
            title="Apéro Web 31",
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=4),
            place="Chez Zélie",
            town="Saint-Denis",
        )
    with clock.at(STARTS):
        presences.arrive(bob, here=evenings.evening(alice, code).here or "", seen=True)
    return code


@pytest.fixture
def charlies(bob, charlie, apero):
    """Charlie's page in Bob's notebook."""
    uid = people.uid_of(person=charlie.me)
    return actions.note_somebody(bob, person=uid, meetup=apero, through="Mickaël", text="Dessine des cartes.")


def sentence(answer):
    """The sentence at the top, as it is read."""
    html = answer.content.decode().partition('class="phrase">')[2].partition("</div>")[0]
    text = "".join(part.partition(">")[2] for part in f">{html}".split("<"))
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def said(answer):
    """What the message says, and where it is undone."""
    [message] = get_messages(answer.wsgi_request)
    return message.message, message.extra_tags


def timeline(answer):
    return [(entry["kind"], entry["on"], entry["text"], entry["where"]) for entry in answer.context["entries"]]


def test_an_empty_notebook_asks_for_a_first_line(bobs):
    answer = bobs.get("/carnet/")
    assert (answer.context["lines"], answer.context["total"]) == ([], 0)
    assert "Une première ligne" in answer.content.decode()


def test_the_list_says_who_was_met_last_and_where(bobs, bob, charlies):
    actions.note_somebody(bob, name="Valérie", does="Référencement", on=date(2026, 1, 8), place="Le Port")
    actions.note_somebody(bob, name="Loïc")
    answer = bobs.get("/carnet/")
    assert [(line["name"], line["fact"], line["on"], line["met"]) for line in answer.context["lines"]] == [
        ("Valérie", "Référencement · Le Port", date(2026, 1, 8), True),
        ("Charlie Grondin", "Apéro Web 31", DAY, True),
        ("Loïc", "", None, False),
    ]
    assert answer.context["total"] == 3


def test_words_find_somebody_and_show_the_note_that_answers(bobs, charlies):
    answer = bobs.get("/carnet/", {"q": "cartographe"})
    [line] = answer.context["lines"]
    assert line["reasons"] == [Reason("said", "Dessine des cartes.", DAY)]
    assert (answer.context["total"], bobs.get("/carnet/", {"q": "chorale"}).context["lines"]) == (1, [])


def test_words_find_somebody_by_what_was_promised_and_say_when(bobs, bob, charlies):
    promises.promise(bob, contact=charlies, text="Un verre au Barachois")
    answer = bobs.get("/carnet/", {"q": "barachois"})
    [line] = answer.context["lines"]
    assert line["reasons"] == [Reason("promised", "Un verre au Barachois", TODAY.date())]
    assert "Vous aviez promis\u00a0: <span" in answer.content.decode()


def test_a_page_says_what_was_promised_and_done_and_on_which_day(bobs, bob, charlies):
    promise = promises.promise(bob, contact=charlies, text="Un verre au Barachois")
    before = timeline(bobs.get(f"/carnet/{charlies}/"))
    with clock.at(TODAY + timedelta(days=3)):
        promises.keep_promise(bob, promise=promise)
        answer = bobs.get(f"/carnet/{charlies}/")
    done = ("mine", date(2026, 11, 25), "Un verre au Barachois", "Vous avez tenu parole")
    assert timeline(answer) == [done, *before]


def test_a_long_list_has_pages_that_keep_the_words(bobs, bob):
    for number in range(41):
        actions.note_somebody(bob, name=f"Valérie {number}", does="SEO")
    first = bobs.get("/carnet/", {"q": "seo"})
    assert (len(first.context["lines"]), first.context["next_page"]) == (40, "?q=seo&page=2")
    second = bobs.get(f"/carnet/{first.context['next_page']}")
    assert (len(second.context["lines"]), second.context["next_page"]) == (1, "")


def test_the_list_costs_the_same_statements_whatever_its_length(bobs, bob, charlies):
    def statements():
        with CaptureQueriesContext(connection) as context:
            bobs.get("/carnet/")
        return len(context)

    before = statements()
    for number in range(30):
        actions.note_somebody(bob, name=f"N {number}", text="Un mot.", on=DAY)
    assert statements() == before


def asks(client, address):
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def at_charlies(charlie):
    """The code of an evening that nobody but Charlie keeps: it goes with them."""
    with clock.at(STARTS - timedelta(days=9)):
        return meetups.announce(
            charlie,
            community=communities.found(charlie, name="Un autre cercle", entry="open"),
            title="Chez Charlie",
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=4),
            place="Le Port",
        )


@pytest.mark.parametrize("ended", [False, True])
def test_a_page_costs_the_same_statements_whether_somebody_is_hidden_or_erased(bobs, bob, charlie, charlies, ended):
    elsewhere = at_charlies(charlie) if ended else None
    contact = actions.note_somebody(bob, person=people.uid_of(person=charlie.me), meetup=elsewhere)
    page = f"/carnet/{contact}/"
    blocking.block(charlie, person=bob.me)
    hidden = bobs.get(page).context["person"], asks(bobs, page), asks(bobs, "/carnet/")
    erasing.erase(charlie.me)
    assert (bobs.get(page).context["person"], asks(bobs, page), asks(bobs, "/carnet/")) == hidden


def test_a_line_of_an_evening_that_is_hidden_costs_what_one_that_is_gone_does(bobs, bob, charlie):
    page = f"/carnet/{actions.note_somebody(bob, name='Loïc', meetup=at_charlies(charlie))}/"
    blocking.block(charlie, person=bob.me)
    hidden = asks(bobs, page), asks(bobs, "/carnet/")
    erasing.erase(charlie.me)
    assert (asks(bobs, page), asks(bobs, "/carnet/")) == hidden


def test_a_page_says_one_sentence(bobs, bob, charlie, charlies, members):
    market.state_position(charlie, organisation="Lagon", audience=members, starts_on=date(2024, 5, 1))
    for day in (date(2025, 3, 6), date(2026, 9, 12)):
        actions.meet_again(bob, contact=charlies, on=day)
    assert sentence(bobs.get(f"/carnet/{charlies}/")) == (
        "Charlie Grondin, première rencontre le 28 novembre 2024 (Apéro Web 31, Chez Zélie, Saint-Denis), "
        "par Mickaël ; deux autres depuis ; chez Lagon depuis 2024."
    )
    bobs.post("/langue/", {"language": "en", "next": "/"})
    assert sentence(bobs.get(f"/carnet/{charlies}/")) == (
        "Charlie Grondin, first met on 28 November 2024 (Apéro Web 31, Chez Zélie, Saint-Denis), "
        "through Mickaël; met two times since; at Lagon since 2024."
    )


def test_a_page_says_no_more_than_is_known(bobs, bob):
    assert sentence(bobs.get(f"/carnet/{actions.note_somebody(bob, name='Loïc')}/")) == "Loïc"


def test_the_timeline_tells_hands_apart(bobs, bob, charlie, charlies, members):
    market.state_position(charlie, organisation="Lagon", title="Cartes", audience=members, starts_on=date(2024, 5, 1))
    needs.state(charlie, text="Un bureau à Saint-Paul", audience=members)
    needs.state(charlie, text="Un secret", audience=None)
    actions.meet_again(bob, contact=charlies, on=date(2025, 3, 6), place="Le Port")
    assert timeline(bobs.get(f"/carnet/{charlies}/")) == [
        ("open", date(2026, 11, 22), "Un bureau à Saint-Paul", "Dit par Charlie"),
        ("met", date(2025, 3, 6), "Le Port", ""),
        ("mine", DAY, "Dessine des cartes.", "Apéro Web 31"),
        ("met", DAY, "À l’Apéro Web 31, Chez Zélie, Saint-Denis", "Par Mickaël"),
        ("open", date(2024, 5, 1), "Cartes, Lagon", "Dit par Charlie"),
    ]


def test_somebody_is_written_down_by_hand_and_that_can_be_undone(bobs, bob, apero):
    form = {"name": "Valérie", "does": "SEO", "met_at": apero, "words": "Un rire qui porte.", "through": "Mickaël"}
    answer = bobs.post("/carnet/nouveau/", form)
    [entry] = queries.book(bob)
    page = queries.contact(bob, entry.uid)
    assert answer["Location"] == f"/carnet/{entry.uid}/"
    assert (page.name, page.does, [note.text for note in page.notes]) == ("Valérie", "SEO", ["Un rire qui porte."])
    assert [(met.title, met.through) for met in page.encounters] == [("Apéro Web 31", "Mickaël")]
    words, undo = said(answer)
    assert words == "Valérie est dans votre carnet."
    bobs.post(undo)
    assert queries.book(bob) == []


def test_the_form_offers_the_evenings_where_one_was(bobs, apero):
    assert bobs.get("/carnet/nouveau/").context["form"].fields["met_at"].choices == [
        ("", "—"),
        (apero, "Apéro Web 31, 28\u00a0novembre 2024"),
    ]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "Valérie", "place": "Le Port"}, ["met_on"]),
        ({"name": "Valérie", "met_on": "2027-01-01"}, ["met_on"]),
        ({"name": "Valérie", "met_on": "jeudi"}, ["met_on"]),
        ({"name": "Valérie", "met_at": "NOWHERE"}, ["met_at"]),
    ],
)
def test_what_cannot_be_taken_is_asked_again(bobs, bob, form, wrong):
    answer = bobs.post("/carnet/nouveau/", form)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert queries.book(bob) == []


def test_a_line_is_added_and_undone_and_struck_out(bobs, bob, charlies):
    address = f"/carnet/{charlies}/"
    answer = bobs.post(f"{address}ligne/", {"words": "Café sans sucre."})
    assert (answer["Location"], said(answer)[0]) == (address, "C’est noté.")
    assert timeline(bobs.get(address))[0] == ("mine", date(2026, 11, 22), "Café sans sucre.", "")
    bobs.post(said(answer)[1])
    assert [note.text for note in queries.contact(bob, charlies).notes] == ["Dessine des cartes."]
    bobs.get(address)
    [note] = queries.contact(bob, charlies).notes
    struck = bobs.post(f"/carnet/lignes/{note.uid}/rayer/")
    assert (struck["Location"], queries.contact(bob, charlies).notes) == (address, ())
    bobs.post(said(struck)[1])
    assert [note.text for note in queries.contact(bob, charlies).notes] == ["Dessine des cartes."]


def test_an_empty_line_is_no_line(bobs, bob, charlies):
    answer = bobs.post(f"/carnet/{charlies}/ligne/", {"words": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["words"])
    assert len(queries.contact(bob, charlies).notes) == 1


def test_a_line_is_as_long_as_the_page_lets_one_write_and_one_too_long_is_there_to_be_cut(bobs, bob, charlies):
    address = f"/carnet/{charlies}/"
    [longest] = re.findall(r'<textarea[^>]* name="words"[^>]* maxlength="(\d+)"', bobs.get(address).content.decode())
    told = "é" * int(longest)
    bobs.post(f"{address}ligne/", {"words": told})
    assert (len(told), queries.contact(bob, charlies).notes[0].text) == (4000, told)
    refused = bobs.post(f"{address}ligne/", {"words": f"{told}."})
    assert (refused.status_code, f">{told}.</textarea>" in refused.content.decode()) == (422, True)


def test_meeting_again_is_kept_with_its_day(bobs, bob, charlies):
    answer = bobs.post(f"/carnet/{charlies}/revoir/", {"met_on": "2025-03-06", "place": "Le Port"})
    assert answer["Location"] == f"/carnet/{charlies}/"
    assert [met.on for met in queries.contact(bob, charlies).encounters] == [DAY, date(2025, 3, 6)]
    wrong = bobs.post(f"/carnet/{charlies}/revoir/", {"met_on": "2027-03-06"})
    assert (wrong.status_code, list(wrong.context["met_form"].errors)) == (422, ["met_on"])


def test_a_name_is_corrected(bobs, bob, charlies):
    form = bobs.get(f"/carnet/{charlies}/modifier/").context["form"]
    assert form.initial == {"name": "Charlie Grondin", "does": "", "title": "", "organisation": ""}
    assert str(form.fields["organisation"].label) == "Son entreprise"
    said = {"name": "Charlie G.", "does": "Cartes", "title": "Géomaticien", "organisation": "Filao"}
    bobs.post(f"/carnet/{charlies}/modifier/", said)
    page = queries.contact(bob, charlies)
    assert (page.name, page.does, page.title, page.organisation) == ("Charlie G.", "Cartes", "Géomaticien", "Filao")
    assert [entry.uid for entry in queries.book(bob, "géomaticien")] == [charlies]
    assert bobs.post(f"/carnet/{charlies}/modifier/", {"name": ""}).status_code == 422


def test_forgetting_is_one_tap_and_taking_it_back_another(bobs, bob, charlies):
    before = queries.contact(bob, charlies)
    answer = bobs.post(f"/carnet/{charlies}/oublier/")
    assert (answer["Location"], queries.book(bob)) == ("/carnet/", [])
    assert bobs.get(f"/carnet/{charlies}/").status_code == 404
    words, undo = said(answer)
    assert words == "Charlie Grondin n’est plus dans votre carnet."
    assert bobs.post(undo)["Location"] == f"/carnet/{charlies}/"
    assert queries.contact(bob, charlies) == before


def test_a_notebook_opens_to_its_owner_alone(alice, bob, charlies):
    note = queries.contact(bob, charlies).notes[0].uid
    reading = [f"/carnet/{charlies}/", f"/carnet/{charlies}/modifier/"]
    writing = [f"/carnet/{charlies}/{word}/" for word in ("ligne", "revoir", "oublier", "garder", "modifier")]
    writing += [f"/carnet/lignes/{note}/{word}/" for word in ("rayer", "garder")]
    alices = browser.of(alice)
    form = {"words": "Ici.", "name": "Autre", "met_on": "2026-01-08"}
    assert [alices.get(address).status_code for address in reading] == [404] * 2
    assert [alices.post(address, form).status_code for address in writing] == [404] * 7
    assert alices.get("/carnet/").context["lines"] == []
    bobs = browser.of(bob)
    assert [bobs.get(address).status_code for address in reading] == [200] * 2


def test_a_name_in_which_nothing_shows_is_asked_for_again(bobs, charlies):
    answer = bobs.post(f"/carnet/{charlies}/modifier/", {"name": "\u200b", "does": "Cadastre"})
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["does"].value()) == (422, ["name"], "Cadastre")


def test_a_visitor_is_asked_to_sign_in(charlies):
    for address in ("/carnet/", "/carnet/nouveau/", f"/carnet/{charlies}/"):
        assert Client().get(address)["Location"].startswith("/entrer/?next=/carnet/")


def test_reading_changes_nothing(bobs, charlies):
    posts = [f"/carnet/{charlies}/{word}/" for word in ("ligne", "revoir", "oublier", "garder")]
    assert [bobs.get(address).status_code for address in posts] == [405] * 4
