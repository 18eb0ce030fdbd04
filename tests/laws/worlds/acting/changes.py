"""How a history becomes another one: acts are removed with all that depends on them, added, altered, moved, swapped.

Whether somebody could tell the two apart is not asked here: `pairs` asks the oracle.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tests.laws.worlds.acting.acts import Act, Audience, about, names
from tests.laws.worlds.acting.pen import CALLED, FIRMS, NEEDS, PROPOSALS, Pen, Stuck
from tests.laws.worlds.knowing.coming import DOORS_OPEN
from tests.laws.worlds.knowing.oracle import Oracle

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

Acts = tuple[Act, ...]

#: What another person could have done just so.
SWAPPED = frozenset(
    """answer answer_as_guest arrive arrive_as_guest state_need say_headline say_words portray let_ask say_situation
    state_position shield shield_person block tie_firms join""".split()
)
GUESTS = ("zoe", "yann")
#: What an evening's organiser says of it, whose audience is a word.
EVENINGS = {"announce", "announce_series", "edit", "edit_following"}


def in_order(acts: Iterable[Act]) -> Acts:
    """Acts in the order of time."""
    return tuple(sorted(acts, key=lambda act: act.at))


def people_of(act: Act) -> set[str]:
    """Whom an act brings here."""
    if act.do in {"enter", "answer_as_guest", "arrive_as_guest"}:
        return {act.who}
    return set(act.said["people"]) if act.do == "import_evening" else set()


def dependents(acts: Sequence[Act], removed: Act) -> list[Act]:
    """An act, and what could not be done without it: what names what it made, and those whom it brought."""
    gone, things = [removed], {removed.key}
    missing = people_of(removed) - set().union(*(people_of(act) for act in acts if act.at < removed.at))
    for act in acts:
        if act.at <= removed.at:
            continue
        if things.intersection(names(act)) or missing.intersection((act.who, *about(act))) - people_of(act):
            gone.append(act)
            things.add(act.key)
        else:
            missing -= people_of(act)
    return gone


def without(acts: Acts, gone: Iterable[Act]) -> Acts:
    """Without these, and without what depends on them: one by one, for two may have brought the same people."""
    for act in gone:
        keys = {one.key for one in dependents(acts, act)}
        acts = tuple(one for one in acts if one.key not in keys)
    return acts


def unlike(one: Acts, other: Acts) -> list[Act]:
    """What stands in one history and not, or not so, in the other."""
    held = {act.key: act for act in other}
    return [act for act in one if held.get(act.key) != act]


def put(acts: Acts, changed: Iterable[Act]) -> Acts:
    """With these in the place of those of the same key."""
    fresh = {act.key: act for act in changed}
    return in_order([*(act for act in acts if act.key not in fresh), *fresh.values()])


def altered(draw: "Random", acts: Acts, act: Act, viewer: str) -> Act | None:
    """The same act saying something else; None where there is nothing else to say."""
    pen = Pen(draw, Oracle().world, act.at)
    others = [who for who in here(acts, act.at) if who not in {viewer, act.who}]
    ways = OTHERWISE | ({"audience": _of_evening} if act.do in EVENINGS else {})
    choices = [name for name in act.said if name in ways]
    if not choices:
        return None
    said = dict(act.said)
    for name in draw.sample(choices, min(len(choices), draw.randint(1, 2))):
        said[name] = ways[name](pen, said[name], others)
    if said.get("discreet") and said.get("audience") == Audience("everyone"):
        said["discreet"] = False
    return None if said == dict(act.said) else replace(act, said=MappingProxyType(said))


def _audience(pen: Pen, before: Any, others: list[str]) -> Any:
    if not isinstance(before, Audience):
        return pen.pick(["organisers", "me", "going", "community"])
    named = [Audience("named", people=(pen.pick(others),))] if others else []
    return pen.pick([one for one in (Audience(), *named) if one != before] or [before])


def _of_evening(_pen: Pen, before: Any, _others: list[str]) -> Any:
    return "everyone" if before == "community" else "community"


def _other(*choices: Any) -> Callable[[Pen, Any, list[str]], Any]:
    return lambda pen, before, _others: pen.pick([one for one in choices if one != before])


def _word(pen: Pen, before: Any, _others: list[str]) -> Any:
    return pen.text() if " " in str(before) else pen.word(3).title()


def _shifted(pen: Pen, before: Any, _others: list[str]) -> Any:
    return before - timedelta(days=pen.draw.randint(1, 9)) if before else before


#: What else could be said, by field.
OTHERWISE: dict[str, Callable[[Pen, Any, list[str]], Any]] = {
    **dict.fromkeys(("text", "title", "place", "does", "through"), _word),
    **dict.fromkeys(
        ("discreet", "offered", "yes", "seen", "client", "shows_band", "pictures", "keeps"), _other(True, False)
    ),
    **dict.fromkeys(("on", "starts_on", "until", "opens_at", "closes_at"), _shifted),
    "guests": _other(0, 1, 2),
    "picks": lambda pen, before, others: tuple(one if one is None else int(one == 0) for one in before),
    "name": _word,
    "value": lambda pen, before, others: f"{pen.word()}@example.net",
    "audience": _audience,
    "organisation": _other(*FIRMS),
    "kind": _other(*NEEDS),
    "person": lambda pen, before, others: pen.pick(others or [before]),
}


def moved(draw: "Random", acts: Acts, act: Act) -> Act:
    """The same act at another time: after what it needs, before what needs it."""
    needs = {key: one for one in acts for key in (one.key, *people_of(one)) if one.at < act.at}
    wanted = (*names(act), *about(act), act.who)
    first = max((needs[key].at for key in wanted if key in needs), default=act.at - timedelta(days=9))
    gone = [one for one in acts if one.do == "erase" and one.at > act.at and one.who in about(act)]
    later = [one.at for one in (*dependents(acts, act)[1:], *_own_later(acts, act), *gone)]
    last = min([*later, acts[-1].at])
    if act.do.startswith(("arrive", "let_in", "let_walk_in", "keep_list")):
        first, last = max(first, act.at - timedelta(hours=1)), min(last, act.at + timedelta(minutes=50))
    return replace(act, at=between(draw, acts, first, last))


def _own_later(acts: Acts, act: Act) -> list[Act]:
    """What the same person did afterwards in the same word, or undid."""
    return [
        one for one in acts if one.at > act.at and one.who == act.who and one.do in {act.do, f"un{act.do}", "erase"}
    ]


def between(draw: "Random", acts: Iterable[Act], first: datetime, last: datetime) -> datetime:
    """A moment between two others at which nothing else is done."""
    taken = {one.at for one in acts}
    seconds = max(int((last - first).total_seconds()) - 1, 1)
    while True:
        at = first + timedelta(seconds=draw.randint(1, seconds), milliseconds=draw.randint(1, 900))
        if at not in taken:
            return at


def swapped(draw: "Random", acts: Acts, act: Act, viewer: str) -> Act | None:
    """Another person does it, of those who are here."""
    if act.do not in SWAPPED or len(dependents(acts, act)) > 1:
        return None
    guest = act.do.endswith("guest")
    others = set(GUESTS if guest else here(acts, act.at)) - {viewer, act.who, *about(act)}
    if act.do in {"answer", "answer_as_guest"}:
        others -= {one.who for one in acts if one.do == act.do and one.said["evening"] == act.said["evening"]}
    audience = act.said.get("audience")
    if not others or (isinstance(audience, Audience) and audience.kind == "members" and act.do != "state_need"):
        return None
    return replace(act, who=draw.choice(sorted(others)))


def here(acts: Acts, at: datetime) -> list[str]:
    """Those who have an account at a moment, and keep it."""
    gone = {act.who for act in acts if act.do == "erase"}
    return [act.who for act in acts if act.do == "enter" and act.at < at and act.who not in gone]


class Additions:
    """Acts put into a history, each hidden from a viewer at its moment."""

    def __init__(self, draw: "Random", acts: Acts, viewer: str, among: Collection[str]) -> None:
        self.draw, self.acts, self.viewer, self.among = draw, acts, viewer, among
        self.added: list[Act] = []
        self.said: list[str] = []
        self._begin()
        self.newcomer = f"new{draw.randint(100, 999)}"

    def _begin(self) -> None:
        """Know nothing yet, and have all acts to come."""
        self.sofar, self.left = Oracle(), list(in_order([*self.acts, *self.added]))

    def put(self, words: Sequence[str], at: datetime, tries: int) -> bool:
        """Add the first of these words that can be said at a moment and stays hidden; whether one could.

        So many that can be said are tried: what nobody could do at that moment costs no try.
        """
        if self.sofar.done and self.sofar.done[-1].at > at:
            self._begin()
        while self.left and self.left[0].at < at:
            self.sofar.do(self.left.pop(0))
        before = self.sofar.record(self.viewer, at)
        untried = self.sofar.copied()
        oracle = next(untried)
        sayable = ((word, act) for word in words if (act := self._act(word, oracle, at)))
        for word, act in islice(sayable, tries):
            if oracle.do(act) == "done" and oracle.record(self.viewer, at) == before:
                self.added.append(act)
                self.said.append(word)
                self.sofar.do(act)
                return True
            oracle = next(untried)
        return False

    def _act(self, word: str, oracle: Oracle, at: datetime) -> Act | None:
        key = f"+{len(self.added)}-{word}"
        if word == "enter":
            taken = self.newcomer in oracle.world.people
            return None if taken else Act(key, at, self.newcomer, "enter", MappingProxyType({"language": "fr"}))
        oracle.world.now = at
        pen = Pen(self.draw, oracle.world, at, [*self.among, self.newcomer])
        pen.hides_from = self.viewer
        try:
            who, said = PROPOSALS[word](pen)
        except Stuck:
            return None
        act = Act(key, at, who, CALLED.get(word, word), MappingProxyType(said))
        return None if who == self.viewer or not oracle.world.people.keys() >= set(about(act)) else act


def moments(draw: "Random", acts: Acts, until: datetime) -> list[tuple[datetime, bool]]:
    """Moments in which something could be added, once people came; and whether the doors of an evening are open.

    Many are late: there is more by then to add something to.
    """
    first = max(act.at for act in acts if act.do in {"enter", "found"})
    doors = [act.said["starts_at"] - DOORS_OPEN for act in acts if act.do == "announce"]
    near = [at for at in doors if first < at and at + timedelta(hours=5) < until]
    hours = [between(draw, acts, at, at + timedelta(hours=5)) for at in near[:4] for _ in range(5)]
    late = first + (until - first) * 0.7
    anywhere = [between(draw, acts, since, until) for since in [first] * 12 + [late] * 15]
    return sorted([*((at, True) for at in hours), *((at, False) for at in anywhere)])
