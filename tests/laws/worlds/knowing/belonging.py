"""What acts about coming and going leave behind: accounts, communities, imports, claims, and people who are erased."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import TERMS, Act
from tests.laws.worlds.knowing import admitting, sharing
from tests.laws.worlds.knowing.coming import BAND, helping, places, stand_back
from tests.laws.worlds.knowing.saying import named, put
from tests.laws.worlds.knowing.standing import HOME, Community, Fact, Invalid, NotFound, Person, Refused, Sight, World

#: How long an evening lasts of which a file says no end.
LASTS = timedelta(hours=2)


def enter(world: World, act: Act) -> None:
    """An account, with an address at a domain."""
    world.people[act.who] = Person(act.who, account=True, domain=act.said.get("domain", ""))


def erase(world: World, act: Act) -> None:
    """Forgotten, for good."""
    forget(world, act.who)


def give_address(world: World, act: Act) -> None:
    """At another domain, for somebody with an account."""
    person = world.people.get(act.said["person"])
    if person is None:
        raise NotFound
    if not person.account or person.domain == act.said["domain"]:
        raise Refused
    world.people[person.handle] = replace(person, domain=act.said["domain"])


def found(world: World, act: Act) -> None:
    """Whoever founds a community looks after it."""
    members = {act.who: "steward"}
    world.communities[act.key] = Community(act.key, act.said["name"], act.said.get("entry", "link"), members)


def join(world: World, act: Act) -> None:
    """In at once, or on request where the stewards decide."""
    community = _community(world, act)
    if community.entry == "approved" and act.who not in community.members:
        _ask(world, act, community)
    else:
        _admit(world, community, act.who)


def withdraw_request(world: World, act: Act) -> None:
    """Whether there was one or not."""
    world.of("request").pop((act.said["community"], act.who), None)


def approve(world: World, act: Act) -> None:
    """For stewards."""
    asking = _asking(world, act)
    _admit(world, world.communities[asking.said["community"]], asking.owner)


def decline(world: World, act: Act) -> None:
    """For stewards. Whoever asked may ask again."""
    asking = _asking(world, act)
    del world.of("request")[asking.said["community"], asking.owner]


def leave(world: World, act: Act) -> None:
    """A community that loses its last steward so is left to its eldest account."""
    community = _community(world, act)
    if community.members.pop(act.who, None) == "steward":
        _pass_on(world, community)
    _hand_on(world, community, act.who)


def remove(world: World, act: Act) -> None:
    """For stewards."""
    community = _looked_after(world, act)
    _member(community, act)
    if community.members.pop(act.said["person"]) == "steward" and act.said["person"] == act.who:
        _pass_on(world, community)
    _hand_on(world, community, act.said["person"])


def _hand_on(world: World, community: Community, person: str) -> None:
    """Whoever is out organises nothing there that is not over: whoever helps does, else a steward, who signs in."""
    for evening in world.of("evening").values():
        if community.key not in places(world, evening) or evening.said["ends_at"] <= world.now:
            continue
        world.of("organising").pop((evening.key, person), None)
        if evening.said["community"] != community.key:
            continue
        here = [one.owner for one in helping(world, evening.key) if one.owner in community.members]
        helpers = [who for who in here if world.people[who].account]
        for heir in [*helpers, *_stewards(world, community)][: evening.owner == person]:
            evening.owner = heir
            world.of("organising").pop((evening.key, heir), None)
            sharing.end(world, evening)


def appoint(world: World, act: Act) -> None:
    """For stewards; of somebody who signs in."""
    community = _looked_after(world, act)
    _member(community, act)
    if not world.people[act.said["person"]].account:
        raise Refused
    community.members[act.said["person"]] = "steward"


def import_evening(world: World, act: Act) -> None:
    """A past evening, known to its community; the first of its people organised it. Nobody erased comes back."""
    community = _community(world, act)
    here = [_imported(world, community, handle, act) for handle in act.said["people"]]
    if here[0] is None:
        return
    coming = list(dict.fromkeys(who for who in here if who))
    said = {name: act.said[name] for name in ("title", "starts_at")} | {"ends_at": act.said["starts_at"] + LASTS}
    said |= {"place": "", "capacity": None, "shows_band": True, "community": community.key, "cancelled": False}
    said |= TERMS
    said |= {"band": len(coming) // BAND * BAND, "band_on": act.at.astimezone(HOME).date()}
    said |= {"revised_at": act.at}
    circle = ("members", community.key)
    put(world, act, Fact("evening", act.key, here[0], circle, said=said), act.key)
    for who in coming:
        told = {"evening": act.key, "answer": "going", "answered_at": min(said["starts_at"], act.at), "name": ""}
        told |= {"offered_until": None, "guests": 0}
        world.of("answer")[act.key, who] = Fact("answer", f"{act.key}/{who}", who, circle, said=told)


def claim(world: World, act: Act) -> None:
    """Somebody imported into a community of one's own, whom nobody claimed."""
    person = world.people.get(act.said["person"])
    named(Sight(world, act.who), act.said["person"])
    if person is None or person.account or not person.came_with:
        raise NotFound
    if act.who not in world.communities[person.came_with].members:
        raise NotFound
    at = (act.who, person.handle)
    said = {"community": person.came_with, "person": person.handle, "asked_at": act.at, "declined": False}
    said["accepted"] = None
    if at in world.of("claim"):
        world.made[act.key], world.ids[act.key] = at, world.of("claim")[at].key
    else:
        put(world, act, Fact("claim", act.key, act.who, ("stewards", person.came_with), said=said), at)


