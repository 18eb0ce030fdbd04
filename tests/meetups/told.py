"""What may be told of an evening, counted from what people did and from nothing else: D1, D2 and D5 in plain Python."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

#: The hours that clocks on La Réunion are ahead.
THERE = timedelta(hours=4)


@dataclass(frozen=True)
class Did:
    """Somebody did something: `come`, `stay_home`, `arrive`; or the organiser `cancel`, `seats`, `band`.

    `number` is how many seats there are from then on (0: no limit), or whether the band is shown. `count`: the worker.
    """

    at: datetime
    what: str
    who: str = ""
    number: int = 0


@dataclass
class Told:
    """An evening, from its announcement on."""

    announced_at: datetime
    starts_at: datetime
    ends_at: datetime
    coming: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    came: set[str] = field(default_factory=set)
    seats: int = 0
    shows_band: bool = True
    cancelled: bool = False
    counted: int = 0
    counted_on: date | None = None

    def __post_init__(self) -> None:
        self.counted_on = self.counted_on or (self.announced_at + THERE).date()

    def take(self, did: Did) -> None:
        """Let something happen; what cannot be done leaves everything as it was."""
        getattr(self, f"_{did.what}")(did)

    def state(self, now: datetime) -> str:
        """D1: cancelled, past, a waiting list, or open."""
        if self.cancelled:
            return "cancelled"
        return "past" if now >= self.ends_at else "waiting" if self._full() else "open"

    def band(self) -> tuple[int, int] | None:
        """D1: tens of those who came at the last count, which is one a day."""
        low = self.counted - self.counted % 10
        return (low, low + 9) if self.shows_band else None

    def place(self, who: str) -> int | None:
        """D2: one's own place on the list, from 1."""
        return self.queue.index(who) + 1 if who in self.queue else None

    def numbers(self, now: datetime) -> tuple[int, int, int, int]:
        """D5: who come, wait, came, and stayed away once it is over."""
        away = set(self.coming) - self.came
        return len(self.coming), len(self.queue), len(self.came), len(away) if now >= self.ends_at else 0

    def _full(self) -> bool:
        return 0 < self.seats <= len(self.coming)

    def _closed(self, now: datetime) -> bool:
        return self.cancelled or now >= self.ends_at

    def _come(self, did: Did) -> None:
        if not self._closed(did.at) and did.who not in self.coming + self.queue:
            (self.queue if self._full() else self.coming).append(did.who)

    def _stay_home(self, did: Did) -> None:
        if not self._closed(did.at):
            for those in (self.coming, self.queue):
                those[:] = [who for who in those if who != did.who]
            self._seat(did.at)

    def _arrive(self, did: Did) -> None:
        opened, closed = self.starts_at - timedelta(hours=3), self.ends_at + timedelta(hours=6)
        if not self.cancelled and opened <= did.at <= closed:
            self.came.add(did.who)

    def _cancel(self, _did: Did) -> None:
        self.cancelled = True

    def _seats(self, did: Did) -> None:
        if did.number == 0 or did.number >= len(self.coming):
            self.seats = did.number
            self._seat(did.at)

    def _band(self, did: Did) -> None:
        self.shows_band = bool(did.number)

    def _count(self, did: Did) -> None:
        today = (did.at + THERE).date()
        if not self._closed(did.at) and today != self.counted_on:
            self.counted, self.counted_on = len(self.coming), today

    def _seat(self, now: datetime) -> None:
        while self.queue and not self._full() and not self._closed(now):
            self.coming.append(self.queue.pop(0))
