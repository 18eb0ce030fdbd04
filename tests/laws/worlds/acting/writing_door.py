"""Proposals for acts at the door of an evening."""

from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal
from tests.laws.worlds.knowing.admitting import has_a_list
from tests.laws.worlds.knowing.coming import answers_to
from tests.laws.worlds.knowing.standing import Fact


@proposal
def let_in(pen: Pen) -> Proposal:
    evening = _here(pen)
    # By the ticket of a member: what a guest answered is named by their link.
    coming = [one for one in answers_to(pen.world, evening.key) if not one.said["name"] and "/" not in one.key]
    return evening.owner, {"evening": evening.key, "answer": pen.pick(coming).key}


@proposal
def keep_list(pen: Pen) -> Proposal:
    evening = _here(pen)
    return evening.owner, {"evening": evening.key}


@proposal
def let_walk_in(pen: Pen) -> Proposal:
    evening = _here(pen)
    return evening.owner, {"evening": evening.key, "name": pen.word(2).title()}


@proposal
def let_out(pen: Pen) -> Proposal:
    entry = pen.own("admission")
    if not has_a_list(pen.world, pen.world.of("evening")[entry.said["evening"]]):
        raise Stuck
    return entry.owner, {"admission": entry.key}


def _here(pen: Pen) -> Fact:
    """An evening at whose door its organiser stands, of those who may act."""
    found: Fact = pen.pick(
        [one for one in pen.world.of("evening").values() if has_a_list(pen.world, one) and _may(pen, one)]
    )
    return found


def _may(pen: Pen, evening: Fact) -> bool:
    return evening.owner in pen.able()
