"""Histories: what people, an organiser and the clock do to evenings, drawn before anything is played.

Any act can be asked for at any moment, though it may be refused: so a history that fails can be shortened.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import starmap
from typing import Any, NamedTuple

MEMBERS, GUESTS = ("bob", "charlie", "dana"), ("camille", "noor")
PEOPLE = (*MEMBERS, *GUESTS)
#: How often each evening of a history is acted on, and how many acts there are.
EVENINGS, ACTS = (4, 1), 16
#: Hours before the start at which a history begins, and how many seats there are.
AHEAD, SEATS = (2, 4, 15, 40, 100, 170), (1, 1, 1, 2, 2, 3, None)
#: Minutes that pass before an act: several add up to a time that ends at this very moment.
PAUSES = {1: 60, 29: 8, 30: 8, 60: 4, 11 * 60: 2, 12 * 60: 8, 12 * 60 - 1: 4, 30 * 60: 2}
#: How many of those histories there are, of five, that begin with everybody answering one evening.
CROWDED = 3
#: By how much an evening is moved, in hours.
MOVES = (-24, -3, -1, 0, 1, 24, 72)


class Act(NamedTuple):
    """After `pause` minutes `who` does `verb` to the evening at `place`; `more` is what the verb needs beside."""

    verb: str
    place: int
    who: str
    more: Any
    pause: int

    def __str__(self) -> str:
        return f"+{self.pause:4} min, evening {self.place}: {self.who} {self.verb} {self.more or ''}".rstrip()


class History(NamedTuple):
    """How many seats each evening has, how many hours ahead of each it begins, and what is done."""

    seats: tuple[int | None, ...]
    ahead: tuple[int, ...]
    acts: tuple[Act, ...]

    def without(self, place: int) -> "History":
        """The same with one act fewer; whatever follows comes no sooner."""
        gone, rest = self.acts[place], list(self.acts)
        if place + 1 < len(rest):
            rest[place + 1] = rest[place + 1]._replace(pause=gone.pause + rest[place + 1].pause)
        del rest[place]
        return self._replace(acts=tuple(rest))

    def __str__(self) -> str:
        each = zip(range(len(EVENINGS)), self.seats, self.ahead, strict=True)
        opened = starmap("evening {}: {} seats, begins in {} h".format, each)
        return "\n  ".join([*opened, *map(str, self.acts)])


#: What is done how often, and what of it is drawn beside.
VERBS: dict[str, tuple[int, Callable[[Any], Any]]] = {
    "come": (34, lambda draw: draw.choice(("going", "community", "organisers", "me", None))),
    "decline": (26, lambda _draw: None),
    "tick": (20, lambda _draw: None),
    "resize": (6, lambda draw: draw.choice((1, 2, 3, 4, None))),
    "move": (4, lambda draw: timedelta(hours=draw.choice(MOVES))),
    "hand_over": (4, lambda draw: draw.choice(MEMBERS)),
    "forget": (2, lambda _draw: None),
    "cancel": (1, lambda _draw: None),
}


def drawn(draw: Any) -> History:
    """A history."""
    seats, ahead = (tuple(draw.choice(some) for _ in EVENINGS) for some in (SEATS, AHEAD))
    came = draw.sample(PEOPLE, len(PEOPLE)) if draw.randrange(5) < CROWDED else []
    first = [Act("come", 0, who, None, 1) for who in came]
    return History(seats, ahead, (*first, *(_act(draw) for _ in range(ACTS - len(first)))))


def _act(draw: Any) -> Act:
    [verb] = draw.choices([*VERBS], [weight for weight, _more in VERBS.values()])
    [pause] = draw.choices([*PAUSES], [*PAUSES.values()])
    [place] = draw.choices(range(len(EVENINGS)), EVENINGS)
    who = draw.choice(GUESTS if verb == "hand_over" else PEOPLE)
    return Act(verb, place, who, VERBS[verb][1](draw), pause)
