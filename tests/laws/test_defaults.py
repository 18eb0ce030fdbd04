"""The table of defaults is what the product does: each kind is stated on its page, with nothing chosen."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from entregent.cards import actions as cards
from entregent.cards import queries as cards_kept
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion.viewer import Viewer
from entregent.exchange.models import Origin
from entregent.exchange.origins import MEMBER
from entregent.meetups import actions as meetups
from entregent.meetups import gatherings, hosts, presences
from entregent.meetups import pictures as evening_pictures
from entregent.meetups import queries as evenings
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.writing import actions as writing
from entregent.writing import due as relaying
from tests import cast, pictures
from tests.laws.filled import sent
from tests.web import browser

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[2] / "docs" / "discretion.md"
PLACE = "les-gens-du-web"
ASKED = "asked without a preset"

#: The table of `docs/discretion.md`, word for word: who may see each kind, and whether it is discreet.
TABLE = {
    "profiles.Name": ("the community", "no, until marked"),
    "profiles.Headline": ("the community", "no, until marked"),
    "profiles.Words": ("the community", "no, until marked"),
    "profiles.Portrait": ("the community", "no, until marked"),
    "market.Position": ("its owner, until shown", "no, until marked"),
    "market.Situation": ("its owner, always", "-"),
    "needs.Need": ("its owner, until a circle is chosen", "as marked; a job search always"),
    "meetups.Meetup": ("everyone, or the community alone, as its organiser chooses", "no"),
    "meetups.Organising": ("whoever sees the evening", "no"),
    "meetups.Joint": ("whoever sees the evening, where one gets into that community freely; else who is in it", "no"),
    "meetups.Rsvp": ("those who come, or as last chosen", "asked once, without a preset"),
    "meetups.Presence": ("those present, asked without a preset; one tap hides it again", "as the answer"),
    "meetups.Listed": ("its owner, always", "-"),
    "meetups.Admission": ("whoever organises", "no"),
    "meetups.Picture": ("those who came", "no"),
    "meetups.Takedown": ("its owner, always", "-"),
    "meetups.Pick": ("its owner, always", "-"),
    "communities.Request": ("its stewards", "no"),
    "communities.Claim": ("the community's stewards", "no"),
    "communities.Report": (
        (
            "the community's stewards, other than the one it names (of an evening, whoever had announced it then) "
            "and whoever ever helped to organise that"
        ),
        "no",
    ),
    "ties.Willing": ("the community, asked without a preset", "no"),
    "recall.Kept": ("its owner, always", "-"),
    "encounters.Contact": ("its owner, always", "-"),
    "encounters.Encounter": ("its owner", "-"),
    "encounters.Note": ("its owner, always", "-"),
    "encounters.FollowUp": ("its owner, always", "-"),
    "encounters.Channel": ("its owner, always", "-"),
    "encounters.Label": ("its owner, always", "-"),
    "encounters.Import": ("its owner, always", "-"),
    "encounters.Upload": ("its owner, always", "-"),
    "writing.Written": ("its owner, always", "-"),
    "writing.Given": ("its owner, always: a gift to its receiver", "-"),
    "writing.Closed": ("its owner, always", "-"),
    "cards.Card": ("its owner, always", "-"),
    "cards.Crossing": ("its owner, always: the other one stands in the circle of their crossed cards", "-"),
    "cards.Showing": ("whoever opens its secret address, for ten minutes", "no"),
    "cards.Handed": ("its owner, always: a gift to its receiver", "-"),
}

#: What stands in the database then: the kind of the audience (empty: nobody else), and whether it is discreet.
Stated = tuple[str, bool]


def stated(kind: str, owner: Viewer | int) -> list[Stated]:
    """On which terms somebody's facts of a kind stand."""
    rows = apps.get_model(kind).ledger.filter(owner=owner.me if isinstance(owner, Viewer) else owner).order_by("pk")
    return [(audience or "", discreet) for audience, discreet in rows.values_list("audience__kind", "discreet")]


@pytest.fixture
def danas(dana: Viewer, community: str) -> Client:
    """Dana has come into the community, and said nothing yet."""
    cache.clear()
    communities.join(dana, slug=community)
    return browser.of(dana)


def evening(alice: Viewer, **said: Any) -> str:
    return cast.announce(alice, PLACE, **said)


def at_the_table(alice: Viewer) -> str:
    """The square on the table of an evening that goes on."""
    with clock.at(clock.now() - timedelta(days=4)):
        code = evening(alice)
    return f"/ici/{evenings.evening(alice, code).here}/"


