"""Bringing one's address book in pages: a file, who of it, what came of it, back, and many labelled at once."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from entregent.common import clock, ids
from entregent.encounters import actions, imports, queries
from entregent.exchange import books as shelf
from entregent.exchange import bounds
from entregent.web import choosing
from tests import work
from tests.exchange import books
from tests.web import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


def send(client: Client, text: str | bytes, name: str = "Connections.csv") -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse("contact_bring"), {"file": SimpleUploadedFile(name, data)})


def waiting(client: Client, text: str, name: str = "Connections.csv") -> str:
    answer = send(client, text, name)
    assert answer.status_code == 302
    return str(answer["Location"])


def ticked(page: HttpResponse) -> dict[str, bool]:
    """Who may be ticked on a page, and whether they are."""
    found = re.findall(r'name="who" value="[^"]+"( checked)?><span><b>([^<]+)</b>', page.content.decode())
    return {name: bool(checked) for checked, name in found}


def values(page: HttpResponse) -> list[str]:
    return re.findall(r'name="who" value="([^"]+)"', page.content.decode())


def test_a_file_is_shown_before_anything_is_brought(bob, bobs):
    page = bobs.get(waiting(bobs, books.LINKEDIN))
    assert ticked(page) == {"Karine Hoareau": True, "Yann Técher, PMP": True}
    assert b"Ligne 6" in page.content
    assert queries.size(bob) == 0


def test_those_ticked_come_in_with_a_label_and_the_others_still_wait(bob, bobs):
    address = waiting(bobs, books.LINKEDIN)
    first = values(bobs.get(address))[:1]
    report = bobs.post(address, {"what": "ticked", "who": first, "label": "Apéro 2012"}, follow=True)
    assert [entry.name for entry in queries.book(bob)] == ["Karine Hoareau"]
    assert (b"1 nouvelle page" in report.content, address.encode() in report.content) == (True, True)
    bobs.post(address, {"what": "all"})
    assert (queries.size(bob), imports.came(bob)[0].made) == (2, 2)


def test_nobody_ticked_is_asked_again_and_a_form_sent_twice_brings_once(bob, bobs):
    address = waiting(bobs, books.LINKEDIN)
    assert bobs.post(address, {"what": "ticked"}).status_code == 422
    first, second = (bobs.post(address, {"what": "all"}) for _ in range(2))
    assert (first["Location"], queries.size(bob)) == (second["Location"], 2)


def test_whoever_is_in_the_notebook_already_is_not_ticked(bob, bobs):
    shelf.bring(bob, book=shelf.read(books.OUTLOOK.encode()), file="outlook.csv")
    page = bobs.get(waiting(bobs, books.LINKEDIN))
    assert ticked(page) == {"Karine Hoareau": False, "Yann Técher, PMP": True}


def test_nine_hundred_are_chosen_by_letters_by_words_page_by_page_or_all_at_once(
    bob, bobs, django_assert_max_num_queries
):
    address = waiting(bobs, books.cards(900), "contacts.vcf")
    with django_assert_max_num_queries(12):
        page = bobs.get(address)
    assert (len(ticked(page)), len(page.content) < 60_000) == (choosing.SHOWN, True)
    assert len(ticked(bobs.get(address, {"page": "9"}))) == choosing.SHOWN
    assert ticked(bobs.get(address, {"q": "grondin899"})) == {"Dominique899 Grondin899": True}
    assert ticked(bobs.get(address, {"lettre": "Z"})) == {}
    bobs.post(address, {"what": "shown", "q": "Atelier 7"})
    assert queries.size(bob) == 30
    bobs.post(address, {"what": "all"})
    assert queries.size(bob) == 900


def test_an_import_is_taken_back_whole_and_who_stays_is_said(bob, bobs):
    address = waiting(bobs, books.CARDS, "contacts.vcf")
    report = bobs.post(address, {"what": "all"})["Location"]
    zoe = next(entry.uid for entry in queries.book(bob) if entry.name == "Zoé Fontaine")
    bobs.post(reverse("contact_note", args=[zoe]), {"words": "Revue au port"})
    said = bobs.post(f"{report}defaire/", follow=True).content.decode()
    assert "Deux pages retirées. Zoé Fontaine reste" in said
    assert [entry.name for entry in queries.book(bob)] == ["Zoé Fontaine"]
    assert bobs.get(report).status_code == 404


def test_guests_of_past_evenings_are_chosen_by_evening_met_there_and_taken_back(bob, bobs):
    address = waiting(bobs, books.CALENDAR, "agenda.ics")
    page = bobs.get(address)
    assert ticked(page) == {"Payet, Karine": True, "Yann Techer": True}
    assert ticked(bobs.get(address, {"q": "galette"})) == {"Payet, Karine": True}
    said = page.content.decode().replace("\u00a0", " ")
    for words in ("2 lignes laissées de côté", "Une soirée sans invités"):
        assert words in said
    report = bobs.post(address, {"what": "all"})["Location"]
    found = {entry.name: (entry.last and entry.last.on, entry.last and entry.last.place) for entry in queries.book(bob)}
    where = (date(2024, 11, 29), "Apéro Web 31, Chez Zélie, Saint-Denis")
    assert found == {"Payet, Karine": where, "Yann Techer": where}
    assert queries.labels(bob) == ["Apéro Web 31 29/11/2024", "Galette 05/01/2023"]
    again = bobs.post(waiting(bobs, books.CALENDAR, "agenda.ics"), {"what": "all"})["Location"]
    assert (queries.size(bob), imports.came(bob)[0].made) == (2, 0)
    bobs.post(f"{again}defaire/")
    bobs.post(f"{report}defaire/")
    assert (queries.size(bob), queries.labels(bob)) == (0, [])


def test_calendars_in_an_archive_are_brought_with_their_events_without_guests(bob, bobs):
    answer = send(bobs, books.archive(books.CALENDARS), "agendas.zip")
    page = bobs.get(answer["Location"])
    assert ticked(page) == {"Karine Payet": True, "Nadège Boyer": True, "Yann Techer": True}
    report = bobs.post(answer["Location"], {"what": "all"}, follow=True).content.decode().replace("\u00a0", " ")
    assert ("2 soirées sans invités" in report, queries.size(bob)) == (True, 3)


ALONE = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20121116
SUMMARY:Apéro du port
LOCATION:Chez Zélie
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20100128
SUMMARY:Galette
END:VEVENT
END:VCALENDAR
"""


