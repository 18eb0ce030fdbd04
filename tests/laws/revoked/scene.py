"""What a run acts in: the people of a town, their browsers, and the product's names for what the model knows."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.test import Client

from entregent.circles import actions as circles
from entregent.circles.models import Circle
from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from tests.laws.revoked.model import EVERYONE, Audience, World

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
#: Alice looks after one community and organises; Erin looks after the other. Fred's address is at work.
PEOPLE = ["alice", "bob", "charlie", "dana", "erin", "fred"]
HOUSES = {"web": "approved", "data": "open"}
HOME, WORK = "example.org", "filao.example"


@dataclass
class Scene:
    """`keys` holds what the product calls a circle, a fact or a firm; `words` every word that was ever typed.

    `often` are the acts that are drawn more often than others.
    """

    world: World
    draw: Any
    viewers: dict[str, Viewer] = field(default_factory=dict)
    uids: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    keys: dict[Any, Any] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    often: Collection[Any] = ()

    def again(self, draw: Any) -> "Scene":
        """The same town, to go another way from here; the browsers stay open."""
        return replace(self, world=self.world.copy(), draw=draw, keys=dict(self.keys), words=set(self.words))

    def word(self, who: str) -> str:
        """A word that nobody has said before, typed by somebody."""
        pairs = ("".join(map(self.draw.choice, ("bdfgklmnprtvz", "aeiou"))) for _ in range(5))
        word = "".join(pairs).capitalize()
        self.words.add(word)
        self.world.typed.setdefault(who, set()).add(word)
        return word

    def reach(self, who: str) -> tuple[str, str]:
        """A word that nobody has said before, and the mail address in which it stands."""
        word = self.word(who)
        return word, f"{word}@{HOME}"

    def circle(self, audience: Audience) -> int | None:
        """The product's key of an audience."""
        if audience is not None and audience[0] == "communities":
            return communities.around(self.viewers[audience[1]])
        if audience is not None and audience[0] == "chosen":
            self._chosen(audience[1])
        return None if audience is None else self.keys[audience]

    def _chosen(self, owner: str) -> None:
        """Whom somebody named is forgotten with the last fact that goes to them: then they are named anew."""
        if not Circle.objects.filter(pk=self.keys["chosen", owner]).exists():
            people = [self.viewers[other].me for one, other in self.world.named if one == owner]
            self.keys["chosen", owner] = circles.choose(owner=self.viewers[owner].me, people=people)

    def anybody(self) -> str:
        """Somebody who was not erased."""
        return str(self.draw.choice(self.world.alive()))

    def two(self) -> tuple[str, str]:
        """Two different people."""
        one, other = self.draw.sample(self.world.alive(), 2)
        return one, other

    def one(self, things: set[T] | list[T]) -> T:
        """One of some things, whatever their order. Raises IndexError where there is none."""
        chosen: T = self.draw.choice(sorted(things, key=str))
        return chosen

    def audience(self, owner: str, *, discreet: bool = False, narrow: bool = False) -> Audience:
        """To whom somebody says something."""
        choice: list[Audience] = [("chosen", owner), ("connections", owner)]
        if not narrow:
            choice += [("members", "web"), ("members", "web"), ("members", "data"), ("communities", owner), None]
        chosen: Audience = self.draw.choice([*choice, *([] if narrow or discreet else [EVERYONE])])
        return chosen

    def firms(self) -> list[str]:
        """The houses where people work, by the one word that each is called."""
        return [key[1] for key in self.keys if key[0] == "firm"]

    def evenings(self) -> list[str]:
        """The codes of the evenings."""
        return [fact.about for fact in self.world.of("evening")]
