"""The door of the product as a history meets it: people show tickets, doors send what they noted, once or again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from entregent.common import errors, ids
from entregent.discretion.viewer import Viewer
from entregent.meetups import admissions, queries, tickets
from entregent.meetups.models import Admission
from tests.laws.answering.acts import Act
from tests.laws.answering.hands import Hands

#: What nobody was given, and an entry that never was.
FORGED, NOBODY = "AAAABBBBCCCCDDDD", UUID(int=0)


@dataclass
class Doorway:
    """The doors of the evenings with these codes, at which Alice stands."""

    alice: Viewer
    codes: Sequence[str]
    hands: Hands[str, dict[str, Any], UUID] = field(default_factory=Hands)

    def play(self, act: Act, now: datetime) -> tuple[str, datetime | None, bool] | None:
        """Do it; what the door says. Raises what the product raises."""
        match act.verb, act.more:
            case "show", (which, door, ago):
                ticket = self.hands.shows(act.place, act.who, which) or FORGED
                return self._note(act.place, door, {"ticket": ticket, "at": now - timedelta(minutes=ago)})
            case "walk_in", (door, ago):
                return self._note(act.place, door, {"name": act.who.title(), "at": now - timedelta(minutes=ago)})
            case "send_again", (door,):
                return self._send(act.place, door)
            case _, (number,):
                entry = self.hands.entry(act.place, number)
                admissions.let_out(self.alice, code=self.codes[act.place], entry=entry or NOBODY)
        return None

    def keep(self, place: int, who: str, seat: UUID, since: datetime) -> None:
        """A phone keeps the ticket that its owner has."""
        self.hands.keep(place, who, tickets.code(settings.SECRET_KEY, seat, since))

    def shown(self, place: int, who: str, viewer: Viewer) -> tuple[bool, datetime | None] | None:
        """What the page of somebody's ticket says: that it is theirs, when it let them in; None where there is none."""
        try:
            ticket = queries.ticket(viewer, self.codes[place])
        except errors.NotFound:
            return None
        return ticket.code == self.hands.tickets[place, who][-1], ticket.let_in_at

    def inside(self, places: dict[int, int], names: dict[int, str]) -> list[tuple[int, str, datetime, str]]:
        """Who was let in: to which evening, by whose seat (nobody's: they walked in), when, by which door; sorted."""
        rows = Admission.ledger.filter(meetup__in=places).values_list("meetup", "seat__owner", "at", "door")
        return sorted((places[meetup], names.get(owner, ""), at, door) for meetup, owner, at, door in rows)

    def _note(self, place: int, door: str, note: dict[str, Any]) -> tuple[str, datetime | None, bool]:
        self.hands.notes[place, door] = {**note, "once": ids.new(), "door": door}
        said = self._send(place, door)
        assert said is not None
        return said

    def _send(self, place: int, door: str) -> tuple[str, datetime | None, bool] | None:
        note = self.hands.notes.get((place, door))
        if note is None:
            return None
        act = admissions.let_in if "ticket" in note else admissions.let_walk_in
        entry = act(self.alice, code=self.codes[place], **note)
        if entry.outcome == "in" and entry.uid is not None:
            self.hands.enter(place, entry.uid)
        return entry.outcome, entry.at, entry.here