def told(page: HttpResponse) -> list[tuple[str, str]]:
    """The evenings that a page lists, each with its address."""
    found = re.findall(r'<a class="nom" href="([?]n=[0-9]+)">([^<]+)</a>', page.content.decode())
    return [(address, title) for address, title in found]


def test_an_evening_without_guests_is_said_of_whoever_was_there_in_one_gesture_and_taken_back(bob, bobs):
    uids = {name: actions.note_somebody(bob, name=name, on=None) for name in ("Karine", "Yann", "Zoé")}
    address = waiting(bobs, ALONE, "agenda.ics")
    assert (b"2 soir\xc3\xa9es sans invit\xc3\xa9s" in bobs.get(address).content, ticked(bobs.get(address))) == (
        True,
        {},
    )
    assert bobs.post(address, {"what": "ticked"}).status_code == 422
    report = bobs.post(address, {"what": "evenings"})["Location"]
    evenings = f"{report}soirees/"
    assert f'href="{evenings}"' in bobs.get(report).content.decode()
    assert told(bobs.get(evenings)) == [("?n=0", "Apéro du port"), ("?n=1", "Galette")]
    assert told(bobs.get(evenings, {"q": "zelie"})) == [("?n=0", "Apéro du port")]
    page = bobs.get(evenings, {"n": "0"})
    assert (sorted(ticked(page)), page.context["text"]) == (["Karine", "Yann", "Zoé"], "Apéro du port 2012")
    chosen = {"n": "0", "what": "ticked", "who": [str(uids[name]) for name in ("Karine", "Zoé")]}
    done = bobs.post(evenings, {**chosen, "text": "Apéro 2012"}, follow=True)
    assert (done.redirect_chain, "Deux pages le disent désormais." in done.content.decode()) == (
        [(evenings, 302)],
        True,
    )
    met = {entry.name: entry.last and (entry.last.on, entry.last.title) for entry in queries.book(bob)}
    there = (date(2012, 11, 16), "Apéro du port")
    assert met == {"Karine": there, "Yann": None, "Zoé": there}
    assert sorted(entry.name for entry in queries.book(bob, "apéro 2012")) == ["Karine", "Zoé"]
    bobs.post(f"{report}defaire/")
    assert {entry.name: entry.last for entry in queries.book(bob)} == dict.fromkeys(("Karine", "Yann", "Zoé"))
    assert (queries.labels(bob), bobs.get(evenings).status_code) == ([], 404)


