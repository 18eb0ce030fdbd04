"""Histories: what people, organisers, doors and the clock do to evenings, drawn before anything is played.

Any act can be asked for at any moment, though it may be refused: so a history that fails can be shortened.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

MEMBERS, GUESTS = ("bob", "charlie", "dana"), ("camille", "noor")
PEOPLE = (*MEMBERS, *GUESTS)
#: How often each evening of a history is acted on, which are a series, a week apart; and how many acts there are.
EVENINGS, ACTS = (8, 1, 1), 16
WEEK = timedelta(days=7)
#: Hours before the first start at which a history begins, how many seats there are: in most of them, and in those about
#: a door; and how many people each may bring.
AHEAD, SEATS = ((2, 4, 15, 40, 100, 170), (2, 4, 15)), ((1, 1, 1, 2, 2, 3, 3, 4, None), (3, 6, 9, None))
BRINGS = (0, 0, 1, 1, 2, 5), (0, 0, 1)
#: From how many hours before the first evening on one answers it, and until how many.
WINDOWS = (*((None, None),) * 6, (14, None), (39, None), (None, 1), (None, 3), (None, 13), (3, 1))
#: Minutes that pass before an act, in most histories and in those about a door: several add up to a time that ends at
#: this very moment.
PAUSES = (
    {1: 60, 29: 8, 30: 8, 60: 4, 11 * 60: 2, 12 * 60: 8, 12 * 60 - 1: 4, 30 * 60: 2},
    {1: 60, 30: 20, 60: 10, 3 * 60: 5, 48 * 60: 1},
)
#: Of how many histories, of three, there is a door; of how many others, of five, everybody answers the first evening
#: before anything else, as they do where there is a door.
AT_A_DOOR, CROWDED = 1, 3
#: By how much an evening is moved, in hours.
MOVES = (-24, -3, -1, 0, 1, 24, 72)
#: From how many hours from now on one is to answer, and until how many; None where there is no such hour.
HOURS = (*((None, None),) * 3, (1, None), (12, None), (None, 1), (None, 12), (-1, 2), (2, 1))
#: Which ticket somebody shows, the doors, and how many minutes ago a door noted what it sends.
SHOWN = ("last",) * 4 + ("first",) * 3 + ("elsewhere",) * 2 + ("forged",)
DOORS, AGO = ("A", "B"), (0, 0, 0, 0, 30, 700)


class Act(NamedTuple):
    """After `pause` minutes `who` does `verb` to the evening at `place`; `more` is what the verb needs beside."""

    verb: str
    place: int
    who: str
    more: tuple[Any, ...]
    pause: int

    def guests(self) -> tuple[str, ...]:
        """Whose seats are given back by it."""
        return GUESTS if self.more[0] else (self.who,)

    def __str__(self) -> str:
        said = [self.verb, *(str(one) for one in self.more if one is not None)]
        return f"+{self.pause:4} min, evening {self.place}: {self.who} {' '.join(said)}"


class History(NamedTuple):
    """How many seats each evening has, how many people each may bring to it, and what is done.

    It begins `ahead` hours before the first one, which one answers within the `window` of hours before its start.
    """

    seats: tuple[int | None, ...]
    brings: tuple[int, ...]
    ahead: int
    window: tuple[int | None, int | None]
    acts: tuple[Act, ...]

    def without(self, place: int) -> "History":
        """The same with one act fewer; whatever follows comes no sooner."""
        gone, rest = self.acts[place], list(self.acts)
        if place + 1 < len(rest):
            rest[place + 1] = rest[place + 1]._replace(pause=gone.pause + rest[place + 1].pause)
        del rest[place]
        return self._replace(acts=tuple(rest))

    def __str__(self) -> str:
        head = f"begins in {self.ahead} h, answered from {self.window[0]} to {self.window[1]} h before"
        each = (
            f"evening {place}: {self.seats[place]} seats, bring {self.brings[place]}" for place in range(len(EVENINGS))
        )
        return "\n  ".join([head, *each, *map(str, self.acts)])


def _changes(draw: Any) -> tuple[str, str, Any]:
    """To which evenings a change is, what is changed, and into what."""
    what = draw.choice(("seats", "seats", "hours", "hours", "window", "brings"))
    values = {"seats": (1, 2, 3, 4, 6, None), "hours": MOVES, "window": HOURS, "brings": (0, 1, 2, 5)}
    return draw.choice(("one", "one", "following", "everywhere")), what, draw.choice(values[what])


#: What is done to somebody without account; whoever organises takes their seat away, or those of all of them.
TO_GUESTS = {"hand_over", "release"}
#: What is done how often, in most histories and in those about a door, and what of it is drawn beside.
VERBS: dict[str, tuple[int, int, Callable[[Any], tuple[Any, ...]]]] = {
    "come": (34, 24, lambda draw: (draw.choice(("going", "community", "organisers", "me", None)),)),
    "decline": (26, 20, lambda _draw: ()),
    "tick": (20, 4, lambda _draw: ()),
    "change": (14, 4, _changes),
    "release": (4, 2, lambda draw: (draw.randrange(3) == 0,)),
    "hand_over": (4, 4, lambda draw: (draw.choice(MEMBERS),)),
    "forget": (2, 1, lambda _draw: ()),
    "cancel": (2, 1, lambda _draw: ()),
    "end_series": (2, 1, lambda _draw: ()),
    "show": (1, 34, lambda draw: (draw.choice(SHOWN), draw.choice(DOORS), draw.choice(AGO))),
    "walk_in": (0, 6, lambda draw: (draw.choice(DOORS), draw.choice(AGO))),
    "send_again": (0, 6, lambda draw: (draw.choice(DOORS),)),
    "let_out": (0, 6, lambda draw: (draw.randrange(6),)),
}


def drawn(draw: Any) -> History:
    """A history."""
    door = draw.randrange(3) < AT_A_DOOR
    seats, brings = (tuple(draw.choice(some) for _ in EVENINGS) for some in (SEATS[door], BRINGS[door]))
    came = draw.sample(PEOPLE, len(PEOPLE)) if door or draw.randrange(5) < CROWDED else []
    first = [Act("come", 0, who, (None, _guests(draw, brings[0])), 1) for who in came]
    acts = [*first, *(Act("come", 1, who, (None, 0), 1) for who in came[:1] if door)]
    while len(acts) < ACTS:
        acts.append(_act(draw, door, brings, acts[-1].who if acts else PEOPLE[0]))
    return History(seats, brings, draw.choice(AHEAD[door]), draw.choice(WINDOWS), tuple(acts))


def _act(draw: Any, door: bool, brings: tuple[int, ...], last: str) -> Act:
    """Somebody does something; where there is a door, often whoever did the last thing."""
    [verb] = draw.choices([*VERBS], [weights[door] for *weights, _more in VERBS.values()])
    [pause] = draw.choices([*PAUSES[door]], [*PAUSES[door].values()])
    [place] = draw.choices(range(len(EVENINGS)), EVENINGS)
    who, more = draw.choice(GUESTS if verb in TO_GUESTS else PEOPLE), VERBS[verb][2](draw)
    who = last if door and verb not in TO_GUESTS and draw.randrange(2) else who
    return Act(verb, place, who, (*more, _guests(draw, brings[place])) if verb == "come" else more, pause)


def _guests(draw: Any, brings: int) -> int | None:
    """How many people somebody brings; None where they do not say."""
    often = (None, None, 0, *range(brings + 1))
    chosen: int | None = draw.choice((*often, *range(brings + 2)) if brings else often)
    return chosen
