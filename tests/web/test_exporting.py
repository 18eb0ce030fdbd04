"""The list of those who come as a file: as its reader may see it, for as long, and never unknown to those who come."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import chance, clock, errors
from entregent.discretion import actions as discretion
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.meetups import actions, admissions, declassified, hosts, presences, queries
from entregent.meetups.models import Export
from entregent.profiles import actions as profiles
from tests import cast
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.web import browser
from tests.web.test_evenings import says, text

FIELDS = ("name", "account")


@pytest.fixture(autouse=True)
def sunday():
    cache.clear()
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def code(alice, community):
    return actions.announce(
        alice, community=community, title="Apéro Web 47", place="Chez Zélie", starts_at=STARTS, ends_at=ENDS
    )


@pytest.fixture
def come(bob, charlie, code):
    """Bob, discreetly, Charlie, and a guest whose first name is a formula; Alice has not said where she works."""
    market.state_position(bob, organisation="Filao", audience=None)
    actions.answer(bob, code=code, discreet=True)
    actions.answer(charlie, code=code)
    visitor = Client()
    visitor.post(f"/s/{code}/reponse/", {"name": '=HYPERLINK("x";"Camille")'})
    return visitor


def table(answer, delimiter=";"):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=delimiter))


def test_the_file_has_the_lines_of_the_organiser_s_page_and_nothing_more(alice, code, come):
    client = browser.of(alice)
    with chance.seeded("aliases"):
        page = client.get(f"/s/{code}/organiser/")
    with chance.seeded("aliases"):
        answer = client.post(f"/s/{code}/exporter/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="entregent-{code.lower()}.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    head, *lines = table(answer)
    [alias] = [seat["name"] for seat in page.context["seats"] if seat["alias"]]
    assert head == ["Nom", "Remarque"]
    assert sorted(lines) == sorted(
        [["Charlie Grondin", ""], ['\'=HYPERLINK("x";"Camille")', "sans compte"], [alias, "nom d’emprunt"]]
    )
    assert [line[0].removeprefix("'") for line in lines] == [seat["name"] for seat in page.context["seats"]]


def test_an_alias_is_drawn_anew_for_each_file(alice, code, come):
    client = browser.of(alice)
    drawn = set()
    for seed in range(8):
        with chance.seeded(seed):
            drawn |= {line[0] for line in table(client.post(f"/s/{code}/exporter/")) if line[1] == "nom d’emprunt"}
    assert len(drawn) > 1


def test_columns_are_parted_as_spreadsheets_of_the_language_want_it(alice, code, come):
    answer = browser.of(alice).post(f"/s/{code}/exporter/", headers={"accept-language": "en"})
    assert answer.content.startswith(b'\xef\xbb\xbf"Name","Remark"\r\n')
    assert {len(line) for line in table(answer, ",")} == {2}


def test_for_whoever_does_not_organise_there_is_no_file_and_none_is_noted(bob, dana, code, come):
    answers = [client.post(f"/s/{code}/exporter/").status_code for client in (browser.of(bob), browser.of(dana))]
    unknown = browser.of(dana).post("/s/NOWHERE2/exporter/").status_code
    assert (answers, unknown, Client().post(f"/s/{code}/exporter/").status_code) == ([404, 404], 404, 302)
    assert Export.objects.count() == 0


def test_after_the_fifteenth_day_nothing_is_told_as_the_evening_s_page_said(alice, bob, code, come):
    announced = "Jusqu’au vendredi 11 décembre"
    assert says(browser.of(bob).get(f"/s/{code}/"), announced)
    assert says(browser.of(alice).get(f"/s/{code}/organiser/"), announced)
    last_minute = ENDS.replace(day=11, month=12, hour=19, minute=59)
    with clock.at(last_minute):
        assert browser.of(alice).post(f"/s/{code}/exporter/").status_code == 200
    with clock.at(last_minute + timedelta(minutes=1)):
        client = browser.of(alice)
        page, refused = client.get(f"/s/{code}/organiser/"), client.post(f"/s/{code}/exporter/")
    assert (page.status_code, refused.status_code, Export.objects.count()) == (200, 409, 1)
    assert [word for word in ("coming", "waiting", "came", "stayed_away", "seats") if word in page.context] == []
    assert [says(page, words) for words in ("jusqu’au 11 décembre 2026", "Camille", "Exporter cette", "Personne.")] == [
        True,
        False,
        False,
        False,
    ]


def test_whoever_comes_or_came_reads_when_the_list_was_taken_out_and_by_whom(alice, bob, dana, code, come):
    late = cast.member("late")
    with clock.at(STARTS):
        presences.arrive(late, here=queries.evening(alice, code).here or "", seen=False)
        browser.of(alice).post(f"/s/{code}/exporter/")
    said = "Jeudi 26 novembre, 18 h 30, par Alice Hoareau · les noms ou noms d’emprunt et qui vient sans compte"
    readers = {"going": browser.of(bob), "organiser": browser.of(alice)}
    assert {role: says(client.get(f"/s/{code}/"), said) for role, client in readers.items()} == dict.fromkeys(
        readers, True
    )
    unnamed = "Jeudi 26 novembre, 18 h 30, par quelqu’un qui organise"
    assert says(browser.of(late).get(f"/s/{code}/"), unnamed)
    assert says(come.get(f"/s/{code}/"), unnamed)
    assert says(come.get(come.get(f"/s/{code}/").context["key"] and f"/r/{come.session['key']}/"), unnamed)
    others = [browser.of(dana).get(f"/s/{code}/"), Client().get(f"/s/{code}/")]
    assert ["sortie" in text(page) for page in others] == [False, False]


def test_the_log_is_told_whoever_keeps_off_whom_and_stays_when_they_leave(alice, bob, charlie, code, come):
    actions.export(alice, code=code, fields=FIELDS)
    Export.objects.create(about=queries.evening(alice, code).uid, by_id=charlie.me, fields="name")
    discretion.block(charlie, person=bob.me)
    page = browser.of(bob).get(f"/s/{code}/")
    assert [one["by"] for one in page.context["exports"]] == ["", "Alice Hoareau"]
    erasing.erase(alice.me)
    assert [(one.by, one.fields) for one in declassified.exports(bob, code)] == [
        (charlie.me, ("name",)),
        (None, FIELDS),
    ]
    assert [one["by"] for one in browser.of(bob).get(f"/s/{code}/").context["exports"]] == ["", ""]


def test_whoever_may_not_see_an_evening_reads_nothing_of_its_log(alice, charlie, code, come):
    actions.export(alice, code=code, fields=FIELDS)
    assert len(declassified.exports(charlie, code)) == 1
    discretion.block(alice, person=charlie.me)
    assert declassified.exports(charlie, code) == []


def test_a_log_costs_as_much_whoever_is_in_it_and_however_long_it_is(alice, bob, code, come):
    def statements():
        client = browser.of(bob)
        client.get(f"/s/{code}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/s/{code}/")
        return len(captured)

    actions.export(alice, code=code, fields=FIELDS)
    one = statements()
    for _ in range(5):
        actions.export(alice, code=code, fields=FIELDS)
    assert statements() == one
    profiles.call_me(alice, text="Alice Hoareau", audience=None)
    hidden = statements()
    Export.objects.update(by=None)
    assert statements() == hidden


def test_the_door_s_list_on_a_telephone_is_noted_once_for_each_who_organises(alice, bob, charlie, code, come):
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    with clock.at(STARTS - timedelta(hours=2)):
        before = says(browser.of(charlie).get(f"/s/{code}/"), "liste de la porte")
        for viewer in (alice, bob, alice, charlie):
            client = browser.of(viewer)
            for address in ("porte/", "porte/liste.json", "porte/?q=zoe"):
                client.get(f"/s/{code}/{address}")
    taken = declassified.exports(charlie, code)
    page = browser.of(charlie).get(f"/s/{code}/")
    assert not before
    assert [(one.by, one.fields) for one in taken] == [(bob.me, ("door",)), (alice.me, ("door",))]
    assert says(page, "la liste de la porte, sur un téléphone jusqu’à la fermeture")
    assert declassified.exports(cast.member("erin"), code) == []


def test_a_list_that_nobody_has_is_not_noted(alice, bob, code):
    for at in (SUNDAY, ENDS + timedelta(days=1)):
        with clock.at(at):
            for viewer in (alice, bob):
                with pytest.raises(errors.NotFound):
                    admissions.keep_list(viewer, code=code)
    with clock.at(STARTS), pytest.raises(errors.NotFound):
        admissions.keep_list(bob, code=code)
    assert not Export.objects.exists()
