"""Who sees what, in plain Python over what people did: the words of `docs/discretion.md`, and none of the code.

A circle is not kept here, it is asked: who belongs, who comes, who works there, at this moment.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone

#: A kind of circle, and what it is about. None is nobody else.
Audience = tuple[str, str] | None
EVERYONE: Audience = ("everyone", "")
NOBODY = ""
#: Where everything happens: one time all year.
HOME = timezone(timedelta(hours=4))
#: What somebody publishes, on their own page.
OWN = ("name", "headline", "position", "need")
#: What is behind a secret address, or stands where its owner wrote it: no word of it is to be read anywhere else.
APART = ("showing", "kept")
#: How long an evening lasts; how long organisers are told who came.
LONG, TOLD = timedelta(hours=4), timedelta(days=15)


@dataclass(frozen=True)
class Fact:
    """What somebody stated. `about` is an evening, a firm, a community or somebody; `said` an answer, or how it stands.

    Of a picture, and of what is asked about it, `said` is its public id.
    """

    kind: str
    owner: str
    words: tuple[str, ...]
    audience: Audience
    discreet: bool = False
    until: datetime | None = None
    about: str = ""
    said: str = ""
    starts_at: datetime | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Letter:
    """A word that somebody wrote; `name` is what whoever it is for was called then, `mail` the card, or empty."""

    by: str
    to: str
    name: str
    text: str
    mail: str
    at: datetime
    answers: object = None
    gone: bool = False
    answered: bool = False


@dataclass
class World:
    """All that people did, as far as it says who sees what."""

    now: datetime
    people: list[str]
    facts: dict[object, Fact] = field(default_factory=dict)
    belongs: set[tuple[str, str]] = field(default_factory=set)
    stewards: set[tuple[str, str]] = field(default_factory=set)
    came: dict[str, list[str]] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    shields: set[tuple[str, str]] = field(default_factory=set)
    firms: set[tuple[str, str]] = field(default_factory=set)
    shielded_once: set[tuple[str, str]] = field(default_factory=set)
    ties: dict[frozenset[str], bool] = field(default_factory=dict)
    mail: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    works: dict[str, str] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    queue: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[tuple[str, str], datetime] = field(default_factory=dict)
    notes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    typed: dict[str, set[str]] = field(default_factory=dict)
    letters: dict[object, Letter] = field(default_factory=dict)
    told: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    looked: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    together: dict[str, str] = field(default_factory=dict)
    recalled: dict[str, str] = field(default_factory=dict)
    exports: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def copy(self) -> "World":
        """A world that goes its own way."""
        return deepcopy(self)

    def of(self, kind: str, owner: str | None = None, about: str | None = None) -> Iterator[Fact]:
        """The facts of a kind; of one owner, about one thing."""
        for fact in self.facts.values():
            if fact.kind == kind and owner in {None, fact.owner} and about in {None, fact.about}:
                yield fact

    def come(self, place: str, who: str) -> None:
        """Somebody is in a community, after those who are in it; whoever was in it stays where they were."""
        if (place, who) not in self.belongs:
            self.belongs.add((place, who))
            self.came[place] = [*(one for one in self.came.get(place, ()) if one != who), who]

    def alive(self) -> list[str]:
        """Those who were not erased."""
        return [person for person in self.people if person not in self.gone]

    def change(self, key: object, **said: object) -> None:
        """State a fact anew."""
        self.facts[key] = replace(self.facts[key], **said)  # type: ignore[arg-type]


def sees(world: World, viewer: str, fact: Fact) -> bool:
    """It is yours; or you are in its audience, it has not ended, you are not blocked, and no shield is before you."""
    if viewer == fact.owner:
        return viewer not in world.gone
    if not stands_in(world, viewer, fact.audience) or not lasts(world, fact.until):
        return False
    if (fact.owner, viewer) in world.blocks:
        return False
    return not (fact.discreet and behind(world, viewer, fact))


def behind(world: World, viewer: str, fact: Fact) -> bool:
    """Whether a viewer stands behind the shield of a discreet fact's owner: the four cases, in their order."""
    if (fact.owner, viewer) in world.shields:
        return True
    way, whose = fact.audience or ("", "")
    if way == "chosen" and (whose, viewer) in world.named:
        return False
    if any(stands_with(world, viewer, firm) for owner, firm in world.firms if owner == fact.owner):
        return True
    return way != "connections" and not {viewer, fact.owner} <= world.works.keys()


def stands_in(world: World, viewer: str, audience: Audience) -> bool:
    """Whether somebody is in a circle at this moment."""
    if audience == EVERYONE:
        return True
    if audience is None or viewer == NOBODY:
        return False
    kind, about = audience
    return INSIDE[kind](world, viewer, about)


def _shares_a_community(world: World, who: str, other: str) -> bool:
    return any((place, other) in world.belongs for place, one in world.belongs if one == who)


def organises(world: World, who: str, evening: str) -> bool:
    """Whether somebody announced an evening, or came to help."""
    return world.facts["evening", evening].owner == who or ("organising", who, evening) in world.facts


def _comes(world: World, who: str, evening: str) -> bool:
    """Those who organise count among those who come."""
    coming = any(fact.said == "going" for fact in world.of("answer", who, evening))
    return coming or organises(world, who, evening)


def _was_there(world: World, who: str, evening: str) -> bool:
    return any(world.of("presence", who, evening))


