"""The rules of the door of an evening, as `reference` says those of its seats: each ticket lets in once.

The sources are ADR 19 and ADR 20.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.laws.answering.reference import HOPEFUL, Evening, Refused, Said


class Ticket(NamedTuple):
    """Of a seat, and of the moment at which its owner last took it."""

    seat: object
    since: datetime


#: What a door says of somebody: `in` or why not; when they were let in, and whether by this very door.
Verdict = tuple[str, datetime | None, bool]


@dataclass(eq=False)
class Note:
    """What one of the doors noted, and when: a ticket, or a first name where it is None."""

    ticket: Ticket | None
    door: str
    at: datetime


@dataclass
class Door:
    """Whoever walked in without a seat; whoever has one is let in by it."""

    evening: Evening
    walkers: list[Note] = field(default_factory=list)

    def ticket(self, who: str) -> Ticket | None:
        """The ticket of somebody who comes."""
        one = self.evening.said.get(who)
        return Ticket(one.seat, one.since) if one and one.stands == "going" else None

    def shown(self, who: str, now: datetime) -> tuple[bool, datetime | None] | None:
        """What the page of somebody's ticket says, until the doors close: that it is theirs, when it let them in."""
        if self.evening.cancelled or self.evening.ends + timedelta(hours=6) <= now or not self.ticket(who):
            return None
        entry = self.evening.said[who].entry
        return True, entry.at if entry else None

    def let_in(self, note: Note, now: datetime) -> Verdict:
        """Let in whom a door noted: once, however often it sends that, and whatever other doors noted."""
        self._must_be_there(note.at, now)
        if note in self.inside():
            return "in", note.at, True
        if note.ticket is None:
            self.walkers.append(note)
            return "in", note.at, True
        one = self._holder(note.ticket)
        if one is not None and one.entry is not None:
            return "already", one.entry.at, one.entry.door == note.door
        if one is None or one.stands != "going":
            return "unknown" if one is None else "waiting" if one.stands in HOPEFUL else "given_back", None, True
        one.entry = note
        return "in", note.at, True

    def let_out(self, note: Note | None, now: datetime) -> None:
        """Take it back that somebody was let in."""
        self._must_be_there(now, now)
        self.walkers = [one for one in self.walkers if one is not note]
        for one in self.evening.said.values():
            one.entry = one.entry if one.entry is not note else None

    def inside(self) -> Iterator[Note]:
        """Whoever was let in."""
        yield from self.walkers
        yield from (one.entry for one in self.evening.said.values() if one.entry is not None)

    def counted(self, now: datetime) -> tuple[int, int]:
        """How many came; how many of those who had said that they come stayed away, once it is over."""
        away = [one for one in self.evening.said.values() if one.stands == "going" and one.entry is None]
        return sum(1 for _ in self.inside()), len(away) if self.evening.ends <= now else 0

    def _holder(self, ticket: Ticket) -> Said | None:
        held = (one for one in self.evening.said.values() if (one.seat, one.since) == ticket)
        return next(held, None)

    def _must_be_there(self, at: datetime, now: datetime) -> None:
        """The door is there from a day before until six hours after; what it noted then, it sends within two days."""
        opens, closes = self.evening.starts - timedelta(hours=24), self.evening.ends + timedelta(hours=6)
        if self.evening.cancelled or not opens <= at < closes or closes + timedelta(hours=48) <= now:
            raise Refused
