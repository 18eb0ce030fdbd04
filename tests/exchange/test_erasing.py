"""Whoever is erased is gone from every table, and what they gave to others stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from entregent.cards import actions as cards
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities.models import Claim, Community
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import promises
from entregent.encounters import queries as encounters
from entregent.exchange import actions, attendees, books, demonstration, doctor, erasing, origins, told, uploads
from entregent.exchange.contacts.attendees import Attendee
from entregent.meetups import actions as meetups
from entregent.meetups import admissions, feeds, gatherings, hosts
from entregent.meetups import pictures as evening_pictures
from entregent.meetups import queries as evenings
from entregent.meetups.models import Meetup, Pick
from entregent.people import actions as people
from entregent.people import queries as people_known
from entregent.people.models import Account, Person
from entregent.profiles import actions as profiles
from entregent.recall import actions as recall
from entregent.writing import actions as writing
from entregent.writing import due as relaying
from tests import pictures
from tests.exchange.conftest import NOW

TODAY = date(2026, 11, 22)


def references() -> list[tuple[type[models.Model], str]]:
    """Every column of the product that points at a person."""
    return [
        (kind, column.name)
        for kind in apps.get_models()
        for column in kind._meta.concrete_fields
        if column.is_relation and column.related_model is Person
    ]


def rows_of(people: list[int]) -> dict[str, int]:
    """How many rows of each table point at these people, by table and column, zeros left out."""
    counts = {
        f"{kind.__name__}.{name}": models.QuerySet(kind).filter(**{f"{name}__in": people}).count()
        for kind, name in references()
    }
    return {name: count for name, count in counts.items() if count}


def around_evenings(viewer: Viewer) -> None:
    """Somebody has a calendar read their evenings, chose something at one, and organises one of somebody else."""
    feeds.open_feed(viewer)
    Pick.ledger.create(meetup=Meetup.ledger.order_by("pk")[0], owner_id=viewer.me)
    code = next(one.code for one in gatherings.upcoming(viewer) if one.owner != viewer.me)
    host = Viewer(person=evenings.evening(viewer, code).owner)
    hosts.co_organise(viewer, code=code, together=hosts.ask_for_help(host, code=code))


def export(host: Viewer) -> None:
    """Who organises takes the list of an evening out, and brings one from elsewhere."""
    [mine, *_] = [one for one in gatherings.upcoming(host) if one.owner == host.me]
    meetups.export(host, code=mine.code, fields=["name"])
    attendees.bring(host, code=mine.code, people_of_it=[Attendee(2, "Zoe Fontaine")])


def _hand_over(karine: Viewer) -> None:
    """Somebody writes and is written to, keeps a card, shows it and is given one."""
    nadege = origins.viewer("nadege")
    word = writing.write(nadege, person=people_known.uid_of(person=karine.me), text="Un café ?", mail="n@a.re")
    relaying.relay(NOW + timedelta(minutes=1))
    writing.answer(karine, word=word, text="Oui", mail="k@exemple.re")
    relaying.relay(NOW + timedelta(minutes=1))
    writing.take_words(karine, yes=False)
    shown = cards.show(karine, card=cards.keep(karine, title="Apéro", name="Karine Payet"))
    theirs = cards.keep(nadege, title="Apéro", name="Nadège")
    cards.exchange(nadege, secret=shown, card=theirs)


def in_two(karine: Viewer) -> None:
    """Somebody announces an evening in a community, and in one of their own besides, which is their neighbour's too."""
    place, starts_at = communities.found(karine, name="Les plongeurs", entry="open"), NOW + timedelta(days=1)
    communities.join(origins.viewer("nadege"), slug=place)
    said: dict[str, Any] = {"title": "Palmes", "place": "Boucan", "starts_at": starts_at}
    said |= {"ends_at": starts_at + timedelta(hours=2), "also": [place]}
    meetups.announce(karine, community="aperos-web-974", **said)


def at_the_door(organiser: Viewer) -> None:
    """Somebody opens an evening and lets in whoever walks by."""
    starts_at = NOW + timedelta(hours=5)
    said: dict[str, Any] = {
        "title": "Apéro 49",
        "place": "Chez Karine",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    admissions.let_walk_in(organiser, code=meetups.announce(organiser, community="aperos-web-974", **said), name="Lou")


@pytest.fixture
def played(db: None) -> Iterator[list[int]]:
    """The people of the demonstration, with what nobody does in it: a block, a link, asking to be let in, a claim."""
    with clock.at(NOW):
        demonstration.open_on(TODAY)
        karine, patrick = map(origins.viewer, ("karine", "patrick"))
        at_the_door(patrick)
        discretion.block(karine, person=patrick.me)
        profiles.say(karine, kind="skills", text="Cadastre", audience=None)
        profiles.portray(karine, picture=pictures.drawn(), audience=None)
        people.hand_key(person=karine.me)
        around_evenings(karine)
        agencies = communities.found(patrick, name="Les agences", entry="approved")
        communities.join(karine, slug=agencies, name="Karine")
        place = Community.objects.get(slug=agencies)
        Claim.ledger.create(community=place, owner_id=karine.me, person_id=patrick.me)
        communities.expel(community=place.pk, person=karine.me)
        in_two(karine)
        profiles.report(
            karine, person=people_known.uid_of(person=patrick.me), community="aperos-web-974", words="Il crie."
        )
        book = books.read(b"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Fontaine\nTEL:0692123456\nEND:VCARD\n")
        books.bring(karine, book=book, file="carnet.vcf", label="Plongeurs")
        _kept_for_oneself(karine)
        uploads.hand_over(karine, file="carnet.vcf", data=b"BEGIN:VCARD\nVERSION:3.0\nFN:Nina\nEND:VCARD\n")
        export(origins.viewer("emmanuelle"))
        _hand_over(karine)
        yield [origins.person(person["handle"]) for person in told.small()["people"]]


def _pictured(karine: Viewer) -> None:
    """Pictures of an evening that is over, one of which is taken down by somebody who was there."""
    emmanuelle = origins.viewer("emmanuelle")
    past = gatherings.past(emmanuelle, community="aperos-web-974")
    code = next(one.code for one in past if evenings.my_presence(karine, one.code))
    evening_pictures.take_picture_down(
        karine, picture=evening_pictures.add_picture(emmanuelle, code=code, file=pictures.drawn())
    )


def _kept_for_oneself(karine: Viewer) -> None:
    _pictured(karine)
    recall.keep(karine, text="un photographe")
    promises.promise(karine, contact=encounters.book(karine)[0].uid, text="L'appeler", due_on=TODAY)


def test_everybody_can_be_erased_from_every_table(played: list[int]):
    assert {f"{kind.__name__}.{name}" for kind, name in references()} == set(rows_of(played))
    erased = played[:-1]
    for person in erased:
        erasing.erase(person)
    assert rows_of(erased) == {}
    assert Person.objects.filter(pk__in=erased).count() == 0
    assert Account.objects.count() == 1
    assert doctor.examine(lambda _done, _of: None).found == []


def test_what_was_given_stays_with_whoever_received_it(played: list[int]):
    yasmine = origins.viewer("yasmine")
    assert [entry.name for entry in encounters.book(yasmine, "cartes")] == ["Jérémie Hoarau"]
    actions.erase_me(origins.viewer("jeremie"))
    [entry] = encounters.book(yasmine, "cartes")
    assert (entry.name, entry.person) == ("Jérémie Hoarau", None)
