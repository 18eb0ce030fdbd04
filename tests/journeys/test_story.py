"""The story that Entregent was made for, on the demonstration: Jérémie is bored, and finds whom he met two years ago.

Beside him sits his director, on a phone of his own, who sees neither the search nor the answer.
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone
from tests.journeys.stage import THURSDAY

pytestmark = pytest.mark.journey

BORED = "je m’ennuie dans mon agence, je cherche un poste plus responsable"
#: Words of his search, and questions that would find it.
SEARCH = ("regarde ailleurs", "portefeuille", "Entre nous, merci")
QUESTIONS = (
    BORED,
    "un chargé de comptes qui voudrait changer d’agence",
    "qui cherche un poste à Saint-Denis ou dans l’Ouest",
)
NAME = "Jérémie Hoarau"


@pytest.fixture
def phone(browser, staged):
    """Makes phones, each with nobody known on it."""
    made = []

    def another():
        made.append(Phone(browser, staged))
        return made[-1]

    yield another
    for one in made:
        one.context.close()


def enter(phone, name):
    """One click, as the demonstration lets in."""
    line = phone.open("/").find("li").filter(has_text=name)
    line.get_by_role("button").click()
    return phone.reads("Apéro Web 47")


def ask(phone, text):
    """Ask in one's own words."""
    return phone.open("/besoin/").type(q=text).press("Chercher")


def test_jeremie_finds_whom_he_met_two_years_ago_and_why(phone):
    jeremie = enter(phone(), NAME).reads("Vous venez", "sauf Filao et Piton Numérique", "à rencontrer")
    first = ask(jeremie, BORED).find(".gens li").first
    for words in ("Karine Payet", "Apéro Web 40", "22 nov. 2024", "le jour où tu t’ennuies, appelle-moi"):
        expect(first).to_contain_text(words)
    jeremie.press("Karine Payet")
    expect(jeremie.find(".phrase")).to_contain_text(
        "Karine Payet, première rencontre le 22 novembre 2024 (Apéro Web 40, Chez Zélie, sous la varangue, "
        "Saint-Denis), par Mickaël ; chez Lagon depuis 2024."
    )


def test_somebody_stands_between_him_and_thierry(phone):
    jeremie = enter(phone(), NAME)
    ask(jeremie, "un géomètre qui met des parcelles en ligne").press("Thierry Ah-Hon").press("Par qui passer")
    expect(jeremie.find("main .gens li").first).to_contain_text("Karine vous connaît, et connaît Thierry")
    jeremie.reads("Vers Thierry", "Ont travaillé chez Cap Bernard")


def test_what_he_looks_for_is_read_by_those_whom_he_named_and_not_by_his_director(phone):
    nadege, patrick = phone().of("nadege"), enter(phone(), "Patrick Vellin")
    person = nadege.stage.addresses["person-boss"]
    nadege.open(person).reads(*SEARCH)
    for page in (person, "/ce-soir/", "/carnet/", "/moi/", nadege.stage.addresses["community"]):
        patrick.open(page).reads_nothing_of(*SEARCH)
    patrick.open(person).reads(NAME, "Chargé de comptes, Filao")
    for question in QUESTIONS:
        ask(nadege, question).reads("regarde ailleurs")
        ask(patrick, question).reads_nothing_of(*SEARCH)


def test_his_answer_is_seen_by_those_who_come_and_not_by_his_director_who_comes_too(phone):
    karine, patrick = enter(phone(), "Karine Payet"), enter(phone(), "Patrick Vellin")
    patrick.choose(colleagues="yes").press("Je viens").reads("Vous venez", "Mickaël Grondin")
    karine.reads(NAME)
    for page in ("/ce-soir/", patrick.stage.addresses["evening"]):
        patrick.open(page).reads_nothing_of(NAME)
    for one in (patrick, karine):
        one.at(THURSDAY).open(one.stage.addresses["here"])
    patrick.choose(seen="yes").press("J’y suis").reads("Vous y êtes", "Karine Payet").reads_nothing_of(NAME)
    karine.open(karine.stage.addresses["room"]).reads(NAME)
