"""Proposals about evenings of several communities."""

from tests.laws.worlds.acting.pen import Pen, Proposal, proposal
from tests.laws.worlds.knowing.coming import joints


@proposal
def stand_in(pen: Pen) -> Proposal:
    """By whoever announced it, in another community of theirs, away from who is not to know; mostly beside."""
    able, places = set(pen.able()), pen.world.communities.values()
    evenings = [one for one in pen.world.of("evening").values() if one.owner in able]
    pairs = [(one, place) for one in evenings for place in places if one.owner in place.members]
    pairs = [(one, place) for one, place in pairs if one.said["community"] != place.key]
    away = [(one, place) for one, place in pairs if pen.hides_from not in place.members]
    evening, place = pen.pick(away or pairs)
    return evening.owner, {"evening": evening.key, "community": place.key, "keeps": pen.chance(0.8)}


@proposal
def stand_alone(pen: Pen) -> Proposal:
    able = set(pen.able())
    evenings = [one for one in pen.world.of("evening").values() if one.owner in able]
    evening = pen.pick([one for one in evenings if joints(pen.world, one)])
    return evening.owner, {"evening": evening.key}


@proposal
def take_off(pen: Pen) -> Proposal:
    """By whoever looks after it, and mostly where it stands."""
    who, place = pen.steward()
    stands = [one.said["evening"] for one in pen.world.of("joint").values() if one.said["community"] == place.key]
    return who, {"evening": pen.pick(stands), "community": place.key}
