"""Two phones and one square, in a real browser: an exchange, a newcomer without an account, the network cut."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone
from tests.journeys.stage import THURSDAY

pytestmark = pytest.mark.journey

LATER = THURSDAY + timedelta(minutes=1)
SQUARE = ".carte-montree .qr svg"


@pytest.fixture
def phone(browser, staged):
    """Makes phones, each with nobody known on it."""
    made = []

    def another(**how):
        made.append(Phone(browser, staged, **how).at(THURSDAY))
        return made[-1]

    yield another
    for one in made:
        one.context.close()


def shown(phone):
    """The address that the square on a phone says."""
    label = phone.find(".carte-montree .qr").get_attribute("aria-label")
    return re.findall(r"/carte/[\w-]+/", label)[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_phones_exchange_cards_in_the_room(phone, scripts):
    karine, emmanuelle = phone(scripts=scripts).of("karine"), phone(scripts=scripts).of("emmanuelle")
    karine.open(karine.stage.addresses["room"]).press("Je montre ma carte").reads("Karine Payet", "Rien encore")
    expect(karine.find(SQUARE)).to_be_visible()
    emmanuelle.open(shown(karine)).reads("Karine Payet", "0692 12 34 56").press("On échange")
    emmanuelle.reads("Vos cartes sont échangées", "Karine", "0692 12 34 56", "Annuler")
    if not scripts:
        karine.press("Dix minutes de plus")
    expect(karine.find("#received")).to_contain_text("Emmanuelle Fontaine", timeout=15_000)
    karine.reads("0692 65 43 21")
    karine.at(LATER).open("/carnet/?q=emmanuelle").press("Emmanuelle").reads("0692 65 43 21")
    karine.open("/moi/cartes/").reads("Cartes échangées").press("Je retire ma carte").reads("Votre carte est retirée")
    emmanuelle.at(LATER).open("/moi/cartes/").reads("Cartes échangées", "Karine Payet")
    emmanuelle.reads_nothing_of("Je remets ma carte")


def test_the_square_stays_where_the_network_is_cut_and_what_came_back_appears_with_it(phone):
    karine, zoe = phone().of("karine"), phone()
    karine.open("/moi/cartes/").press("Je la montre")
    address = shown(karine)
    karine.context.set_offline(True)
    zoe.open(address).reads("Karine Payet", "L’ajouter à mes contacts").type(name="Zoé", way="0692 99 88 77")
    zoe.press("Je le laisse").reads("Karine l’a, et personne d’autre")
    karine.page.wait_for_timeout(11_000)  # one turn, without network
    expect(karine.find(SQUARE)).to_be_visible()
    karine.reads("Rien encore").reads_nothing_of("Zoé")
    karine.context.set_offline(False)
    expect(karine.find("#received")).to_contain_text("0692 99 88 77", timeout=15_000)
    karine.press("Je la note dans mon carnet").reads("La carte est dans votre carnet", "0692 99 88 77")
    karine.open(address).press("Je la range").reads("Le carré ne mène plus nulle part")
    assert zoe.page.goto(zoe.stage.url + address).status == 404


def test_a_newcomer_downloads_the_card_for_their_contacts(phone):
    karine, zoe = phone().of("karine"), phone()
    karine.open("/moi/cartes/").press("Je la montre")
    zoe.open(shown(karine))
    with zoe.page.expect_download() as file:
        zoe.find("main a.lampe").click()
    lines = file.value.path().read_text().splitlines()
    assert (lines[0], lines[2], lines[-1]) == ("BEGIN:VCARD", "FN:Karine Payet", "END:VCARD")
    assert [one["name"] for one in zoe.context.cookies() if one["name"] == "sessionid"] == []
