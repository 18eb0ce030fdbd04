"""The product as a history meets it: acts by real actions and duties, and what the tables and pages say then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction

from entregent.circles import actions as circles
from entregent.circles.models import Member
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, declassified, due, queries
from entregent.meetups.models import Meetup, Rsvp
from entregent.notices.models import Notice
from entregent.people import actions as people
from tests.laws.answering.acts import EVENINGS, GUESTS, MEMBERS, Act

#: Thursday, half past six in the evening on La Réunion: when the first evening of a history begins, at the earliest.
NOW = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
LONG = timedelta(hours=4)


@dataclass
class Stage:
    """Everybody as the product knows them, and the evenings of the history that is played."""

    alice: Viewer
    viewers: dict[str, Viewer]
    evenings: list[Meetup]
    going: dict[int, int]

    @cached_property
    def names(self) -> dict[int, str]:
        """What a history calls somebody."""
        return {viewer.me: name for name, viewer in self.viewers.items()}

    @cached_property
    def places(self) -> dict[int, int]:
        """Which evening a row is."""
        return {row.pk: place for place, row in enumerate(self.evenings)}

    def open(self, seats_of: tuple[int | None, ...], ahead: tuple[int, ...]) -> None:
        """Let each evening begin so many hours from now, with so many seats, and nobody's answer."""
        for row, some, hours in zip(self.evenings, seats_of, ahead, strict=True):
            starts = NOW + timedelta(hours=hours)
            Meetup.ledger.filter(pk=row.pk).update(starts_at=starts, ends_at=starts + LONG, capacity=some)

    def play(self, act: Act, now: datetime) -> Any:
        """Do it; what the product answers, where it says where somebody stands. Raises what the product raises."""
        code, actor = self.evenings[act.place].code, self.viewers[act.who]
        match act.verb:
            case "come" if act.who in GUESTS:
                return actions.answer_as_guest(actor, code=code, name=act.who.title()).outcome
            case "come":
                return actions.answer(actor, code=code, audience=act.more)
            case "decline":
                return actions.answer(actor, code=code, answer="not_going")
            case "tick":
                return due.end_offers(now), due.refresh_bands(now)
            case "hand_over":
                actions.adopt(guest=actor.me, person=self.viewers[act.more].me)
            case "forget":
                actions.erase(actor.me)
            case _:
                self._organise(act, code)
        return None

    def _organise(self, act: Act, code: str) -> None:
        match act.verb:
            case "resize":
                actions.edit(self.alice, code=code, capacity=act.more)
            case "move":
                starts, ends = Meetup.ledger.values_list("starts_at", "ends_at").get(code=code)
                actions.edit(self.alice, code=code, starts_at=starts + act.more, ends_at=ends + act.more)
            case "cancel":
                actions.cancel(self.alice, code=code)

    def answers(self) -> dict[tuple[int, str], tuple[str, datetime | None]]:
        """Every answer that is written down: where somebody stands at an evening, until when a seat is kept."""
        names, places = self.names, self.places
        rows = Rsvp.ledger.filter(meetup__in=places).values_list("meetup", "owner", "answer", "offered_until")
        return {(places[meetup], names[owner]): (str(answer), until) for meetup, owner, answer, until in rows}

    def counts(self) -> list[tuple[int, int | None, int]]:
        """Of each evening: seats taken, seats there are, the band."""
        rows = Meetup.ledger.filter(pk__in=self.places).order_by("pk")
        return list(rows.values_list("taken", "capacity", "band"))

    def coming(self) -> set[tuple[int, str]]:
        """Who is in the circle of those who come to an evening, the organiser aside."""
        places = {circle: place for place, circle in self.going.items()}
        rows = Member.objects.filter(circle__in=places).values_list("circle", "person")
        return {(places[circle], self.names[person]) for circle, person in rows}

    def told(self) -> set[tuple[int, str, str]]:
        """What everybody is still to be told."""
        places = {row.uid: place for place, row in enumerate(self.evenings)}
        rows = Notice.objects.filter(about__in=places, sent_at=None).values_list("about", "recipient", "kind")
        return {(places[about], self.names[person], kind) for about, person, kind in rows}

    def seen(self, place: int, who: str) -> tuple[str, str, int | None, datetime | None]:
        """What somebody's page says: the state of an evening, their answer, their place, until when a seat is kept."""
        one = queries.evening(self.viewers[who], self.evenings[place].code)
        return one.state, one.my_answer or "", one.my_place_in_queue, one.my_offer_until

    def known(self, place: int) -> tuple[int, int]:
        """What the organiser's page says: how many come, how many wait."""
        counted = declassified.seats(self.alice, self.evenings[place].code)
        return counted.coming, counted.waiting


@contextmanager
def opened() -> Iterator[Stage]:
    """A community of Alice's with evenings in it, until the block ends; then nothing of it stays."""
    with transaction.atomic(), clock.at(NOW):
        alice = _member("alice")
        slug = communities.found(alice, name="Les gens du web", entry="open")
        viewers = {name: _member(name) for name in MEMBERS}
        viewers |= {name: Viewer(person=people.welcome()[0]) for name in GUESTS}
        rows = [_evening(alice, slug) for _ in EVENINGS]
        going = {place: circles.circle(kind="going", about=row.uid) for place, row in enumerate(rows)}
        yield Stage(alice, viewers, rows, going)
        transaction.set_rollback(True)


def _member(name: str) -> Viewer:
    return Viewer(person=people.person_of(account=people.open_account(email=f"{name}@example.org")))


def _evening(alice: Viewer, slug: str) -> Meetup:
    code = actions.announce(
        alice,
        community=slug,
        title="Apéro Web 47",
        place="Chez Zélie",
        starts_at=NOW + timedelta(hours=1),
        ends_at=NOW + LONG,
    )
    found: Meetup = Meetup.ledger.get(code=code)
    return found
