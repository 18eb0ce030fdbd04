"""What reads about evenings tell: no more than their viewer may know. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recurring:
    """The series of an evening: by which rule of `recurrence` it recurs, and the day that the rule gives this one."""

    series: UUID
    every: str
    slot_on: date


@dataclass(frozen=True, slots=True)
class Place:
    """A community in which an evening stands. `conduct` is what it wrote of how one behaves, empty for nothing."""

    key: int
    uid: UUID
    slug: str
    name: str
    conduct: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """An evening in a list. Times are aware, in UTC; `zone` names the zone in which they are told.

    `key`, `owner` and `audience` (a circle) go between parts and never leave a door. `my_answer` is as in `Evening`.
    What calendars show was last changed at `revised_at`. `recurs` is None for an evening that stands alone; where a
    list holds the next one of a series only, `more` says how many the viewer sees after it.
    """

    uid: UUID
    key: int
    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    address: str
    town: str
    community: str
    owner: int
    audience: int | None
    cancelled: bool
    my_answer: str
    revised_at: datetime
    recurs: Recurring | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A closed question of an evening, with the answers to choose from. `mine` is the place of the viewer's, from 0."""

    key: str
    text: str
    choices: tuple[str, ...]
    mine: int | None


@dataclass(frozen=True, slots=True)
class Evening:
    """An evening as the viewer meets it. Times are aware, in UTC; `zone` names the zone in which they are told.

    `also` are the further communities in which it stands, as far as the viewer may know: slug and name of each.
    `state` is `open`, `waiting` (all seats are taken), `early` (nobody answers before `opens_at`), `closed` (nobody
    newly answers from `closes_at` on), `cancelled` or `past`; `band` says between how many and how many come, None
    where that is not shown. `audience` is `everyone` or `community`. `my_answer` is `going`, `waiting`,
    `offered` (a seat, until `my_offer_until`), `lapsed` (they let one pass), `released` (those who organise freed
    it), `not_going` or empty, `my_name` the first name of somebody without account, `my_place_in_queue` begins at 1;
    `takes` says that one tap gives them a seat.
    Each may bring up to `guests` people, the viewer brings `my_guests`. `room` is how many may newly come together, of
    as many as could, None without a limit; `within_reach` how many of the seats that the viewer waits for are free.
    `here` is the code of the address behind the QR on the table, `together` of the one by which others come to organise
    it, `recalled` of the one by which people say that they were there (empty where nobody is asked to), for those who
    organise. `owner` announced it. `conduct` is what the community wrote of how one behaves, empty where it wrote
    nothing; `farewell` what was said when it was called off. `pictures` says whether pictures are taken, `my_pictured`
    whether the viewer wants to be on them, None where they did not say.
    """

    uid: UUID
    key: int
    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    address: str
    town: str
    words: str
    community: str
    community_name: str
    conduct: str
    audience: str
    state: str
    band: tuple[int, int] | None
    shows_band: bool
    capacity: int | None
    my_answer: str
    my_name: str
    my_place_in_queue: int | None
    my_offer_until: datetime | None
    takes: bool
    opens_at: datetime | None
    closes_at: datetime | None
    guests: int
    my_guests: int
    room: int | None
    within_reach: int
    questions: tuple[Question, ...]
    organises: bool
    here: str | None
    together: str
    recalled: str
    owner: int
    farewell: str
    pictures: bool
    my_pictured: bool | None
    recurs: Recurring | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody, by key, who organises an evening with whoever announced it; the public id of their saying so."""

    uid: UUID
    person: int


@dataclass(frozen=True, slots=True)
class Planned:
    """An evening in somebody's own calendar: `sure` where they have a seat or organise it.

    `hidden` says that they keep it from others: from colleagues, or from everybody.
    """

    evening: Gathering
    sure: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """That somebody's calendar reads their evenings, since when.

    `busy`: with what they keep from others; `promises`: with what they promised people.
    """

    busy: bool
    promises: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """The viewer's own ticket to an evening, good until the doors close at `until`; when it let them in, if it did."""

    code: str
    until: datetime
    let_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What comes of somebody at the door.

    `outcome` is `in` (let in just now, or able to be), `already` (let in before), `given_back` (the seat, and so the
    ticket), `waiting` (for a seat) or `unknown`. `at` says when they were let in, `here` whether by this very door, and
    `uid` is the public id of that.
    """

    outcome: str
    at: datetime | None = None
    here: bool = True
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class GuestSeat:
    """What somebody without account gets: the secret of the link that keeps their answer, and where they stand."""

    secret: str
    outcome: str


class Noted(TypedDict, total=False):
    """What a door says of an entry beside who: when, the public id that it drew, which of the doors it is."""

    at: datetime | None
    once: UUID | None
    door: str


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom a calendar reads, by key; `busy` and `promises` as in `Subscription`."""

    person: int
    busy: bool
    promises: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the room: their key, the first name of whoever has no account (else empty), since when.

    `uid` is the public id of their presence, which a page may show.
    """

    uid: UUID
    person: int
    name: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody without account who comes to an evening, or hopes to: the public id of their answer, a first name.

    `comes` says that they have a seat, else they wait for one or are offered it; they bring `guests` people.
    """

    uid: UUID
    name: str
    comes: bool
    guests: int


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of an evening, by public id; `mine`: the viewer put it there; `down`: somebody wants it taken down."""

    uid: UUID
    mine: bool
    down: bool


@dataclass(frozen=True, slots=True)
class There:
    """Somebody, by key, and an evening, by public id: they came, or had said or say that they come."""

    person: int
    meetup: UUID
    came: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """Who sees an answer of the viewer's: `audience` is `going`, `community`, `organisers` or `me`.

    `discreet` is None where the viewer has to be asked first whether colleagues may see it. `circle` is the key of the
    audience of an answer that was given, None before.
    """

    audience: str
    discreet: bool | None
    circle: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Own:
    """What the viewer says of an evening: `kind` is `Rsvp`, `Presence`, `Meetup` (they announced it) or `Organising`.

    It is `Admission` where they let people in at its door, `Joint` where it stands in a further community, which
    `answer` then names.

    `audience` is a circle's key; `evening` is None where the viewer no longer sees it.
    """

    kind: str
    uid: UUID
    answer: str
    audience: int | None
    discreet: bool
    evening: Gathering | None = None


@dataclass(frozen=True, slots=True)
class MyPresence:
    """Whether those present see that the viewer is there, apart from colleagues where `discreet`."""

    seen: bool
    discreet: bool
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody on the viewer's own list of an evening, until when; `key` tells them from the others."""

    name: str
    mail: str
    key: str
    until: datetime
