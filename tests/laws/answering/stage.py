"""The product as a history meets it: acts by real actions and duties, and what the tables and pages say then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction

from entregent.circles import actions as circles
from entregent.circles.models import Member
from entregent.common import clock, days
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, declassified, due, queries, releases
from entregent.meetups.models import Meetup, Rsvp
from entregent.meetups.recurrence import WEEK as WEEKLY
from entregent.meetups.recurrence import Recurs
from entregent.notices import actions as notices
from entregent.notices.models import Notice
from entregent.people import actions as people
from tests.laws.answering.acts import EVENINGS, GUESTS, MEMBERS, WEEK, Act, History
from tests.laws.answering.doorway import Doorway

#: Thursday, half past six in the evening on La Réunion: when the first evening of a history begins, at the earliest.
NOW = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
LONG = timedelta(hours=4)
#: What a change is about, in the words of the product.
FIELDS = {"seats": "capacity", "brings": "guests"}


@dataclass
class Stage:
    """Everybody as the product knows them, and the evenings of the history that is played, which are a series."""

    alice: Viewer
    viewers: dict[str, Viewer]
    evenings: list[Meetup]
    going: dict[int, int]
    door: Doorway = field(init=False)

    @cached_property
    def names(self) -> dict[int, str]:
        """What a history calls somebody."""
        return {viewer.me: name for name, viewer in self.viewers.items()}

    @cached_property
    def places(self) -> dict[int, int]:
        """Which evening a row is."""
        return {row.pk: place for place, row in enumerate(self.evenings)}

    def open(self, history: History) -> None:
        """Let each evening begin when the history says, as it says, with nobody's answer."""
        self.door = Doorway(self.alice, [row.code for row in self.evenings])
        for place, row in reversed(list(enumerate(self.evenings))):
            starts = NOW + timedelta(hours=history.ahead) + place * WEEK
            opens, closes = (before(starts, hours) for hours in history.window) if place == 0 else (None, None)
            said: dict[str, Any] = {"starts_at": starts, "ends_at": starts + LONG, "slot_on": days.of(starts, row.zone)}
            said |= {"opens_at": opens, "closes_at": closes}
            said |= {"capacity": history.seats[place], "guests": history.brings[place]}
            Meetup.ledger.filter(pk=row.pk).update(**said)

    def play(self, act: Act, now: datetime) -> Any:
        """Do it; what the product answers, where it says something. Raises what the product raises."""
        code, actor = self.evenings[act.place].code, self.viewers[act.who]
        match act.verb:
            case "come" if act.who in GUESTS:
                return actions.answer_as_guest(actor, code=code, name=act.who.title(), guests=act.more[1]).outcome
            case "come":
                return actions.answer(actor, code=code, audience=act.more[0], guests=act.more[1])
            case "decline":
                return actions.answer(actor, code=code, answer="not_going")
            case "tick":
                done = due.end_offers(now), due.refresh_bands(now)
                Notice.objects.filter(sent_at=None, due_at__lte=now).update(sent_at=now)
                return done
            case "hand_over":
                actions.adopt(guest=actor.me, person=self.viewers[act.more[0]].me)
            case "forget":
                actions.erase(actor.me)
                notices.erase(actor.me)
            case "change" | "cancel" | "end_series" | "release":
                self._organise(act, code, now)
            case _:
                return self.door.play(act, now)
        return None

    def _release(self, act: Act) -> None:
        """Free the seats of these guests, who answered with a first name."""
        evening, guests = self.evenings[act.place], [self.viewers[who].me for who in act.guests()]
        answered = Rsvp.ledger.filter(meetup=evening, owner__in=guests).exclude(name="")
        releases.release(self.alice, code=evening.code, answers=list(answered.values_list("uid", flat=True)))

    def _organise(self, act: Act, code: str, now: datetime) -> None:
        match act.verb, act.more:
            case "change", ("one", what, value):
                actions.edit(self.alice, code=code, **_said(code, what, value, now))
            case "change", (scope, what, value):
                everywhere = scope == "everywhere"
                actions.edit_following(self.alice, code=code, everywhere=everywhere, **_said(code, what, value, now))
            case "cancel", _:
                actions.cancel(self.alice, code=code)
            case "release", _:
                self._release(act)
            case _:
                actions.end_series(self.alice, code=code)

    def answers(self) -> dict[tuple[int, str], tuple[str, datetime | None, int]]:
        """Every answer that is written down: where somebody stands, until when seats are kept, how many.

        Phones keep the tickets of those who come.
        """
        found = {}
        for row in Rsvp.ledger.filter(meetup__in=self.places):
            place, who = self.places[row.meetup_id], self.names[row.owner_id]
            found[place, who] = (str(row.answer), row.offered_until, 1 + row.guests)
            if row.answer == "going":
                self.door.keep(place, who, row.uid, row.answered_at)
        return found

    def counts(self) -> list[tuple[Any, ...]]:
        """Of each evening: seats taken, seats there are, the band, all that its organiser says of it."""
        said = ("starts_at", "ends_at", "opens_at", "closes_at", "guests", "cancelled_at")
        rows = Meetup.ledger.filter(pk__in=self.places).order_by("pk").values_list("taken", "capacity", "band", *said)
        return [(*row, cancelled_at is not None) for *row, cancelled_at in rows]

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

    def seen(self, place: int, who: str) -> tuple[Any, ...]:
        """What somebody's page says: the state of an evening, how many may come together; where they stand.

        That is their answer, their place, until when a seat is kept, whom they bring, how many seats are free for them,
        whether one tap takes these.
        """
        one = queries.evening(self.viewers[who], self.evenings[place].code)
        mine = (one.my_answer, one.my_place_in_queue, one.my_offer_until, one.my_guests, one.within_reach, one.takes)
        return one.state, one.room, *mine

    def ticket(self, place: int, who: str) -> tuple[bool, datetime | None] | None:
        """What the page of somebody's ticket says, as `Doorway.shown`."""
        return self.door.shown(place, who, self.viewers[who])

    def known(self, place: int) -> tuple[int, int, int, int]:
        """What the organiser's page says: how many come, wait, came, stayed away."""
        counted = declassified.seats(self.alice, self.evenings[place].code)
        return counted.coming, counted.waiting, counted.came, counted.stayed_away


