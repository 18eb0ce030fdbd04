"""What a calendar is told of an evening. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recurs:
    """The series of an evening: its public id and rule, the day that the rule gives this one, the page of its dates."""

    series: UUID
    every: str
    on: date
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An evening in a calendar. Times are aware; `zone` names the zone in which they are told.

    `sure` is false where a seat is not certain; `revision` grows with each change, the last one at `revised_at`.
    `where` and `address` (of its page) may be empty. `recurs` is None where it is told by itself.
    """

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    address: str
    cancelled: bool
    sure: bool
    revision: int
    revised_at: datetime
    recurs: Recurs | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a day, as an entry without an hour, which takes no time; noted at `said_at`."""

    uid: UUID
    title: str
    on: date
    address: str
    said_at: datetime
