"""A town of people, firms, evenings and facts, drawn from a seed, in the project's own tables.

Firms are skewed in size and shielded by their own people; evenings hold sixty; everybody crossed eight cards; one in
ten has not said where they work. One person, the busy one, stands in thousands of circles.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.circles.models import Circle, Member, Within
from entregent.common import chance, clock
from entregent.communities.models import Community
from entregent.discretion.models import Shield
from entregent.meetups.models import Meetup, Rsvp
from entregent.needs.models import Need
from entregent.people.models import Person

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

#: The place, in the list of people, of the busy one.
BUSY = 11


@dataclass
class Town:
    """What was drawn: keys only."""

    people: list[int]
    draw: random.Random
    firms: list[int] = field(default_factory=list)
    works_at: list[int] = field(default_factory=list)
    community: int = 0
    cards: list[int] = field(default_factory=list)
    evenings: list[int] = field(default_factory=list)
    comers: list[list[int]] = field(default_factory=list)
    chosen: dict[int, list[int]] = field(default_factory=dict)
    members: dict[tuple[int, int], tuple[str, datetime | None]] = field(default_factory=dict)

    def admit(self, circle: int, who: int, how: str = "open", until: datetime | None = None) -> None:
        """Put the person at place `who` of the list into a circle."""
        self.members.setdefault((circle, self.people[who]), (how, until))


def build(people: int, facts: int, seed: int = 1) -> None:
    """Fill empty tables; `facts` needs, and an answer for each seat of each evening."""
    with clock.at(NOW), chance.seeded(seed) as draw:
        town = Town(people=_keys(Person, people), draw=draw)
        for step in (_work, _gather, _cross, _meet, _choose, _be_busy, _write_members, _shield):
            step(town)
        _answer(town)
        _many(Need, [_fact(town, Need, draw.randrange(people), text="x") for _ in range(facts)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _work(town: Town) -> None:
    size = max(20, len(town.people) // 20)
    staff, town.firms = _circles("staff", size), _circles("around", size)
    sisters = {tuple(town.draw.sample(range(size), 2)) for _ in range(size // 5)}
    pairs = {(firm, firm) for firm in range(size)} | sisters
    _many(Within, [Within(inner_id=staff[inner], outer_id=town.firms[outer]) for inner, outer in sorted(pairs)])
    for who in range(len(town.people)):
        town.works_at.append(int(size * town.draw.random() ** 2))
        left = town.draw.choice([None] * 8 + [-40, 40])
        town.admit(staff[town.works_at[who]], who, until=None if left is None else NOW + timedelta(days=left))
        if who % 10:
            town.admit(DECLARED, who)


def _gather(town: Town) -> None:
    town.community, *others = _circles("members", 6)
    for who in range(len(town.people)):
        if who % 20:
            town.admit(town.community, who)
        if town.draw.random() < 0.3:
            town.admit(town.draw.choice(others), who)


def _cross(town: Town) -> None:
    town.cards = _circles("connections", len(town.people))
    for one in range(len(town.people)):
        for other in town.draw.sample(range(len(town.people)), 8):
            town.admit(town.cards[one], other, "crossed")
            town.admit(town.cards[other], one, "crossed")


def _meet(town: Town) -> None:
    count = max(40, len(town.people) // 25)
    town.evenings = _circles("going", count)
    town.comers = [town.draw.sample(range(len(town.people)), min(60, len(town.people))) for _ in range(count)]
    for circle, comers in zip(town.evenings, town.comers, strict=True):
        for who in comers:
            town.admit(circle, who)


def _choose(town: Town) -> None:
    for circle in _circles("chosen", len(town.people) // 5):
        town.chosen.setdefault(town.draw.randrange(len(town.people)), []).append(circle)
        for who in town.draw.sample(range(len(town.people)), town.draw.randint(2, 10)):
            town.admit(circle, who, "named")


def _be_busy(town: Town) -> None:
    chosen = [circle for circles in town.chosen.values() for circle in circles]
    for circle in town.draw.sample(town.cards, len(town.cards) // 4):
        town.admit(circle, BUSY, "crossed")
    for circle in town.evenings:
        town.admit(circle, BUSY)
    for circle in town.draw.sample(chosen, len(chosen) // 10):
        town.admit(circle, BUSY, "named")


def _write_members(town: Town) -> None:
    rows = town.members.items()
    _many(Member, [Member(circle_id=c, person_id=p, how=how, until=until) for (c, p), (how, until) in rows])


def _shield(town: Town) -> None:
    discreet, everything = Shield.Over
    rows: set[tuple[int, int | None, int | None, str]] = set()
    for who, owner in enumerate(town.people):
        firms = {town.firms[town.works_at[who]], *town.draw.sample(town.firms, 2)}
        rows |= {(owner, firm, None, discreet) for firm in firms}
        if who % 10 == 0:
            rows.add((owner, None, town.draw.choice(town.people), discreet))
    for _ in range(len(town.people) * 6 // 100):
        rows.add((town.draw.choice(town.people), None, town.draw.choice(town.people), everything))
    ordered = sorted(rows, key=str)
    _many(Shield, [Shield(owner_id=o, circle_id=c, person_id=p, over=over) for o, c, p, over in ordered])


def _answer(town: Town) -> None:
    home = Community.objects.create(slug="town", name="Town", zone="UTC")
    about = {"community": home, "audience_id": town.community, "title": "Apéro", "zone": "UTC"}
    when = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=3)}
    for circle, comers in zip(town.evenings, town.comers, strict=True):
        meetup = Meetup.ledger.create(owner_id=town.people[comers[0]], **about, **when)
        _many(Rsvp, [_fact(town, Rsvp, who, circle, meetup=meetup, answer="going") for who in comers])


def _fact(town: Town, kind: type[models.Model], who: int, going: int | None = None, **fields: Any) -> models.Model:
    discreet = town.draw.random() < (0.4 if going else 0.2)
    ends = town.draw.choice([None] * 16 + [-9, 9, 9, 9])
    return kind(
        owner_id=town.people[who],
        audience_id=_audience(town, who, going, discreet=discreet),
        discreet=discreet,
        until=None if ends is None else NOW + timedelta(days=ends),
        changed_at=NOW - timedelta(seconds=town.draw.randrange(10**8)),
        **fields,
    )


def _audience(town: Town, who: int, going: int | None, *, discreet: bool) -> int | None:
    share = town.draw.random()
    if share < 0.1 and not discreet and not going:
        return EVERYONE
    if share < 0.7:
        return going if going and share > 0.35 else town.community
    if share < 0.85:
        return town.cards[who]
    return town.draw.choice([*town.chosen.get(who, []), None])


def _circles(kind: str, count: int) -> list[int]:
    return _keys(Circle, count, kind=kind)


def _keys(model: type[models.Model], count: int, **fields: Any) -> list[int]:
    return [row.pk for row in _many(model, [model(**fields) for _ in range(count)])]


def _many(model: type[Any], rows: list[Any]) -> list[Any]:
    made: list[Any] = getattr(model, "ledger", model.objects).bulk_create(rows, batch_size=5000)
    return made