def imported(alice: Viewer) -> str:
    """The page of somebody whom an import brought, and nobody has claimed."""
    page = community_of.community(alice, PLACE)
    person = Person.objects.create(handle="m1")
    communities.enrol(community=page.key, people=[person.pk])
    profiles.call_me(Viewer(person=person.pk), text="n° 1", audience=page.members_circle)
    Origin.objects.create(kind=MEMBER, about=person.uid, community_id=page.key, key="m1")
    return f"/p/{person.uid}/"


def name(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/", "/moi/nom/", name="Dana", headline="Graphiste")


def words(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/ce-que-je-fais/", text="Des cartes")


def portrait(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/portrait/", picture=ContentFile(pictures.drawn(), "moi.png"))


def position(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/", "/moi/travail/", where="organisation", organisation="Filao")


def situation(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/", "/moi/travail/", where="looking")


def need(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/besoins/", "/moi/besoins/", text="Une salle")


def meetup(danas: Client, _alice: Viewer, **more: Any) -> None:
    day = f"{clock.now() + timedelta(days=9):%Y-%m-%d}"
    page = f"/c/{PLACE}/soirees/nouvelle/"
    sent(danas, page, name="Apéro 48", on=day, at="18 h 30", place="Chez Zélie", **more)


def joint(danas: Client, _alice: Viewer) -> None:
    dana = Viewer(person=people.person_with(email="dana@example.org"))
    meetup(danas, dana, also=communities.found(dana, name="Les agences"))


def helping(danas: Client, alice: Viewer) -> None:
    code = evening(alice)
    link = f"/s/{code}/organiser-avec/{hosts.ask_for_help(alice, code=code)}/"
    sent(danas, link)


def rsvp(danas: Client, alice: Viewer) -> None:
    code = evening(alice)
    sent(danas, f"/s/{code}/", f"/s/{code}/reponse/")


def pick(danas: Client, alice: Viewer) -> None:
    code = evening(alice)
    meetups.edit(alice, code=code, questions=[("Végétarien ?", ("oui", "non"))])
    sent(danas, f"/s/{code}/", f"/s/{code}/reponse/", **{"question-1": "0"})


def presence(danas: Client, alice: Viewer) -> None:
    sent(danas, at_the_table(alice), seen="yes")


def admission(danas: Client, _alice: Viewer) -> None:
    dana = Viewer(person=people.person_with(email="dana@example.org"))
    with clock.at(clock.now() - timedelta(days=4)):
        code = evening(dana)
    sent(danas, f"/s/{code}/porte/", f"/s/{code}/porte/entrer/", name="Lou")


def picture(danas: Client, alice: Viewer) -> None:
    dana = Viewer(person=people.person_with(email="dana@example.org"))
    with clock.at(clock.now() - timedelta(days=4)):
        code = evening(dana)
    danas.post(f"/s/{code}/photos/", {"pictures": SimpleUploadedFile("apero.png", pictures.drawn())})


def takedown(danas: Client, alice: Viewer) -> None:
    square = at_the_table(alice)
    sent(danas, square, seen="no")
    [code] = [one.evening.code for one in gatherings.mine(alice) if one.kind == "Meetup" and one.evening]
    shown = evening_pictures.add_picture(alice, code=code, file=pictures.drawn())
    danas.post(f"/photos/{shown}/retirez-moi/")


def request(danas: Client, alice: Viewer) -> None:
    other = communities.found(alice, name="Cartes sur table", entry="approved")
    sent(danas, f"/rejoindre/{other}/", name="Dana", where="own")


def claim(danas: Client, alice: Viewer) -> None:
    page = imported(alice)
    sent(danas, page, f"{page}moi/")


def report(danas: Client, alice: Viewer) -> None:
    page = f"/p/{people.uid_of(person=people.person_with(email='charlie@example.org') or 0)}/"
    sent(danas, f"{page}signaler/", words="Il insiste.")


def willing(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/", "/moi/relations/", through_me="yes")


def kept(danas: Client, _alice: Viewer) -> None:
    danas.post("/besoin/garder/", {"q": "un photographe"})


def book(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/carnet/nouveau/", name="Ève", met_on="2026-01-08", place="Saint-Denis", words="Parle cadastre")


def promise(danas: Client, _alice: Viewer) -> None:
    page = danas.post("/carnet/nouveau/", {"name": "Ève"})["Location"]
    sent(danas, page, f"{page}promesse/", text="Lui envoyer l'adresse")


def file(danas: Client, _alice: Viewer) -> str:
    """The page where somebody chooses from a file."""
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Fontaine\nTEL:0692123456\nEND:VCARD\n"
    sent = danas.post("/carnet/apporter/", {"file": SimpleUploadedFile("carnet.vcf", card)})
    return str(sent["Location"])


def roll(danas: Client, _alice: Viewer) -> None:
    """Somebody of a list of another tool, for an evening of one's own."""
    dana = Viewer(person=people.person_with(email="dana@example.org"))
    page = f"/s/{evening(dana)}/liste/"
    shown = danas.post(page, {"file": SimpleUploadedFile("guests.csv", b"name,email\nZoe,zoe@example.org\n")})
    danas.post(page, {"people": shown.context["roll"]["carried"]})


def address_book(danas: Client, alice: Viewer) -> None:
    danas.post(file(danas, alice), {"what": "all", "label": "Plongée"})


def written(danas: Client, alice: Viewer) -> None:
    name(danas, alice)
    sent(danas, f"/ecrire/{people.uid_of(person=alice.me)}/", text="Un café ?", relay="yes")


def given(danas: Client, alice: Viewer) -> None:
    name(danas, alice)
    dana = people.person_with(email="dana@example.org")
    writing.write(alice, person=people.uid_of(person=dana or 0), text="Un café ?")
    relaying.relay(clock.now() + relaying.PATIENCE)


def closed(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/mots/", "/mots/recevoir/", yes="no")


def card(danas: Client, _alice: Viewer) -> None:
    sent(danas, "/moi/cartes/nouvelle/", title="Apéro", name="Dana", telephone="0692 12 34 56")


def crossing(danas: Client, alice: Viewer) -> None:
    name(danas, alice)
    dana = people.person_with(email="dana@example.org") or 0
    person = people.uid_of(person=dana)
    word = writing.write(alice, person=person, text="Un café ?", mail="alice@example.org")
    relaying.relay(clock.now() + relaying.PATIENCE)
    sent(danas, f"/mots/{word}/", text="Oui", telephone="0692 12 34 56")
    relaying.relay(clock.now() + relaying.PATIENCE)


def showing(danas: Client, alice: Viewer) -> str:
    """The address of a card that is shown."""
    card(danas, alice)
    [own] = cards_kept.mine(Viewer(person=people.person_with(email="dana@example.org")))
    return str(sent(danas, "/moi/cartes/", f"/moi/cartes/{own.uid}/montrer/")["Location"])


def handed(danas: Client, alice: Viewer) -> None:
    address = f"/carte/{cards.show(alice, card=cards.keep(alice, title='Apéro', name='Alice'))}/"
    sent(danas, address, f"{address}prendre/")


#: How each kind is stated, and what then stands there.
STATED: dict[str, tuple[Callable[[Client, Viewer], object], Stated]] = {
    "profiles.Name": (name, ("members", False)),
    "profiles.Headline": (name, ("members", False)),
    "profiles.Words": (words, ("members", False)),
    "profiles.Portrait": (portrait, ("members", False)),
    "market.Position": (position, ("", False)),
    "market.Situation": (situation, ("", False)),
    "needs.Need": (need, ("", False)),
    "meetups.Meetup": (meetup, ("everyone", False)),
    "meetups.Organising": (helping, ("everyone", False)),
    "meetups.Joint": (joint, ("members", False)),
    "meetups.Rsvp": (rsvp, ("going", False)),
    "meetups.Presence": (presence, ("attended", False)),
    "meetups.Listed": (roll, ("", False)),
    "meetups.Admission": (admission, ("organisers", False)),
    "meetups.Picture": (picture, ("attended", False)),
    "meetups.Takedown": (takedown, ("", False)),
    "meetups.Pick": (pick, ("", False)),
    "communities.Request": (request, ("stewards", False)),
    "communities.Claim": (claim, ("stewards", False)),
    "communities.Report": (report, ("hearing", False)),
    "ties.Willing": (willing, ("members", False)),
    "recall.Kept": (kept, ("", False)),
    "encounters.Contact": (book, ("", False)),
    "encounters.Encounter": (book, ("", False)),
    "encounters.Note": (book, ("", False)),
    "encounters.FollowUp": (promise, ("", False)),
    "encounters.Channel": (address_book, ("", False)),
    "encounters.Label": (address_book, ("", False)),
    "encounters.Import": (address_book, ("", False)),
    "encounters.Upload": (file, ("", False)),
    "writing.Written": (written, ("", False)),
    "writing.Given": (given, ("", False)),
    "writing.Closed": (closed, ("", False)),
    "cards.Card": (card, ("", False)),
    "cards.Crossing": (crossing, ("", False)),
    "cards.Showing": (showing, ("everyone", False)),
    "cards.Handed": (handed, ("", False)),
}


def test_the_table_of_the_document_is_the_one_that_is_tested():
    rows = re.findall(r"^\| [^|]* \| ([^|]*) \| ([^|]*) \| `(\w+\.\w+)` \|$", DOCUMENT.read_text(), re.MULTILINE)
    assert {kind: (who, discreet) for who, discreet, kind in rows} == TABLE
    assert list(STATED) == list(TABLE)


@pytest.mark.parametrize("kind", STATED)
def test_each_kind_stands_as_the_table_says_where_nothing_was_chosen(kind, danas, alice, dana):
    state, expected = STATED[kind]
    assert stated(kind, dana) == []
    state(danas, alice)
    assert stated(kind, dana) == [expected]


def test_a_name_said_in_joining_is_the_community_s(client, community, dana):
    danas = browser.of(dana)
    sent(danas, f"/rejoindre/{community}/", name="Dana", where="organisation", organisation="Filao")
    assert (stated("profiles.Name", dana), stated("market.Position", dana)) == ([("members", False)], [("", False)])


def test_a_name_is_for_all_of_one_s_communities_and_nobody_s_where_there_is_none(danas, dana, alice, client):
    eves = browser.of(eve := cast.member("eve"))
    sent(eves, "/moi/", "/moi/nom/", name="Ève")
    communities.join(dana, slug=communities.found(alice, name="Cartes", entry="open"))
    sent(danas, "/moi/", "/moi/nom/", name="Dana")
    assert (stated("profiles.Name", dana), stated("profiles.Name", eve)) == ([("communities", False)], [("", False)])


def test_a_job_search_is_discreet_without_being_asked(danas, dana):
    sent(danas, "/moi/besoins/", "/moi/besoins/", text="Une équipe plus petite", kind="job")
    assert stated("needs.Need", dana) == [("", True)]


def test_whether_colleagues_see_an_answer_is_asked_once_and_the_presence_follows(danas, alice, dana):
    position(danas, alice)
    code = evening(alice)
    page, action = f"/s/{code}/", f"/s/{code}/reponse/"
    assert sent(danas, page, action).status_code == 422
    assert stated("meetups.Rsvp", dana) == []
    sent(danas, page, action, colleagues="no")
    other = evening(alice, title="Apéro 48")
    sent(danas, f"/s/{other}/", f"/s/{other}/reponse/")
    sent(danas, at_the_table(alice), seen="yes")
    assert stated("meetups.Rsvp", dana) == [("going", True)] * 2
    assert stated("meetups.Presence", dana) == [("attended", True)]


def test_an_answer_goes_to_whom_it_last_went(danas, alice, dana):
    first, other = evening(alice), evening(alice, title="Apéro 48")
    sent(danas, f"/s/{first}/", f"/s/{first}/reponse/", audience="organisers")
    sent(danas, f"/s/{other}/", f"/s/{other}/reponse/")
    assert stated("meetups.Rsvp", dana) == [("organisers", False)] * 2


def test_an_answer_without_an_account_is_the_organisers(alice, community):
    cache.clear()
    code, somebody = evening(alice), Client()
    sent(somebody, f"/s/{code}/", f"/s/{code}/reponse/", name="Ève")
    guest = Viewer(person=people.holder_of(secret=somebody.session["key"]))
    assert stated("meetups.Rsvp", guest) == [("organisers", False)]


def test_what_is_asked_without_a_preset_is_kept_for_nobody_until_it_is_answered(danas, alice, dana):
    table = at_the_table(alice)
    assert sent(danas, table).status_code == 422
    assert sent(danas, "/moi/", "/moi/relations/").context["ask_form"].errors.keys() == {"through_me"}
    assert (stated("meetups.Presence", dana), stated("ties.Willing", dana)) == ([], [])


def test_presence_that_is_said_afterwards_is_asked_without_a_preset_too(danas, alice, dana):
    code = evening(alice)
    with clock.at(clock.now() + timedelta(days=60)):
        link = f"/s/{code}/j-y-etais/{presences.ask_who_was_there(alice, code=code)}/"
        assert (sent(danas, link).status_code, stated("meetups.Presence", dana)) == (422, [])
        sent(danas, link, seen="yes")
        assert stated("meetups.Presence", dana) == [("attended", False)]


def test_one_tap_takes_presence_back(danas, alice, dana):
    presence(danas, alice)
    room = evenings.answered(dana).code
    sent(danas, f"/s/{room}/salle/", f"/s/{room}/salle/visible/")
    assert stated("meetups.Presence", dana) == [("", False)]
