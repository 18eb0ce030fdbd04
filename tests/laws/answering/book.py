"""A history by the reference: the same acts as `Stage.play` knows, by what `reference`, `series` and `door` say."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.laws.answering import series, stage
from tests.laws.answering.acts import WEEK, Act, History
from tests.laws.answering.door import Door, Note, Ticket, Verdict
from tests.laws.answering.hands import Hands
from tests.laws.answering.reference import Evening, day


@dataclass
class Book:
    """The evenings of a history, with a door each."""

    evenings: list[Evening]
    doors: list[Door]
    hands: Hands[Ticket, Note, Note] = field(default_factory=Hands)

    def play(self, act: Act, now: datetime) -> Any:
        """Do it; what is answered, where something is. Raises `Refused`."""
        evening = self.evenings[act.place]
        match act.verb:
            case "come":
                return evening.come(act.who, act.more[1], now)
            case "decline":
                return evening.decline(act.who, now)
            case "tick":
                return tuple(map(sum, zip(*(one.tick(now) for one in self.evenings), strict=True)))
            case "hand_over" | "forget":
                for one in self.evenings:
                    getattr(one, act.verb)(act.who, *act.more, now)
            case "change" | "cancel" | "end_series" | "release":
                self._organise(act, now)
            case _:
                return self._at_the_door(act, now)
        return None

    def _organise(self, act: Act, now: datetime) -> None:
        match act.verb, act.more:
            case "change", (scope, what, value):
                said = _new(self.evenings[act.place], what, value, now)
                series.change(self.evenings[act.place :], scope, said, now)
            case "cancel", _:
                self.evenings[act.place].cancel(now)
            case "release", _:
                self.evenings[act.place].release(act.guests(), now)
            case _:
                series.end(self.evenings, now)

    def keep(self) -> None:
        """Phones keep the tickets that their owners have now."""
        for place, door in enumerate(self.doors):
            for who in self.evenings[place].going():
                ticket = door.ticket(who)
                assert ticket is not None
                self.hands.keep(place, who, ticket)

    def _at_the_door(self, act: Act, now: datetime) -> Verdict | None:
        match act.verb, act.more:
            case "show", (which, door, ago):
                shown = self.hands.shows(act.place, act.who, which) or Ticket("forged", now)
                self.hands.notes[act.place, door] = Note(shown, door, now - timedelta(minutes=ago))
            case "walk_in", (door, ago):
                self.hands.notes[act.place, door] = Note(None, door, now - timedelta(minutes=ago))
            case "send_again", (door,):
                pass
            case _, (number,):
                self.doors[act.place].let_out(self.hands.entry(act.place, number), now)
                return None
        return self._send(act.place, door, now)

    def _send(self, place: int, door: str, now: datetime) -> Verdict | None:
        note = self.hands.notes.get((place, door))
        if note is None:
            return None
        verdict = self.doors[place].let_in(note, now)
        if verdict[0] == "in":
            self.hands.enter(place, note)
        return verdict


def opened(history: History) -> Book:
    """The evenings of a history as it begins."""
    counted, evenings = day(stage.NOW), []
    for place, (seats, brings) in enumerate(zip(history.seats, history.brings, strict=True)):
        starts = stage.NOW + timedelta(hours=history.ahead) + place * WEEK
        opens, closes = (stage.before(starts, hours) for hours in history.window) if place == 0 else (None, None)
        evenings.append(Evening(starts, starts + stage.LONG, seats, brings, opens, closes, day(starts), counted))
    return Book(evenings, [Door(one) for one in evenings])


def _new(evening: Evening, what: str, value: Any, now: datetime) -> dict[str, Any]:
    """What a change says of an evening."""
    match what:
        case "hours":
            return {name: getattr(evening, name) + timedelta(hours=value) for name in ("starts", "ends")}
        case "window":
            opens, closes = (None if hours is None else now + timedelta(hours=hours) for hours in value)
            return {"opens": opens, "closes": closes}
    return {what: value}