def withdraw_claim(world: World, act: Act) -> None:
    """Whether there was one or not."""
    world.of("claim").pop((act.who, act.said["person"]), None)


def accept_claim(world: World, act: Act) -> None:
    """What was imported is the claimant's own, once the worker came by. Never for oneself."""
    _claimed(world, act).said["accepted"] = act.at


def agreed(world: World) -> list[Fact]:
    """The claims that are to be made so when the worker comes by, the first first."""
    found = [one for one in world.of("claim").values() if one.said["accepted"]]
    return sorted(found, key=lambda one: one.said["accepted"])


def give_claimed(world: World) -> None:
    """Those who claimed somebody have what was imported, where it is still there."""
    for asking in agreed(world):
        imported = asking.said["person"]
        if imported in world.people:
            _adopt(world, imported, asking.owner)
            for origin in [origin for origin, who in world.origins.items() if who == imported]:
                world.origins[origin] = asking.owner
            _keep_from(world, imported, asking.owner)
            _name(world, imported, asking.owner)
            forget(world, imported)


def decline_claim(world: World, act: Act) -> None:
    """The claimant is not told."""
    _claimed(world, act).said["declined"] = True


def forget(world: World, person: str) -> None:
    """Every part forgets somebody; what they gave stays."""
    for evening in list(world.of("evening").values()):
        stand_back(world, evening, person)
    _forget_ties(world, person)
    admitting.forget(world, person)
    _pass_on_evenings(world, person)
    world.stay_down |= {one.said["picture"] for one in world.of("takedown").values() if one.owner == person}
    for kind, facts in world.facts.items():
        world.facts[kind] = {at: fact for at, fact in facts.items() if fact.owner != person}
    world.facts["claim"] = {at: fact for at, fact in world.of("claim").items() if fact.said["person"] != person}
    there, asked = world.of("picture"), world.of("takedown")
    world.facts["takedown"] = {at: fact for at, fact in asked.items() if fact.said["picture"] in there}
    for community in world.communities.values():
        if community.members.pop(person, None) == "steward":
            _pass_on(world, community)
    world.people.pop(person, None)


def _forget_ties(world: World, person: str) -> None:
    world.shields = {kept for kept in world.shields if kept[0] != person}
    world.first_shields = {kept for kept in world.first_shields if kept[0] != person}
    world.shielded_people = {kept for kept in world.shielded_people if person not in kept}
    world.blocks = {kept for kept in world.blocks if person not in kept}
    world.habits.pop(person, None)
    world.concerned = {kept for kept in world.concerned if kept[1] != person}
    for people in world.named.values():
        people.discard(person)
    for bond in world.bonds.values():
        bond.stated_by = "" if bond.stated_by == person else bond.stated_by
    for report in world.of("report").values():
        if report.said["person"] == person:
            report.said["person"], report.audience = "", None
    for export in world.of("export").values():
        export.said["by"] = "" if export.said["by"] == person else export.said["by"]
    for led in (*world.of("contact").values(), *world.of("handed").values()):
        if led.said["person"] == person:
            led.said["person"] = None


def _pass_on_evenings(world: World, person: str) -> None:
    """An evening passes to whoever organised it too, else to a steward, a member, whoever was part of it; else it goes.

    Those who sign in come first.
    """
    for evening in list(world.of("evening").values()):
        admitting.pass_on(world, evening, person)
        if evening.owner != person:
            continue
        members = world.communities[evening.said["community"]].members
        part = (fact.owner for kind in ("answer", "presence") for fact in world.of(kind).values() if _at(fact, evening))
        stewards = [who for who, role in members.items() if role == "steward"]
        helpers = [one.owner for one in helping(world, evening.key)]
        here = [who for who in helpers if who in members]
        heirs = [who for who in (*here, *stewards, *members, *helpers, *part) if who != person]
        for who in sorted(heirs, key=lambda who: not world.people[who].account)[:1]:
            evening.owner = who
            world.of("organising").pop((evening.key, who), None)
            sharing.end(world, evening)
            admitting.pass_on(world, evening, person)


