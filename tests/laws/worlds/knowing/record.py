"""The record of a viewer at a moment: the facts that they may see, their own, and what is declassified to them.

Each item says, with every field that is shown, what the viewer may know. Whoever's name they do not see does not
appear: neither do their answers, presences, positions, needs. It is never padded: what is not here must change nothing.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from tests.laws.worlds.acting.acts import TERMS
from tests.laws.worlds.knowing import admitting, belonging, coming, relaying, reporting
from tests.laws.worlds.knowing.standing import Fact, Sight, World, may_be_discreet

Item = tuple[Hashable, ...]


def record_of(world: World, viewer: str) -> frozenset[Any]:
    """The record of somebody at the moment at which the world stands."""
    sight = Sight(world, viewer)
    names = {fact.owner: fact for fact in sight.seen("name") if fact.owner in world.people}
    evenings = {fact.key: fact for fact in sight.seen("evening")}
    seen = Seen(sight, names, evenings)
    return frozenset(item for part in PARTS for item in part(seen))


class Seen:
    """What a viewer sees to begin with: people whose name they see, and evenings, by key."""

    def __init__(self, sight: Sight, names: dict[str, Fact], evenings: dict[str, Fact]) -> None:
        self.sight, self.names, self.evenings = sight, names, evenings
        self.world, self.viewer = sight.world, sight.viewer

    def others(self, kind: str) -> Iterator[Fact]:
        """The facts of a kind of those whose name the viewer sees; not the viewer's own."""
        names, viewer = self.names, self.viewer
        for fact in self.world.of(kind).values():
            if fact.owner != viewer and fact.owner in names and self.sight.sees(fact):
                yield fact


def _people(seen: Seen) -> Iterator[Item]:
    """Who appears, and what they say of themselves."""
    for owner, name in seen.names.items():
        if owner != seen.viewer:
            yield "name", owner, name.said["text"], _unclaimed(seen, owner), _is_base(name)
    for fact in (*seen.others("headline"), *seen.others("words")):
        yield fact.kind, fact.owner, fact.said.get("what"), fact.said["text"]
    yield from (("portrait", fact.owner, fact.said["picture"]) for fact in seen.others("portrait"))
    for fact in seen.others("willing"):
        if fact.said["yes"]:
            yield "willing", fact.owner, _is_base(fact)
    for fact in seen.others("position"):
        said = fact.said
        where = said["named"], said["firm"], said["title"], said["starts_on"], said["ends_on"], said["client"]
        yield "position", fact.key, fact.owner, where, _is_base(fact)
    for fact in seen.others("need"):
        said = fact.said
        what = said["kind"], said["offered"], said["text"], said["place"]
        yield "need", fact.key, fact.owner, what, said["said_at"]


def _is_base(fact: Fact) -> bool:
    """Whether ties are made of it: whoever sees a fact that is discreet, or ends, may learn so from the ways."""
    return not fact.discreet and fact.until is None


def _unclaimed(seen: Seen, owner: str) -> bool:
    """Somebody imported into a community of the viewer's can be claimed by them."""
    came_with = seen.world.people[owner].came_with
    return bool(came_with) and seen.viewer in seen.world.communities[came_with].members


def _communities(seen: Seen) -> Iterator[Item]:
    """What is public of a community; whether the viewer is in it, looks after it, and whom they then look after."""
    for community in seen.world.communities.values():
        yield "community", community.key, community.name, community.entry
        role = community.members.get(seen.viewer)
        if role is not None:
            yield "belongs", community.key, role
        if role == "steward":
            yield from (("member", community.key, who) for who in community.members if who in seen.names)


def _asking(seen: Seen) -> Iterator[Item]:
    """Who asks to be let in, and who claims to be whom: for stewards."""
    for fact in seen.sight.seen("request"):
        if fact.owner != seen.viewer:
            yield "request", fact.key, fact.said["community"], fact.said["name"], fact.said["asked_at"]
    for fact in seen.others("claim"):
        said = fact.said
        members = seen.world.communities[said["community"]].members
        if not (said["declined"] or said["accepted"]) and fact.owner in members and said["person"] in seen.names:
            yield "claim", fact.key, said["community"], fact.owner, said["person"], said["asked_at"]


