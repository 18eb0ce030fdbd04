"""The rules of seats, said again in plain Python: what the product is compared with. It knows no table.

Going, waiting, offered, lapsed, given back by oneself or by those who organise, with whom one brings; from when and
until when one answers; changed, moved, called off; who is to be told what. What a series adds is in `series`, the door
in `door`.
A moment is aware; a person is a name. The sources are ADR 11 and what pages and mails promise.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

#: The clock of La Réunion, which no summer moves.
THERE = timezone(timedelta(hours=4))
#: So long before the start a seat is kept for nobody any more.
LAST = timedelta(hours=2)
#: What somebody who has no seat yet is told, and what anybody who hopes to come is told.
WISHES = {"waiting", "offered", "free"}
HOPES = WISHES | {"confirmed", "seated", "reminder", "changed"}
#: Where somebody stands who has seats, and who hopes to come.
HOLDING, HOPEFUL = {"going", "offered"}, {"going", "offered", "waiting"}


class Refused(Exception):
    """What was asked cannot be had now; nothing was changed."""


@dataclass
class Said:
    """Somebody's answer: where they stand, since when they have been waiting, until when seats are kept for them.

    It is for a `party` of so many, themselves included. `seat` is the same for as long as they stand here; `entry` is
    what a door noted when it let them in.
    """

    stands: str
    since: datetime
    until: datetime | None = None
    party: int = 1
    seat: object = field(default_factory=object)
    entry: Any = None


@dataclass
class Evening:
    """One evening: `seats` is None where there is no limit; `told` holds what each person is still to be told.

    Each may bring so many people (`brings`). `slot` is the day on which its series has it.
    """

    starts: datetime
    ends: datetime
    seats: int | None
    brings: int
    opens: datetime | None
    closes: datetime | None
    slot: date
    counted: date
    band: int = 0
    cancelled: bool = False
    said: dict[str, Said] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)

    def come(self, who: str, guests: int | None, now: datetime) -> str:
        """Say that one comes, with so many people (None: as many as one had said): where one stands then."""
        self._must_be_open(now)
        if self._hours(now) != "open" and self._hope(who, now) is None:
            raise Refused
        party = self._party(who, guests, now)
        crowded = not self._fits(max(party - self._held(who, now), 1), now)
        if self._lapsed(who, now) or (crowded and self._is_due(now)):
            self.pass_on(now)
        before, fits = self._hope(who, now), self._fits(party - self._held(who, now), now)
        if before and before.stands == "offered" and not fits:
            return "offered"
        was = replace(before) if before else Said("", now, party=0)
        one = self.said.setdefault(who, Said("", now))
        one.since = one.since if before else now
        one.stands, one.until, one.party = "going" if fits else "waiting", None, party
        if was.stands != one.stands:
            self._tell_anew(who, "confirmed" if fits else "waiting")
            if fits:
                self._remind(who, now)
        if was.party > party:
            self._give_back(was.stands, now)
        return one.stands

    def decline(self, who: str, now: datetime) -> str:
        """Say that one does not come, whether one had a seat or not."""
        self._must_be_open(now)
        self._leave(who, now)
        self.said.setdefault(who, Said("not_going", now))
        return self.standing(who)

    def release(self, guests: Collection[str], now: datetime) -> None:
        """Those who organise give back what these have, who answered without an account; they are told."""
        self._must_be_open(now)
        gone = {who: self.standing(who) for who in guests if self._hope(who, now)}
        for who in gone:
            self._stand_back(who, "released")
            self._tell(who, "released")
        freed = any(before in HOLDING or now <= self.starts - LAST for before in gone.values())
        if freed or self._is_due(now):
            self.pass_on(now)

    def forget(self, who: str, now: datetime) -> None:
        """Somebody is erased, with what they were to be told."""
        self._take_away(who, now)
        self.told.pop(who, None)

    def _take_away(self, who: str, now: datetime) -> None:
        if who in self.said:
            self._leave(who, now)
            del self.said[who]

    def hand_over(self, guest: str, member: str, now: datetime) -> None:
        """A guest turns out to be a member: the answer is theirs, with its news, unless they gave one themselves."""
        if guest not in self.said:
            return
        if member in self.said:
            self.said[member].entry = self.said[member].entry or self.said[guest].entry
            self._take_away(guest, now)
            return
        self.said[member] = self.said.pop(guest)
        self.told[member] = self.told.get(member, set()) | self.told.pop(guest, set())

    def check(self, new: Mapping[str, Any], now: datetime) -> None:
        """Whether this can be said: no fewer seats than are taken, nothing in the past, hours in their order."""
        starts, ends, seats = (new.get(name, getattr(self, name)) for name in ("starts", "ends", "seats"))
        opens, closes = (new.get(name, getattr(self, name)) for name in ("opens", "closes"))
        moved = (starts, ends) != (self.starts, self.ends)
        if seats is not None and seats < self.taken():
            raise Refused
        if moved and (self.ends <= now or ends <= now or (starts <= now and starts != self.starts)):
            raise Refused
        if (opens and opens >= ends) or (closes and closes > ends) or (opens and closes and closes <= opens):
            raise Refused

    def change(self, new: Mapping[str, Any], now: datetime) -> None:
        """Say something anew, which `check` let pass: seats that get free are offered, of another hour all are told."""
        when, room = (self.starts, self.ends), (self.starts, self.seats)
        for name, value in new.items():
            setattr(self, name, value)
        if room != (self.starts, self.seats):
            self.pass_on(now)
        for who in self._hopeful() if when != (self.starts, self.ends) else ():
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
        """What the clock does: whether offers ended, and whether those who come were counted. Mails go."""
        over = self._is_due(now)
        if over:
            self.pass_on(now)
        for who, kinds in self.told.items():
            self._forget(who, kinds - ({"reminder"} if now < self._reminded() else set()))
        counts = self._lives(now) and self.counted != day(now)
        if counts:
            self.counted, self.band = day(now), self.people("going") // 10 * 10
        return over, counts

    def pass_on(self, now: datetime) -> None:
        """End the offers that are over; offer what is free to whoever waits first, until the last two hours.

        A party is seated whole and not overtaken; one that is larger than the room is passed by. In the last two hours
        all whom there is room for are told.
        """
        if not self._lives(now):
            return
        for who in [who for who in self.said if self._lapsed(who, now)]:
            self.said[who].stands, self.said[who].until, self.said[who].party = "lapsed", None, 1
            self._forget(who, HOPES)
        if self.seats is None:
            for who in [one for one in self._hopeful() if self.standing(one) != "going"]:
                self._seat(who, now)
        elif now <= self.starts - LAST:
            self._offer(self.seats, now)
        else:
            for who in [one for one in self.queue() if self.said[one].party <= self.seats - self.taken()]:
                self._tell_anew(who, "free")

    def _offer(self, seats: int, now: datetime) -> None:
        for who in self.queue():
            one = self.said[who]
            if one.party > seats:
                continue
            if one.party > seats - self.taken():
                break
            one.stands, one.until = "offered", now + self._patience(now)
            self._tell_anew(who, "offered")

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

    def people(self, *stands: str) -> int:
        """How many people stand so, with those whom they bring."""
        return sum(one.party for one in self.said.values() if one.stands in stands)

    def taken(self) -> int:
        """How many seats are given or offered."""
        return self.people(*HOLDING)

    def room(self, now: datetime) -> int | None:
        """How many may newly come together, None where there is no limit: nobody while a seat is kept for a party."""
        if self.seats is None:
            return None
        return 0 if self._kept(now) else min(self.seats - self.taken(), 1 + self.brings)

    def state(self, now: datetime) -> str:
        """What an evening's page says of it to anybody."""
        if self.cancelled or self.ends <= now:
            return "cancelled" if self.cancelled else "past"
        hours = self._hours(now)
        return "waiting" if hours == "open" and self.room(now) == 0 else hours

    def seen(self, who: str, now: datetime) -> tuple[str, int | None, datetime | None, int, int, bool]:
        """What one's own page says: one's answer, one's place in the queue, until when a seat is kept.

        And how many one brings, how many of the seats that one waits for are free, whether one tap takes them.
        """
        one, stands = self.said.get(who), "lapsed" if self._lapsed(who, now) else self.standing(who)
        place = self.queue().index(who) + 1 if stands == "waiting" else None
        reach = self._reach(who, now) if stands == "waiting" else 0
        brings = one.party - 1 if one and stands != "lapsed" else 0
        takes = stands == "offered" or reach > brings
        return stands, place, one.until if one and stands == "offered" else None, brings, reach, takes

    def _reach(self, who: str, now: datetime) -> int:
        first = [one for one in self.queue() if self.said[one].party <= (self.seats or 0)][:1]
        if self.seats is None or not self._lives(now) or (now <= self.starts - LAST and [who] != first):
            return 0
        return min(self.seats - self.taken(), self.said[who].party)

    def _party(self, who: str, guests: int | None, now: datetime) -> int:
        """How many somebody comes with, as far as they may; whoever has a seat, as far as seats are free."""
        one, held = self._hope(who, now), self._held(who, now)
        before = one.party if one else 1
        party = before if guests is None else 1 + guests
        if guests is not None and not 1 <= party <= max(1 + self.brings, before):
            raise Refused
        if self.seats is not None and before < party > self.seats:
            raise Refused
        if held and not self._fits(party - held, now):
            raise Refused
        return party

    def _fits(self, party: int, now: datetime) -> bool:
        if party <= 0 or self.seats is None:
            return True
        return party <= self.seats - self.taken() and not self._kept(now)

    def _kept(self, now: datetime) -> bool:
        """Whether what is free is kept for a party that waits."""
        return now <= self.starts - LAST and any(self.said[who].party <= (self.seats or 0) for who in self.queue())

    def _leave(self, who: str, now: datetime) -> None:
        before = self.standing(who)
        self._stand_back(who, "not_going")
        self._give_back(before, now)

    def _stand_back(self, who: str, stands: str) -> None:
        if who in self.said:
            self.said[who].stands, self.said[who].until, self.said[who].party = stands, None, 1
        self._forget(who, HOPES)

    def _give_back(self, before: str, now: datetime) -> None:
        """Somebody who stood so has less than before: seats get free, or are kept for them no more."""
        if before in HOLDING or (before == "waiting" and now <= self.starts - LAST):
            self.pass_on(now)

    def _seat(self, who: str, now: datetime) -> None:
        self.said[who].stands, self.said[who].until = "going", None
        self._remind(who, now)
        self._tell_anew(who, "seated")

    def _tell_anew(self, who: str, news: str) -> None:
        """Somebody is told where they stand now, and no more where they stood while they waited."""
        self._forget(who, WISHES)
        self._tell(who, news)

    def _patience(self, now: datetime) -> timedelta:
        """Half an hour on the day itself, and where twelve hours would reach into the last two before the start."""
        soon = day(now) == day(self.starts) or now + timedelta(hours=12) > self.starts - LAST
        return timedelta(minutes=30) if soon else timedelta(hours=12)

    def _remind(self, who: str, now: datetime) -> None:
        self._forget(who, {"reminder"})
        if now < self._reminded():
            self._tell(who, "reminder")

    def _reminded(self) -> datetime:
        return datetime.combine(day(self.starts) - timedelta(days=1), time(10), THERE)

    def _hope(self, who: str, now: datetime) -> Said | None:
        """The answer of somebody who hopes to come: an offer that is over is no hope."""
        return self.said[who] if self.standing(who) in HOPEFUL and not self._lapsed(who, now) else None

    def _held(self, who: str, now: datetime) -> int:
        one = self._hope(who, now)
        return one.party if one and one.stands in HOLDING else 0

    def _lapsed(self, who: str, now: datetime) -> bool:
        until = self.said[who].until if who in self.said else None
        return until is not None and until <= now

    def _is_due(self, now: datetime) -> bool:
        """Whether somebody let an offer pass that nobody else has yet."""
        return self._lives(now) and any(self._lapsed(who, now) for who in self.said)

    def _hopeful(self) -> list[str]:
        return [who for who, one in self.said.items() if one.stands in HOPEFUL]

    def _tell(self, who: str, kind: str) -> None:
        self.told.setdefault(who, set()).add(kind)

    def _forget(self, who: str, kinds: set[str]) -> None:
        self.told[who] = self.told.get(who, set()) - kinds

    def _hours(self, now: datetime) -> str:
        """Whether one may newly answer now."""
        if self.opens is not None and now < self.opens:
            return "early"
        return "closed" if self.closes is not None and self.closes <= now else "open"

    def _must_be_open(self, now: datetime) -> None:
        if not self._lives(now):
            raise Refused

    def _lives(self, now: datetime) -> bool:
        return not self.cancelled and now < self.ends


def day(moment: datetime) -> date:
    """Which day it is there."""
    return moment.astimezone(THERE).date()
