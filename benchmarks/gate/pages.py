"""The list pages of the product, as the queries that they are made of, and what the town lacks for them."""

import random
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.db.models import F

from benchmarks.policy import town
from entregent.common import chance, clock
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.encounters.models import Contact, Encounter, Note
from entregent.market import queries as market
from entregent.market.models import Organisation, Position
from entregent.meetups import gatherings
from entregent.meetups import queries as meetups
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs import queries as needs
from entregent.people.models import Person
from entregent.profiles import queries as profiles
from entregent.profiles.models import Headline, Name
from entregent.search import actions as search_actions
from entregent.search import queries as search
from entregent.search import stems

#: A list page: its queries for a viewer, about something drawn, and every row that they found.
Page = Callable[[Viewer, random.Random], Collection[Any]]

TRADES = (
    "graphiste",
    "développeuse",
    "cartographe",
    "rédacteur",
    "photographe",
    "formatrice",
    "commercial",
    "designer",
)
#: How many contacts each viewer keeps.
BOOK = 300


def viewers() -> dict[str, list[Viewer]]:
    """Five usual people, and the one who stands in thousands of circles."""
    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    usual = random.Random(3).sample([key for place, key in enumerate(keys) if place % 10 and place != town.BUSY], 5)
    return {"usual": [Viewer(person=key) for key in usual], "busiest": [Viewer(person=keys[town.BUSY])]}


def listed() -> dict[str, Page]:
    """Every list page by name: what it reads without a limit is read whole."""
    codes = list(Meetup.ledger.order_by("pk").values_list("code", flat=True)[:50])
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))

    def evening(viewer: Viewer, draw: random.Random) -> Collection[Any]:
        return profiles.cards(viewer, meetups.coming(viewer, draw.choice(codes)))

    def room(viewer: Viewer, draw: random.Random) -> Collection[Any]:
        return profiles.cards(viewer, [one.person for one in meetups.present(viewer, draw.choice(codes))])

    def person(viewer: Viewer, draw: random.Random) -> Collection[Any]:
        one = draw.choice(people)
        return [*needs.of(viewer, one), *market.positions(viewer, one), *gatherings.attended_by(viewer, one)]

    return {
        "evenings to come": lambda viewer, _: gatherings.upcoming(viewer, community="town"),
        "evenings that were": lambda viewer, _: gatherings.past(viewer, community="town", limit=100),
        "who comes to an evening": evening,
        "who is in the room": room,
        "a person": person,
        "the notebook": lambda viewer, _: encounters.book(viewer),
        "what was noted": lambda viewer, _: encounters.book(viewer, "graphiste"),
        "one's own needs": lambda viewer, _: needs.mine(viewer),
        "lines that answer a need": lambda viewer, _: search.lines(viewer, stems.query("un graphiste")),
        "fifty people by name": lambda viewer, draw: profiles.cards(viewer, draw.sample(people, 50)),
    }


def furnish() -> None:
    """Names, headlines, positions, evenings that were, presences, and a notebook for each viewer."""
    with clock.at(town.NOW), chance.seeded(2) as draw:
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        home = Meetup.ledger.order_by("pk").values_list("audience", flat=True)[0]
        _introduce(people, home, draw)
        _employ(people, home, draw)
        _be_past(draw)
        for viewer in (viewer for found in viewers().values() for viewer in found):
            _note(
                viewer.me, draw.sample([key for key in people if key != viewer.me], min(BOOK, len(people) // 2)), draw
            )


def _introduce(people: list[int], home: int, draw: random.Random) -> None:
    about = {"audience_id": home}
    Name.ledger.bulk_create([Name(owner_id=key, text=f"Personne {key}", **about) for key in people], batch_size=5000)
    said = [Headline(owner_id=key, text=draw.choice(TRADES), discreet=draw.random() < 0.2, **about) for key in people]
    Headline.ledger.bulk_create(said, batch_size=5000)
    words = (search_actions.Words(fact, "headline", fact.text, subject=fact.owner_id) for fact in said)
    search_actions.write_many(facts=words)


def _employ(people: list[int], home: int, draw: random.Random) -> None:
    firms = [Organisation(slug=f"firm-{n}", name=f"Firm {n}", folded=f"firm {n}") for n in range(len(people) // 20)]
    Organisation.objects.bulk_create(firms)
    held = [
        Position(owner_id=key, audience_id=home, organisation=firm, named=firm.name, discreet=draw.random() < 0.3)
        for key in people
        for firm in draw.sample(firms, 2)
    ]
    Position.ledger.bulk_create(held, batch_size=5000)


def _be_past(draw: random.Random) -> None:
    """Every second evening was on some day of the last three years, and who said that they come were there."""
    for key in Meetup.ledger.order_by("pk").values_list("pk", flat=True)[::2]:
        ago = timedelta(days=draw.randrange(1, 1000))
        Meetup.ledger.filter(pk=key).update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)
    answers = Rsvp.ledger.order_by("pk").values("owner_id", "audience_id", "discreet", "meetup_id")
    Presence.ledger.bulk_create([Presence(**answer) for answer in answers], batch_size=5000)


def _note(owner: int, people: list[int], draw: random.Random) -> None:
    on, mine = town.NOW.date(), {"owner_id": owner, "audience_id": None}
    contacts = [Contact(person_id=key, name=f"Contact {key}", does=draw.choice(TRADES), **mine) for key in people]
    Contact.ledger.bulk_create(contacts)
    Encounter.ledger.bulk_create([Encounter(contact=one, on=on, title="Apéro", **mine) for one in contacts * 2])
    notes = [Note(contact=one, text=f"{one.does}, à rappeler", on=on, **mine) for one in contacts]
    Note.ledger.bulk_create(notes)
    words = (search_actions.Words(note, "note", note.text, on, contact=note.contact.uid) for note in notes)
    search_actions.write_many(facts=words)
