"""What may be told of an evening, counted from what people did and from nothing else: D1, D2 and D5 in plain Python."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

#: The hours that clocks on La Réunion are ahead.
THERE = timedelta(hours=4)
#: How long a seat is kept for whoever waits first: days before, and on the day itself; from when it is kept for nobody.
AT_LEISURE, IN_HASTE, FIRST_TAP = timedelta(hours=12), timedelta(minutes=30), timedelta(hours=2)


@dataclass(frozen=True)
class Did:
    """Somebody did something: `come`, `stay_home`, `arrive`; or the organiser `cancel`, `seats`, `band`.

    `number` is how many seats there are from then on (0: no limit), or whether the band is shown. `count` and
    `pass_on` are the worker's.
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
    offered: dict[str, datetime] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
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
        wait = len(self.queue) + len(self.offered)
        return len(self.coming), wait, len(self.came), len(away) if now >= self.ends_at else 0

    def standing(self, who: str, now: datetime) -> str:
        """D2: one's own standing."""
        over = who in self.offered and self.offered[who] <= now
        lapsed = over or who in self.lapsed
        places = {
            "going": self.coming,
            "waiting": self.queue,
            "lapsed": {who} if lapsed else (),
            "offered": self.offered,
        }
        return next((standing for standing, people in places.items() if who in people), "")

    def _full(self) -> bool:
        return 0 < self.seats <= len(self.coming) + len(self.offered)

    def _closed(self, now: datetime) -> bool:
        return self.cancelled or now >= self.ends_at

    def _come(self, did: Did) -> None:
        if self._closed(did.at) or did.who in self.coming:
            return
        if self._full():
            self._pass_on(did)
        if did.who in self.offered:
            del self.offered[did.who]
            self.coming.append(did.who)
        elif not self._full():
            self.queue[:] = [who for who in self.queue if who != did.who]
            self.coming.append(did.who)
        elif did.who not in self.queue:
            self.queue.append(did.who)
        self.lapsed.discard(did.who)

    def _stay_home(self, did: Did) -> None:
        if not self._closed(did.at):
            held = did.who in {*self.coming, *self.offered}
            for those in (self.coming, self.queue):
                those[:] = [who for who in those if who != did.who]
            self.offered.pop(did.who, None)
            self.lapsed.discard(did.who)
            if held:
                self._pass_on(did)

    def _arrive(self, did: Did) -> None:
        opened, closed = self.starts_at - timedelta(hours=3), self.ends_at + timedelta(hours=6)
        if not self.cancelled and opened <= did.at <= closed:
            self.came.add(did.who)

    def _cancel(self, did: Did) -> None:
        self.cancelled = self.cancelled or did.at < self.ends_at

    def _seats(self, did: Did) -> None:
        if did.number != self.seats and (did.number == 0 or did.number >= len(self.coming) + len(self.offered)):
            self.seats = did.number
            self._pass_on(did)

    def _band(self, did: Did) -> None:
        self.shows_band = bool(did.number)

    def _count(self, did: Did) -> None:
        today = (did.at + THERE).date()
        if not self._closed(did.at) and today != self.counted_on:
            self.counted, self.counted_on = len(self.coming), today

    def _pass_on(self, did: Did) -> None:
        """What was offered and not taken in time is offered to the next; where seats have no limit, all have one."""
        if self._closed(did.at):
            return
        over = {who for who, until in self.offered.items() if until <= did.at}
        self.offered = {who: until for who, until in self.offered.items() if who not in over}
        self.lapsed |= over
        if self.seats == 0:
            self.coming += [*self.offered, *self.queue]
            self.offered, self.queue = {}, []
        while self.queue and not self._full() and did.at <= self.starts_at - FIRST_TAP:
            self.offered[self.queue.pop(0)] = did.at + self._kept(did.at)

    def _kept(self, now: datetime) -> timedelta:
        today = (now + THERE).date() == (self.starts_at + THERE).date()
        return IN_HASTE if today or now + AT_LEISURE > self.starts_at - FIRST_TAP else AT_LEISURE
