"""What a storm may never leave behind, not for a moment: read from the tables, beside the server."""

import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from time import monotonic
from typing import Any

import psycopg

from entregent.common import clock
from entregent.config.worker import PAUSE
from entregent.meetups import times
from tests.installation import Installation

#: How long after its end an offer may still be there: what `entregent serve` pauses between two looks.
GRACE = timedelta(seconds=PAUSE)
#: How often the tables are looked at while the storm goes on, in seconds.
EVERY = 0.25
#: Evenings with each of their answers, in one statement: as they are at one moment.
ROWS = """
SELECT evening.code, evening.capacity, evening.taken, evening.starts_at, rsvp.answer, rsvp.offered_until
FROM meetups_meetup AS evening LEFT JOIN meetups_rsvp AS rsvp ON rsvp.meetup_id = evening.id ORDER BY evening.code
"""


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening as the tables have it: seats taken by its count, and until when each offer lasts."""

    code: str
    seats: int
    taken: int
    starts: datetime
    going: int
    waiting: int
    lapsed: int
    offers: tuple[datetime, ...]

    def wrong(self, now: datetime) -> Iterator[str]:
        """What may not be."""
        held = self.going + len(self.offers)
        if held > self.seats or self.taken > self.seats:
            yield f"{self.code} is oversold: {held} of {self.seats} seats"
        if held != self.taken:
            yield f"{self.code} counts {self.taken} seats, and {held} are taken"
        if held < self.seats and self.waiting and now <= self.starts - times.FIRST_TAP:
            yield f"{self.code} has a free seat, and {self.waiting} wait"
        if self.waiting and any(until < now - GRACE for until in self.offers):
            yield f"{self.code} keeps a seat beyond its offer, and {self.waiting} wait"


def evenings(installation: Installation, codes: Collection[str]) -> list[Evening]:
    """These evenings, as they are at one moment."""
    with closing(_database(installation)) as database:
        found = [row for row in database.execute(ROWS).fetchall() if row[0] in codes]
    return [_evening([*rows]) for _code, rows in groupby(found, key=itemgetter(0))]


def uncount(installation: Installation) -> None:
    """Let no evening have been counted yet today."""
    with closing(_database(installation)) as database:
        database.execute("UPDATE meetups_meetup SET band_on = NULL")
        database.commit()


def is_counted(installation: Installation) -> bool:
    """Whether a worker has counted every evening."""
    with closing(_database(installation)) as database:
        return not database.execute("SELECT code FROM meetups_meetup WHERE band_on IS NULL").fetchall()


def _database(installation: Installation) -> Any:
    if installation.address:
        return psycopg.connect(installation.address, autocommit=True)
    return sqlite3.connect(installation.home / "entregent.sqlite3", timeout=60)


def _evening(rows: list[Any]) -> Evening:
    [(code, seats, taken, starts)] = {row[:4] for row in rows}
    said = [row[4] for row in rows]
    counts = {"going": said.count("going"), "waiting": said.count("waiting"), "lapsed": said.count("lapsed")}
    offers = tuple(_moment(row[5]) for row in rows if row[4] == "offered")
    return Evening(code, seats, taken, _moment(starts), offers=offers, **counts)


def _moment(said: Any) -> datetime:
    moment = datetime.fromisoformat(said) if isinstance(said, str) else said
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass
class Watch(threading.Thread):
    """Looks at evenings again and again until it is told to end; `wrong` says what may not be, each thing once."""

    installation: Installation
    codes: frozenset[str]
    wrong: dict[str, None] = field(default_factory=dict)
    looks: int = 0
    offered: int = 0

    def __post_init__(self) -> None:
        super().__init__(name="watch", daemon=True)
        self._ending = threading.Event()

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Look, note, pause."""
        while not self._ending.is_set():
            self.look()
            self._ending.wait(EVERY)

    def look(self) -> list[Evening]:
        """Look once."""
        now = clock.now()
        found = evenings(self.installation, self.codes)
        self.looks += 1
        self.offered = max(self.offered, sum(len(one.offers) for one in found))
        self.wrong |= dict.fromkeys(wrong for one in found for wrong in one.wrong(now))
        return found

    def end(self) -> list[Evening]:
        """Look once more when no offer is over any more, or when that takes too long: how the evenings stand then."""
        self._ending.set()
        self.join()
        until = monotonic() + GRACE.total_seconds() + 5
        while monotonic() < until and any(o <= clock.now() for one in self.look() for o in one.offers if one.waiting):
            self._ending.wait(EVERY)
        return self.look()
