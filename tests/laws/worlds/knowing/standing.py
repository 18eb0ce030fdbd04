"""What people did so far, who stands in which circle, and who may see a fact: `docs/discretion.md` in plain Python.

Knows neither the product nor its tables: the law compares the two.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

#: A circle: its kind, and what it is about (the key of an act, a handle, a folded name).
Circle = tuple[str, str]

EVERYONE: Circle = ("everyone", "")
#: Where everything happens: the island keeps one time all year.
HOME = timezone(timedelta(hours=4))
#: How long one still stands with an organisation after leaving it.
STANDING = timedelta(days=90)


class Undone(Exception):
    """An act changes nothing; the class says why, as the product must."""


class Refused(Undone):
    """One may not do this, or not now."""


class Invalid(Undone):
    """Something that is said cannot be taken."""


class NotFound(Undone):
    """Hidden, erased and never there are one."""


@dataclass(slots=True)
class Person:
    """Somebody. `came_with` is the community of the import that brought them, empty for everybody else."""

    handle: str
    account: bool = False
    domain: str = ""
    came_with: str = ""


@dataclass(slots=True)
class Community:
    """A community: `members` by handle, each `member` or `steward`, in the order in which they came."""

    key: str
    name: str
    entry: str
    members: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Fact:
    """Something that one person states. `key` is the act that made it; `said` holds what it says."""

    kind: str
    key: str
    owner: str
    audience: Circle | None
    discreet: bool = False
    until: datetime | None = None
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Bond:
    """Two organisations are said to stand together."""

    stated_by: str
    confirmed: bool = False


@dataclass
class World:
    """Everything that acts left behind. `facts` are kept by kind, then by what makes them unique.

    `stay_down` are pictures that somebody had taken down who left since.
    `concerned` are those who ever came to organise an evening: no report of it is for them.

    `made` says by act what makes unique the fact that it stated, `ids` which act stated that fact first.
    """

    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    people: dict[str, Person] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    facts: dict[str, dict[Hashable, Fact]] = field(default_factory=dict)
    made: dict[str, Hashable] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    bonds: dict[frozenset[str], Bond] = field(default_factory=dict)
    shields: set[tuple[str, str]] = field(default_factory=set)
    shielded_people: set[tuple[str, str]] = field(default_factory=set)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    first_shields: set[tuple[str, str]] = field(default_factory=set)
    habits: dict[str, tuple[str, bool | None]] = field(default_factory=dict)
    concerned: set[tuple[str, str]] = field(default_factory=set)
    stay_down: set[Hashable] = field(default_factory=set)
    origins: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str) -> dict[Hashable, Fact]:
        """The facts of a kind, by what makes them unique."""
        return self.facts.setdefault(kind, {})

    def all(self) -> Iterator[Fact]:
        """Every fact."""
        for kind in self.facts.values():
            yield from kind.values()

    def thing(self, kind: str, key: str) -> Fact | None:
        """The fact of a kind that an act made, if it is still there: what was stated anew is another one."""
        fact = self.of(kind).get(self.made.get(key, ""))
        return fact if fact is not None and self.ids.get(key, fact.key) == fact.key else None

    def today(self) -> date:
        """The day at home."""
        return self.now.astimezone(HOME).date()


def stated(world: World, owner: str, audience: Circle | None, discreet: bool) -> tuple[Circle | None, bool]:
    """The terms of a fact that is stated now.

    From an account that an employer could open nothing discreet can be stated, unless one works on one's own; a
    discreet fact is never for everyone.
    """
    if discreet and not may_be_discreet(world, owner):
        raise Refused
    if discreet and audience == EVERYONE:
        raise Invalid
    return audience, discreet


def may_be_discreet(world: World, person: str) -> bool:
    """Whether nobody at work can open somebody's account, or it is their own firm."""
    domain = world.people[person].domain
    if not domain or domain not in world.firms.values():
        return True
    situation = world.of("situation").get(person)
    return situation is not None and situation.said["answer"] == "own"


def stands_until(positions: Iterable[Fact]) -> datetime | None:
    """Until when somebody with these positions at an organisation stands there: 90 days after the last, or for ever."""
    ends: list[date | None] = [held.said["ends_on"] for held in positions]
    if None in ends:
        return None
    return max(datetime.combine(end, time(), HOME) + STANDING for end in ends if end)


