"""What happens on the stage besides the demonstration, so that every state of every page has somebody in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from entregent.cards import actions as cards
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community
from entregent.directory import queries as directory
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters import actions as notebook
from entregent.encounters import promises
from entregent.encounters import queries as book
from entregent.exchange import books as shelf
from entregent.exchange import demonstration, organisations, uploads
from entregent.exchange.contacts.said import Evening
from entregent.exchange.features import Said
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import admissions, gatherings, hosts, presences, recurrence, releases
from entregent.meetups import pictures as evening_pictures
from entregent.meetups import queries as evenings
from entregent.meetups.recurrence import Recurs
from entregent.needs import actions as wanted
from entregent.needs import queries as needs
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.profiles import actions as profiles
from entregent.recall import actions as recall
from entregent.web.middleware import KEY, LANGUAGE
from entregent.writing import actions as writing
from entregent.writing import due as relaying
from tests import pictures
from tests.exchange import books
from tests.journeys import pages
from tests.journeys.stage import SUNDAY, THURSDAY

DEMONSTRATION = "aperos-web-974"
#: Of the demonstration, those through whose eyes pages are looked at.
CAST = ("jeremie", "patrick", "emmanuelle", "karine", "anais", "nadege", "thierry", "giovanni", "stephane")
DAY = timedelta(days=1)
#: What somebody new wrote to Karine.
GIVEN = (
    "Bonjour Karine, j’arrive de Lyon et je fais des cartes de sentiers.\n\n"
    "On me dit que vous connaissez les musées de l’île : auriez-vous une heure pour un café ?"
)
#: What Karine says of herself.
SAID = {
    "does": "Je mène des comptes de musées et d’offices, du café à la recette.\n\nÀ trois, pas de sous-traitance.",
    "seeks": "Des gens qui aiment écrire avant de dessiner.",
    "skills": "Négocier\nÉcrire un cahier des charges\nTenir un calendrier\nDire non",
    "languages": "Français\nCréole réunionnais\nAnglais",
    "manner": "Sur place le mardi, à distance le reste du temps.",
    "trust": "Un budget, un conflit, un stagiaire.",
    "links": "https://www.exemple.re/karine\nhttps://musees.exemple.re/",
}

#: Evenings of an old calendar to which nobody was asked.
EVENINGS = (
    Evening(date(2012, 11, 16), "Apéro Web 12", "Chez Zélie, Saint-Denis"),
    Evening(date(2012, 6, 15), "Apéro Web 9", ""),
    Evening(date(2010, 1, 28), "Galette des gens du web et de celles et ceux qui dessinent des cartes", "Le Port"),
)
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20121116
SUMMARY:Apéro Web 12
LOCATION:Chez Zélie
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20100128
SUMMARY:Galette
END:VEVENT
END:VCALENDAR
"""


def _listed(name: str, town: str, *tags: str, category: str = "Association", does: str = "", url: str = "") -> Said:
    """What a source says of an organisation."""
    return Said(name, name, category, tags, does, "", "", town, url, date(2026, 3, 14))


LISTED = (
    replace(
        _listed("Atelier des cartes", "Saint-Denis", "cartographie", "SIG", "données ouvertes", category="Entreprise"),
        description="Des cartes en ligne, du relevé au drone à la carte imprimée. Pour les communes, les parcs et les"
        " associations de l’île.",
        address="12, rue Juliette-Dodu",
        postcode="97400",
        url="https://cartes.example",
    ),
    _listed("Filao", "Saint-Denis", "web", "communication", category="Entreprise", does="Agence web."),
    _listed("La Pépinière du port", "Le Port", "incubateur", "coworking", category="Incubateur", does="Des bureaux."),
    _listed("Vacoa Studio", "Saint-Pierre", "web", "jeux vidéo", category="Entreprise", does="Des jeux et des sites."),
)
GONE = _listed("Imprimerie du Barachois", "Saint-Denis", "imprimerie", category="Entreprise", does="Affiches, cartes.")


