"""What proposals for acts are drawn with: a generator, the oracle's world, a moment, and those who may act."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tests.laws.worlds.acting.acts import Audience
from tests.laws.worlds.knowing.standing import EVERYONE, Community, Fact, Sight, World

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

#: When every history ends: on the evening of a meetup, on the island.
END = datetime(2026, 11, 26, 19, 30, tzinfo=timezone(timedelta(hours=4)))
FIRMS = ("Filao", "Vetiver", "Tamarin", "Letchi")
#: The mail domains that belong to the first two, once the operator says so.
DOMAINS = ("filao.example", "vetiver.example")
#: What words are about that one says of oneself.
WORDS = ("does", "seeks", "skills", "languages", "manner", "trust", "links")
NEEDS = ("job", "job", "mission", "client", "mentoring", "other")

Proposal = tuple[str, dict[str, Any]]
Propose = Callable[["Pen"], Proposal]
#: By the word of the act; what is proposed under a name of its own is done by the word in `CALLED`.
PROPOSALS: dict[str, Propose] = {}
CALLED = {"ask": "join"}


class Stuck(Exception):
    """There is nothing to propose: nobody could do this now."""


def proposal(function: Propose) -> Propose:
    """Put a function among the proposals, under its name."""
    PROPOSALS[function.__name__] = function
    return function


class Pen:
    """What proposals draw from: a generator, the world, the moment; `among` are those who may act.

    Where it hides from somebody, what it states is for others.
    """

    def __init__(self, draw: "Random", world: World, at: datetime, among: Sequence[str] = ()) -> None:
        self.draw, self.world, self.at, self.among = draw, world, at, among
        self.hides_from: str | None = None

    def pick(self, choices: Collection[Any]) -> Any:
        """One of several."""
        if not choices:
            raise Stuck
        return self.draw.choice(list(choices))

    def chance(self, share: float) -> bool:
        """Yes, so often."""
        return self.draw.random() < share

    def word(self, parts: int = 4) -> str:
        """A word that can be said, and that nobody else says."""
        syllables = (self.draw.choice("bdfgklmnprstvz") + self.draw.choice("aeiou") for _ in range(parts))
        return "".join(syllables)

    def spelt(self, name: str) -> str:
        """A name as people type it."""
        return str(self.pick([name, name, name.upper(), name.lower()]))

    def text(self) -> str:
        """A few of them; now and then one that people watch for, or that somebody said, with a slip of the finger."""
        said = [self.word() for _ in range(self.draw.randint(1, 3))]
        heard = self.heard() if self.chance(0.15) else []
        if heard:
            word, at = self.pick(heard), self.draw.randint(1, 5)
            said[0] = word[:at] + word[at + 1 :]
        watched = self.watched() if self.chance(0.3) else []
        said[-1] = self.pick(watched) if watched else said[-1]
        return " ".join(said)

    def watched(self) -> list[str]:
        """The words that people watch for: those of whom it hides from, if there are any."""
        kept = list(self.world.of("kept").values())
        mine = [fact for fact in kept if fact.owner == self.hides_from] or kept
        return sorted({word for fact in mine for word in fact.said["text"].split()})

    def heard(self) -> list[str]:
        """The longer words that people have said."""
        said = " ".join(str(fact.said.get("text", "")) for fact in self.world.all())
        return sorted({word for word in said.split() if len(word) > 6})

    def who(self) -> str:
        """Somebody with an account, of those who may act."""
        return str(self.pick(self.able()))

    def able(self) -> list[str]:
        """Those with an account who may act."""
        return [who for who in self.among or self.accounts() if self._has_account(who)]

    def accounts(self) -> list[str]:
        """Everybody with an account."""
        return [handle for handle, person in self.world.people.items() if person.account]

    def other(self, who: str) -> str:
        """Somebody else with an account."""
        return str(self.pick([one for one in self.accounts() if one != who]))

    def seen(self, who: str) -> str:
        """Somebody else whose name one sees."""
        sight = Sight(self.world, who)
        return str(self.pick([name.owner for name in sight.seen("name") if name.owner != who]))

    def own(self, kind: str) -> Fact:
        """A fact of somebody who may act."""
        facts = [fact for fact in self.world.of(kind).values() if self._may(fact.owner)]
        fact: Fact = self.pick([fact for fact in facts if not fact.said.get("forgotten_at")])
        return fact

    def community(self, who: str, role: str = "") -> Community:
        """A community that somebody is in."""
        communities = self.world.communities.values()
        mine = [one for one in communities if role in {"", one.members.get(who)} and who in one.members]
        found: Community = self.pick(mine)
        return found

    def steward(self) -> tuple[str, Community]:
        """Somebody who looks after a community, and which."""
        pairs = [(who, one) for one in self.world.communities.values() for who in one.members if self._may(who)]
        found: tuple[str, Community] = self.pick([(who, one) for who, one in pairs if one.members[who] == "steward"])
        return found

    def evening(self, who: str, *, over: bool = False) -> Fact:
        """An evening that somebody sees; one to come, unless `over`."""
        seen = [one for one in Sight(self.world, who).seen("evening") if over or one.said["ends_at"] > self.at]
        found: Fact = self.pick([one for one in seen if not one.said["cancelled"]])
        return found

    def audience(self, who: str) -> Audience:
        """Whom somebody lets see something: often the community, or people who are named."""
        kinds = ["members"] * 7 + ["named"] * 4 + ["me"] * 3 + ["everyone"] * 2 + ["around"] + ["crossed"] * 2
        kind = self.draw.choice(kinds)
        if kind == "members":
            return Audience("members", of=self.community(who).key)
        if kind == "named":
            others = [one for one in self.accounts() if one != who]
            return Audience("named", people=tuple(self.draw.sample(others, min(len(others), self.draw.randint(1, 2)))))
        return Audience(kind)

    def terms(self, who: str, discreet: float = 0.3, *, named: bool = False) -> dict[str, Any]:
        """Who may see it; sometimes discreet. Whoever has no name is hidden, unless it is `named` itself."""
        for _ in range(6):
            audience = self.audience(who)
            said = {"audience": audience, "discreet": audience.kind != "everyone" and self.chance(discreet)}
            if self._is_hidden(who, audience, bool(said["discreet"]), named):
                return said
        return {"audience": Audience(), "discreet": False}

    def _is_hidden(self, who: str, audience: Audience, discreet: bool, named: bool) -> bool:
        if self.hides_from is None or audience.kind == "me" or not (named or who in self.world.of("name")):
            return True
        if audience.kind == "named":
            return self.hides_from not in audience.people
        circle = {"everyone": EVERYONE, "around": ("around", who), "crossed": ("connections", who)}.get(
            audience.kind, (audience.kind, audience.of)
        )
        return not Sight(self.world, self.hides_from).sees(Fact("", "", who, circle, discreet))

    def day(self, back: int, ahead: int = -1) -> Any:
        """A day around now."""
        return (self.at.astimezone(UTC) + timedelta(days=self.draw.randint(-back, ahead))).date()

    def _has_account(self, who: str) -> bool:
        return who in self.world.people and self.world.people[who].account

    def _may(self, who: str) -> bool:
        return self._has_account(who) and (not self.among or who in self.among)
