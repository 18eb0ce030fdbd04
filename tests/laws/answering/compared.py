"""One history on both sides, the product and the reference, until they differ: in what."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction

from entregent.common import clock, errors
from tests.laws.answering import stage
from tests.laws.answering.acts import Act, History
from tests.laws.answering.reference import THERE, Evening, Refused
from tests.laws.answering.stage import Stage

REFUSED = "refused"
#: After how many acts pages are looked at; the tables are, after each.
LOOKED = 5
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
    evenings = [_opened(seats, hours) for seats, hours in zip(history.seats, history.ahead, strict=True)]
    now, wrong = stage.NOW, list[str]()
    with transaction.atomic():
        here.open(history.seats, history.ahead)
        for number, act in enumerate(history.acts, start=1):
            now += timedelta(minutes=act.pause)
            with clock.at(now):
                wrong = [*_step(here, evenings, act, outcome)]
                if number % LOOKED == 0 or number == len(history.acts):
                    wrong += _pages(here, evenings, act)
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


def _opened(seats: int | None, hours: int) -> Evening:
    starts = stage.NOW + timedelta(hours=hours)
    return Evening(starts, starts + stage.LONG, seats, stage.NOW.astimezone(THERE).date())


def _step(here: Stage, evenings: list[Evening], act: Act, outcome: Outcome) -> Iterator[str]:
    now = clock.now()
    wanted = _answer(partial(by_the_book, evenings, act, now))
    found = _answer(partial(here.play, act, now))
    outcome.acts += 1
    outcome.refused += wanted == REFUSED
    outcome.stood.update(one.stands for one in evenings[act.place].said.values())
    answers, counts = here.answers(), here.counts()
    both = {
        "it answers": (wanted, found),
        "answers": (_answers(evenings), answers),
        "taken, seats, band": ([(one.taken(), one.seats, one.band) for one in evenings], counts),
        "who comes": ({(place, who) for place, one in enumerate(evenings) for who in one.going()}, here.coming()),
        "who is told": (_told(evenings), here.told()),
    }
    yield from _unlike(both)
    for place, (taken, seats, _band) in enumerate(counts):
        standing = [stands for (where, _who), (stands, _until) in answers.items() if where == place]
        if seats is not None and taken > seats:
            yield f"evening {place} is oversold"
        if _kept(evenings[place], now) and taken < (seats or len(standing)) and "waiting" in standing:
            yield f"evening {place} has a free seat while somebody waits"


def _pages(here: Stage, evenings: list[Evening], act: Act) -> Iterator[str]:
    now, evening = clock.now(), evenings[act.place]
    yield from _unlike(
        {
            "the page": ((evening.state(now), *evening.seen(act.who, now)), here.seen(act.place, act.who)),
            "the organiser": (_known(evening), here.known(act.place)),
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


def by_the_book(evenings: list[Evening], act: Act, now: datetime) -> Any:
    """The same act as `Stage.play`, by the reference. Raises `Refused`."""
    evening = evenings[act.place]
    match act.verb:
        case "come":
            return evening.come(act.who, now)
        case "decline":
            return evening.decline(act.who, now)
        case "tick":
            return tuple(map(sum, zip(*(one.tick(now) for one in evenings), strict=True)))
        case "hand_over" | "forget":
            for one in evenings:
                getattr(one, act.verb)(act.who, *filter(None, [act.more]), now)
        case "resize" | "move":
            getattr(evening, act.verb)(act.more, now)
        case "cancel":
            evening.cancel(now)
    return None


def _kept(evening: Evening, now: datetime) -> bool:
    return not evening.cancelled and now <= evening.starts - FIRST_TAP


def _answers(evenings: list[Evening]) -> dict[tuple[int, str], tuple[str, datetime | None]]:
    said = ((place, who, one) for place, each in enumerate(evenings) for who, one in each.said.items())
    return {(place, who): (one.stands, one.until) for place, who, one in said}


def _told(evenings: list[Evening]) -> set[tuple[int, str, str]]:
    each = ((place, who, kinds) for place, one in enumerate(evenings) for who, kinds in one.told.items())
    return {(place, who, kind) for place, who, kinds in each for kind in kinds}


def _known(evening: Evening) -> tuple[int, int]:
    return len(evening.going()), sum(one.stands in {"waiting", "offered"} for one in evening.said.values())