def crossed(world: World, owner: str, who: str) -> bool:
    """Whether cards were crossed with somebody, and the owner's is not withdrawn."""
    held = world.facts.get(("crossing", owner, who))
    return held is not None and held.said != "withdrawn"


#: Who is in a circle of each kind, about something.
INSIDE: dict[str, Callable[[World, str, str], bool]] = {
    "members": lambda world, who, place: (place, who) in world.belongs,
    "stewards": lambda world, who, place: (place, who) in world.stewards,
    "communities": _shares_a_community,
    "chosen": lambda world, who, owner: (owner, who) in world.named,
    "connections": lambda world, who, owner: crossed(world, owner, who),
    "organisers": organises,
    "going": _comes,
    "attended": _was_there,
}


def stands_with(world: World, viewer: str, firm: str) -> bool:
    """Whether somebody works at a firm or at one that is tied to it, left it less than 90 days ago, or has its mail."""
    near = {firm} | {other for pair, known in world.ties.items() if known and firm in pair for other in pair}
    return any(works_at(world, viewer, one) for one in near)


def works_at(world: World, person: str, firm: str) -> bool:
    """At one firm, whether or not it is tied to others."""
    if person == NOBODY:
        return False
    domain = world.domains.get(firm)
    if domain is not None and world.mail[person] == domain and person not in world.gone:
        return True
    return any(_still(world, held.ends_on) for held in world.of("position", person, firm))


def _still(world: World, ends_on: date | None) -> bool:
    return ends_on is None or world.now < datetime.combine(ends_on, time(), HOME) + timedelta(days=90)


def lasts(world: World, until: datetime | None) -> bool:
    """Whether an end is still to come."""
    return until is None or until > world.now


def named(world: World, viewer: str, person: str) -> str | None:
    """What somebody is called, for those who see it."""
    return next((fact.words[0] for fact in world.of("name", person) if sees(world, viewer, fact)), None)


def sees_evening(world: World, viewer: str, evening: str) -> bool:
    """Whether somebody sees an evening itself."""
    return sees(world, viewer, world.facts["evening", evening])


def answering(world: World, viewer: str, evening: str, said: str = "going") -> set[str]:
    """Who is seen to come, or to wait. Inside a thing, something is seen only where the thing is."""
    if not sees_evening(world, viewer, evening):
        return set()
    return {f.owner for f in world.of("answer", about=evening) if f.said == said and sees(world, viewer, f)}


def present(world: World, viewer: str, evening: str) -> set[str]:
    """Who is seen in the room."""
    if not sees_evening(world, viewer, evening):
        return set()
    return {f.owner for f in world.of("presence", about=evening) if sees(world, viewer, f)}


def there(world: World, viewer: str, person: str) -> set[str]:
    """The evenings at which somebody is known to have been, or to have said that they would be."""
    evenings = {fact.about for fact in world.of("evening")}
    return {one for one in evenings if person in answering(world, viewer, one) | present(world, viewer, one)}


def readable(world: World, viewer: str) -> set[str]:
    """Every word that somebody may read: what they see, and what they wrote or were given."""
    words = set(world.typed.get(viewer, ()))
    told = (fact.words for fact in world.facts.values() if fact.kind not in APART and sees(world, viewer, fact))
    return words.union(*told)


def starts_at(world: World, evening: str) -> datetime:
    """When an evening begins."""
    begins = world.facts["evening", evening].starts_at
    assert begins is not None
    return begins


def over(world: World, evening: str) -> bool:
    """Whether an evening has ended."""
    return starts_at(world, evening) + LONG <= world.now


def is_told(world: World, evening: str) -> bool:
    """Whether its organisers are still told who comes, and came."""
    return world.now.astimezone(HOME).date() <= (starts_at(world, evening) + LONG).astimezone(HOME).date() + TOLD


def answering_need(world: World, viewer: str, word: str) -> tuple[set[str], set[str]]:
    """Who answers a word: those who say it to the viewer, and those of whom the viewer noted it.

    Whoever does not show their name, or is blocked by the viewer, answers nothing.
    """
    apart = {viewer} | {other for who, other in world.blocks if who == viewer}
    saying = {f.owner for f in world.facts.values() if f.kind in OWN and word in f.words and sees(world, viewer, f)}
    noted = {other for (who, other), words in world.notes.items() if who == viewer and word in words}
    shown = {one for one in (saying | noted) - apart if named(world, viewer, one)}
    return saying & shown, noted & shown


def signed(world: World, word: Letter) -> str | None:
    """The name under which a word is given at this moment, None where it is given to nobody."""
    if word.to in world.gone or {(word.by, word.to), (word.to, word.by)} & world.blocks:
        return None
    called = named(world, word.to, word.by)
    if word.answers is not None:
        return called or world.letters[word.answers].name
    return None if ("closed", word.to) in world.facts else called


def may_be_discreet(world: World, person: str) -> bool:
    """From an account that an employer could open, nothing discreet can be stated."""
    return world.mail[person] not in world.domains.values() or world.works.get(person) == "own"


def shown(world: World) -> set[tuple[str, object, Fact]]:
    """All that anybody sees, and where they belong: what an act changes of this shows in somebody's next request."""
    viewers = [NOBODY, *world.alive()]
    seen = {(v, key, fact) for v in viewers for key, fact in world.facts.items() if sees(world, v, fact)}
    places = {"member": world.belongs, "steward": world.stewards}
    roles = ((role, place, who) for role, pairs in places.items() for place, who in pairs)
    return seen | {(who, role, Fact(role, who, (), None, about=place)) for role, place, who in roles}