class Scene:
    """The evenings, people and links beside the demonstration: `acts` are what happens later, by moment."""

    def __init__(self) -> None:
        self.cast = {handle: Viewer(person=who.person_with(handle=handle)) for handle in CAST}
        self.places: dict[str, str] = {}
        self.secrets: dict[str, str] = {}
        self.acts: list[tuple[datetime, Callable[[], object]]] = []

    def open(self) -> dict[str, Mapping[str, str]]:
        """Set everything up; the addresses of all looks, and sessions of all viewers in both languages."""
        self._demonstration()
        self._words()
        self._newcomers()
        self._second_community()
        self._series()
        self._address_books()
        self._guests()
        self._at_a_distance()
        self._letters()
        self._sector()
        self._kept()
        self._cards()
        self._promises()
        self._pictures()
        self.acts = [(THURSDAY - timedelta(minutes=20), self._in_the_room)]
        addresses = {
            look.name: reverse(look.url, args=[self.places.get(a, a) for a in look.args]) for look in pages.LOOKS
        }
        members = {
            f"{name}:{language}": self._member(name, language) for name in self.cast for language in pages.LANGUAGES
        }
        guests = {
            f"{name}:{language}": _session({KEY: key}, language)
            for name, key in self.secrets.items()
            for language in pages.LANGUAGES
        }
        return {"addresses": addresses, "sessions": {**members, **guests}}

    def _demonstration(self) -> None:
        emmanuelle, jeremie = self.cast["emmanuelle"], self.cast["jeremie"]
        page = community.community(emmanuelle, DEMONSTRATION)
        coming = evenings.evening(emmanuelle, demonstration.next_evening())
        past = gatherings.past(emmanuelle, community=DEMONSTRATION)[0]
        self.places |= {"demonstration": DEMONSTRATION, "invite": page.invite or "", "coming": coming.code}
        self.places |= {"here": coming.here or "", "past": past.code}
        self.places["together"] = hosts.ask_for_help(emmanuelle, code=coming.code)
        self.places["recalled"] = presences.ask_who_was_there(emmanuelle, code=past.code)
        self.places |= {"past here": evenings.evening(emmanuelle, past.code).here or ""}
        for entry in book.book(jeremie):
            self.places[f"contact {entry.name}"] = str(entry.uid)
        self.places["need jeremie"] = str(needs.mine(jeremie)[0].said.uid)
        for handle in ("karine", "thierry", "jeremie", "anais", "giovanni"):
            self.places[f"person {handle}"] = str(who.uid_of(person=who.person_with(handle=handle) or 0))

    def _words(self) -> None:
        """What two of them say of themselves; Jérémie keeps some of it discreet."""
        karine, jeremie = self.cast["karine"], self.cast["jeremie"]
        members = community.community(karine, DEMONSTRATION).members_circle
        for kind, text in SAID.items():
            profiles.say(karine, kind=kind, text=text, audience=members)
        profiles.portray(karine, picture=pictures.drawn(), audience=members)
        profiles.say(jeremie, kind="skills", text="Devis\nRecettes\nTenir un budget", audience=members)
        profiles.say(jeremie, kind="seeks", text="Un métier où l’on décide.", audience=members, discreet=True)

    def _newcomers(self) -> None:
        """Somebody with an account and nothing else, and somebody alone in a community that was opened just now."""
        self.cast["newcomer"], self.cast["alone"] = _account("nouvelle@example.net"), _account("seule@example.net")
        alone = self.cast["alone"]
        profiles.call_me(alone, text="Solène Maillot", audience=None)
        market.say_situation(alone, answer="own")
        self.places["empty"] = communities.found(alone, name="Les relieurs de l’île", town="Saint-Leu", entry="open")

    def _series(self) -> None:
        """Six evenings of the second community, one every two weeks, one of them moved and one called off."""
        thierry = self.cast["thierry"]
        starts_at = THURSDAY + 7 * DAY
        said: dict[str, Any] = {"title": "Du sable et des plans", "place": "Au Vieux Port", "town": "Saint-Pierre"}
        said |= {"starts_at": starts_at, "ends_at": starts_at + DAY / 8}
        recurs = Recurs(recurrence.FORTNIGHT, times=6)
        code = meetups.announce(thierry, community=self.places["approved"], recurs=recurs, **said)
        codes = [one.code for one in gatherings.dates(thierry, code)]
        moved = starts_at + 43 * DAY
        meetups.edit(thierry, code=codes[3], starts_at=moved, ends_at=moved + DAY / 8)
        meetups.cancel(thierry, code=codes[2])
        self.places["series"] = code

    def _address_books(self) -> None:
        """One that came in, with evenings, and files that wait: of people, of unknown columns, of evenings alone."""
        nadege, newcomer = self.cast["nadege"], self.cast["newcomer"]
        said = shelf.read((books.CARDS + books.cards(6)).encode())
        said = replace(said, evenings=EVENINGS)
        brought = shelf.bring(nadege, book=said, file="contacts.vcf", label="Apéro 2012")
        calendar = uploads.hand_over(self.cast["alone"], file="agenda.ics", data=CALENDAR.encode())
        upload = uploads.hand_over(nadege, file="Téléphone.vcf", data=(books.CARDS + books.cards(240)).encode())
        columns = uploads.hand_over(newcomer, file="annuaire.csv", data=books.UNKNOWN.encode())
        self.places |= {
            "import": str(brought),
            "upload": str(upload),
            "columns": str(columns),
            "calendar": str(calendar),
        }
        self.places["brought"] = next(str(one.uid) for one in book.book(nadege) if one.name == "Karine")

    def _second_community(self) -> None:
        """One that is entered on approval, with an evening that is full and one that was called off."""
        thierry, karine = self.cast["thierry"], self.cast["karine"]
        slug = communities.found(
            thierry,
            name="Cartes sur table",
            town="Saint-Pierre",
            entry="approved",
            words="Des cartes, des plans, un café.",
        )
        self.places["approved"] = slug
        said: dict[str, Any] = {"community": slug, "place": "Au Vieux Port", "town": "Saint-Pierre"}
        starts_at = THURSDAY + 14 * DAY
        full = meetups.announce(
            thierry,
            title="Cartes sur table 3",
            starts_at=starts_at,
            ends_at=starts_at + DAY / 8,
            capacity=3,
            guests=1,
            pictures=True,
            questions=[("Vous mangez sur place ?", ("oui", "non", "je ne sais pas"))],
            **said,
        )
        off = meetups.announce(
            thierry,
            title="Sortie au Maïdo",
            starts_at=starts_at - 4 * DAY,
            ends_at=starts_at - 4 * DAY + DAY / 8,
            **said,
        )
        meetups.cancel(thierry, code=off, farewell="La route est coupée au Guillaume. Ce sera pour le printemps.")
        next_one = {**said, "starts_at": starts_at + 28 * DAY, "ends_at": starts_at + 28.125 * DAY, "capacity": 1}
        offered = meetups.announce(thierry, title="Cartes sur table 4", **next_one)
        early = {**said, "starts_at": starts_at + 56 * DAY, "ends_at": starts_at + 56.125 * DAY}
        early |= {"opens_at": starts_at + 35.75 * DAY, "closes_at": starts_at + 55 * DAY}
        self.places["early"] = meetups.announce(thierry, title="Cartes sur table 5", also=[DEMONSTRATION], **early)
        for name, guests in (("Bruno", 1), ("Clotilde", 0)):
            meetups.answer_as_guest(ANYBODY, code=full, name=name, guests=guests)
        self.places |= {"full": full, "offered": offered, "off": off}
        meetups.answer(karine, code=full, discreet=False)
        paule = meetups.answer_as_guest(ANYBODY, code=offered, name="Paule").secret
        meetups.answer(karine, code=offered)
        meetups.answer(Viewer(person=who.holder_of(secret=paule)), code=offered, answer="not_going")
        communities.join(
            self.cast["anais"],
            slug=slug,
            name="Anaïs Lebon",
            words="Je viens d’arriver, je fais des cartes de sentiers.",
        )

    def _guests(self) -> None:
        for name, code in (("gaelle", "coming"), ("hugo", "full"), ("rose", "coming"), ("lilou", "coming")):
            seat = meetups.answer_as_guest(
                ANYBODY, code=self.places[code], name=name.title().replace("Gaelle", "Gaëlle")
            )
            self.secrets[name] = self.places[f"secret {name}"] = seat.secret
        rose = Viewer(person=who.holder_of(secret=self.secrets["rose"]))
        meetups.answer(rose, code=self.places["coming"], answer="not_going")
        emmanuelle, said = self.cast["emmanuelle"], {"code": self.places["coming"]}
        lilou = [one.uid for one in evenings.visitors(emmanuelle, **said) if one.name == "Lilou"]
        releases.release(emmanuelle, **said, answers=lilou)

    def _at_a_distance(self) -> None:
        """One who blocks another, and says why to those who look after the community."""
        nadege, giovanni = self.cast["nadege"], who.uid_of(person=self.cast["giovanni"].me)
        profiles.block(nadege, person=giovanni)
        said = "Il photographie tout le monde, et un non ne l’arrête pas."
        profiles.report(nadege, person=giovanni, community=DEMONSTRATION, words=said)

    def _letters(self) -> None:
        """What Karine was given: a word that waits, one with which cards crossed; what she wrote: one gone, one not."""
        karine, patrick, nadege = self.cast["karine"], self.cast["patrick"], self.cast["nadege"]
        hour = clock.now() - timedelta(hours=1)
        for handle in ("patrick", "nadege"):
            self.places[f"person {handle}"] = str(who.uid_of(person=self.cast[handle].me))
        with clock.at(hour):
            given = self._write("anais", karine, GIVEN, telephone="0692 44 55 66")
            crossed = self._write(
                "thierry", karine, "Tes musées ont-ils des plans ? J’en cherche.", mail="t@example.net"
            )
            gone = self._write("karine", patrick, "Bonjour Patrick, le dossier de l’office est chez qui ?")
            relaying.relay(hour + timedelta(minutes=2))
            writing.answer(karine, word=crossed, text="Oui, une pleine armoire.", telephone="0692 12 34 56")
            relaying.relay(hour + timedelta(minutes=2))
        fresh = self._write("karine", nadege, "Bonjour Nadège, un café avant jeudi ?")
        said = {"given": given, "crossed": crossed, "gone": gone, "fresh": fresh}
        self.places |= {f"word {name}": str(uid) for name, uid in said.items()}

    def _write(self, handle: str, to: Viewer, text: str, **card: Any) -> UUID:
        return writing.write(self.cast[handle], person=who.uid_of(person=to.me), text=text, **card)

    def _sector(self) -> None:
        """Two pages of organisations from a public list, one of which has left it since."""
        said = [*LISTED, *(_listed(f"Association {number:02}", "Saint-Leu") for number in range(1, 41))]
        organisations.bring_in([*said, GONE], source="Annuaire ouvert du numérique", licence="ODbL")
        organisations.bring_in(said, source="Annuaire ouvert du numérique")
        for place, name in (("maps", "Atelier des cartes"), ("filao", "Filao"), ("gone", GONE.name)):
            found = directory.find(self.cast["jeremie"], words=name)
            self.places[f"listing {place}"] = str(next(one.uid for one in found.lines if one.name == name))

    def _kept(self) -> None:
        """What Jérémie watches for, with somebody new and without; what Thierry watched for until last month."""
        jeremie, anais = self.cast["jeremie"], self.cast["anais"]
        recall.keep(jeremie, text="un plombier zingueur")
        recall.keep(jeremie, text="quelqu’un pour relire un cahier des charges")
        with clock.at(SUNDAY - timedelta(days=120)):
            recall.keep(self.cast["thierry"], text="une salle le mardi soir à Saint-Pierre")
        members = community.community(anais, DEMONSTRATION).members_circle
        wanted.state(
            anais,
            text="Relire et corriger vos cahiers des charges, avant janvier",
            offered=True,
            kind="service",
            audience=members,
        )

    def _cards(self) -> None:
        """Two cards of Karine's, one of Emmanuelle's."""
        karine, emmanuelle = self.cast["karine"], self.cast["emmanuelle"]
        cards.keep(karine, title="Clients", name="Karine Payet", does="Conduite de projets", mail="karine@exemple.re")
        said: dict[str, Any] = {
            "does": "Je mène des comptes de musées",
            "organisation": "Vacoa",
            "telephone": "0692 12 34 56",
        }
        self.places["card karine"] = str(cards.keep(karine, title="Apéro", name="Karine Payet", **said))
        cards.keep(emmanuelle, title="Apéro", name="Emmanuelle Fontaine", telephone="0692 65 43 21")
        cards.keep(self.cast["nadege"], title="Apéro", name="Nadège Técher", telephone="0692 11 22 33")
        with clock.at(THURSDAY - timedelta(minutes=1)):
            self.places["shown"] = cards.show(
                karine, card=UUID(self.places["card karine"]), meetup=self.places["coming"]
            )

    def _promises(self) -> None:
        """What Jérémie promised: something for today, something for later, something for some day."""
        jeremie, karine = self.cast["jeremie"], UUID(self.places["contact Karine Payet"])
        today = SUNDAY.date()
        promises.promise(jeremie, contact=karine, text="L’appeler pour ce verre au Barachois", due_on=today)
        promises.promise(jeremie, contact=karine, text="Lui envoyer le plan du musée", due_on=today + 9 * DAY)
        promises.promise(jeremie, contact=karine, text="Lui présenter Yasmine")

    def _pictures(self) -> None:
        """Of an evening that is over: two that those who came see, and one that somebody does not want to be on."""
        emmanuelle, past = self.cast["emmanuelle"], self.places["past"]
        first, _, last = (
            evening_pictures.add_picture(emmanuelle, code=past, file=pictures.drawn(size=(600, 400), color=color))
            for color in ("#b5522e", "#3c6b48", "#13242e")
        )
        evening_pictures.take_picture_down(self.cast["jeremie"], picture=last)
        self.places["picture"] = str(first)

    def _in_the_room(self) -> None:
        here = self.places["here"]
        for handle in ("nadege", "loic", "karine", "anais", "emmanuelle", "stephane"):
            presences.arrive(Viewer(person=who.person_with(handle=handle)), here=here, seen=True)
        presences.arrive(self.cast["jeremie"], here=here, seen=True)
        presences.arrive(self.cast["giovanni"], here=here, seen=False, discreet=False)
        self._talk()
        guest = Viewer(person=who.holder_of(secret=self.secrets["gaelle"]))
        presences.arrive_as_guest(guest, here=here, name="Gaëlle", seen=True)
        door: dict[str, Any] = {"code": self.places["coming"], "door": "the other one"}
        for handle in ("karine", "jeremie"):
            ticket = evenings.ticket(self.cast[handle], self.places["coming"]).code
            admissions.let_in(self.cast["emmanuelle"], ticket=ticket, **door)
        admissions.let_walk_in(self.cast["emmanuelle"], name="Lou", **door)

    def _talk(self) -> None:
        """Whom Jérémie notes: somebody with a few words, somebody with none."""
        anais, loic = (who.uid_of(person=who.person_with(handle=handle) or 0) for handle in ("anais", "loic"))
        jeremie, coming = self.cast["jeremie"], self.places["coming"]
        notebook.note_somebody(jeremie, person=anais, text="Des cartes de sentiers, cherche un bureau.", meetup=coming)
        notebook.note_somebody(jeremie, person=loic, meetup=coming)

    def _member(self, name: str, language: str) -> str:
        return _session({}, language, who.account_of(person=self.cast[name].me))


def _account(address: str) -> Viewer:
    return Viewer(person=people.person_of(account=people.open_account(email=address)))


def _session(kept: Mapping[str, str], language: str, account: object = None) -> str:
    """The key of a new session, signed in or not, that speaks a language."""
    client = Client()
    if account is not None:
        client.force_login(get_user_model().objects.get(pk=str(account)))
    session = client.session
    session.update({**kept, LANGUAGE: language})
    session.save()
    return str(session.session_key)