def _reports(seen: Seen) -> Iterator[Item]:
    """D6: what was reported to a steward; of whom and by whom where they see the name, or the evening.

    What was seen to stays theirs: they may open it again.
    """
    for fact in seen.world.of("report").values():
        if reporting.hears(seen.sight, fact):
            said = fact.said
            people = tuple(who if who in seen.names else "" for who in (said["person"], fact.owner))
            evening = said["about"][1] if said["about"][1] in seen.evenings else ""
            what = said["community"], said["about"][0], said["text"], said["said_at"]
            yield "D6", fact.key, what, people, evening, bool(said["seen_to"])


def _evenings(seen: Seen) -> Iterator[Item]:
    """What is said of an evening, and D1."""
    for key, evening in seen.evenings.items():
        said = evening.said
        owner = evening.owner if evening.owner in seen.names else ""
        when = said["starts_at"], said["ends_at"]
        revised = said["revised_at"], *(said[name] for name in TERMS), said.get("farewell", "")
        shown = coming.word(evening), said.get("pictures", False)
        yield "evening", key, said["community"], said["title"], said["place"], when, revised, *shown, owner
        if "series" in said:
            yield "recurs", key, *said["series"]
        band = said["band"] if said["shows_band"] else None
        room = coming.room(seen.world, evening)
        visitors = coming.takes_visitors(seen.world, evening, 1 + coming.MOST_GUESTS)
        yield "D1", key, _state(seen.world, evening), said["capacity"], room, band, visitors
        if coming.organises(seen.world, evening, seen.viewer):
            yield "together", key, said.get("together", "")
        if seen.viewer and (
            coming.organises(seen.world, evening, seen.viewer) or said.get("recalled_to") == seen.viewer
        ):
            yield "recalled", key, said.get("recalled", "")
        if coming.organises(seen.world, evening, seen.viewer) and not coming.told_no_more(seen.world, evening):
            yield from _counted(seen.world, evening)
            yield from _at_the_door(seen, evening)
        yield from _let_in(seen, evening)
        yield from _passed_on(seen, evening)


def _joints(seen: Seen) -> Iterator[Item]:
    """In which further communities an evening stands."""
    for fact in seen.sight.seen("joint"):
        if fact.owner != seen.viewer and fact.said["evening"] in seen.evenings:
            yield "joint", fact.said["evening"], fact.said["community"]


def _organising(seen: Seen) -> Iterator[Item]:
    """Who organises an evening with whoever announced it."""
    for fact in seen.others("organising"):
        if fact.said["evening"] in seen.evenings:
            yield "organising", fact.key, fact.said["evening"], fact.owner, fact.said["since"]


def _at_the_door(seen: Seen, evening: Fact) -> Iterator[Item]:
    """D5 at the door, while it has its list: who has a name there is named by the answer that is seen."""
    if not admitting.has_a_list(seen.world, evening):
        return
    shown = (one for one in coming.answers_to(seen.world, evening.key) if seen.sight.sees(one))
    named = {one.owner: (one.key, one.owner) for one in shown if one.said["name"] or one.owner in seen.names}
    lines = Counter(admitting.lines(seen.world, evening.key, named))
    yield "D5 at the door", evening.key, frozenset(lines.items())


def _let_in(seen: Seen, evening: Fact) -> Iterator[Item]:
    """When the viewer was let in, as their ticket says."""
    mine = seen.world.of("answer").get((evening.key, seen.viewer))
    if mine is not None and mine.said["answer"] == "going":
        let_in = {one.said["seat"]: one.said["at"] for one in admitting.entries(seen.world, evening.key)}
        yield "D2 let in", evening.key, let_in.get(seen.viewer)


