"""What somebody could do next, word by word: proposals for acts, drawn from a generator, over the oracle's world.

`history` writes them one after another, `pairs` puts some between what was written.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tests.laws.worlds.acts import OPERATOR, TIME, Audience
from tests.laws.worlds.standing import EVERYONE, Community, Fact, Sight, World

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

#: When every history ends: on the evening of a meetup, on the island.
END = datetime(2026, 11, 26, 19, 30, tzinfo=timezone(timedelta(hours=4)))
FIRMS = ("Filao", "Vetiver", "Tamarin", "Letchi")
#: The mail domains that belong to the first two, once the operator says so.
DOMAINS = ("filao.example", "vetiver.example")
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

    def text(self) -> str:
        """A few of them."""
        return " ".join(self.word() for _ in range(self.draw.randint(1, 3)))

    def who(self) -> str:
        """Somebody with an account, of those who may act."""
        return str(self.pick([who for who in self.among or self.accounts() if self._has_account(who)]))

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
        kinds = ["members"] * 7 + ["named"] * 4 + ["me"] * 3 + ["everyone"] * 2 + ["around"]
        kind = self.draw.choice(kinds)
        if kind == "members":
            return Audience("members", of=self.community(who).key)
        if kind == "named":
            others = [one for one in self.accounts() if one != who]
            return Audience("named", people=tuple(self.draw.sample(others, min(len(others), self.draw.randint(1, 2)))))
        return Audience(kind)

    def terms(self, who: str, discreet: float = 0.3, *, named: bool = False) -> dict[str, Any]:
        """Who may see it; sometimes discreet. What shows nobody's name hides somebody of whom nobody knows, unless `named`."""
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
        circle = {"everyone": EVERYONE, "around": ("around", who)}.get(audience.kind, (audience.kind, audience.of))
        return not Sight(self.world, self.hides_from).sees(Fact("", "", who, circle, discreet))

    def day(self, back: int, ahead: int = -1) -> Any:
        """A day around now."""
        return (self.at.astimezone(UTC) + timedelta(days=self.draw.randint(-back, ahead))).date()

    def _has_account(self, who: str) -> bool:
        return who in self.world.people and self.world.people[who].account

    def _may(self, who: str) -> bool:
        return self._has_account(who) and (not self.among or who in self.among)


@proposal
def found(pen: Pen) -> Proposal:
    return pen.who(), {"name": pen.word(5).title(), "entry": pen.pick(["open", "link", "approved", "approved"])}


@proposal
def join(pen: Pen) -> Proposal:
    who = pen.who()
    out = [one.key for one in pen.world.communities.values() if who not in one.members]
    return who, {"community": pen.pick(out), "name": pen.word(3).title()}


@proposal
def ask(pen: Pen) -> Proposal:
    """To join where the stewards decide."""
    who = pen.who()
    out = [one for one in pen.world.communities.values() if who not in one.members and one.entry == "approved"]
    return who, {"community": pen.pick(out).key, "name": pen.word(3).title()}


@proposal
def withdraw_request(pen: Pen) -> Proposal:
    asking = pen.own("request")
    return asking.owner, {"community": asking.said["community"]}


@proposal
def approve(pen: Pen) -> Proposal:
    who, community = pen.steward()
    asked = [one for one in pen.world.of("request").values() if one.said["community"] == community.key]
    return who, {"request": pen.pick(asked).key}


@proposal
def decline(pen: Pen) -> Proposal:
    return approve(pen)


@proposal
def leave(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"community": pen.community(who).key}


@proposal
def remove(pen: Pen) -> Proposal:
    who, community = pen.steward()
    return who, {"community": community.key, "person": pen.pick([one for one in community.members if one != who])}


@proposal
def appoint(pen: Pen) -> Proposal:
    who, community = pen.steward()
    accounts = [one for one in community.members if pen.world.people[one].account and one != who]
    return who, {"community": community.key, "person": pen.pick(accounts)}


@proposal
def erase(pen: Pen) -> Proposal:
    return pen.who(), {}


@proposal
def call_me(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"text": pen.word(3).title(), **pen.terms(who, 0.15, named=True)}


@proposal
def say_headline(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"text": "" if pen.chance(0.1) else pen.text(), **pen.terms(who)}


@proposal
def let_ask(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"yes": pen.chance(0.8), "audience": pen.audience(who)}


@proposal
def say_situation(pen: Pen) -> Proposal:
    return pen.who(), {"answer": pen.pick(["own", "looking", "student", "retired", "employed"])}


@proposal
def state_position(pen: Pen) -> Proposal:
    who = pen.who()
    ended = {"ends_on": pen.day(200, 30)} if pen.chance(0.4) else {}
    said = {"organisation": pen.pick(FIRMS), "title": pen.word(3), "starts_on": pen.day(900, -201), **ended}
    return who, {**said, **pen.terms(who), "client": pen.chance(0.15)}


