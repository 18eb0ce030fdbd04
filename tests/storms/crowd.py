"""A storm: many people at once look at evenings, answer, take seats that are offered, and give them back."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from entregent.common import chance
from tests.storms.visitor import Page, Visitor

#: How many evenings each person thinks of, and how often they look at one.
FAVOURITES, VISITS = 3, 6
#: What somebody does who stands there: each form with how often, of ten; else they only look.
HABITS = {
    "none": ("reponse", 9),
    "lapsed": ("reponse", 5),
    "going": ("rendre", 4),
    "take": ("take", 9),
    "waiting": ("rendre", 1),
}
#: Where one may stand after a form: others are quicker, and before the next page a seat gets free, or an offer ends.
WANTS = {"going", "waiting", "take", "lapsed"}
AFTER = {"reponse": WANTS, "take": WANTS, "rendre": {"none"}}


@dataclass
class Outcome:
    """What a crowd met: statuses, forms sent by what they are, where pages say that people stand; what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    stood: Counter[str] = field(default_factory=Counter)
    going: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0

    def add(self, other: "Outcome") -> None:
        """What somebody else met, too."""
        for name in ("statuses", "sent", "stood", "going"):
            getattr(self, name).update(getattr(other, name))
        self.wrong += other.wrong
        self.requests += other.requests


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in the crowd, and the evenings that they think of."""

    visitor: Visitor
    evenings: list[str]
    draw: Any

    def visit(self, times: int, together: threading.Barrier) -> Outcome:
        """Look at evenings so often, and do what one does there; a last look at each when all are done."""
        met = Outcome()
        together.wait(120)
        for _time in range(times):
            self._act(self.draw.choice(self.evenings), met)
        together.wait(600)
        for code in self.evenings:
            met.going[code] += self._look(code, met).stands == "going"
        met.requests = self.visitor.requests
        self.visitor.line.close()
        return met

    def _act(self, code: str, met: Outcome) -> None:
        page = self._look(code, met)
        habit, often = HABITS.get(page.stands, ("", 0))
        form = ("prendre" if "prendre" in page.forms else "reponse") if habit == "take" else habit
        if self.draw.randrange(10) >= often:
            return
        if form not in page.forms:
            met.wrong.append(f"{self.visitor.name} stands {page.stands} and finds no form {form}")
            return
        status = self.visitor.send(page, form)
        met.sent[habit] += 1
        met.statuses[status] += 1
        after = self._look(code, met).stands
        if status != 302 or after not in AFTER[habit]:
            met.wrong.append(f"{self.visitor.name}: {habit} answers {status}, and then they stand {after!r}")

    def _look(self, code: str, met: Outcome) -> Page:
        page = self.visitor.evening(code)
        met.statuses[page.status] += 1
        met.stood[page.stands] += 1
        if page.status != 200 or page.complaint or not page.stands:
            met.wrong.append(f"{self.visitor.name} at {code}: {page.status} {page.complaint} {page.stands!r}")
        return page


def storm(url: str, evenings: list[str], sessions: list[str], *, people: int, visits: int = VISITS) -> Outcome:
    """So many people at once: those who have a session are signed in, the others bring a first name."""
    together, whole, began = threading.Barrier(people), Outcome(), monotonic()
    everybody = [_guest(url, evenings, number, sessions) for number in range(people)]
    with ThreadPoolExecutor(people) as crowd:
        for met in crowd.map(lambda one: one.visit(visits, together), everybody):
            whole.add(met)
    whole.seconds = monotonic() - began
    return whole


def _guest(url: str, evenings: list[str], number: int, sessions: list[str]) -> Guest:
    visitor = Visitor(url, f"Guest {number}", sessions[number] if number < len(sessions) else "")
    with chance.seeded(("crowd", number, *evenings)) as draw:
        return Guest(visitor, draw.sample(evenings, min(FAVOURITES, len(evenings))), draw)
