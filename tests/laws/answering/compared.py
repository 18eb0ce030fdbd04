"""One history on both sides, the product and the reference, until they differ: in what."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction

from entregent.common import clock, errors
from tests.laws.answering import book, stage
from tests.laws.answering.acts import Act, History
from tests.laws.answering.book import Book
from tests.laws.answering.reference import Evening, Refused
from tests.laws.answering.stage import Stage

REFUSED = "refused"
#: After how many acts pages are looked at; the tables are, after each.
LOOKED = 5
#: More people than any room holds.
NOBODY = 1_000_000
#: So long before the start a free seat is kept for nobody, though people wait.
FIRST_TAP = timedelta(hours=2)


@dataclass
class Outcome:
    """What runs found. `stood` counts where people stood after each act, by what that is called."""

    runs: int = 0
    acts: int = 0
    refused: int = 0
    seconds: float = 0.0
    stood: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        stood = ", ".join(f"{number} {stands}" for stands, number in sorted(self.stood.items()))
        head = f"{self.runs} runs, {self.acts} acts, {self.refused} refused, {len(self.violations)} differ"
        return f"{head}; {stood}; {self.seconds:.0f} s"


def differences(here: Stage, history: History, outcome: Outcome) -> list[str]:
    """In what the two differ after the first act after which they do; nothing where they never do."""
    by, now, wrong = book.opened(history), stage.NOW, list[str]()
    with transaction.atomic():
        here.open(history)
        for number, act in enumerate(history.acts, start=1):
            now += timedelta(minutes=act.pause)
            with clock.at(now):
                wrong = [*_step(here, by, act, outcome)]
                if number % LOOKED == 0 or number == len(history.acts):
                    wrong += _pages(here, by, act)
            if wrong:
                break
        transaction.set_rollback(True)
    return wrong


def shortest(here: Stage, history: History) -> History:
    """A history without the acts without which it still differs."""
    place = 0
    while place < len(history.acts):
        shorter = history.without(place)
        if differences(here, shorter, Outcome()):
            history = shorter
        else:
            place += 1
    return history


def _step(here: Stage, by: Book, act: Act, outcome: Outcome) -> Iterator[str]:
    now, evenings = clock.now(), by.evenings
    wanted = _answer(partial(by.play, act, now))
    found = _answer(partial(here.play, act, now))
    by.keep()
    _count(outcome, by, act, wanted)
    answers, counts = here.answers(), here.counts()
    both = {
        "it answers": (wanted, found),
        "answers": (_answers(evenings), answers),
        "taken, seats, band, what is said of it": ([_said(one) for one in evenings], counts),
        "who comes": ({(place, who) for place, one in enumerate(evenings) for who in one.going()}, here.coming()),
        "who is told": (_told(evenings), here.told()),
        "who was let in": (_inside(by), here.door.inside(here.places, here.names)),
    }
    yield from _unlike(both)
    for place, (taken, seats, *_rest) in enumerate(counts):
        if seats is not None and taken > seats:
            yield f"evening {place} is oversold"
        if seats is not None and _kept(evenings[place], now) and _first(evenings[place]) <= seats - taken:
            yield f"evening {place} has free seats for whoever waits first"


def _count(outcome: Outcome, by: Book, act: Act, wanted: Any) -> None:
    outcome.acts += 1
    outcome.refused += wanted == REFUSED
    outcome.stood.update(one.stands for one in by.evenings[act.place].said.values())
    if isinstance(wanted, tuple) and act.verb in {"show", "send_again"}:
        outcome.stood[f"door: {wanted[0]}"] += 1


def _pages(here: Stage, by: Book, act: Act) -> Iterator[str]:
    now, evening, door = clock.now(), by.evenings[act.place], by.doors[act.place]
    page = (evening.state(now), evening.room(now), *evening.seen(act.who, now))
    yield from _unlike(
        {
            "the page": (page, here.seen(act.place, act.who)),
            "the ticket": (door.shown(act.who, now), here.ticket(act.place, act.who)),
            "the organiser": ((*_known(evening), *door.counted(now)), here.known(act.place)),
        }
    )


def _unlike(both: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    yield from (f"{what}: by the book {book}, here {had}" for what, (book, had) in both.items() if book != had)


def _answer(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (Refused, errors.Refused, errors.Invalid):
        return REFUSED
    except DatabaseError as error:
        return repr(error)


def _kept(evening: Evening, now: datetime) -> bool:
    return not evening.cancelled and now <= evening.starts - FIRST_TAP


def _first(evening: Evening) -> int:
    """The first party that waits, of those for which the room is large enough; more than any where there is none."""
    parties = [evening.said[who].party for who in evening.queue()]
    return next((party for party in parties if party <= (evening.seats or party)), NOBODY)


def _answers(evenings: list[Evening]) -> dict[tuple[int, str], tuple[str, datetime | None, int]]:
    said = ((place, who, one) for place, each in enumerate(evenings) for who, one in each.said.items())
    return {(place, who): (one.stands, one.until, one.party) for place, who, one in said}


def _said(one: Evening) -> tuple[Any, ...]:
    when = (one.starts, one.ends, one.opens, one.closes)
    return one.taken(), one.seats, one.band, *when, one.brings, one.cancelled


def _told(evenings: list[Evening]) -> set[tuple[int, str, str]]:
    each = ((place, who, kinds) for place, one in enumerate(evenings) for who, kinds in one.told.items())
    return {(place, who, kind) for place, who, kinds in each for kind in kinds}


def _inside(by: Book) -> list[tuple[int, str, datetime, str]]:
    found = [(place, "", note.at, note.door) for place, door in enumerate(by.doors) for note in door.walkers]
    for place, evening in enumerate(by.evenings):
        let_in = ((who, one.entry) for who, one in evening.said.items() if one.entry is not None)
        found += [(place, who, note.at, note.door) for who, note in let_in]
    return sorted(found)


def _known(evening: Evening) -> tuple[int, int]:
    return evening.people("going"), evening.people("waiting", "offered")