@proposal
def end_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key, "ends_on": pen.day(120, 20)}


@proposal
def show_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key, **pen.terms(held.owner, 0.5)}


@proposal
def withdraw_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key}


@proposal
def shield(pen: Pen) -> Proposal:
    return pen.who(), {"organisation": pen.pick(FIRMS)}


@proposal
def unshield(pen: Pen) -> Proposal:
    who, firm = pen.pick(sorted(kept for kept in pen.world.shields if not pen.among or kept[0] in pen.among))
    return who, {"organisation": firm.title()}


@proposal
def shield_person(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"person": pen.other(who)}


@proposal
def unshield_person(pen: Pen) -> Proposal:
    kept = pen.world.shielded_people
    who, person = pen.pick(sorted(pair for pair in kept if not pen.among or pair[0] in pen.among))
    return who, {"person": person}


@proposal
def block(pen: Pen) -> Proposal:
    who = pen.who()
    person = pen.seen(who)
    if person not in pen.accounts():
        raise Stuck
    return who, {"person": person}


@proposal
def unblock(pen: Pen) -> Proposal:
    who, person = pen.pick(sorted(pair for pair in pen.world.blocks if not pen.among or pair[0] in pen.among))
    return who, {"person": person}


@proposal
def tie_firms(pen: Pen) -> Proposal:
    one, other = pen.draw.sample(FIRMS, 2)
    return pen.who(), {"one": one, "other": other}


@proposal
def confirm_tie(pen: Pen) -> Proposal:
    who, _community = pen.steward()
    one, other = sorted(pen.pick(sorted(pen.world.bonds, key=sorted)))
    return who, {"one": one.title(), "other": other.title()}


@proposal
def lift_tie(pen: Pen) -> Proposal:
    return confirm_tie(pen)


@proposal
def know_domain(pen: Pen) -> Proposal:
    firm = pen.pick(pen.world.firms)
    return OPERATOR, {"organisation": firm.title(), "domain": pen.pick([*DOMAINS, f"{firm}.example"])}


@proposal
def state_need(pen: Pen) -> Proposal:
    who = pen.who()
    kind, offered = pen.pick(NEEDS), pen.chance(0.3)
    terms = pen.terms(who, 0.4)
    if kind == "job" and not offered and terms["audience"].kind not in {"me", "named"}:
        terms["audience"] = Audience("named", people=(pen.other(who),))
    until = {"until": pen.at + timedelta(days=pen.draw.randint(2, 60))} if pen.chance(0.25) else {}
    if pen.chance(0.05):
        until = {"until": END}
    return who, {"text": pen.text(), "kind": kind, "offered": offered, **terms, **until}


@proposal
def withdraw_need(pen: Pen) -> Proposal:
    held = pen.own("need")
    return held.owner, {"need": held.key}


@proposal
def import_evening(pen: Pen) -> Proposal:
    community = pen.pick(pen.world.communities.values())
    known = [who for who, one in pen.world.people.items() if one.came_with == community.key]
    fresh = [pen.word(3) for _ in range(pen.draw.randint(1, 2))]
    people = (*known[:1], *fresh)
    starts_at = END - timedelta(days=pen.draw.randint(200, 900))
    return OPERATOR, {"community": community.key, "title": pen.text(), "starts_at": starts_at, "people": people}


@proposal
def claim(pen: Pen) -> Proposal:
    who = pen.who()
    homes = {one.key for one in pen.world.communities.values() if who in one.members}
    return who, {"person": pen.pick([one.handle for one in pen.world.people.values() if one.came_with in homes])}


@proposal
def withdraw_claim(pen: Pen) -> Proposal:
    asking = pen.own("claim")
    return asking.owner, {"person": asking.said["person"]}


@proposal
def accept_claim(pen: Pen) -> Proposal:
    who, community = pen.steward()
    asked = [one for one in pen.world.of("claim").values() if one.said["community"] == community.key]
    return who, {"claim": pen.pick([one for one in asked if one.owner != who]).key}


@proposal
def decline_claim(pen: Pen) -> Proposal:
    return accept_claim(pen)


@proposal
def tick(_pen: Pen) -> Proposal:
    return TIME, {}


#: How often each is tried; what is not here is tried once in a while.
WEIGHTS: Mapping[str, int] = {
    "state_need": 8,
    "answer": 10,
    "block": 5,
    "note_somebody": 6,
    "add_note": 4,
    "show_position": 4,
    "state_position": 5,
    "shield": 3,
    "shield_person": 3,
    "say_headline": 4,
    "call_me": 3,
    "announce": 6,
    "answer_as_guest": 3,
    "tie_firms": 3,
    "confirm_tie": 3,
    "import_evening": 2,
    "claim": 3,
    "edit": 3,
    "found": 0,
    "tick": 0,
    "enter": 0,
    "arrive": 1,
    "arrive_as_guest": 1,
    "join": 4,
    "let_ask": 4,
}
