"""The door in a real browser whose network is cut and restored: a ticket that opens, two doors, one entry each."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import looking

pytestmark = pytest.mark.journey

PROGRAM = Path(__file__).with_name("at_the_door.py")
SETTINGS = {"DJANGO_SETTINGS_MODULE": "entregent.config.settings"}


class Phone:
    """A phone of somebody who is signed in, on which network comes and goes."""

    def __init__(self, browser, url, session):
        self.url, self.context = url, looking.context(browser, "fr", service_workers="allow")
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(looking.PATIENCE)

    def open(self, path):
        self.page.goto(self.url + path)
        return self

    def keeps(self):
        """Wait until the page says that it opens without network."""
        expect(self.page.locator("[data-kept]")).to_be_visible(timeout=looking.PATIENCE)
        return self

    def cut(self):
        self.context.set_offline(True)
        return self

    def restore(self):
        self.context.set_offline(False)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")
        return self

    def present(self, ticket):
        self.page.locator("#billet").fill(ticket)
        self.page.locator("form[data-ticket] button").click()
        return self

    def tick(self, name):
        self.page.locator("[data-lines] li", has_text=name).locator("button").click()
        return self

    def lets_in(self, first_name):
        self.page.locator("#name").fill(first_name)
        self.page.locator("form[data-walk-in] button").click()
        return self

    def waits(self):
        """Wait until something that is held back wants to leave: the page's own policy lets no string be polled."""
        while not self.page.evaluate("() => Boolean(window.waiting)"):
            self.page.wait_for_timeout(50)
        return self

    def holds(self, square):
        """Hold a square, or none, before the camera."""
        self.page.evaluate("(square) => { window.square = square; }", square)
        return self

    def says(self, part, words):
        expect(self.page.locator(f"[data-{part}]")).to_contain_text(re.compile(words), timeout=looking.PATIENCE)
        return self

    def says_nothing(self, part):
        expect(self.page.locator(f"[data-{part}]")).to_be_hidden(timeout=looking.PATIENCE)
        return self

    def kept(self):
        """What this phone keeps: lists, entries to be sent, pages."""
        return self.page.evaluate(
            "async () => [(await kept.all('doors')).length, (await kept.all('entries')).length,"
            " (await (await caches.open(kept.PAGES)).keys()).length]"
        )


@pytest.fixture
def opened(installed):
    around = installed.environment(**SETTINGS)
    made = subprocess.run([sys.executable, str(PROGRAM)], env=around, capture_output=True, text=True, check=True)
    with installed.serve():
        yield {**json.loads(made.stdout), "url": installed.url}


@pytest.fixture
def phone(opened, browser):
    made = []

    def another(who):
        made.append(Phone(browser, opened["url"], opened["sessions"][who]))
        return made[-1]

    yield another
    for one in made:
        one.context.close()


def test_a_ticket_opens_without_network_and_not_after_its_owner_signed_out(opened, phone):
    zoe = phone("zoe").open(f"/s/{opened['code']}/billet/").keeps().cut()
    zoe.open(f"/s/{opened['code']}/billet/")
    expect(zoe.page.locator(".billet .qr svg")).to_be_visible()
    assert zoe.page.locator(".billet code").inner_text().replace(" ", "") == opened["tickets"]["zoe"]
    zoe.open("/")
    assert zoe.page.url.endswith("/billet/")
    zoe.restore().open("/moi/")
    zoe.page.locator("form[action='/sortir/'] button").click()
    zoe.page.wait_for_load_state()
    zoe.cut()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        zoe.open(f"/s/{opened['code']}/billet/")


def test_a_ticket_that_was_given_back_is_forgotten_with_the_next_look(opened, phone):
    zoe = phone("zoe").open(f"/s/{opened['code']}/billet/").keeps()
    zoe.open(f"/s/{opened['code']}/")
    zoe.page.get_by_role("button", name="Je rends ma place").click()
    zoe.open(f"/s/{opened['code']}/billet/")
    pages = "async () => (await (await caches.open('entregent-pages')).keys()).length"
    assert zoe.page.evaluate(pages) == 0