@contextmanager
def opened() -> Iterator[Stage]:
    """A community of Alice's with evenings in it, until the block ends; then nothing of it stays."""
    with transaction.atomic(), clock.at(NOW):
        alice = _member("alice")
        slug = communities.found(alice, name="Les gens du web", entry="open")
        viewers = {name: _member(name) for name in MEMBERS}
        viewers |= {name: Viewer(person=people.welcome()[0]) for name in GUESTS}
        rows = _series(alice, slug)
        going = {place: circles.circle(kind="going", about=row.uid) for place, row in enumerate(rows)}
        yield Stage(alice, viewers, rows, going)
        transaction.set_rollback(True)


def _member(name: str) -> Viewer:
    return Viewer(person=people.person_of(account=people.open_account(email=f"{name}@example.org")))


def before(starts: datetime, hours: int | None) -> datetime | None:
    """The moment so many hours before a start."""
    return None if hours is None else starts - timedelta(hours=hours)


def _said(code: str, what: str, value: Any, now: datetime) -> dict[str, Any]:
    """What a change says of an evening."""
    match what:
        case "hours":
            starts, ends = Meetup.ledger.values_list("starts_at", "ends_at").get(code=code)
            return {"starts_at": starts + timedelta(hours=value), "ends_at": ends + timedelta(hours=value)}
        case "window":
            opens, closes = (None if hours is None else now + timedelta(hours=hours) for hours in value)
            return {"opens_at": opens, "closes_at": closes}
    return {FIELDS[what]: value}


def _series(alice: Viewer, slug: str) -> list[Meetup]:
    code = actions.announce(
        alice,
        community=slug,
        title="Apéro Web 47",
        place="Chez Zélie",
        starts_at=NOW + timedelta(hours=1),
        ends_at=NOW + LONG,
        recurs=Recurs(WEEKLY, times=len(EVENINGS)),
    )
    first = Meetup.ledger.get(code=code)
    return list(Meetup.ledger.filter(series=first.series_id).order_by("slot_on", "pk"))
