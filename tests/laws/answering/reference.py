"""The rules of seats, said again in plain Python: what the product is compared with. It knows no table.

Going, waiting, offered, lapsed, given back, more seats and fewer, another hour, called off; who is to be told what.
A moment is aware; a person is a name. The sources are ADR 11 and what the mails promise.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

#: The clock of La Réunion, which no summer moves.
THERE = timezone(timedelta(hours=4))
#: What somebody who has no seat yet is told, and what anybody who hopes to come is told.
WISHES = {"waiting", "offered", "free"}
HOPES = WISHES | {"confirmed", "seated", "reminder", "changed"}


class Refused(Exception):
    """What was asked cannot be had now; nothing was changed."""


@dataclass
class Said:
    """Somebody's answer: where they stand, since when they have been waiting, until when a seat is kept for them."""

    stands: str
    since: datetime
    until: datetime | None = None


@dataclass
class Evening:
    """One evening: `seats` is None where there is no limit; `told` holds what each person is still to be told."""

    starts: datetime
    ends: datetime
    seats: int | None
    counted: date
    band: int = 0
    cancelled: bool = False
    said: dict[str, Said] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)

    def come(self, who: str, now: datetime) -> str:
        """Say that one comes: where one stands then."""
        self._must_be_open(now)
        if self.free() == 0:
            self.pass_on(now)
        before = self.standing(who)
        had = before in {"going", "offered"}
        stands = "going" if had or self.free() != 0 else "waiting"
        if before not in {"going", "offered", "waiting"}:
            self.said[who] = Said(stands, now)
        self.said[who].stands, self.said[who].until = stands, None
        if before != stands:
            self._forget(who, WISHES)
            self._tell(who, "confirmed" if stands == "going" else "waiting")
            if stands == "going":
                self._remind(who, now)
        return stands

    def decline(self, who: str, now: datetime) -> str:
        """Say that one does not come, whether one had a seat or not."""
        self._must_be_open(now)
        self._leave(who, now)
        self.said.setdefault(who, Said("not_going", now))
        return self.standing(who)

    def forget(self, who: str, now: datetime) -> None:
        """Somebody is erased."""
        if who in self.said:
            self._leave(who, now)
            del self.said[who]

    def hand_over(self, guest: str, member: str, now: datetime) -> None:
        """A guest turns out to be a member: the answer is theirs, unless they gave one themselves."""
        if guest not in self.said:
            return
        if member in self.said:
            self.forget(guest, now)
            return
        self.said[member] = self.said.pop(guest)
        self._forget(guest, HOPES)
        if self.standing(member) == "going":
            self._remind(member, now)
        if self.standing(member) == "offered":
            self._tell(member, "offered")

    def resize(self, seats: int | None, now: datetime) -> None:
        """Have more seats, or fewer, though no fewer than are taken."""
        if seats is not None and seats < self.taken():
            raise Refused
        if seats != self.seats:
            self.seats = seats
            self.pass_on(now)

    def move(self, by: timedelta, now: datetime) -> None:
        """Let it begin earlier or later: whoever hopes to come is told."""
        if by and (self.ends <= now or self.starts + by <= now):
            raise Refused
        self.starts, self.ends = self.starts + by, self.ends + by
        if by:
            self.pass_on(now)
            for who in self._hopeful():
                self._tell(who, "changed")
                if self.standing(who) == "going":
                    self._remind(who, now)

    def cancel(self, now: datetime) -> None:
        """Call it off; not once it is over."""
        if not self.cancelled:
            self._must_be_open(now)
            self.cancelled = True
            for who in self._hopeful():
                self._forget(who, HOPES)
                self._tell(who, "cancelled")

    def tick(self, now: datetime) -> tuple[bool, bool]:
        """What the clock does: whether offers ended, and whether those who come were counted."""
        over = self._lives(now) and any(one.until and one.until <= now for one in self.said.values())
        if over:
            self.pass_on(now)
        counts = self._lives(now) and self.counted != _day(now)
        if counts:
            self.counted, self.band = _day(now), len(self.going()) // 10 * 10
        return over, counts

    def pass_on(self, now: datetime) -> None:
        """End the offers that are over; offer what is free to whoever waits first, until the last two hours."""
        if not self._lives(now):
            return
        for who in [who for who, one in self.said.items() if one.until and one.until <= now]:
            self.said[who].stands, self.said[who].until = "lapsed", None
            self._forget(who, HOPES)
        if self.seats is None:
            for who in [one for one in self._hopeful() if self.standing(one) != "going"]:
                self._seat(who, now)
            return
        kept = now <= self.starts - timedelta(hours=2)
        free = self.free()
        for who in self.queue()[: free if kept else None] if free else ():
            if kept:
                self.said[who].stands, self.said[who].until = "offered", now + self._patience(now)
            self._forget(who, WISHES)
            self._tell(who, "offered" if kept else "free")

    def standing(self, who: str) -> str:
        """Where somebody stands, as it is written down."""
        return self.said[who].stands if who in self.said else ""

    def queue(self) -> list[str]:
        """Those who wait, the first one first."""
        waiting = [who for who, one in self.said.items() if one.stands == "waiting"]
        return sorted(waiting, key=lambda who: self.said[who].since)

    def going(self) -> set[str]:
        """Those who come."""
        return {who for who, one in self.said.items() if one.stands == "going"}

    def taken(self) -> int:
        """How many seats are given or offered."""
        return sum(one.stands in {"going", "offered"} for one in self.said.values())

    def free(self) -> int | None:
        """How many seats are left; None where there is no limit."""
        return None if self.seats is None else self.seats - self.taken()

    def state(self, now: datetime) -> str:
        """What an evening's page says of it to anybody."""
        if self.cancelled or self.ends <= now:
            return "cancelled" if self.cancelled else "past"
        return "waiting" if self.free() == 0 else "open"

    def seen(self, who: str, now: datetime) -> tuple[str, int | None, datetime | None]:
        """What one's own page says: one's answer, one's place in the queue, until when a seat is kept."""
        one, stands = self.said.get(who), self.standing(who)
        if one and one.until and one.until <= now:
            stands = "lapsed"
        place = self.queue().index(who) + 1 if stands == "waiting" else None
        return stands, place, one.until if one and stands == "offered" else None

    def _leave(self, who: str, now: datetime) -> None:
        had = self.standing(who) in {"going", "offered"}
        if who in self.said:
            self.said[who].stands, self.said[who].until = "not_going", None
        self._forget(who, HOPES)
        if had:
            self.pass_on(now)

    def _seat(self, who: str, now: datetime) -> None:
        self.said[who].stands, self.said[who].until = "going", None
        self._remind(who, now)
        self._forget(who, WISHES)
        self._tell(who, "seated")

    def _patience(self, now: datetime) -> timedelta:
        """Half an hour on the day itself, and where twelve hours would reach into the last two before the start."""
        soon = _day(now) == _day(self.starts) or now + timedelta(hours=12) > self.starts - timedelta(hours=2)
        return timedelta(minutes=30) if soon else timedelta(hours=12)

    def _remind(self, who: str, now: datetime) -> None:
        due = datetime.combine(_day(self.starts) - timedelta(days=1), time(10), THERE)
        self._forget(who, {"reminder"})
        if due > now:
            self._tell(who, "reminder")

    def _hopeful(self) -> list[str]:
        return [who for who, one in self.said.items() if one.stands in {"going", "offered", "waiting"}]

    def _tell(self, who: str, kind: str) -> None:
        self.told.setdefault(who, set()).add(kind)

    def _forget(self, who: str, kinds: set[str]) -> None:
        self.told[who] = self.told.get(who, set()) - kinds

    def _must_be_open(self, now: datetime) -> None:
        if not self._lives(now):
            raise Refused

    def _lives(self, now: datetime) -> bool:
        return not self.cancelled and now < self.ends


def _day(moment: datetime) -> date:
    return moment.astimezone(THERE).date()