def test_a_phone_without_account_keeps_the_ticket_of_each_evening(opened, phone):
    rose, tickets = phone("rose"), opened["rose"]["tickets"]
    pages = {code: f"/r/{opened['rose']['link']}/billet/?soiree={code}" for code in tickets}
    for page in pages.values():
        rose.open(page).keeps()
    rose.cut()
    shown = {code: rose.open(page).page.locator(".billet code").inner_text() for code, page in pages.items()}
    assert {code: read.replace(" ", "") for code, read in shown.items()} == tickets


def test_two_doors_without_network_let_a_ticket_in_once_and_the_other_door_is_told(opened, phone):
    page, tickets = f"/s/{opened['code']}/porte/", opened["tickets"]
    left, right = (phone(who).open(page).keeps() for who in ("alice", "alice2"))
    for door in (left, right):
        door.says("inside", "^0$").cut()
    left.present(tickets["zoe"]).says("verdict", "Zoé Técher.: laissez entrer")
    left.present(tickets["zoe"]).says("verdict", "dans la salle depuis .* par cette porte")
    left.present(tickets["kim"]).says("verdict", "Sous un nom d’emprunt.: laissez entrer")
    left.present("YXA2U8DGRQUJU9RF").says("verdict", "Pas sur la liste")
    left.says("inside", "^2$").says("status", "Sans réseau.*: 2")
    right.open(page).tick("Zoé Técher")
    right.lets_in("Rose").says("inside", "^2$").says("status", "Sans réseau.*: 2")
    left.restore().says_nothing("status").says("inside", "^2$")
    right.restore().says("told", "Zoé Técher.: dans la salle depuis .*, par l’autre porte").says("inside", "^3$")
    left.restore().says("inside", "^3$")
    assert [door.kept()[1] for door in (left, right)] == [0, 0]
    right.page.locator("[data-told] button").click()
    expect(right.page.locator("[data-told] li")).to_have_count(0)


def test_an_entry_is_undone_without_network_and_a_search_finds_without_accents(opened, phone):
    page = f"/s/{opened['code']}/porte/"
    door = phone("alice").open(page).keeps()
    door.page.locator("#q").fill("tec")
    expect(door.page.locator("[data-lines] li")).to_have_count(1)
    door.tick("Zoé Técher").says("inside", "^1$").says("lines", "Zoé Técher")
    expect(door.page.locator("[data-lines]")).not_to_contain_text("à envoyer")
    door.cut().tick("Zoé Técher").says("inside", "^0$")
    door.tick("Zoé Técher").says("inside", "^1$").tick("Zoé Técher").says("inside", "^0$")
    door.restore().says_nothing("status").says("inside", "^0$")
    assert door.kept() == [1, 0, 1]


def test_signing_out_at_the_door_forgets_the_list(opened, phone):
    door = phone("alice").open(f"/s/{opened['code']}/porte/").keeps()
    assert door.kept() == [1, 0, 1]
    door.open("/moi/")
    door.page.locator("form[action='/sortir/'] button").click()
    door.page.wait_for_load_state()
    left = door.page.evaluate("async () => [(await indexedDB.databases()).length, (await caches.keys()).length]")
    assert left == [0, 0]


#: What this browser has not: a camera, and a reader of squares, which reads what `square` holds.
CAMERA = """
  window.BarcodeDetector = class { async detect() { return window.square ? [{ rawValue: window.square }] : []; } };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 100);
    return canvas.captureStream();
  };
"""
#: Nothing to addresses that end so leaves until `gate` is opened.
HELD_BACK = """(ending) => {
  const real = window.fetch;
  const open = new Promise((yes) => { window.gate = yes; });
  window.fetch = async (...said) => {
    if (String(said[0]).endsWith(ending)) { window.waiting = true; await open; }
    return real(...said);
  };
}"""
#: What this phone keeps is read only once `read` is called.
READ_LATE = """
  const late = new Promise((yes) => { window.read = yes; });
  const real = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...said) {
    const asked = real.apply(this, said);
    const set = (told) => asked.addEventListener("success", () => late.then(() => told()));
    Object.defineProperty(asked, "onsuccess", { set });
    return asked;
  };
"""
#: Lets in by a ticket, and types the next at once.
TYPED_ON = """([ticket, next]) => {
  const typed = document.getElementById("billet");
  typed.value = ticket;
  typed.form.requestSubmit();
  typed.value = next;
}"""