def staff_of(world: World, person: str) -> set[str]:
    """The organisations with which somebody stands now, by folded name: by position, and by mail domain."""
    held: dict[str, list[Fact]] = {}
    for position in world.of("position").values():
        if position.owner == person:
            held.setdefault(position.said["firm"], []).append(position)
    ends = {firm: stands_until(positions) for firm, positions in held.items()}
    domain = world.people[person].domain
    by_mail = {firm for firm, known in world.firms.items() if known and known == domain}
    return by_mail | {firm for firm, end in ends.items() if end is None or end > world.now}


def tied(world: World, firm: str) -> set[str]:
    """An organisation and those tied to it for all."""
    pairs = (pair for pair, bond in world.bonds.items() if bond.confirmed and firm in pair)
    return {firm}.union(*pairs)


def circles_of(world: World, person: str) -> set[Circle]:
    """The circles in which somebody is: by coming in, by having been named, and those around these."""
    held: set[Circle] = {EVERYONE}
    if person not in world.people:
        return held
    held |= _communities(world, person) | _evenings(world, person) | _hearing(world, person)
    held |= {("named", key) for key, people in world.named.items() if person in people}
    held |= {("firm", other) for firm in staff_of(world, person) for other in tied(world, firm)}
    held |= {("connections", one.owner) for one in world.of("crossing").values() if _lets_in(one, person)}
    if person in world.of("situation"):
        held.add(("declared", ""))
    return held


def _lets_in(crossing: Fact, person: str) -> bool:
    return bool(crossing.said["person"] == person and not crossing.said["withdrawn"])


def _hearing(world: World, person: str) -> set[Circle]:
    """The stewards hear what is reported to their community, other than of themselves; and whoever reports."""
    held: set[Circle] = set()
    for fact in world.of("report").values():
        role = world.communities[fact.said["community"]].members.get(person)
        steward = role == "steward" and (fact.said["about"][1], person) not in world.concerned
        if person != fact.said["person"] and (steward or person == fact.owner):
            held.add(("hearing", fact.key))
    return held


def _communities(world: World, person: str) -> set[Circle]:
    held: set[Circle] = set()
    for community in world.communities.values():
        role = community.members.get(person)
        if role is None:
            continue
        held.add(("members", community.key))
        held |= {("around", owner) for owner in community.members}
        if role == "steward":
            held.add(("stewards", community.key))
    return held


def _evenings(world: World, person: str) -> set[Circle]:
    held: set[Circle] = set()
    homes = {one.key for one in world.communities.values() if person in one.members}
    told = {one.said["evening"] for one in world.of("joint").values() if one.said["community"] in homes}
    answers, organising, presences = world.of("answer"), world.of("organising"), world.of("presence")
    for key, evening in world.of("evening").items():
        at = str(key)
        answer = answers.get((at, person))
        if evening.owner == person or (at, person) in organising:
            held |= {("organisers", at), ("going", at)}
        if answer is not None and answer.said["answer"] == "going":
            held.add(("going", at))
        if (at, person) in presences:
            held.add(("attended", at))
        if evening.said["community"] in homes or evening.key in told:
            held.add(("invited", at))
    return held


class Sight:
    """What one viewer sees at a moment: a handle, or "" for the anonymous visitor."""

    def __init__(self, world: World, viewer: str) -> None:
        self.world, self.viewer = world, viewer
        self.circles = circles_of(world, viewer)
        self.blockers = {owner for owner, person in world.blocks if person == viewer}
        self.naming = {owner for owner, person in world.shielded_people if person == viewer}
        firms = {about for kind, about in self.circles if kind == "firm"}
        self.holding = {owner for owner, firm in world.shields if firm in firms}
        self.answered = set(world.of("situation"))

    def sees(self, fact: Fact) -> bool:
        """Whether the viewer may see a fact."""
        if fact.owner == self.viewer:
            return True
        if fact.audience not in self.circles or fact.owner in self.blockers:
            return False
        if fact.until is not None and fact.until <= self.world.now:
            return False
        return not fact.discreet or not self.behind(fact)

    def behind(self, fact: Fact) -> bool:
        """Whether the viewer stands behind the shield of a discreet fact's owner."""
        if fact.owner in self.naming:
            return True
        if fact.audience is not None and fact.audience[0] == "named":
            return False
        crossed = fact.audience is not None and fact.audience[0] == "connections"
        return fact.owner in self.holding or not (crossed or {self.viewer, fact.owner} <= self.answered)

    def seen(self, kind: str) -> Iterator[Fact]:
        """The facts of a kind that the viewer may see."""
        return filter(self.sees, self.world.of(kind).values())