def test_an_evening_that_is_not_there_or_of_somebody_else_is_not_found_and_nobody_ticked_is_asked_again(
    alice, bob, bobs, charlie
):
    uid = actions.note_somebody(bob, name="Karine")
    report = bobs.post(waiting(bobs, ALONE, "agenda.ics"), {"what": "evenings"})["Location"]
    evenings, sent = f"{report}soirees/", {"what": "ticked", "who": [str(uid)], "text": "x"}
    assert bobs.post(evenings, {"n": "1", "what": "ticked"}).status_code == 422
    assert bobs.post(evenings, {"n": "1", **sent, "text": "x" * 61}).status_code == 422
    for number in ("2", "-1", "x", "", "9" * 9):
        assert bobs.post(evenings, {"n": number, **sent}).status_code == 404
    other, theirs = browser.of(charlie), actions.note_somebody(charlie, name="Zoé")
    assert (other.get(evenings).status_code, other.post(evenings, {"n": "1", **sent}).status_code) == (404, 404)
    assert bobs.post(evenings, {"n": "1", **sent, "who": [str(theirs)]}).status_code == 422
    assert (queries.labels(bob), queries.labels(charlie)) == ([], [])


def test_columns_that_nobody_knows_are_asked_for(bob, bobs):
    address = waiting(bobs, books.UNKNOWN, "a.csv")
    page = bobs.get(address).content.decode()
    assert "Consultante SEO · Développeur" in page
    assert bobs.post(f"{address}colonnes/", {"column_1": "title"}).status_code == 422
    bobs.post(f"{address}colonnes/", {"column_0": "name", "column_1": "title", "column_2": "mail"})
    assert ticked(bobs.get(address)) == {"Karine": True, "Yann": True}


def test_a_file_that_cannot_be_taken_is_one_clear_error(bob, bobs):
    for data in (b"", b"Bonjour\n", books.archive({"Connections.csv": b"0" * 30_000_000})):
        answer = send(bobs, data)
        assert (answer.status_code, answer.content.count(b'class="erreur"')) == (422, 1)
    assert bobs.post(reverse("contact_bring")).status_code == 422
    assert queries.size(bob) == 0


def test_a_file_that_is_not_wanted_is_gone(bobs):
    address = waiting(bobs, books.LINKEDIN)
    bobs.post(f"{address}laisser/")
    assert bobs.get(address).status_code == 404
    assert reverse("contact_bring").encode() in bobs.get(address).content


def test_a_form_sent_twice_leads_to_what_came_of_it_and_not_to_a_later_import(bob, bobs):
    address = waiting(bobs, books.LINKEDIN)
    report = bobs.post(address, {"what": "all"})["Location"]
    bobs.post(waiting(bobs, books.cards(3), "a.vcf"), {"what": "all"})
    assert bobs.post(address, {"what": "all"})["Location"] == report
    assert (queries.size(bob), len(imports.came(bob))) == (5, 2)


def test_a_file_that_waited_too_long_or_never_was_says_what_to_do(bob, bobs):
    bobs.post(waiting(bobs, books.LINKEDIN), {"what": "all"})
    late, never = waiting(bobs, books.cards(3), "a.vcf"), reverse("contact_choose", args=[ids.new()])
    with clock.at(clock.now() + timedelta(hours=1)):
        for address in (late, never):
            for sent in (address, f"{address}colonnes/", f"{address}laisser/"):
                answer = bobs.post(sent, {"what": "all"})
                assert (answer.status_code, "Ce fichier n’est plus ici" in answer.content.decode()) == (404, True)
    assert queries.size(bob) == 2


def test_whoever_has_a_notebook_is_not_told_that_nothing_is_in_it(bob, bobs):
    shelf.bring(bob, book=shelf.read(books.cards(3).encode()), file="a.vcf")
    page = bobs.get(waiting(bobs, books.LINKEDIN)).content.decode()
    assert "Rien de ce fichier n’est encore dans votre carnet." in page
    assert "Rien n’est encore" not in page


def test_choosing_looks_at_each_row_once_for_the_words_and_once_for_the_letter():
    rows = [choosing.Row(str(at), f"Zoé {at}", "") for at in range(100)]
    choice = choosing.Choice(rows, {"q": "zoé", "lettre": "Z"}, {})
    assert work.calls(choice.context)["folded"] <= 3 * len(rows) + 2


def test_two_files_about_one_person_are_taken_back_one_by_one(bob, bobs):
    first = bobs.post(waiting(bobs, books.LINKEDIN), {"what": "all"})["Location"]
    cards = "BEGIN:VCARD\nFN:Yann Técher\nEMAIL:yann@example.org\nNOTE:Plonge\nEND:VCARD\n"
    bobs.post(waiting(bobs, cards, "a.vcf"), {"what": "all"})
    said = bobs.post(f"{first}defaire/", follow=True).content.decode()
    assert re.search(r"1 page retirée\. Yann Técher, PMP reste\s: un autre fichier en parle\.", said)


