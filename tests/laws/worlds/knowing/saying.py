"""What acts about oneself leave behind: names, headlines, needs, where one works, shields and blocks."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from tests.laws.worlds.acting.acts import Act, Audience
from tests.laws.worlds.knowing.standing import (
    EVERYONE,
    HOME,
    Bond,
    Circle,
    Fact,
    Invalid,
    NotFound,
    Refused,
    Sight,
    World,
    stated,
)

#: The circles that a job search may go to.
NARROW = {"named", "connections"}


def circle(world: World, act: Act) -> Circle | None:
    """The circle that an act's audience means; people who are named one by one stand in one of their own."""
    audience: Audience = act.said.get("audience") or Audience()
    if audience.kind == "named":
        world.named[act.key] = {person for person in audience.people if person in world.people}
        return ("named", act.key)
    if audience.kind == "around":
        return ("around", act.who)
    if audience.kind == "crossed":
        return ("connections", act.who)
    return {"me": None, "everyone": EVERYONE}.get(audience.kind, (audience.kind, audience.of))


def put(world: World, act: Act, fact: Fact, at: Hashable) -> None:
    """Keep a fact under what makes it unique; one that was there before stays the same one, and says this now."""
    before = world.of(fact.kind).get(at)
    if before is not None:
        fact.key = before.key
    world.of(fact.kind)[at] = fact
    world.made[act.key] = at
    world.ids[act.key] = fact.key


def own(world: World, act: Act, kind: str) -> Fact:
    """The fact of the actor's that an act names."""
    fact = world.thing(kind, act.said[kind])
    if fact is None or fact.owner != act.who:
        raise NotFound
    return fact


def named(sight: Sight, person: str) -> Fact:
    """The name of somebody, where it is seen."""
    name = sight.world.of("name").get(person)
    if name is None or not sight.sees(name):
        raise NotFound
    return name


def call_me(world: World, act: Act) -> None:
    """One name each."""
    _line(world, act, "name")


def say_headline(world: World, act: Act) -> None:
    """One headline each; nothing said takes it back."""
    if act.said["text"]:
        _line(world, act, "headline")
    else:
        world.of("headline").pop(act.who, None)


def say_words(world: World, act: Act) -> None:
    """Those of a kind once; nothing said takes them back. A link is the address of a page."""
    said = {"what": act.said["what"], "text": act.said["text"]}
    if not said["text"]:
        world.of("words").pop((act.who, said["what"]), None)
        return
    if said["what"] == "links" and "://" not in said["text"]:
        raise Invalid
    terms = stated(world, act.who, circle(world, act), bool(act.said.get("discreet")))
    put(world, act, Fact("words", act.key, act.who, *terms, said=said), (act.who, said["what"]))


def portray(world: World, act: Act) -> None:
    """One picture each."""
    if not act.said["picture"]:
        world.of("portrait").pop(act.who, None)
        return
    terms = stated(world, act.who, circle(world, act), bool(act.said.get("discreet")))
    put(world, act, Fact("portrait", act.key, act.who, *terms, said={"picture": act.said["picture"]}), act.who)


def let_ask(world: World, act: Act) -> None:
    """One answer each."""
    fact = Fact("willing", act.key, act.who, circle(world, act), said={"yes": act.said["yes"]})
    put(world, act, fact, act.who)


def state_need(world: World, act: Act) -> None:
    """A job search is discreet, always, and goes to people who were named."""
    audience, discreet, told = _needed(world, act)
    said = {**told, "said_at": act.at}
    put(world, act, Fact("need", act.key, act.who, audience, discreet, act.said.get("until"), said), act.key)


def edit_need(world: World, act: Act) -> None:
    """It stays the same one, and is said today where others may see it than did."""
    held = own(world, act, "need")
    audience, discreet, told = _needed(world, act)
    others = audience is not None and audience != held.audience
    if others or (held.discreet and not discreet) or _is_over(world, held):
        held.said["said_at"] = act.at
    held.audience, held.discreet, held.until = audience, discreet, act.said.get("until")
    held.said |= told


def renew_need(world: World, act: Act) -> None:
    """Another end; what had ended is said anew."""
    held = own(world, act, "need")
    if _is_over(world, held):
        held.said["said_at"] = act.at
    held.until = act.said["until"]


def close_need(world: World, act: Act) -> None:
    """It ends now, if it has not."""
    held = own(world, act, "need")
    held.until = held.until if _is_over(world, held) else act.at


def _is_over(world: World, held: Fact) -> bool:
    return held.until is not None and held.until <= world.now


def _needed(world: World, act: Act) -> tuple[Circle | None, bool, dict[str, Any]]:
    """Who may see a need, and what it says."""
    said = act.said
    searches = said.get("kind") == "job" and not said.get("offered")
    audience = circle(world, act)
    if not said["text"] or (searches and audience is not None and audience[0] not in NARROW):
        raise Invalid
    terms = stated(world, act.who, audience, bool(said.get("discreet")) or searches)
    told = {"kind": said.get("kind", "other"), "offered": bool(said.get("offered")), "text": said["text"]}
    return *terms, {**told, "place": said.get("place", "")}


def withdraw_need(world: World, act: Act) -> None:
    """One's own alone."""
    del world.of("need")[own(world, act, "need").key]


def say_situation(world: World, act: Act) -> None:
    """Where one works, for nobody else; "employed" wants a place of work."""
    if act.said["answer"] == "employed" and not _works(world, act.who):
        raise Invalid
    _answer(world, act, act.said["answer"])