def _passed_on(seen: Seen, evening: Fact) -> Iterator[Item]:
    """D1, D2 and D5 as they are once the seats were passed on whose offer is over: the worker does it any moment."""
    world = seen.world
    answers = coming.answers_to(world, evening.key)
    if not any(coming.is_over(world, one) for one in answers) or _state(world, evening) in {"cancelled", "past"}:
        return
    changed = coming.passed_on(world, evening)
    then = {one.owner: changed.get(one.owner, (one.said["answer"], None)) for one in answers}
    people = Counter[str]()
    for one in answers:
        people[then[one.owner][0]] += coming.party(one)
    yield "D1 passed on", evening.key, coming.room(world, evening, changed)
    if seen.viewer in then:
        ahead = [one.owner for one in coming.queue(world, evening.key) if then[one.owner][0] == "waiting"]
        place = ahead.index(seen.viewer) if seen.viewer in ahead else None
        reach = coming.within_reach(world, evening, seen.viewer, changed) if place is not None else 0
        yield "D2 passed on", evening.key, *then[seen.viewer], place, reach
    if coming.organises(world, evening, seen.viewer):
        yield "D5 passed on", evening.key, people["going"], people["waiting"] + people["offered"]


def _exports(seen: Seen) -> Iterator[Item]:
    """D7: when the list of an evening was taken out, and by whom where one sees it: for those who come, or came."""
    for fact in seen.world.of("export").values():
        at, by = fact.said["evening"], fact.said["by"]
        if at in seen.evenings and not seen.sight.circles.isdisjoint({("going", at), ("attended", at)}):
            yield "D7", at, fact.said["at"], fact.said.get("list", False), by if by in seen.names else ""


def _state(world: World, evening: Fact) -> str:
    said = evening.said
    if said["cancelled"]:
        return "cancelled"
    if said["ends_at"] <= world.now:
        return "past"
    window = coming.window(world, evening)
    if window != "open":
        return window
    return "waiting" if coming.room(world, evening) == 0 else "open"


def _counted(world: World, evening: Fact) -> Iterator[Item]:
    """D5: how many come, wait (in which parties), came, stayed away. Who has a name is in the record already."""
    answers = coming.answers_to(world, evening.key)
    going = {one.owner: coming.party(one) for one in answers if one.said["answer"] == "going"}
    came = {one.owner for one in world.of("presence").values() if one.said["evening"] == evening.key}
    inside = [one.said["seat"] for one in admitting.entries(world, evening.key)]
    came |= {seat for seat in inside if seat}
    parties = tuple(coming.party(one) for one in coming.queue(world, evening.key))
    waiting = parties, sum(coming.party(one) for one in answers if one.said["answer"] == "offered")
    away = len(going.keys() - came) if evening.said["ends_at"] <= world.now else 0
    yield "D5", evening.key, "shares", *coming.shares(world, evening)
    yield "D5", evening.key, sum(going.values()), waiting, len(came) + inside.count(""), away, len(inside)


def _coming(seen: Seen) -> Iterator[Item]:
    """Who comes to an evening that the viewer sees, wants to, or was there; a first name without account says who."""
    for kind in ("answer", "presence"):
        for fact in seen.sight.seen(kind):
            said = fact.said
            if fact.owner == seen.viewer or said["evening"] not in seen.evenings:
                continue
            if not (said["name"] or fact.owner in seen.names):
                continue
            if kind == "presence":
                yield "there", fact.key, said["evening"], fact.owner, said["name"], said["arrived_at"], _is_base(fact)
            elif said["answer"] in coming.HOPEFUL:
                # Whoever is offered a seat still wants to come, until the offer is over.
                answer = "going" if said["answer"] == "going" else "waiting"
                over = coming.is_over(seen.world, fact)
                # Those whom they bring have a line each on the organiser's list.
                evening = seen.evenings[said["evening"]]
                told = coming.organises(seen.world, evening, seen.viewer)
                organises = told and not coming.told_no_more(seen.world, evening)
                brought = said["guests"] if organises and answer == "going" else 0
                yield answer, said["evening"], fact.owner, said["name"], brought, _is_base(fact), over
                if organises:
                    yield "pictured", said["evening"], fact.owner, said.get("pictured")


def _visitors(seen: Seen) -> Iterator[Item]:
    """Whose seat those who organise can give back: in which order they answered, with how many people."""
    for fact in seen.sight.seen("answer"):
        said, evening = fact.said, seen.evenings.get(fact.said["evening"])
        if evening is None or not coming.organises(seen.world, evening, seen.viewer):
            continue
        live = _state(seen.world, evening) not in {"cancelled", "past"}
        if live and said["name"] and said["answer"] in coming.HOPEFUL:
            yield "visitor", evening.key, fact.owner, said["answered_at"], said["guests"]


