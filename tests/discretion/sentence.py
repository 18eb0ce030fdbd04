"""The policy as `docs/discretion.md` says it, in plain Python over a small world: what the SQL is compared with.

Written from the words, not from the SQL. Slow on purpose, and complete.
"""

from entregent.circles.fixed import DECLARED, EVERYONE
from entregent.discretion.viewer import Viewer
from tests.discretion.worlds import Stated, World, lasts


def seen(world: World, viewer: Viewer) -> set[int]:
    """The keys of the facts that a viewer may see."""
    return {fact.key for fact in world.facts if may_see(world, viewer, fact)}


def may_see(world: World, viewer: Viewer, fact: Stated) -> bool:
    """Whether one may see one.

    You see a fact if it is yours; or if you are in its audience, it has not ended, its owner has not blocked you, and,
    if it is discreet, you do not stand behind the owner's shield.
    """
    if fact.owner == viewer.person:
        return True
    audience = fact.audience in circles(world, viewer)
    blocked = names(world, viewer, fact.owner, "everything")
    return audience and lasts(fact.until) and not blocked and not (fact.discreet and behind(world, viewer, fact))


def behind(world: World, viewer: Viewer, fact: Stated) -> bool:
    """Whether a viewer stands behind the shield of a discreet fact's owner.

    A person named in the shield never passes; somebody whom the owner named one by one passes an organisation's. In an
    open audience, a viewer who has not answered is behind every shield, and an owner who has not holds back from all.
    """
    if names(world, viewer, fact.owner, "discreet"):
        return True
    ways = {how for circle, how in standing(world, viewer) if circle == fact.audience}
    if "named" in ways:
        return False
    if holds(world, viewer, fact.owner):
        return True
    both_answered = DECLARED in circles(world, viewer) and has_answered(world, fact.owner)
    return "crossed" not in ways and not both_answered


def keepers(world: World, viewer: Viewer) -> set[int]:
    """Those who block a viewer, or whose shield names them or a circle in which they stand."""
    lines = ("everything", "discreet")
    named = {owner for owner in world.people for over in lines if names(world, viewer, owner, over)}
    return named | {owner for owner in world.people if holds(world, viewer, owner)}


def standing(world: World, viewer: Viewer) -> set[tuple[int, str]]:
    """The circles in which a viewer is, and how they got in."""
    if viewer.imagined is not None:
        return {(place.circle, place.how) for place in viewer.imagined}
    return {(p.circle, p.how) for p in world.places if p.person == viewer.person and lasts(p.until)}


def circles(world: World, viewer: Viewer) -> set[int]:
    """Those, what lies one level around them, and the circle of everyone."""
    inner = {circle for circle, _ in standing(world, viewer)}
    return {EVERYONE} | inner | {outer for within, outer in world.within if within in inner}


def names(world: World, viewer: Viewer, owner: int, over: str) -> bool:
    """Whether a line of the owner's names the viewer."""
    lines = (kept for kept in world.kept if (kept.owner, kept.over) == (owner, over))
    return viewer.person is not None and viewer.person in {kept.person for kept in lines}


def holds(world: World, viewer: Viewer, owner: int) -> bool:
    """Whether the owner's shield names a circle in which the viewer stands."""
    lines = (kept for kept in world.kept if (kept.owner, kept.over) == (owner, "discreet"))
    return not circles(world, viewer).isdisjoint(kept.circle for kept in lines)


def has_answered(world: World, person: int) -> bool:
    """Whether a person has said where they work."""
    return any(p.circle == DECLARED and p.person == person and lasts(p.until) for p in world.places)