def test_a_camera_lets_in_once_whoever_goes_on_holding_their_ticket_before_it(opened, phone):
    door = phone("alice")
    door.context.add_init_script(CAMERA)
    door.open(f"/s/{opened['code']}/porte/").keeps().says("inside", "^0$").page.locator("[data-scan]").click()
    door.holds(f"{opened['url']}/s/{opened['code']}/porte/?billet={opened['tickets']['zoe']}")
    door.says("verdict", "Zoé Técher.: laissez entrer")
    door.page.wait_for_timeout(6000)
    door.says("verdict", "Zoé Técher.: laissez entrer").holds("").page.wait_for_timeout(3000)
    door.holds(f"{opened['url']}/s/{opened['code']}/porte/?billet={opened['tickets']['zoe']}")
    door.says("verdict", "dans la salle depuis .* par cette porte")


def test_what_is_undone_while_the_door_sends_is_undone_on_the_server_too(opened, phone):
    door = phone("alice").open(f"/s/{opened['code']}/porte/").keeps().says("inside", "^0$").cut()
    door.tick("Zoé Técher").lets_in("Lou").lets_in("Max").says("status", "Sans réseau.*: 3")
    door.page.evaluate(HELD_BACK, "/")
    door.restore().waits()
    door.tick("Zoé Técher").page.locator("[data-walkers] li", has_text="Lou").locator("button").click()
    door.says("inside", "^1$").page.evaluate("window.gate()")
    door.says("walkers", "Max").restore().says("inside", "^1$")
    expect(door.page.locator("[data-walkers]")).not_to_contain_text("à envoyer")
    assert door.kept()[1] == 0
    door.open(f"/s/{opened['code']}/porte/").says("inside", "^1$").says("walkers", "Max")
    expect(door.page.locator("[data-walkers] li")).to_have_count(1)


def test_a_door_that_has_no_list_yet_does_not_say_that_it_goes_on_without_network(opened, phone):
    door = phone("alice")
    door.context.add_init_script(f"({HELD_BACK})('liste.json')")
    door.open(f"/s/{opened['code']}/porte/").waits()
    while door.kept()[2] == 0:
        door.page.wait_for_timeout(100)
    door.page.wait_for_timeout(500)
    expect(door.page.locator("[data-kept]")).to_be_hidden()
    door.page.evaluate("window.gate()")
    assert door.keeps().kept() == [1, 0, 1]


def test_what_is_typed_while_somebody_is_let_in_stays(opened, phone):
    door = phone("alice").open(f"/s/{opened['code']}/porte/").keeps()
    zoe, kim = opened["tickets"]["zoe"], opened["tickets"]["kim"]
    door.page.evaluate(TYPED_ON, [zoe, kim])
    door.says("verdict", "Zoé Técher.: laissez entrer").says("inside", "^1$")
    expect(door.page.locator("[data-lines]")).not_to_contain_text("à envoyer")
    door.page.locator("form[data-ticket] button").click()
    door.says("verdict", "Sous un nom d’emprunt.: laissez entrer").says("inside", "^2$")


def test_a_name_that_shows_nothing_is_told_and_keeps_nobody_waiting(opened, phone):
    door = phone("alice").open(f"/s/{opened['code']}/porte/").keeps().says("inside", "^0$").cut()
    door.lets_in("\u200b").lets_in("Rose").says("status", "Sans réseau.*: 2")
    door.restore().says("told", "Un prénom suffit").says("inside", "^1$").says("walkers", "Rose")
    expect(door.page.locator("[data-walkers] li")).to_have_count(1)
    assert door.kept()[1] == 0


def test_whoever_is_ticked_before_the_list_was_read_is_let_in_once_it_is(opened, phone):
    page = f"/s/{opened['code']}/porte/"
    door = phone("alice").open(page).keeps().cut()
    door.context.add_init_script(READ_LATE)
    door.open(page).tick("Zoé Técher").lets_in("Rose").page.evaluate("window.read()")
    door.says("status", "Sans réseau.*: 2").says("inside", "^2$").says("walkers", "Rose").restore()
    door.says_nothing("status").says("inside", "^2$")
    for part in ("lines", "walkers"):
        expect(door.page.locator(f"[data-{part}]")).not_to_contain_text("à envoyer")
    assert door.kept()[1] == 0
