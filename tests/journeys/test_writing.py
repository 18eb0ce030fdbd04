"""From an address book to a message, and from one relayed word to crossed cards, on phones."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.exchange import books
from tests.journeys.phone import Phone
from tests.journeys.stage import SUNDAY

pytestmark = pytest.mark.journey

LATER, LATER_STILL = SUNDAY + timedelta(minutes=2), SUNDAY + timedelta(minutes=4)


@pytest.fixture
def phone(browser, staged):
    """Makes phones, each with nobody known on it."""
    made = []

    def another(**how):
        made.append(Phone(browser, staged, **how))
        return made[-1]

    yield another
    for one in made:
        one.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_linkedin_file_to_a_message(phone, scripts):
    nora = phone(scripts=scripts)
    nora.sign_in(f"nora.{scripts}@example.net".lower()).open("/carnet/apporter/")
    file = {"name": "Connections.csv", "mimeType": "text/csv", "buffer": books.LINKEDIN.encode()}
    nora.find("input[type=file]").set_input_files(file)
    nora.press("Voir qui s’y trouve").press("Importer les deux|Importer les 2").reads("Connections.csv")
    nora.open("/besoin/").type(q="un développeur pour trois jours").press("Chercher")
    first = nora.find(".gens li").first
    expect(first).to_contain_text("Yann Técher")
    first.get_by_role("button", name="Écrire").click()
    expect(nora.find("textarea[name=text]")).to_have_value(
        re.compile("Bonjour Yann.*un développeur pour trois jours", re.DOTALL)
    )
    nora.type(text="Bonjour Yann, trois jours en janvier ?").press("Courriel").reads("C’est prêt", "yann@example.org")
    leaving = nora.find("main a.reponse")
    expect(leaving).to_have_attribute(
        "href",
        "mailto:yann@example.org?subject=un%20d%C3%A9veloppeur%20pour%20trois%20jours"
        "&body=Bonjour%20Yann%2C%20trois%20jours%20en%20janvier%20%3F",
    )
    expect(leaving).to_have_attribute("rel", "noreferrer noopener")
    nora.press("Modifier le message")
    expect(nora.find("textarea[name=text]")).to_have_value("Bonjour Yann, trois jours en janvier ?")


def test_a_relayed_word_is_answered_and_the_cards_cross(phone):
    jeremie, anais = phone().of("jeremie"), phone().of("anais")
    jeremie.open(jeremie.stage.addresses["person-new"]).press("Écrire")
    jeremie.type(text="Bonjour Anaïs, tes cartes de sentiers m’intriguent.", telephone="0692 11 22 33", mail="")
    jeremie.press("J’envoie ce mot").reads("Votre mot part dans une minute", "Annuler")
    anais.open("/mots/").reads_nothing_of("m’intriguent")
    anais.at(LATER).open("/mots/").press("Lire et répondre").reads("Jérémie Hoarau", "m’intriguent")
    anais.reads_nothing_of("0692 11 22 33")
    [letter] = anais.stage.mails("anais@example.org")[-1:] or [None]
    assert letter is not None
    assert letter["Subject"] == "Un mot pour vous"
    anais.type(text="Un café jeudi ?", telephone="0693 44 55 66", mail="").press("Je réponds")
    anais.reads("vos cartes sont échangées", "0692 11 22 33")
    jeremie.at(LATER_STILL).open("/mots/").reads("Une réponse est venue").press("Anaïs Lebon")
    jeremie.reads("Un café jeudi ?", "0693 44 55 66").press("Je la note dans mon carnet")
    jeremie.reads("La carte est dans votre carnet", "0693 44 55 66").press("Écrire")
    jeremie.press("WhatsApp").reads("C’est prêt", "Ouvrir WhatsApp")
    expect(jeremie.find("main a.reponse")).to_have_attribute("href", re.compile(r"^https://wa\.me/262693445566\?text="))


def test_silence_looks_the_same_from_whoever_wrote(phone):
    jeremie, thierry = phone().of("jeremie"), phone().of("thierry")
    thierry.at(LATER_STILL).open("/mots/").press("Je n’en veux pas").reads("Aucun premier mot ne vous parvient")
    jeremie.at(LATER_STILL).open(jeremie.stage.addresses["ways"].replace("chemins/", "")).press("Écrire")
    jeremie.type(text="Bonjour Thierry, un plan à relire.").press("J’envoie ce mot")
    after = LATER_STILL + timedelta(minutes=2)
    thierry.at(after).open("/mots/").reads_nothing_of("un plan à relire")
    jeremie.at(after).open("/mots/").press("Thierry Ah-Hon").reads(
        "Il est parti. Seule une réponse dira ce qu’il devient."
    )