def test_forty_are_labelled_in_one_gesture(bob, bobs):
    shelf.bring(bob, book=shelf.read(books.cards(40).encode()), file="a.vcf")
    page = bobs.get(reverse("contact_label"))
    answer = bobs.post(reverse("contact_label"), {"what": "ticked", "who": values(page), "text": "Apéro 2012"})
    found = bobs.get(answer["Location"]).content.decode()
    assert "40 pages" in found
    assert queries.labels(bob) == ["Apéro 2012"]
    assert bobs.post(reverse("contact_label"), {"what": "ticked", "text": "Rien"}).status_code == 422
    assert bobs.post(reverse("contact_label"), {"what": "all", "text": ""}).status_code == 422


def test_the_page_of_somebody_shows_how_to_reach_them_and_what_they_do(bob, bobs):
    shelf.bring(bob, book=shelf.read(books.GOOGLE.encode()), file="google.csv")
    (entry,) = queries.book(bob)
    page = bobs.get(reverse("contact", args=[entry.uid])).content.decode()
    for address in (reverse("contact_write", args=[entry.uid]), "tel:0692123456", "tel:+262262112233"):
        assert f'href="{address}"' in page
    assert ("Consultante, Lagon Studio" in page, "Apéro 2012" in page) == (True, True)


def test_channels_and_labels_are_added_and_struck_out(bob, bobs):
    bobs.post(reverse("contact_new"), {"name": "Zoé"})
    (entry,) = queries.book(bob)
    for value in ("zoe@example.org", "0692 12 34 56", "https://example.org/zoe"):
        bobs.post(reverse("contact_reach", args=[entry.uid]), {"value": value})
    bobs.post(reverse("contact_mark", args=[entry.uid]), {"text": "Plongée"})
    page = queries.contact(bob, entry.uid)
    assert [one.kind for one in page.channels] == ["link", "mail", "telephone"]
    for one in page.channels:
        bobs.post(reverse("contact_unreach", args=[one.uid]))
    bobs.post(reverse("contact_unmark", args=[page.labels[0].uid]))
    page = queries.contact(bob, entry.uid)
    assert (page.channels, page.labels) == ((), ())


@pytest.mark.parametrize(
    ("form", "field", "typed"),
    [("contact_reach", "value", "n'importe"), ("contact_mark", "text", "long " * 30), ("contact_mark", "text", "")],
)
def test_a_way_or_a_label_that_is_not_taken_comes_back_as_it_was_typed(bob, bobs, form, field, typed):
    bobs.post(reverse("contact_new"), {"name": "Zoé"})
    (entry,) = queries.book(bob)
    answer = bobs.post(reverse(form, args=[entry.uid]), {field: typed})
    page = answer.content.decode()
    assert (answer.status_code, page.count(f'id="{field}_error"')) == (422, 1)
    assert f'value="{escape(typed.strip() if field == "value" else typed)}" aria-invalid="true"' in page
    assert "<details open>" in page


def test_nobody_else_opens_these_pages(bobs, charlie, client):
    address = waiting(bobs, books.LINKEDIN)
    other = browser.of(charlie)
    assert other.get(address).status_code == 404
    report = bobs.post(address, {"what": "all"})["Location"]
    assert (other.get(report).status_code, other.post(f"{report}defaire/").status_code) == (404, 404)
    for page in (address, report, reverse("contact_bring"), reverse("contact_label")):
        assert client.get(page).status_code == 302


def test_how_many_still_fit_is_said_before_they_are_chosen_and_too_many_are_one_clear_error(bob, bobs, monkeypatch):
    monkeypatch.setattr(bounds, "PEOPLE", 40)
    shelf.bring(bob, book=shelf.read(books.cards(38).encode()), file="a.vcf")
    assert b"de la place pour" not in bobs.get(waiting(bobs, books.LINKEDIN)).content
    address = waiting(bobs, books.CARDS, "b.vcf")
    page = bobs.get(address).content.decode()
    assert ("Il y a encore de la place pour 2 personnes." in page, 'value="all"' in page) == (True, False)
    answer = bobs.post(address, {"what": "all"})
    assert (answer.status_code, answer.content.count(b'class="erreur"'), queries.size(bob)) == (422, 1, 38)
    bobs.post(address, {"what": "ticked", "who": values(bobs.get(address))[:2]})
    page = bobs.get(address).content.decode()
    assert ("Votre carnet est plein." in page, queries.size(bob)) == (True, 40)
