"""What reports leave behind: somebody tells the stewards of a community what happened; whom it names never hears it."""

from collections.abc import Mapping
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.coming import joints, organises, visible
from tests.laws.worlds.knowing.saying import named, own, put
from tests.laws.worlds.knowing.standing import Fact, Invalid, NotFound, Refused, Sight, World


def report(world: World, act: Act) -> None:
    """Somebody whose name one sees, in a community of one's own; or an evening that one sees. Said again: instead."""
    about, community, person, called = _about(world, act)
    if person == act.who:
        raise Refused
    if not act.said["text"]:
        raise Invalid
    said = {"about": about, "community": community, "person": person, "text": act.said["text"], "said_at": act.at}
    said["called"] = called
    fact = Fact("report", act.key, act.who, None, said={**said, "seen_to": False})
    put(world, act, fact, (act.who, about))
    fact.audience = ("hearing", fact.key)


def withdraw_report(world: World, act: Act) -> None:
    """One's own alone."""
    held = own(world, act, "report")
    del world.of("report")[held.owner, held.said["about"]]


def see_to(world: World, act: Act) -> None:
    """Off the table of those who hear it; whoever reports is not told."""
    heard = world.thing("report", act.said["report"])
    if heard is None or not hears(Sight(world, act.who), heard):
        raise NotFound
    heard.said["seen_to"] = True


def hears(sight: Sight, heard: Fact) -> bool:
    """D6: a steward who sees a report of somebody else's, and is not kept off by whom it names."""
    person = heard.said["person"]
    kept_off = person in sight.blockers | sight.naming | sight.holding
    return heard.owner != sight.viewer and sight.sees(heard) and not kept_off


def _about(world: World, act: Act) -> tuple[tuple[str, str], str, str, str]:
    """What a report is about, to which community it goes, whom it names, and what that was called then."""
    if act.said.get("evening"):
        evening = visible(world, act.who, act.said["evening"])
        if organises(world, evening, act.who):
            raise Refused
        place = act.said.get("community") or evening.said["community"]
        further = [one.said["community"] for one in joints(world, evening) if Sight(world, act.who).sees(one)]
        if place not in {evening.said["community"], *further}:
            raise NotFound
        return ("evening", evening.key), place, evening.owner, evening.said["title"]
    person = act.said["person"]
    called = named(Sight(world, act.who), person).said["text"]
    community = world.communities.get(act.said["community"])
    if community is None or act.who not in community.members:
        raise NotFound
    return ("person", person), community.key, person, called


WORDS: Mapping[str, Any] = {word.__name__: word for word in (report, withdraw_report, see_to)}
