"""What people and doors hold in their hands, on one of the two sides: tickets, and what was noted at a door."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tests.laws.answering.acts import EVENINGS, PEOPLE

Ticket = TypeVar("Ticket")
Note = TypeVar("Note")
Entry = TypeVar("Entry")


@dataclass
class Hands(Generic[Ticket, Note, Entry]):
    """`tickets` are all that somebody ever had to an evening, `notes` what a door noted last, `entries` who got in."""

    tickets: dict[tuple[int, str], list[Ticket]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[tuple[int, str], Note] = field(default_factory=dict)
    entries: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, place: int, who: str, ticket: Ticket) -> None:
        """A phone keeps the ticket that its owner has."""
        held = self.tickets[place, who]
        if not held or held[-1] != ticket:
            held.append(ticket)

    def shows(self, place: int, who: str, which: str) -> Ticket | None:
        """A ticket: the `last` that somebody had; the `first` of whoever had most; one to an evening `elsewhere`.

        Somebody else's where they have none. None where it is `forged`, or nobody had such a ticket.
        """
        at = (place + 1) % len(EVENINGS) if which == "elsewhere" else place
        most = max(PEOPLE, key=lambda name: len(self.tickets[at, name]))
        held = self.tickets[at, who if which == "last" and self.tickets[at, who] else most]
        return None if which == "forged" or not held else held[0 if which == "first" else -1]

    def enter(self, place: int, entry: Entry) -> None:
        """Somebody was let in."""
        if entry not in self.entries[place]:
            self.entries[place].append(entry)

    def entry(self, place: int, number: int) -> Entry | None:
        """One of those who were let in to an evening, out of it again or not; None where there was nobody."""
        held = self.entries[place]
        return held[number % len(held)] if held else None