def state_position(world: World, act: Act) -> None:
    """A present one answers where one works, and the first at an organisation shields from it, unless a client."""
    said = act.said
    _check_dates(said.get("starts_on"), said.get("ends_on"))
    terms = stated(world, act.who, circle(world, act), bool(said.get("discreet")))
    firm = known(world, said["organisation"])
    told = {name: said.get(name) for name in ("starts_on", "ends_on")}
    told |= {"named": said["organisation"], "firm": firm, "title": said.get("title", "")}
    fact = Fact("position", act.key, act.who, *terms, said={**told, "client": bool(said.get("client"))})
    put(world, act, fact, act.key)
    if told["ends_on"] is None or told["ends_on"] > act.at.astimezone(HOME).date():
        _settle(world, act, fact)


def end_position(world: World, act: Act) -> None:
    """The day on which it ends, or ended."""
    held = own(world, act, "position")
    _check_dates(held.said["starts_on"], act.said["ends_on"])
    held.said["ends_on"] = act.said["ends_on"]


def show_position(world: World, act: Act) -> None:
    """Who sees it."""
    held = own(world, act, "position")
    held.audience, held.discreet = stated(world, act.who, circle(world, act), bool(act.said.get("discreet")))


def withdraw_position(world: World, act: Act) -> None:
    """With the last place of work goes the answer that one is employed."""
    del world.of("position")[own(world, act, "position").key]
    situation = world.of("situation").get(act.who)
    if situation is not None and situation.said["answer"] == "employed" and not _works(world, act.who):
        del world.of("situation")[act.who]


def shield(world: World, act: Act) -> None:
    """From an organisation and all who are tied to it."""
    world.shields.add((act.who, known(world, act.said["organisation"])))


def unshield(world: World, act: Act) -> None:
    """An organisation that nobody ever named is not found."""
    firm = fold(act.said["organisation"])
    if firm not in world.firms:
        raise NotFound
    world.shields.discard((act.who, firm))


def shield_person(world: World, act: Act) -> None:
    """From one person."""
    world.shielded_people.add((act.who, act.said["person"]))


def unshield_person(world: World, act: Act) -> None:
    """No longer."""
    world.shielded_people.discard((act.who, act.said["person"]))


def tie_firms(world: World, act: Act) -> None:
    """Counts for whoever says so, whose shield then names both where it named one."""
    if fold(act.said["one"]) == fold(act.said["other"]):
        raise Invalid
    one, other = known(world, act.said["one"]), known(world, act.said["other"])
    bond = world.bonds.setdefault(frozenset((one, other)), Bond(act.who))
    bond.stated_by = bond.stated_by or ("" if bond.confirmed else act.who)
    if {(act.who, one), (act.who, other)} & world.shields:
        world.shields |= {(act.who, one), (act.who, other)}


def confirm_tie(world: World, act: Act) -> None:
    """Counts for all, whoever said so before."""
    world.bonds.setdefault(_bond(world, act), Bond("")).confirmed = True


def lift_tie(world: World, act: Act) -> None:
    """Counts for nobody, whoever said so before."""
    world.bonds.pop(_bond(world, act), None)


def block(world: World, act: Act) -> None:
    """Somebody whose name one sees; not oneself."""
    named(Sight(world, act.who), act.said["person"])
    if act.said["person"] == act.who:
        raise Refused
    world.blocks.add((act.who, act.said["person"]))


def unblock(world: World, act: Act) -> None:
    """Without a word, whoever it is."""
    world.blocks.discard((act.who, act.said["person"]))


def fold(name: str) -> str:
    """An organisation is known by its name in small letters."""
    return name.casefold()


def known(world: World, name: str) -> str:
    """The organisation of a name, known from now on."""
    world.firms.setdefault(fold(name), "")
    return fold(name)


def know_domain(world: World, act: Act) -> None:
    """The operator knows whose mail domain it is."""
    world.firms[known(world, act.said["organisation"])] = act.said["domain"]


def forget_domain(world: World, act: Act) -> None:
    """The operator takes it back, whosesoever it was."""
    firms = [firm for firm, domain in world.firms.items() if domain == act.said["domain"]]
    if not firms:
        raise NotFound
    world.firms.update(dict.fromkeys(firms, ""))


def _line(world: World, act: Act, kind: str) -> None:
    if not act.said["text"]:
        raise Invalid
    terms = stated(world, act.who, circle(world, act), bool(act.said.get("discreet")))
    put(world, act, Fact(kind, act.key, act.who, *terms, said={"text": act.said["text"]}), act.who)


def _works(world: World, person: str) -> bool:
    return any(held.owner == person and not held.said["client"] for held in world.of("position").values())


def _answer(world: World, act: Act, answer: str) -> None:
    before = world.of("situation").get(act.who)
    key = before.key if before else act.key
    world.of("situation")[act.who] = Fact("situation", key, act.who, None, said={"answer": answer})


def _settle(world: World, act: Act, held: Fact) -> None:
    if held.said["client"]:
        if act.who not in world.of("situation"):
            _answer(world, act, "own")
        return
    _answer(world, act, "employed")
    mark = (act.who, held.said["firm"])
    if mark not in world.first_shields:
        world.first_shields.add(mark)
        world.shields.add(mark)


def _check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid


def _bond(world: World, act: Act) -> frozenset[str]:
    """The two organisations that a steward speaks of."""
    if not any(who.members.get(act.who) == "steward" for who in world.communities.values()):
        raise Refused
    return frozenset((known(world, act.said["one"]), known(world, act.said["other"])))


WORDS: Mapping[str, Any] = {
    word.__name__: word
    for word in (
        *(call_me, say_headline, say_words, portray, let_ask, say_situation, state_position, end_position),
        *(state_need, edit_need, renew_need, close_need, withdraw_need),
        *(show_position, withdraw_position, shield, unshield, shield_person, unshield_person, tie_firms, confirm_tie),
        *(lift_tie, block, unblock, know_domain, forget_domain),
    )
}
