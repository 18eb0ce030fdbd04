"""A first evening as people live it: opened, shared, answered, lived, and remembered when somebody is needed.

On phones, in French, from nothing: with scripts, and without any.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone
from tests.journeys.stage import FRIDAY, SUNDAY, THURSDAY

pytestmark = pytest.mark.journey

#: The day before the evening, when the reminder has left.
WEDNESDAY = THURSDAY - timedelta(hours=24)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request, browser, staged):
    """Makes phones, each with nobody known on it."""
    made = []

    def another():
        made.append(Phone(browser, staged, scripts=request.param))
        return made[-1]

    yield another
    for one in made:
        one.context.close()


@pytest.fixture
def mail(request):
    """Addresses that nobody has used yet."""
    run = re.sub(r"\W+", "-", request.node.name)
    return lambda name: f"{name}.{run}@example.net"


def found(alice, mail):
    """Alice, new here, opens a community and says who she is; the address of its page."""
    alice.sign_in(mail).reads("Pas encore de communauté").press("Ouvrir une communauté")
    alice.type(name="Les gens du bois", place="Saint-Leu").choose(entry="link").press("Ouvrir la communauté")
    page = alice.path
    alice.open("/ce-soir/").type(name="Alice Técher").choose(where="own").press("Je rejoins")
    return page


def announce(alice):
    """She opens an evening; the addresses to share and to scan."""
    alice.press("Ouvrir une soirée").type(
        name="Copeaux 1", on="jeudi 26 novembre", at="18 h 30", place="Chez Zélie", town="Saint-Leu", capacity="20"
    )
    alice.press("Ouvrir la soirée").reads("À partager", "Jeudi 26 novembre", "Un prénom suffit")
    address = alice.find(".lien code").first.inner_text()
    alice.press("L’affiche A4")
    scanned = re.search(r"/ici/\w+/", alice.find("main").inner_text())
    assert scanned is not None
    return address, scanned[0]


def preview(phone):
    """What a messenger shows of the page: every word of its tags."""
    words = " ".join(tag.get_attribute("content") or "" for tag in phone.find("meta[property^='og:']").all())
    return re.sub(r"\s", " ", words)


def answer_with_a_first_name(phone, hugo, evening):
    """Hugo comes; a secret link keeps it, and gives the seat back from another phone."""
    hugo.open(evening).type(name="Hugo").press("Je viens").reads("Hugo, gardez ce lien", "Vous venez")
    secret = hugo.path
    hugo.open(evening).reads("Vous venez", "Votre lien secret")
    elsewhere = phone().open(secret).press("Je rends ma place").reads("Votre place est rendue")
    elsewhere.press("Voir la soirée").type(name="Hugo").press("Je viens").reads("Vous venez")
    hugo.open(evening).reads("Vous venez")


def come_in_and_answer(bruno, mail, invitation, evening):
    """Bruno comes in by the invitation, says what he does, and answers as himself."""
    bruno.open(invitation).reads("Les gens du bois").type(name="Bruno Ah-Hon", email=mail).choose(where="own")
    bruno.press("Je rejoins").type_code(mail).reads("Les gens du bois", "Copeaux 1")
    bruno.open("/moi/").type(headline="Luthier, je répare les kayambs").press("J’enregistre").reads("C’est enregistré")
    bruno.open(evening).press("Je viens").reads("Vous venez")


def note_in_five_words(alice):
    """Alice has talked to Bruno: one tap, five words."""
    alice.reads("Bruno Ah-Hon", "Hugo")
    line = alice.find("li").filter(has_text="Bruno Ah-Hon")
    line.get_by_role("button", name="On s’est parlé").click()
    alice.reads("Bruno Ah-Hon est dans votre carnet")
    line.locator("[name=words]").fill("sait ce qu’un bois a vécu")
    line.get_by_role("button", name="Noter").click()
    alice.reads("sait ce qu’un bois a vécu")


def remember(alice):
    """The sentence at the top of the page, and a need that finds him with what she noted as the reason."""
    alice.open("/carnet/").press("Bruno Ah-Hon")
    expect(alice.find(".phrase")).to_contain_text("Bruno Ah-Hon, première rencontre le 26 novembre 2026 (Copeaux 1")
    alice.press("Sa page").reads("Luthier, je répare les kayambs", "Dans mon carnet").press("Par qui passer")
    alice.reads("Vers Bruno", "Copeaux 1")
    alice.open("/besoin/").type(q="quelqu’un qui connaît le bois").press("Chercher")
    first = alice.find(".gens li").first
    expect(first).to_contain_text("Bruno Ah-Hon")
    expect(first).to_contain_text("sait ce qu’un bois a vécu")


def test_a_first_evening(phone, mail):
    alice, hugo, bruno = phone(), phone(), phone()
    community = found(alice, mail("alice"))
    invitation = alice.open(community).find(".lien code").first.inner_text()
    evening, here = announce(alice)
    assert re.findall("Copeaux 1|Jeudi 26 novembre|Chez Zélie|Alice|Técher", preview(hugo.open(evening))) == [
        *("Copeaux 1", "Copeaux 1", "Jeudi 26 novembre", "Chez Zélie")  # what the picture shows, then the link
    ]
    answer_with_a_first_name(phone, hugo, evening)
    come_in_and_answer(bruno, mail("bruno"), invitation, evening)
    alice.open(f"{evening}organiser/").reads("Hugo", "sans compte", "Bruno Ah-Hon")
    for one in (hugo, bruno, alice):
        one.at(THURSDAY).open(here).choose(seen="yes").press("J’y suis").reads("Vous y êtes")
    note_in_five_words(alice)
    remember(alice.at(FRIDAY))
    bruno.at(FRIDAY).open("/carnet/").reads("Encore blanc").reads_nothing_of("ce qu’un bois a vécu")


def test_an_answer_without_account_becomes_one(phone, mail):
    hugo = phone().open(phone().stage.addresses["evening"])
    hugo.type(name="Hugo", email=mail("hugo")).press("Je viens").reads("Hugo, gardez ce lien")
    hugo.at(SUNDAY + timedelta(minutes=1)).open(hugo.path).at(WEDNESDAY).open(hugo.path)
    subjects = [" ".join(one["Subject"].split()) for one in hugo.stage.mails(mail("hugo"))]
    assert subjects == ["Votre place, jeudi 26 novembre", "Demain, 18 h 30"]
    hugo.type(email=mail("hugo")).press("Je tiens un carnet").type_code(mail("hugo"))
    hugo.open(hugo.stage.addresses["evening"]).reads("Vous venez")
    hugo.open("/moi/")
    expect(hugo.find("main [name=name]")).to_have_value("Hugo")


def test_the_language_can_be_changed_without_signing_in(phone):
    visitor = phone().open("/").reads("On s’est parlé un soir")
    visitor.press("English", within=".socle").reads("You talked one evening")
    visitor.open(visitor.stage.addresses["evening"]).reads("I am coming")
    visitor.press("Français", within=".socle").reads("Je viens")


def test_somebody_else_s_page_of_the_evening_is_not_there(phone):
    visitor = phone()
    answer = visitor.page.goto(visitor.stage.url + visitor.stage.addresses["evening"] + "organiser/")
    assert answer is not None
    assert (answer.status, visitor.path.partition("?")[0]) == (200, "/entrer/")
