"""Small random worlds in which every condition of the policy matters to somebody, in memory and in the database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.circles.models import Circle, Member, Within
from entregent.common import chance, clock
from entregent.discretion.models import Shield
from entregent.discretion.viewer import ANYBODY, Standing, Viewer
from entregent.needs.models import Need
from entregent.people.models import Person
from tests import canary

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
#: Ends that lie well before, at, just after and well after the present, or nowhere.
ENDS = (None, None, None, NOW - timedelta(days=1), NOW, NOW + timedelta(microseconds=1), NOW + timedelta(days=1))


@dataclass(frozen=True)
class Place:
    """A person in a circle."""

    circle: int
    person: int
    how: str
    until: datetime | None


@dataclass(frozen=True)
class Kept:
    """A line of somebody's shield, by one circle or one person; or a block, by one person."""

    owner: int
    circle: int | None
    person: int | None
    over: str


@dataclass(frozen=True)
class Stated:
    """A fact."""

    key: int
    owner: int
    audience: int | None
    discreet: bool
    until: datetime | None


@dataclass
class World:
    """Everything that the policy may look at."""

    people: list[int]
    circles: list[int]
    places: list[Place] = field(default_factory=list)
    within: list[tuple[int, int]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    facts: list[Stated] = field(default_factory=list)

    def viewers(self) -> list[Viewer]:
        """Everybody, nobody, and an imagined somebody who stands where each person stands now, or nowhere."""
        real = [Viewer(person=person) for person in self.people]
        return [*real, ANYBODY, *(self.like(person) for person in self.people), Viewer(imagined=())]

    def like(self, person: int) -> Viewer:
        """An imagined somebody in the circles of a person."""
        held = (place for place in self.places if place.person == person and lasts(place.until))
        return Viewer(imagined=tuple(Standing(place.circle, place.how) for place in held))


def lasts(until: datetime | None) -> bool:
    """Whether an end is still to come."""
    return until is None or until > NOW


def build(seed: int) -> World:
    """A world keyed by `seed`, written to the database."""
    with clock.at(NOW), chance.seeded(("world", seed)) as draw:
        people = [Person.objects.create().pk for _ in range(6)]
        circles = [Circle.objects.create(kind="chosen").pk for _ in range(6)]
        world = World(people=people, circles=circles)
        for step in (_stand, _nest, _shield, _state):
            step(world, draw)
        return world


def _stand(world: World, draw: Any) -> None:
    world.places = [
        Place(circle, person, draw.choice(["named", "crossed", "open"]), draw.choice(ENDS))
        for person in world.people
        for circle in world.circles
        if draw.random() < 0.45
    ]
    world.places += [Place(DECLARED, who, "open", draw.choice(ENDS)) for who in world.people if draw.random() < 0.8]
    rows = [Member(circle_id=p.circle, person_id=p.person, how=p.how, until=p.until) for p in world.places]
    Member.objects.bulk_create(rows)


def _nest(world: World, draw: Any) -> None:
    pairs = [(inner, outer) for inner in [*world.circles, DECLARED] for outer in world.circles if inner != outer]
    world.within = [pair for pair in pairs if draw.random() < 0.08]
    Within.objects.bulk_create(Within(inner_id=inner, outer_id=outer) for inner, outer in world.within)


def _shield(world: World, draw: Any) -> None:
    for owner in world.people:
        circles = [circle for circle in [*world.circles, EVERYONE] if draw.random() < 0.1]
        world.kept += [Kept(owner, circle, None, "discreet") for circle in circles]
        for over, share in (("discreet", 0.1), ("everything", 0.04)):
            world.kept += [Kept(owner, None, person, over) for person in world.people if draw.random() < share]
    rows = [Shield(owner_id=k.owner, circle_id=k.circle, person_id=k.person, over=k.over) for k in world.kept]
    Shield.objects.bulk_create(rows)


def _state(world: World, draw: Any) -> None:
    for owner in world.people * 6:
        discreet = draw.random() < 0.6
        circles = [None, *world.circles * 2, DECLARED, *([] if discreet else [EVERYONE, EVERYONE])]
        audience, until, text = draw.choice(circles), draw.choice(ENDS), canary.word("need", len(world.facts))
        fact = Need(owner_id=owner, audience_id=audience, discreet=discreet, until=until, text=text)
        Need.ledger.bulk_create([fact])
        world.facts.append(Stated(fact.pk, owner, fact.audience_id, discreet, fact.until))