def _pictures(seen: Seen) -> Iterator[Item]:
    """The pictures of evenings that the viewer sees; that one is to be taken down is in what is their own (D8)."""
    for fact in seen.sight.seen("picture"):
        if fact.owner != seen.viewer and fact.said["evening"] in seen.evenings:
            yield "picture", fact.key, fact.said["evening"], fact.said["picture"], fact.said["added_at"]


def _own(seen: Seen) -> Iterator[Item]:
    """What the viewer states, with the terms on which they do; and D2."""
    world, viewer = seen.world, seen.viewer
    for fact in world.all():
        if viewer and fact.owner == viewer:
            hidden = HIDDEN_FROM_OWNER | _unseen(seen, fact) | relaying.closed_card(fact)
            said = frozenset((name, value) for name, value in fact.said.items() if name not in hidden)
            # Whoever reports is told the same whoever hears it.
            audience = None if fact.kind == "report" else fact.audience
            yield "own", fact.kind, fact.key, audience, fact.discreet, fact.until, said, _member(seen, fact)
        if fact.kind == "answer" and fact.owner == viewer and fact.said["answer"] == "waiting":
            yield from _queueing(seen, fact)


#: Whoever claims or reports does not learn what was decided, nor whoever lets in whose the ticket is: `_at_the_door`
#: says which of them they see. Whether a contact still shows their name says `_member`.
HIDDEN_FROM_OWNER = {"declined", "accepted", "seen_to", "person", "band", "band_on", "seat"}


def _unseen(seen: Seen, fact: Fact) -> set[str]:
    """Of somebody whom they do not see now, whoever reported them reads what they were called then."""
    kind, about = fact.said.get("about", ("", ""))
    return {"about"} if kind == "person" and about not in seen.names else set()


def _member(seen: Seen, fact: Fact) -> str:
    person = fact.said.get("person")
    return str(person) if fact.kind == "claim" or person in seen.names else ""


def _due(seen: Seen) -> Iterator[Item]:
    """What the worker is to change: the words that the viewer is to be given, who turns out to be whom."""
    yield from (("turns out", one.owner, one.said["person"]) for one in belonging.agreed(seen.world))
    if seen.viewer:
        yield from (("due", *word) for word in relaying.due_to(seen.world, seen.viewer))


def _shown(seen: Seen) -> Iterator[Item]:
    """The cards that the viewer is shown, with the evening where they see it."""
    for fact in seen.sight.seen("showing"):
        said = fact.said
        if fact.owner != seen.viewer and said["person"] in {"", seen.viewer}:
            evening = said["evening"] if said["evening"] in seen.evenings else ""
            yield "shown", fact.key, fact.owner, said["name"], said["does"], said["value"], evening, fact.until


def _queueing(seen: Seen, fact: Fact) -> Iterator[Item]:
    at = fact.said["evening"]
    if at in seen.evenings:
        place = [one.owner for one in coming.queue(seen.world, at)].index(seen.viewer) + 1
        yield "D2", at, place, coming.within_reach(seen.world, seen.evenings[at], seen.viewer)


def _kept(seen: Seen) -> Iterator[Item]:
    """From whom the viewer keeps what; whether they were asked whether colleagues may see their answers.

    Whoever's mailbox turns out to be an employer's is told so where they want to be discreet.
    """
    world, viewer = seen.world, seen.viewer
    yield from (("shield", firm) for owner, firm in world.shields if owner == viewer)
    yield from (("shield", who) for owner, who in world.shielded_people if owner == viewer and who in seen.names)
    yield from (("block", who) for owner, who in world.blocks if owner == viewer and who in seen.names)
    yield from (("habit", *world.habits[viewer]) for _ in range(viewer in world.habits))
    if viewer in world.people:
        yield "may be discreet", may_be_discreet(world, viewer)
        yield "signs in at", world.people[viewer].domain


PARTS: tuple[Callable[[Seen], Iterator[Item]], ...] = (
    *(
        _people,
        _communities,
        _asking,
        _reports,
        _evenings,
        _joints,
        _organising,
        _exports,
        _coming,
        _visitors,
        _pictures,
        _own,
        _kept,
        _due,
        _shown,
    ),
)