def _at(fact: Fact, evening: Fact) -> bool:
    return bool(fact.said["evening"] == evening.key)


def _pass_on(world: World, community: Community) -> None:
    if _stewards(world, community):
        return
    eldest = [who for who, person in world.people.items() if person.account and who in community.members]
    for who in eldest[:1]:
        community.members[who] = "steward"


def _adopt(world: World, imported: str, person: str) -> None:
    for evening in world.of("evening").values():
        row = world.of("answer").get((evening.key, imported))
        if row is not None and (evening.key, person) not in world.of("answer"):
            del world.of("answer")[evening.key, imported]
            row.owner = person
            world.of("answer")[evening.key, person] = row
        if evening.owner == imported:
            evening.owner = person
            world.of("organising").pop((evening.key, person), None)
            sharing.end(world, evening)


def _keep_from(world: World, imported: str, person: str) -> None:
    """Whoever blocks or shields somebody imported means who they turn out to be; nobody does so to themselves."""
    for kept in (world.blocks, world.shielded_people):
        kept.update([(owner, person) for owner, whom in kept if whom == imported and owner != person])


def _name(world: World, imported: str, person: str) -> None:
    """What was reported of somebody imported is of who they turn out to be; nobody reports themselves."""
    reports = world.of("report")
    for at, fact in list(reports.items()):
        if fact.said["person"] != imported or fact.owner == person:
            continue
        fact.said["person"], about = person, ("person", person)
        if fact.said["about"] == ("person", imported) and (fact.owner, about) not in reports:
            fact.said["about"] = about
            reports[fact.owner, about] = reports.pop(at)
            world.made = {key: (fact.owner, about) if made == at else made for key, made in world.made.items()}


def _imported(world: World, community: Community, handle: str, act: Act) -> str | None:
    origin = (community.key, handle)
    if origin in world.origins:
        who = world.origins[origin]
        return who if who in world.people else None
    world.origins[origin] = handle
    world.people[handle] = Person(handle, came_with=community.key)
    community.members.setdefault(handle, "member")
    said = {"text": f"n°\u00a0{handle}"}
    world.of("name")[handle] = Fact("name", f"{act.key}/{handle}", handle, ("members", community.key), said=said)
    return handle


def _community(world: World, act: Act) -> Community:
    community = world.communities.get(act.said["community"])
    if community is None:
        raise NotFound
    return community


def _looked_after(world: World, act: Act) -> Community:
    community = _community(world, act)
    if community.members.get(act.who) != "steward":
        raise Refused
    return community


def _member(community: Community, act: Act) -> None:
    if act.said["person"] not in community.members:
        raise NotFound


def _stewards(world: World, community: Community) -> list[str]:
    """Those who sign in."""
    return [who for who, role in community.members.items() if role == "steward" and world.people[who].account]


def _admit(world: World, community: Community, person: str) -> None:
    community.members.setdefault(person, "member")
    world.of("request").pop((community.key, person), None)


def _ask(world: World, act: Act, community: Community) -> None:
    if not act.said.get("name"):
        raise Invalid
    said = {"community": community.key, "name": act.said["name"], "asked_at": act.at}
    fact = Fact("request", act.key, act.who, ("stewards", community.key), said=said)
    put(world, act, fact, (community.key, act.who))


def _asking(world: World, act: Act) -> Fact:
    asking = world.thing("request", act.said["request"])
    if asking is None or not Sight(world, act.who).sees(asking):
        raise NotFound
    if world.communities[asking.said["community"]].members.get(act.who) != "steward":
        raise Refused
    return asking


def _claimed(world: World, act: Act) -> Fact:
    """A claim of somebody else's that is on the actor's table: not decided, of a member, with both names to be seen."""
    asking, sight = world.thing("claim", act.said["claim"]), Sight(world, act.who)
    if asking is None or not sight.sees(asking):
        raise NotFound
    if asking.owner == act.who:
        raise Refused
    for person in (asking.owner, asking.said["person"]):
        named(sight, person)
    if (
        asking.said["declined"]
        or asking.said["accepted"]
        or asking.owner not in world.communities[asking.said["community"]].members
    ):
        raise NotFound
    return asking


WORDS: Mapping[str, Any] = {
    word.__name__: word
    for word in (
        *(enter, erase, give_address, found, join, withdraw_request, approve, decline, leave, remove, appoint),
        *(import_evening, claim, withdraw_claim, accept_claim, decline_claim),
    )
}
